pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Sixty digits in groups of five, from left to right in every language; read out group by group.
Item {
    id: digits

    required property var groups
    required property string about
    readonly property int perRow: [6, 4, 3, 2].find(count => count * (five.width + grid.columnSpacing) <= width) ?? 1

    Accessible.name: about + " " + groups.join(", ")
    Accessible.role: Accessible.StaticText
    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false
    implicitHeight: grid.implicitHeight

    TextMetrics {
        id: five

        font.family: "monospace"
        font.pixelSize: Style.text.lead
        text: "00000"
    }

    Grid {
        id: grid

        columnSpacing: Style.space.large
        columns: digits.perRow

        Repeater {
            model: digits.groups

            AppText {
                required property string modelData

                Accessible.ignored: true
                font.family: "monospace"
                font.pixelSize: Style.text.lead
                text: modelData
            }
        }
    }
}
