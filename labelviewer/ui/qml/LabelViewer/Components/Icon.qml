pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Room for one of our line drawings, which come after the first frame.
Item {
    id: icon

    required property string name
    property color color: Style.ink
    property real size: Style.text.heading

    implicitHeight: size
    implicitWidth: size

    Loader {
        readonly property bool wanted: Style.settled

        function draw() {
            if (wanted)
                setSource("Drawing.qml", {color: Qt.binding(() => icon.color), name: Qt.binding(() => icon.name), size: Qt.binding(() => icon.size)});
        }

        Component.onCompleted: draw()
        onWantedChanged: draw()
    }
}
