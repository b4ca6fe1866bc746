pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import LabelViewer.Components
import LabelViewer.Style

// Type or paste what is printed below the code.
ScrollPage {
    id: page

    required property var scan
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

    T.TextField {
        id: field

        Accessible.name: qsTr("Address or number of the label")
        Layout.fillWidth: true
        color: Style.ink
        focus: true
        font.pixelSize: Style.text.lead
        horizontalAlignment: TextInput.AlignLeft
        implicitHeight: Math.max(Style.target, contentHeight + 2 * Style.space.medium)
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
        leftPadding: Style.space.medium
        maximumLength: 2953
        rightPadding: Style.space.medium
        selectByMouse: true
        selectedTextColor: Style.accentInk
        selectionColor: Style.accent
        verticalAlignment: TextInput.AlignVCenter
        onAccepted: go.click()

        background: Rectangle {
            border.color: field.activeFocus ? Style.accent : Style.outline
            border.width: field.activeFocus ? Style.ring : Style.stroke
            color: Style.surface
            radius: Style.radius
        }
    }

    ActionButton {
        id: go

        enabled: field.text.trim() !== ""
        primary: true
        text: qsTr("Look it up")
        onClicked: page.scan.follow(field.text)
    }
}
