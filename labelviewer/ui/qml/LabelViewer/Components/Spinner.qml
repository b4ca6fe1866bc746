import QtQuick
import LabelViewer.Style

// A quiet turning ring; it stands still for those who asked for less motion.
Item {
    id: spinner

    property bool still: false
    property real size: Style.text.display * 1.6

    Accessible.ignored: true
    implicitHeight: size
    implicitWidth: size

    Rectangle {
        anchors.fill: parent
        border.color: Style.line
        border.width: Style.ring + 1
        color: "transparent"
        radius: width / 2
    }

    Rectangle {
        color: Style.accent
        height: Style.space.medium
        radius: height / 2
        width: height
        x: (parent.width - width) / 2
        y: -Style.ring

        transform: Rotation {
            origin.x: Style.space.medium / 2
            origin.y: spinner.size / 2 + Style.ring

            RotationAnimation on angle {
                duration: 1400
                from: 0
                loops: Animation.Infinite
                running: spinner.visible && !spinner.still
                to: 360
            }
        }
    }
}
