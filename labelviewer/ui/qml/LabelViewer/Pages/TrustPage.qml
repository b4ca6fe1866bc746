pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Who may sign labels here: the list, and the signers that were added on this computer.
ScrollPage {
    id: page

    required property var trust
    required property var words
    readonly property var known: trust.page

    columnWidth: Style.narrow * 1.2
    focus: true

    Shortcut {
        enabled: page.trust.canUndo
        sequences: [StandardKey.Undo]
        onActivated: page.trust.undo()
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("trust.title")
    }

    AppText {
        id: told

        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        text: page.trust.told
        visible: text !== ""
        onTextChanged: {
            if (told.text !== "")
                page.Accessible.announce(told.text);
        }
    }

    ActionButton {
        text: qsTr("Undo")
        spoken: qsTr("Undo: add the signer again")
        visible: page.trust.canUndo
        onClicked: page.trust.undo()
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.trust.message
        visible: active
        sourceComponent: NoticeCard {
            message: page.trust.message
            showActions: false
            Component.onCompleted: page.Accessible.announce(message.title + ". " + message.body, Accessible.Assertive)
        }
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.trust.offered
        visible: active
        sourceComponent: Card {
            id: offer

            readonly property var signer: page.trust.offered

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font.pixelSize: Style.text.heading
                font.weight: Font.DemiBold
                text: offer.signer ? qsTr("Add %1?").arg(offer.signer.name) : ""
            }

            AppText {
                Layout.fillWidth: true
                quiet: true
                text: offer.signer ? offer.signer.host : ""
                wrapMode: Text.WrapAnywhere
            }

            AppText {
                Layout.fillWidth: true
                text: page.words.say("trust.fingerprint")
            }

            Digits {
                Layout.fillWidth: true
                about: page.words.say("trust.fingerprint")
                groups: offer.signer ? offer.signer.groups : []
            }

            AppText {
                Layout.fillWidth: true
                text: page.words.say("trust.compare-here")
            }

            TextLine {
                id: digits

                Layout.fillWidth: true
                focus: true
                inputMethodHints: Qt.ImhDigitsOnly
                maximumLength: 120
                spoken: qsTr("The 60 digits that the signer told you")
                Component.onCompleted: forceActiveFocus()
                onAccepted: add.click()
            }

            Flow {
                Layout.fillWidth: true
                spacing: Style.space.small

                ActionButton {
                    id: add

                    enabled: digits.text.replace(/\s/g, "").length === 60
                    primary: true
                    text: qsTr("Add this signer")
                    onClicked: page.trust.add(digits.text)
                }

                ActionButton {
                    text: qsTr("Do not add it")
                    onClicked: page.trust.leave()
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: !!page.known

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("trust.the-list")
        }

        AppText {
            Layout.fillWidth: true
            text: page.known ? page.known.lead : ""
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.known ? page.known.age : ""
            visible: text !== ""
        }

        Repeater {
            model: page.known ? page.known.listed : []

            AppText {
                required property var modelData

                Accessible.role: Accessible.ListItem
                Layout.fillWidth: true
                text: modelData.name + "  ·  " + modelData.host
                wrapMode: Text.Wrap
            }
        }

        ActionButton {
            text: qsTr("Look for a newer list")
            onClicked: page.trust.renew()
        }
    }

    Card {
        Layout.fillWidth: true
        visible: !!page.known

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("trust.added-here")
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.words.say(page.known && page.known.added.length > 0 ? "trust.added-about" : "trust.added-none")
        }

        Repeater {
            model: page.known ? page.known.added : []

            ColumnLayout {
                id: signer

                required property var modelData

                Layout.fillWidth: true
                Layout.topMargin: Style.space.small
                spacing: Style.space.small

                AppText {
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: signer.modelData.name + "  ·  " + signer.modelData.host
                }

                Digits {
                    Layout.fillWidth: true
                    about: page.words.say("trust.fingerprint")
                    groups: signer.modelData.groups
                }

                ActionButton {
                    mark: "bin"
                    spoken: qsTr("Remove %1").arg(signer.modelData.name + ", " + signer.modelData.host)
                    text: qsTr("Remove")
                    onClicked: page.trust.remove(signer.modelData.host)
                }
            }
        }

        ActionButton {
            Layout.maximumWidth: parent.width
            text: qsTr("Add a signer from its file")
            onClicked: page.trust.openFile()
        }
    }
}
