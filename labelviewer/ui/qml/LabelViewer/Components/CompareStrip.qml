import QtQuick
import LabelViewer.Style

// One line of a comparison: a thing for every column.
Item {
    id: strip

    required property CompareGrid grid
    default property alias cells: line.data

    clip: grid.overflow > 0
    implicitHeight: line.implicitHeight + 2 * grid.edge
    implicitWidth: grid.opening + 2 * grid.edge

    Row {
        id: line

        spacing: strip.grid.gap
        x: strip.grid.mirrored ? strip.width - width - strip.grid.edge + strip.grid.shift : strip.grid.edge - strip.grid.shift
        y: strip.grid.edge
    }

    Rectangle { // where columns go out of sight
        anchors.left: parent.left
        color: Style.line
        height: parent.height
        visible: strip.grid.shift > 0 && !strip.grid.stacked
        width: Style.stroke
    }
}
