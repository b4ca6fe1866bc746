pragma ComponentBehavior: Bound

import QtQuick

// One question and every label's answer to it.
CompareLine {
    id: line

    required property var row

    Accessible.name: row.name
    Accessible.role: Accessible.Row
    about: row.line
    name: row.name
    ruled: true

    Repeater {
        model: line.row.cells

        CompareCell {
            required property int index
            required property var modelData

            cell: modelData
            grid: line.grid
            place: index
        }
    }
}
