pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// The products of a comparison above their columns, in view wherever the page is scrolled to.
Rectangle {
    id: heads

    required property CompareGrid grid
    required property var columns
    required property var compare
    required property var words
    required property bool low

    signal reached(int column)

    Accessible.ignored: true
    color: Style.surface
    implicitHeight: line.implicitHeight + 2 * Style.space.small

    function column(place: int): var {
        return columns[Math.min(place, columns.length - 1)];
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Style.line
        height: Style.stroke
        width: parent.width
    }

    Item {
        id: line

        anchors.centerIn: parent
        implicitHeight: Math.max(title.visible ? title.height : 0, strip.implicitHeight)
        height: implicitHeight
        width: heads.grid.room

        AppText {
            id: title

            Accessible.role: Accessible.Heading
            anchors.left: parent.left
            anchors.top: parent.top
            anchors.topMargin: heads.grid.edge
            font.pixelSize: Style.text.lead
            font.weight: Font.DemiBold
            text: heads.words.say("heading.compare")
            visible: !heads.grid.stacked
            width: heads.grid.nameWidth
        }

        CompareStrip {
            id: strip

            anchors.right: parent.right
            anchors.rightMargin: -heads.grid.edge
            grid: heads.grid

            Repeater {
                id: all

                model: heads.columns.length

                CompareHead {
                    id: head

                    required property int index

                    column: heads.column(index)
                    grid: heads.grid
                    help: heads.words.say("compare.keys")
                    low: heads.low
                    place: index
                    onActiveFocusChanged: {
                        if (activeFocus)
                            heads.reached(index);
                    }
                    onMoved: by => all.itemAt(heads.compare.move(index, by)).forceActiveFocus(Qt.TabFocusReason)
                    onRemoved: heads.compare.remove(index)
                }
            }
        }
    }
}
