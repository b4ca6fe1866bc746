import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What one label says in one row.
RowLayout {
    id: item

    required property var cell

    Accessible.description: cell.strength
    Accessible.name: cell.spoken
    Accessible.role: Accessible.Cell
    spacing: Style.space.small

    Icon {
        Layout.alignment: Qt.AlignTop
        color: Style.tones[item.cell.tone]
        name: item.cell.tone
        size: Style.text.lead
    }

    ColumnLayout {
        Layout.alignment: Qt.AlignTop
        Layout.fillWidth: true
        spacing: Style.space.hair

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: item.cell.tone === "silent" ? Style.soft : Style.ink
            font.weight: item.cell.tone === "silent" ? Font.Normal : Font.DemiBold
            text: item.cell.text
        }

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: item.cell.detail
            visible: text !== ""
        }

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: item.cell.strength
            visible: text !== ""
        }
    }
}
