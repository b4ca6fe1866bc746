pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Every language by its own name; the one that is pressed is spoken at once.
ScrollPage {
    id: page

    required property var language
    required property var words

    columnWidth: Style.narrow
    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("language.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("language.about")
    }

    Repeater {
        model: page.language.choices

        ActionButton {
            required property var modelData

            Layout.fillWidth: true
            mark: modelData.chosen ? "tick" : "language"
            primary: modelData.chosen
            spoken: modelData.chosen ? qsTr("%1, in use").arg(text) : text
            text: modelData.name
            onClicked: page.language.choose(modelData.code)
        }
    }
}
