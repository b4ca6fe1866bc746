pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// My labels: what was scanned, newest first; choose two to compare.
ScrollPage {
    id: page

    required property var history
    required property var settings
    required property var shell
    required property var words

    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("history.title")
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.history.message
        visible: active
        sourceComponent: NoticeCard {
            message: page.history.message
            onActed: (deed, code) => page.shell.act(deed, code)
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small

        Tick {
            checked: page.settings.keepHistory
            text: qsTr("Keep the labels I scan")
            onToggled: page.settings.setKeepHistory(checked)
        }

        ActionButton {
            enabled: page.history.canCompare
            mark: "compare"
            primary: page.history.canCompare
            text: qsTr("Compare the two I ticked")
            visible: page.history.rows.length > 1
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.history.compareChosen()
        }

        ActionButton {
            mark: "bin"
            text: qsTr("Clear the list")
            visible: page.history.rows.length > 0
            onClicked: page.history.clear()
        }

        ActionButton {
            text: qsTr("Files of labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.shell.goTo("bundle")
        }

        ActionButton {
            text: qsTr("Who may sign labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.shell.goTo("trust")
        }
    }

    Card {
        Layout.fillWidth: true
        padding: Style.space.vast
        visible: page.history.rows.length === 0

        Icon {
            Layout.alignment: Qt.AlignHCenter
            color: Style.soft
            name: "labels"
            size: Style.text.display * 1.4
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.lead
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            text: page.words.say("history.empty.title")
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            text: page.words.say("history.empty.about")
        }

        ActionButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Style.space.small
            primary: true
            text: qsTr("Scan a label")
            onClicked: page.shell.home()
        }
    }

    Repeater {
        model: page.history.rows

        Card {
            id: card

            required property var modelData

            Layout.fillWidth: true
            padding: Style.space.medium

            RowLayout {
                Layout.fillWidth: true
                spacing: Style.space.medium

                Tick {
                    checked: page.history.chosen.includes(card.modelData.number)
                    spoken: qsTr("Compare %1").arg(card.modelData.product)
                    onToggled: page.history.choose(card.modelData.number)
                }

                Icon {
                    color: Style.tones[card.modelData.tone]
                    name: card.modelData.tone
                    size: Style.text.heading
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Style.space.hair

                    AppText {
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.lead
                        font.weight: Font.DemiBold
                        text: card.modelData.product
                    }

                    AppText {
                        Layout.fillWidth: true
                        quiet: true
                        text: card.modelData.maker
                    }

                    AppText {
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.small
                        text: card.modelData.standing + "  ·  " + card.modelData.when
                    }
                }

                ActionButton {
                    spoken: qsTr("Open %1").arg(card.modelData.product)
                    text: qsTr("Open")
                    onClicked: page.history.open(card.modelData.number)
                }

                ActionButton {
                    mark: "bin"
                    quiet: true
                    spoken: qsTr("Remove %1 from the list").arg(card.modelData.product)
                    onClicked: page.history.forget(card.modelData.number)
                }
            }
        }
    }

    ActionButton {
        Layout.alignment: Qt.AlignHCenter
        text: qsTr("Show older ones")
        visible: page.history.hasMore
        onClicked: page.history.showMore()
    }
}
