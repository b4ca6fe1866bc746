pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Sixty digits in groups of five, from left to right in every language; read out group by group.
Flow {
    id: digits

    required property var groups
    required property string about

    Accessible.name: about + " " + groups.join(", ")
    Accessible.role: Accessible.StaticText
    LayoutMirroring.enabled: false
    spacing: Style.space.medium

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
