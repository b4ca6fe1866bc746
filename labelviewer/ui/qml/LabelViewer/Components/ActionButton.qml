pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// A button: `primary` is filled, `quiet` has no outline. At least as large as a fingertip.
Pressable {
    id: control

    property bool primary: false
    property bool quiet: false
    property string mark: ""
    readonly property color ink: primary ? Style.accentInk : (quiet ? Style.accent : Style.ink)
    readonly property real markRoom: mark === "" ? 0 : Style.text.lead + (text === "" ? 0 : Style.space.small)

    color: primary ? (hovered || down ? Style.accentHover : Style.accent) : (hovered || down ? Style.sunk : "transparent")
    implicitHeight: Math.max(Style.target, words.height + 2 * padding)
    implicitWidth: Math.max(Style.target, markRoom + (text === "" ? 0 : Math.ceil(words.implicitWidth)) + 2 * sidePadding)
    outline: primary || quiet ? "transparent" : Style.outline
    sidePadding: text === "" ? Style.space.small : Style.space.large

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: control.text === "" ? (parent.width - width) / 2 : 0
        anchors.verticalCenter: parent.verticalCenter
        color: control.ink
        name: control.mark || "tick"
        size: Style.text.lead
        visible: control.mark !== ""
    }

    Text {
        id: words

        Accessible.ignored: true
        anchors.left: parent.left
        anchors.leftMargin: control.markRoom
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        color: control.ink
        font.pixelSize: Style.text.body
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignLeft
        text: control.text
        textFormat: Text.PlainText
        visible: text !== ""
        wrapMode: Text.Wrap
    }
}
