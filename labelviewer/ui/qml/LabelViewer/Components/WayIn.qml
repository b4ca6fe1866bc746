pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import LabelViewer.Style

// One of the large buttons of the first page.
T.Button {
    id: control

    required property string mark
    required property string about
    property bool primary: false
    readonly property color ink: primary ? Style.accentInk : Style.ink

    Accessible.name: text
    Accessible.description: about
    focusPolicy: Qt.StrongFocus
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Style.space.huge

    Keys.onEnterPressed: click()
    Keys.onReturnPressed: click()

    background: Rectangle {
        border.color: control.primary ? "transparent" : Style.outline
        border.width: Style.stroke
        color: control.primary ? (control.hovered || control.down ? Style.accentHover : Style.accent) : (control.hovered || control.down ? Style.sunk : Style.surface)
        radius: Style.radius

        FocusRing {
            visible: control.visualFocus
        }
    }
    contentItem: ColumnLayout {
        spacing: Style.space.small

        Icon {
            Layout.bottomMargin: Style.space.small
            color: control.primary ? Style.accentInk : Style.accent
            name: control.mark
            size: Style.text.display * 1.2
        }

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: control.ink
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: control.text
        }

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: control.primary ? Style.accentInk : Style.soft
            text: control.about
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
