pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One setting: its name, what can be chosen, the way back to what it was at first.
Card {
    id: card

    required property var setting // what it is,
    required property var now // and what it is set to
    required property var words
    required property int longest
    readonly property real room: width - 2 * padding

    signal chosen(string value)
    signal turned(bool on)
    signal visited
    signal putBack

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.weight: Font.DemiBold
        text: card.setting.name
        visible: card.setting.kind !== "switch"
    }

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: card.now.told
        visible: text !== ""
    }

    Loader {
        Layout.fillWidth: true
        active: card.setting.kind === "switch"
        visible: active
        sourceComponent: Tick {
            checked: card.now.on
            text: card.setting.name
            onToggled: {
                card.turned(checked);
                checked = Qt.binding(() => card.now.on);
            }
        }
    }

    Loader {
        Layout.fillWidth: true
        active: card.setting.kind === "text"
        visible: active
        sourceComponent: TextLine {
            maximumLength: card.longest
            spoken: card.setting.name
            text: card.now.value
            onTextEdited: card.chosen(text)
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: card.setting.kind === "choice"

        Repeater {
            model: card.setting.choices

            ActionButton {
                id: choice

                required property var modelData
                readonly property bool checked: card.now.value === modelData.value

                Accessible.checkable: true
                Accessible.checked: checked
                Accessible.role: Accessible.RadioButton
                Accessible.onToggleAction: click()
                mark: checked ? "tick" : ""
                primary: checked
                spoken: card.setting.name + ": " + text
                text: modelData.name
                width: Math.min(implicitWidth, card.room)
                onClicked: card.chosen(modelData.value)
            }
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: card.setting.place !== "" || !card.now.usual

        ActionButton {
            mark: "next"
            quiet: true
            spoken: text + ": " + card.setting.name
            text: card.words.say("settings.change")
            visible: card.setting.place !== ""
            width: Math.min(implicitWidth, card.room)
            onClicked: card.visited()
        }

        ActionButton {
            mark: "undo"
            quiet: true
            spoken: text + ": " + card.setting.name
            text: card.words.say("settings.back")
            visible: !card.now.usual
            width: Math.min(implicitWidth, card.room)
            onClicked: card.putBack()
        }
    }
}
