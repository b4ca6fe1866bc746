pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Room for one of our line drawings, which come after the first frame.
Item {
    id: icon

    required property string name
    property color color: Style.ink
    property real size: Style.text.heading

    Accessible.ignored: true
    implicitHeight: size
    implicitWidth: size

    Loader {
        id: drawing

        readonly property bool wanted: Style.settled

        Component.onCompleted: draw()
        onWantedChanged: draw()

        function draw() {
            if (wanted)
                setSource("Drawing.qml", {color: Qt.binding(() => icon.color), name: Qt.binding(() => icon.name), size: Qt.binding(() => icon.size)});
        }
    }
}
