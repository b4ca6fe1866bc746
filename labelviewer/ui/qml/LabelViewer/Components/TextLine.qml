import QtQuick
import QtQuick.Templates as T
import LabelViewer.Style

// One line to type in.
T.TextField {
    id: control

    required property string spoken

    Accessible.name: spoken
    LayoutMirroring.enabled: false // addresses and numbers
    color: Style.ink
    font.pixelSize: Style.text.body
    horizontalAlignment: TextInput.AlignLeft
    implicitHeight: Math.max(Style.target, contentHeight + 2 * Style.space.medium)
    leftPadding: Style.space.medium
    rightPadding: Style.space.medium
    selectByMouse: true
    selectedTextColor: Style.accentInk
    selectionColor: Style.accent
    verticalAlignment: TextInput.AlignVCenter

    background: Rectangle {
        border.color: control.activeFocus ? Style.accent : Style.outline
        border.width: control.activeFocus ? Style.ring : Style.stroke
        color: Style.surface
        radius: Style.radius
    }
}
