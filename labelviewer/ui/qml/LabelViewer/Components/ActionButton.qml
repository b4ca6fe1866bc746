pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import LabelViewer.Style

// A button: `primary` is filled, `quiet` has no outline. At least as large as a fingertip.
T.Button {
    id: control

    property bool primary: false
    property bool quiet: false
    property string mark: ""
    property string spoken: text

    Accessible.name: spoken
    focusPolicy: Qt.StrongFocus
    font.pixelSize: Style.text.body
    font.weight: Font.DemiBold
    implicitHeight: Math.max(Style.target, implicitContentHeight + topPadding + bottomPadding)
    implicitWidth: Math.max(Style.target, implicitContentWidth + leftPadding + rightPadding)
    padding: Style.space.small
    leftPadding: text === "" ? Style.space.small : Style.space.large
    rightPadding: leftPadding

    Keys.onEnterPressed: click()
    Keys.onReturnPressed: click()

    background: Rectangle {
        border.color: control.primary || control.quiet ? "transparent" : Style.outline
        border.width: Style.stroke
        color: control.primary ? (control.hovered || control.down ? Style.accentHover : Style.accent) : (control.hovered || control.down ? Style.sunk : "transparent")
        opacity: control.enabled ? 1 : 0.5
        radius: Style.radius

        FocusRing {
            visible: control.visualFocus
        }
    }
    contentItem: RowLayout {
        id: face

        readonly property color ink: control.primary ? Style.accentInk : (control.quiet ? Style.accent : Style.ink)

        opacity: control.enabled ? 1 : 0.6
        spacing: Style.space.small

        Icon {
            Layout.alignment: control.text === "" ? Qt.AlignCenter : Qt.AlignVCenter
            color: face.ink
            name: control.mark || "tick"
            size: Style.text.lead
            visible: control.mark !== ""
        }

        Text {
            Layout.fillWidth: true
            Layout.minimumWidth: 0
            Accessible.ignored: true
            color: face.ink
            font: control.font
            text: control.text
            textFormat: Text.PlainText
            visible: text !== ""
            wrapMode: Text.Wrap
        }
    }
}
