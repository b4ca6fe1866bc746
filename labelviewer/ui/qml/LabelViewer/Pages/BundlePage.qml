pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// A file of many labels on its way in or out: how far it is, Stop, and what came of it.
ScrollPage {
    id: page

    required property var bundles
    required property var words
    readonly property string outcome: bundles.told.join(" ")

    columnWidth: Style.narrow * 1.2
    focus: true
    onOutcomeChanged: {
        if (outcome !== "")
            page.Accessible.announce(outcome);
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("bundle.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("bundle.about")
    }

    Card {
        Layout.fillWidth: true
        visible: page.bundles.busy

        AppText {
            Layout.fillWidth: true
            text: page.bundles.heading
        }

        ProgressLine {
            Layout.fillWidth: true
            about: page.bundles.heading
            part: page.bundles.part
            visible: page.bundles.part >= 0
        }

        Spinner {
            visible: page.bundles.part < 0
        }

        ActionButton {
            text: qsTr("Stop")
            onClicked: page.bundles.stop()
        }
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.bundles.message
        visible: active
        sourceComponent: NoticeCard {
            message: page.bundles.message
            showActions: false
            Component.onCompleted: page.Accessible.announce(message.title + ". " + message.body, Accessible.Assertive)
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.bundles.told.length > 0

        Repeater {
            model: page.bundles.told

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }

        ActionButton {
            primary: true
            text: qsTr("Go on with the file")
            visible: page.bundles.canGoOn
            onClicked: page.bundles.goOn()
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small

        ActionButton {
            enabled: !page.bundles.busy
            text: qsTr("Bring in a file of labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.bundles.chooseImport()
        }

        ActionButton {
            enabled: !page.bundles.busy
            text: qsTr("Save all labels in a file")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.bundles.chooseExport()
        }
    }
}
