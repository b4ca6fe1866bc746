pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Room for one of our line drawings, which come after the first frame.
Item {
    id: icon

    required property string name
    property color color: Style.ink
    property real size: Style.text.heading

    readonly property bool turned: LayoutMirroring.enabled && ["back", "next"].includes(name) // they point along the line

    Accessible.ignored: true
    implicitHeight: size
    implicitWidth: size

    transform: Scale {
        origin.x: icon.size / 2
        xScale: icon.turned ? -1 : 1
    }

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
