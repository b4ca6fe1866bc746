import QtQuick
import LabelViewer.Style

// How far something has come, 0 to 1; below 0 nobody knows.
Item {
    id: bar

    required property real part
    required property string about

    Accessible.name: part < 0 ? about : qsTr("%1 %2 percent").arg(about).arg(Math.floor(part * 100))
    Accessible.role: Accessible.ProgressBar
    implicitHeight: Style.space.large

    Rectangle {
        anchors.fill: parent
        border.color: Style.outline
        border.width: Style.stroke
        color: Style.sunk
        radius: height / 2
    }

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.top: parent.top
        color: Style.accent
        radius: height / 2
        visible: bar.part > 0
        width: Math.max(height, parent.width * Math.min(1, bar.part))
    }
}
