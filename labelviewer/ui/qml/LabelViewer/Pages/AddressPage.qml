pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Type or paste what is printed below the code.
ScrollPage {
    id: page

    required property var scan
    required property var shell
    required property var words

    columnWidth: Style.narrow
    focus: true
    onActiveFocusChanged: {
        if (activeFocus)
            field.forceActiveFocus();
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("address.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("address.about")
    }

    TextLine {
        id: field

        Layout.fillWidth: true
        focus: true
        font.pixelSize: Style.text.lead
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
        maximumLength: 2953
        spoken: qsTr("Address or number of the label")
        Component.onCompleted: text = page.scan.typed
        onAccepted: go.click()
    }

    ActionButton {
        id: go

        enabled: field.text.trim() !== ""
        primary: true
        text: qsTr("Look it up")
        onClicked: page.scan.followTyped(field.text)
    }

    AppText {
        Layout.fillWidth: true
        Layout.topMargin: Style.space.huge
        quiet: true
        text: page.words.say("address.scanner")
    }

    ActionButton {
        mark: "scanner"
        text: qsTr("Set up a hand scanner")
        onClicked: page.shell.goTo("scanner")
    }
}
