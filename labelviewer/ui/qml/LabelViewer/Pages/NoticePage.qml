pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// A failure: what happened, what it means, what to do; more only when asked for.
ScrollPage {
    id: page

    required property var notice
    required property var reading
    required property var samples
    required property var shell
    required property var words

    columnWidth: Style.narrow * 1.2
    focus: true
    place: reading.place

    NoticeCard {
        objectName: "message"
        Layout.fillWidth: true
        large: true
        message: page.notice.message
        onActed: (deed, code) => page.shell.act(deed, code)
    }

    ActionButton {
        mark: "listen"
        quiet: true
        text: qsTr("Read to me")
        onClicked: page.reading.read("notice", "")
    }

    Loader {
        Layout.fillWidth: true
        active: Boolean(page.notice.leads)
        visible: active
        sourceComponent: Card {
            AppText {
                Layout.fillWidth: true
                font.weight: Font.DemiBold
                text: page.words.say("heading.leads")
            }

            HostName {
                Layout.fillWidth: true
                host: page.notice.leads
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.notice.looksLike !== ""

        AppText {
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: page.words.say("heading.scheme-code")
        }

        AppText {
            Layout.fillWidth: true
            text: page.notice.looksLike
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small
            visible: page.notice.officialPage !== "" || page.notice.productNumber !== ""

            ActionButton {
                text: page.words.say("code.open-page")
                visible: page.notice.officialPage !== ""
                onClicked: page.notice.openPage()
            }

            ActionButton {
                text: page.words.say("code.look-up")
                visible: page.notice.productNumber !== ""
                onClicked: page.notice.lookUp()
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.notice.scannedText !== ""

        AppText {
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: page.words.say("heading.scanned")
        }

        AppText {
            Layout.fillWidth: true
            font.family: "monospace"
            text: page.notice.scannedText
            wrapMode: Text.WrapAnywhere
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.notice.details !== ""

        AppText {
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: page.words.say("notice.details")
        }

        AppText {
            Layout.fillWidth: true
            text: page.notice.details
            wrapMode: Text.WrapAnywhere
        }
    }

    Card {
        Layout.fillWidth: true
        objectName: "more"
        visible: page.notice.more !== ""

        AppText {
            Layout.fillWidth: true
            text: page.notice.more
        }
    }

    Loader {
        Layout.fillWidth: true
        active: page.notice.showsPlace
        visible: active
        sourceComponent: Card {
            AppText {
                Layout.fillWidth: true
                text: page.words.say("page.place")
            }

            Image {
                Accessible.name: page.words.say("page.place")
                Accessible.role: Accessible.Graphic
                Layout.fillWidth: true
                Layout.preferredHeight: width * 0.66
                fillMode: Image.PreserveAspectFit
                source: page.samples.boxPicture
                sourceSize.width: 960
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.notice.still !== ""

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: page.words.say("notice.picture")
        }

        Image {
            Accessible.name: page.words.say("notice.picture")
            Accessible.role: Accessible.Graphic
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(width * implicitHeight / Math.max(1, implicitWidth), page.height * 0.5)
            cache: false
            fillMode: Image.PreserveAspectFit
            source: page.notice.still
        }
    }
}
