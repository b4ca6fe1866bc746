pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// What runs here and what went wrong last, to be copied for who helps.
ScrollPage {
    id: page

    required property var support
    required property var words

    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("support.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("support.about")
    }

    ActionButton {
        Layout.maximumWidth: parent.width
        mark: "paste"
        primary: true
        text: page.words.say("support.copy")
        onClicked: page.support.copy()
    }

    AppText {
        id: told

        Layout.fillWidth: true
        text: page.support.told
        visible: text !== ""
        onTextChanged: {
            if (told.text !== "")
                page.Accessible.announce(told.text);
        }
    }

    Card {
        Layout.fillWidth: true

        Repeater {
            model: page.support.lines

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }
    }

    Card {
        Layout.fillWidth: true

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: page.words.say("support.fault")
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            text: page.support.fault || page.words.say("support.no-fault")
        }
    }
}
