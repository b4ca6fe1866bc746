import QtQuick
import LabelViewer.Style

// What one product has in a line. The reference product stays where it is while the others go by behind it.
Item {
    id: column

    required property CompareGrid grid
    required property int place
    default property alias content: holder.data
    readonly property bool held: place === 0 && grid.hold !== 0

    implicitHeight: holder.implicitHeight
    width: grid.cellWidth
    z: held ? 1 : 0

    transform: Translate {
        x: column.place === 0 ? column.grid.hold : 0
    }

    Rectangle {
        color: Style.surface
        height: (column.parent?.height ?? 0) + 2 * column.grid.edge
        visible: column.held
        width: column.grid.cellWidth + column.grid.gap
        x: -column.grid.edge
        y: -column.grid.edge
    }

    Column {
        id: holder

        width: parent.width
    }
}
