pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What an owner should know about one thing, until it is hidden or over.
Rectangle {
    id: card

    required property var alert
    readonly property color tone: Style.tones[alert.tone]

    signal opened
    signal dismissed

    Accessible.name: alert.product + ". " + alert.title
    Accessible.role: Accessible.Grouping
    border.color: tone
    border.width: Style.stroke
    color: Style.washes[alert.tone]
    implicitHeight: row.implicitHeight + 2 * row.anchors.margins
    radius: Style.radius

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Style.space.large
        spacing: Style.space.large

        Icon {
            Layout.alignment: Qt.AlignTop
            color: card.tone
            name: card.alert.tone
            size: Style.text.title
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Style.space.tiny

            AppText {
                Layout.fillWidth: true
                font.weight: Font.DemiBold
                text: card.alert.product
            }

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                color: card.tone
                font.pixelSize: Style.text.lead
                font.weight: Font.Bold
                text: card.alert.title
            }

            AppText {
                Layout.fillWidth: true
                text: card.alert.body
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.small
                quiet: true
                text: card.alert.source
                visible: text !== ""
            }

            Flow {
                Layout.fillWidth: true
                Layout.topMargin: Style.space.small
                spacing: Style.space.small

                ActionButton {
                    spoken: qsTr("Open %1").arg(card.alert.product + ": " + card.alert.title)
                    text: qsTr("Open")
                    onClicked: card.opened()
                }

                ActionButton {
                    spoken: qsTr("Hide this alert about %1: %2").arg(card.alert.product).arg(card.alert.title)
                    text: qsTr("Hide this alert")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: card.dismissed()
                }
            }
        }
    }
}
