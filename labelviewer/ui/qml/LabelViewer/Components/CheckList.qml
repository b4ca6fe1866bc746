pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// Every step of the check with its outcome.
ColumnLayout {
    id: list

    required property var checks

    spacing: Style.space.medium

    Repeater {
        model: list.checks

        RowLayout {
            id: line

            required property var modelData

            Accessible.name: modelData.number + ". " + modelData.title + ": " + modelData.outcome
            Accessible.role: Accessible.ListItem
            Layout.fillWidth: true
            spacing: Style.space.medium

            AppText {
                Accessible.ignored: true
                Layout.alignment: Qt.AlignTop
                Layout.minimumWidth: Style.text.title
                horizontalAlignment: Text.AlignRight
                quiet: true
                text: line.modelData.number
            }

            Icon {
                Layout.alignment: Qt.AlignTop
                color: Style.tones[line.modelData.tone]
                name: line.modelData.tone
                size: Style.text.lead
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Style.space.hair

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: line.modelData.title
                }

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    quiet: true
                    text: line.modelData.outcome
                }
            }
        }
    }
}
