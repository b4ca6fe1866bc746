pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// A message: shape, words and colour, and its two ways on.
Rectangle {
    id: card

    required property var message
    property bool alone: true // else its buttons say which message they belong to
    property bool large: false
    property bool showActions: true
    property bool showCode: true
    readonly property color tone: message ? Style.tones[message.tone] : Style.soft

    signal acted(deed: string, code: string)

    Accessible.name: message ? message.title : ""
    Accessible.role: Accessible.Grouping
    border.color: tone
    border.width: Style.stroke
    color: message ? Style.washes[message.tone] : Style.surface
    implicitHeight: row.implicitHeight + 2 * row.anchors.margins
    radius: Style.radius

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: card.large ? Style.space.huge : Style.space.large
        spacing: Style.space.large

        Icon {
            Layout.alignment: Qt.AlignTop
            color: card.tone
            name: card.message ? card.message.tone : "info"
            size: card.large ? Style.text.display * 1.3 : Style.text.title
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Style.space.small

            AppText {
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
                color: card.tone
                font.pixelSize: card.large ? Style.text.title : Style.text.lead
                font.weight: Font.Bold
                text: card.message ? card.message.title : ""
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: card.large ? Style.text.lead : Style.text.body
                text: card.message ? card.message.body : ""
            }

            GridLayout {
                Layout.fillWidth: true
                Layout.topMargin: Style.space.tiny
                columnSpacing: Style.space.large
                columns: card.width > Style.narrow * 0.6 * Style.textScale ? 2 : 1
                visible: card.showActions || card.showCode

                Flow {
                    Layout.fillWidth: true
                    spacing: Style.space.small
                    visible: card.showActions

                    ActionButton {
                        primary: card.large
                        spoken: card.alone ? text : text + ". " + card.message.body
                        text: card.message && card.message.primary ? card.message.primary.caption : ""
                        visible: text !== ""
                        width: Math.min(implicitWidth, parent.width)
                        onClicked: card.acted(card.message.primary.deed, card.message.code)
                    }

                    ActionButton {
                        spoken: card.alone ? text : text + ". " + card.message.body
                        text: card.message && card.message.secondary ? card.message.secondary.caption : ""
                        visible: text !== ""
                        width: Math.min(implicitWidth, parent.width)
                        onClicked: card.acted(card.message.secondary.deed, card.message.code)
                    }
                }

                AppText {
                    Layout.alignment: Qt.AlignBottom
                    font.pixelSize: Style.text.small
                    quiet: true
                    text: card.message ? qsTr("Code %1").arg(card.message.code) : ""
                    visible: card.showCode && text !== ""
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
