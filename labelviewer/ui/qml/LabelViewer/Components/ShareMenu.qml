pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What can be done with the page: paper, files, a phone, questions for the shop. `subject` is label or compare.
Card {
    id: menu

    required property var share
    required property string subject
    property bool unfolded: false
    readonly property bool hasNews: share.told !== "" || share.open !== "" || !!share.message // also of a key, while this is closed

    Accessible.name: heading.text
    Accessible.role: Accessible.Grouping

    onHasNewsChanged: {
        if (hasNews)
            menu.unfolded = true;
    }

    spacing: Style.space.medium

    Fold {
        Layout.fillWidth: true
        open: menu.unfolded
        spoken: heading.text
        onClicked: menu.unfolded = !menu.unfolded

        AppText {
            id: heading

            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: qsTr("Print or share")
        }
    }

    Loader {
        Layout.fillWidth: true
        active: menu.unfolded
        sourceComponent: choices
        visible: active
    }

    Component {
        id: choices

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Style.space.large

            Flow {
                Layout.fillWidth: true
                spacing: Style.space.small

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Print")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "print")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Save as PDF")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "pdf")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Copy as text")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "copy")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Save as text")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "text")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Save as picture")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "picture")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Save this comparison")
                    visible: menu.subject === "compare"
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "comparison")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Take it on a phone")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "phone")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Ask the shop")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.act(menu.subject, "ask")
                }
            }

            AppText {
                id: told

                Layout.fillWidth: true
                text: menu.share.told
                visible: text !== ""
                onTextChanged: {
                    if (told.text !== "")
                        menu.Accessible.announce(told.text);
                }
            }

            Loader {
                Layout.fillWidth: true
                active: !!menu.share.message
                visible: active
                sourceComponent: NoticeCard {
                    message: menu.share.message
                    Component.onCompleted: menu.Accessible.announce(message.title + ". " + message.body, Accessible.Assertive)
                    onActed: deed => deed === "try-again" ? menu.share.again() : menu.share.forget()
                }
            }

            Loader {
                Layout.fillWidth: true
                active: menu.share.open !== ""
                visible: active
                sourceComponent: panel
            }
        }
    }

    Component {
        id: panel

        ColumnLayout {
            id: board

            readonly property bool asking: menu.share.open === "ask"

            Layout.fillWidth: true
            spacing: Style.space.medium

            AppText {
                Layout.fillWidth: true
                text: menu.share.words
                visible: board.asking && text !== ""
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            }

            Flow {
                Layout.fillWidth: true
                spacing: Style.space.small
                visible: board.asking && menu.share.words !== ""

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Print the questions")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.ask(menu.subject, "print")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Save the questions as PDF")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.ask(menu.subject, "pdf")
                }

                ActionButton {
                    enabled: !menu.share.busy
                    text: qsTr("Copy the questions")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: menu.share.ask(menu.subject, "copy")
                }
            }

            AppText {
                Layout.fillWidth: true
                font.weight: Font.DemiBold
                text: menu.share.heading
            }

            Image {
                Accessible.name: qsTr("A code that holds these words")
                Accessible.role: Accessible.Graphic
                Layout.preferredHeight: width
                Layout.preferredWidth: Math.min(menu.width - 2 * menu.padding, implicitWidth)
                cache: false
                fillMode: Image.PreserveAspectFit
                source: menu.share.code
                visible: menu.share.code !== ""
            }

            AppText {
                Layout.fillWidth: true
                text: menu.share.words
                visible: !board.asking && text !== ""
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            }
        }
    }

    Component.onCompleted: menu.share.forget()
}
