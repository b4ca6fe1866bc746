import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One of the four facts: question, answer, detail; shape and colour by tone.
Card {
    id: card

    required property var fact

    Accessible.name: fact.question + " " + fact.answer
    Accessible.description: fact.detail
    Accessible.role: Accessible.Grouping
    spacing: Style.space.tiny

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        quiet: true
        text: card.fact.question
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Style.space.small

        Icon {
            Layout.alignment: Qt.AlignTop
            color: Style.tones[card.fact.tone]
            name: card.fact.tone
            size: Style.text.heading
        }

        AppText {
            Layout.fillWidth: true
            color: Style.tones[card.fact.tone]
            font.pixelSize: Style.text.lead
            font.weight: Font.Bold
            text: card.fact.answer
        }
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        text: card.fact.detail
        visible: text !== ""
    }

    Item {
        Layout.fillHeight: true
    }
}
