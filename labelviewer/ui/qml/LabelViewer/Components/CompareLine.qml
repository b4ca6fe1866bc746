import QtQuick
import LabelViewer.Style

// What a line of the table is about, which stays, and beside or below it a thing for every column.
Item {
    id: line

    required property CompareGrid grid
    required property string name
    required property string about
    property bool ruled: false // a line above it
    readonly property real above: ruled ? Style.space.medium : 0
    default property alias cells: strip.cells

    implicitHeight: above + (grid.stacked ? names.height + strip.implicitHeight - grid.edge : Math.max(names.height, strip.implicitHeight - 2 * grid.edge))

    Rectangle {
        color: Style.line
        height: Style.stroke
        visible: line.ruled
        width: parent.width
    }

    Column {
        id: names

        anchors.left: parent.left
        y: line.above
        spacing: Style.space.hair
        width: line.grid.nameWidth

        AppText {
            Accessible.role: Accessible.RowHeader
            font.weight: Font.DemiBold
            text: line.name
            width: parent.width
        }

        AppText {
            font.pixelSize: Style.text.small
            quiet: true
            text: line.about
            visible: text !== ""
            width: parent.width
        }
    }

    CompareStrip {
        id: strip

        anchors.right: parent.right
        anchors.rightMargin: -line.grid.edge
        grid: line.grid
        y: line.above + (line.grid.stacked ? names.height + line.grid.edge : 0) - line.grid.edge
    }
}
