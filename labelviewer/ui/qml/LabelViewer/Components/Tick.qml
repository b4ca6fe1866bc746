pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import LabelViewer.Style

// A box to tick, with its words.
T.CheckBox {
    id: control

    property string spoken: text

    Accessible.name: spoken
    focusPolicy: Qt.StrongFocus
    font.pixelSize: Style.text.body
    implicitHeight: Math.max(Style.target, implicitContentHeight + topPadding + bottomPadding)
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    padding: Style.space.small
    leftPadding: Style.space.small + (mirrored ? 0 : indicator.width + Style.space.small)
    rightPadding: Style.space.small + (mirrored ? indicator.width + Style.space.small : 0)

    background: Rectangle {
        color: control.hovered ? Style.sunk : "transparent"
        radius: Style.radiusSmall

        FocusRing {
            visible: control.visualFocus
        }
    }
    contentItem: Text {
        color: Style.ink
        font: control.font
        horizontalAlignment: Text.AlignLeft
        text: control.text
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
    }
    indicator: Rectangle {
        border.color: control.checked ? Style.accent : Style.outline
        border.width: 2
        color: control.checked ? Style.accent : "transparent"
        height: Style.text.heading
        radius: Style.radiusSmall
        width: height
        x: control.mirrored ? control.width - width - Style.space.small : Style.space.small
        y: (control.height - height) / 2

        Icon {
            anchors.centerIn: parent
            color: Style.accentInk
            name: "tick"
            size: parent.width - Style.space.tiny
            visible: control.checked
        }
    }

    Keys.onEnterPressed: click()
    Keys.onReturnPressed: click()
}
