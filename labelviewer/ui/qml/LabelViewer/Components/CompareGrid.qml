import QtQuick
import LabelViewer.Style

// Where the columns of a comparison are. What does not fit beside each other scrolls sideways, all lines as one.
QtObject {
    id: grid

    required property real room // the width of a line
    required property int count
    required property bool pinned
    required property bool mirrored
    property real shift: 0 // how far the line is scrolled on from its beginning

    readonly property real gap: Style.space.large
    readonly property real edge: Style.space.small // for the rings of what has the keyboard
    readonly property real least: Style.text.body * 10
    readonly property bool stacked: room < Style.text.body * 32 // the question stands above its answers, not beside them
    readonly property real nameWidth: stacked ? room : Math.min(Style.text.body * 18, Math.max(Style.text.body * 10, room * 0.24))
    readonly property real start: stacked ? 0 : nameWidth + gap
    readonly property real opening: room - start
    readonly property real whole: count * cellWidth + (count - 1) * gap
    readonly property real cellWidth: Math.max(least, (opening - (count - 1) * gap) / count)
    readonly property real overflow: Math.max(0, whole - opening)
    readonly property bool holds: pinned && overflow > 0 && opening >= 2 * least + gap // the reference stays in view
    readonly property real hold: holds ? (mirrored ? -shift : shift) : 0

    function shiftTo(column: int): real {
        const begin = column * (cellWidth + gap);
        const covered = holds && column > 0 ? cellWidth + gap : 0;
        const latest = begin - covered;
        const earliest = begin + cellWidth - opening;
        return Math.max(0, Math.min(overflow, shift > latest ? latest : (shift < earliest ? earliest : shift)));
    }
}
