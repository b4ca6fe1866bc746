import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One thing at a glance.
Card {
    id: card

    required property var tile

    Accessible.name: tile.question + " " + tile.answer
    Accessible.description: tile.detail
    Accessible.role: Accessible.Grouping
    border.color: Style.line
    spacing: Style.space.tiny

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        quiet: true
        text: card.tile.question
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Style.space.small

        Icon {
            Layout.alignment: Qt.AlignTop
            color: Style.tones[card.tile.tone]
            name: card.tile.tone
            size: Style.text.lead
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: text.length > 24 && !text.includes(" ") ? Style.text.small : Style.text.body // an address stays whole
            font.weight: Font.DemiBold
            text: card.tile.answer
        }
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        quiet: true
        text: card.tile.detail
        visible: text !== ""
    }

    Item {
        Layout.fillHeight: true
    }
}
