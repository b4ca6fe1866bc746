pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One question and every label's answer to it.
GridLayout {
    id: line

    required property var row
    required property bool wide

    Accessible.name: row.name
    Accessible.role: Accessible.Row
    columnSpacing: Style.space.large
    columns: wide ? 1 + row.cells.length : row.cells.length
    rowSpacing: Style.space.small
    uniformCellWidths: true

    ColumnLayout {
        Layout.alignment: Qt.AlignTop
        Layout.columnSpan: line.wide ? 1 : line.row.cells.length
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        spacing: Style.space.hair

        AppText {
            Accessible.role: Accessible.RowHeader
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: line.row.name
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: line.row.line
        }
    }

    Repeater {
        model: line.row.cells

        CompareCell {
            required property var modelData

            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            cell: modelData
        }
    }
}
