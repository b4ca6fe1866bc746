pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Every term that labels use, with its meaning.
ScrollPage {
    id: page

    required property var words

    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("glossary.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("glossary.line")
    }

    Card {
        Layout.fillWidth: true
        spacing: Style.space.large

        Repeater {
            model: page.words.glossary

            ColumnLayout {
                id: entry

                required property var modelData

                Layout.fillWidth: true
                spacing: Style.space.hair

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: entry.modelData.term
                }

                AppText {
                    Layout.fillWidth: true
                    text: entry.modelData.meaning
                }
            }
        }
    }
}
