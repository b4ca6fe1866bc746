import QtQuick
import LabelViewer.Style

// The head of a column, always in view; with the keyboard on it, the column can be moved and taken out.
CompareColumn {
    id: head

    required property var column
    required property string help
    required property bool low // there is little room for it

    signal moved(int by)
    signal removed

    Accessible.description: help
    Accessible.focusable: true
    Accessible.name: column.spoken
    Accessible.role: Accessible.ColumnHeader
    activeFocusOnTab: true

    Keys.onDeletePressed: removed()
    Keys.onPressed: event => {
        const both = Qt.ControlModifier | Qt.ShiftModifier;
        if ((event.modifiers & both) !== both || ![Qt.Key_Left, Qt.Key_Right].includes(event.key))
            return;
        event.accepted = true;
        moved((event.key === Qt.Key_Right) === grid.mirrored ? -1 : 1);
    }

    readonly property FocusRing ring: FocusRing {
        parent: head
        visible: head.activeFocus
    }

    Row {
        spacing: Style.space.small
        width: parent.width

        TapHandler {
            onTapped: head.forceActiveFocus(Qt.MouseFocusReason)
        }

        Icon {
            id: mark

            color: Style.tones[head.column.tone]
            name: head.column.tone
            size: Style.text.lead
            visible: !head.grid.stacked
        }

        Column {
            spacing: Style.space.hair
            width: parent.width - (mark.visible ? mark.width + parent.spacing : 0)

            Icon {
                color: Style.accent
                name: "pin"
                size: Style.text.body
                visible: head.column.reference
            }

            AppText {
                font.pixelSize: head.grid.stacked ? Style.text.body : Style.text.lead
                font.weight: Font.Bold
                text: head.column.called
                width: parent.width
            }

            AppText {
                color: Style.tones[head.column.tone]
                font.pixelSize: Style.text.small
                font.weight: Font.DemiBold
                text: head.column.standing
                visible: !head.low || head.column.warning !== ""
                width: parent.width
            }
        }
    }
}
