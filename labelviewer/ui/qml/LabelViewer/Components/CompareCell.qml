import QtQuick
import LabelViewer.Style

// What one label says in one row.
CompareColumn {
    id: item

    required property var cell

    Accessible.description: cell.told
    Accessible.name: cell.spoken
    Accessible.role: Accessible.Cell

    Row {
        spacing: Style.space.small
        width: parent.width

        Icon {
            id: mark

            color: Style.tones[item.cell.tone]
            name: item.cell.tone
            size: Style.text.lead
        }

        Column {
            spacing: Style.space.hair
            width: parent.width - mark.width - parent.spacing

            AppText {
                Accessible.ignored: true
                color: item.cell.tone === "silent" ? Style.soft : Style.ink
                font.weight: item.cell.tone === "silent" ? Font.Normal : Font.DemiBold
                text: item.cell.text
                width: parent.width
            }

            AppText {
                Accessible.ignored: true
                font.pixelSize: Style.text.small
                quiet: true
                text: item.cell.below
                visible: text !== ""
                width: parent.width
            }

            AppText {
                Accessible.ignored: true
                color: Style.accent
                font.pixelSize: Style.text.small
                font.weight: Font.DemiBold
                text: item.cell.unlike
                visible: text !== ""
                width: parent.width
            }
        }
    }
}
