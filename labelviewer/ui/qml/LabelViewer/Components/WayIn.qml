pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// One of the large buttons of the first page.
Pressable {
    id: control

    required property string mark
    required property string about
    property bool primary: false
    readonly property color ink: primary ? Style.accentInk : Style.ink

    Accessible.description: about
    color: primary ? (hovered || down ? Style.accentHover : Style.accent) : (hovered || down ? Style.sunk : Style.surface)
    implicitHeight: words.height + 2 * padding
    outline: primary ? "transparent" : Style.outline
    padding: Style.space.huge

    Column {
        id: words

        spacing: Style.space.small
        width: parent.width
        y: control.padding

        Icon {
            anchors.left: parent.left
            color: control.primary ? Style.accentInk : Style.accent
            name: control.mark
            size: Style.text.display * 1.2
        }

        AppText {
            Accessible.ignored: true
            color: control.ink
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: control.text
            width: parent.width
        }

        AppText {
            Accessible.ignored: true
            color: control.primary ? Style.accentInk : Style.soft
            text: control.about
            width: parent.width
        }
    }
}
