pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// Shown while another product is looked for: what is there already, and what to do next.
ColumnLayout {
    id: invitation

    required property var message
    required property var names

    signal stopped(int column)
    signal finished

    spacing: Style.space.small

    NoticeCard {
        Layout.fillWidth: true
        message: invitation.message
        showActions: false
        showCode: false
    }

    Repeater {
        model: invitation.names

        Card {
            id: first

            required property int index
            required property string modelData

            Layout.fillWidth: true
            padding: Style.space.small

            RowLayout {
                Layout.fillWidth: true
                spacing: Style.space.medium

                Icon {
                    Layout.leftMargin: Style.space.small
                    color: Style.accent
                    name: "compare"
                    size: Style.text.lead
                }

                AppText {
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: (first.index + 1) + ". " + first.modelData
                }

                ActionButton {
                    mark: "close"
                    quiet: true
                    spoken: qsTr("Stop comparing %1").arg(first.modelData)
                    onClicked: invitation.stopped(first.index)
                }
            }
        }
    }

    ActionButton {
        mark: "compare"
        text: qsTr("See the comparison")
        visible: invitation.names.length > 1
        onClicked: invitation.finished()
    }
}
