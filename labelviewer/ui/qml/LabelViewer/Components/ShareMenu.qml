pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What can be done with the page: paper, files, a phone, questions for the shop. `subject` is label or compare.
Card {
    id: menu

    required property var share
    required property string subject
    property bool open: false
    readonly property bool hasNews: share.told !== "" || share.open !== "" || !!share.message // also of a key, while this is closed

    Accessible.name: heading.text
    Accessible.role: Accessible.Grouping

    onHasNewsChanged: {
        if (hasNews)
            menu.open = true;
    }

    spacing: Style.space.medium

    component Deed: ActionButton {
        required property string deed

        enabled: !menu.share.busy
        width: Math.min(implicitWidth, parent.width)
        onClicked: menu.share.act(menu.subject, deed)
    }

    Fold {
        Layout.fillWidth: true
        open: menu.open
        spoken: heading.text
        onClicked: menu.open = !menu.open

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
        active: menu.open
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

                Deed {
                    deed: "print"
                    text: qsTr("Print")
                }

                Deed {
                    deed: "pdf"
                    text: qsTr("Save as PDF")
                }

                Deed {
                    deed: "copy"
                    text: qsTr("Copy as text")
                }

                Deed {
                    deed: "text"
                    text: qsTr("Save as text")
                }

                Deed {
                    deed: "picture"
                    text: qsTr("Save as picture")
                }

                Deed {
                    deed: "comparison"
                    text: qsTr("Save this comparison")
                    visible: menu.subject === "compare"
                }

                Deed {
                    deed: "phone"
                    text: qsTr("Take it on a phone")
                }

                Deed {
                    deed: "ask"
                    text: qsTr("Ask the shop")
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
