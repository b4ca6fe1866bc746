pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// What the signs mean, the ways to a label, the keys, and where there is more.
ScrollPage {
    id: page

    required property var support
    required property var shell
    required property var words

    focus: true

    component Title: AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.heading
        font.weight: Font.DemiBold
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("help.title")
    }

    Card {
        Layout.fillWidth: true

        Title {
            text: page.words.say("help.signs")
        }

        Repeater {
            model: ["ok", "warn", "danger", "silent"]

            RowLayout {
                id: sign

                required property string modelData

                Layout.fillWidth: true
                spacing: Style.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    color: Style.tones[sign.modelData]
                    name: sign.modelData
                    size: Style.text.heading
                }

                AppText {
                    Layout.fillWidth: true
                    text: page.words.say("help.sign." + sign.modelData)
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true

        Title {
            text: page.words.say("help.ways")
        }

        Repeater {
            model: [
                { title: qsTr("Use the camera"), words: "way-in.camera" }, { title: qsTr("Open a picture"), words: "way-in.picture" },
                { title: qsTr("Paste"), words: "key.paste" }, { title: qsTr("Set up a hand scanner"), words: "scanner.about" },
                { title: qsTr("Try a sample"), words: "way-in.sample" }
            ]

            ColumnLayout {
                id: way

                required property var modelData

                Accessible.name: modelData.title + ": " + page.words.say(modelData.words)
                Accessible.role: Accessible.ListItem
                Layout.fillWidth: true
                spacing: Style.space.hair

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: way.modelData.title
                }

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    text: page.words.say(way.modelData.words)
                }
            }
        }

        AppText {
            Layout.fillWidth: true
            text: page.words.say("way-in.drop")
        }
    }

    Flow {
        id: links

        Layout.fillWidth: true
        spacing: Style.space.medium

        Repeater {
            model: [
                { page: "samples", words: "help.samples" }, { page: "glossary", words: "glossary.title" },
                { page: "trust", words: "trust.title" }, { page: "settings", words: "settings.title" },
                { page: "support", words: "support.title" }
            ]

            ActionButton {
                required property var modelData

                mark: "next"
                spoken: modelData.page === "settings" ? text + " (" + page.words.say("help.title") + ")" : text // the bar has one too
                text: page.words.say(modelData.words)
                width: Math.min(implicitWidth, links.width)
                onClicked: page.shell.goTo(modelData.page)
            }
        }
    }

    Card {
        Layout.fillWidth: true

        Title {
            text: page.words.say("help.keys")
        }

        Repeater {
            model: page.support.keys

            GridLayout {
                id: key

                required property var modelData

                Accessible.name: modelData.keys + ": " + modelData.does
                Accessible.role: Accessible.ListItem
                Layout.fillWidth: true
                columnSpacing: Style.space.large
                columns: page.width > Style.narrow * Style.textScale ? 2 : 1
                rowSpacing: Style.space.hair

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: key.columns === 1
                    Layout.preferredWidth: Style.base * 14
                    font.weight: Font.DemiBold
                    text: key.modelData.keys
                }

                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    text: key.modelData.does
                }
            }
        }
    }
}
