import QtQuick
import LabelViewer.Style

// Shown round whatever has the keyboard.
Rectangle {
    anchors.fill: parent
    anchors.margins: -Style.ring - 1
    border.color: Style.accent
    border.width: Style.ring
    color: "transparent"
    radius: Style.radius + Style.ring
}
