pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// The terms that a text uses, underlined; pressed, one is explained, with a way to all of them.
ColumnLayout {
    id: line

    required property var terms
    required property var words
    required property string about // what the text is about, for those who hear one button alone
    property int shown: -1

    signal allTerms

    spacing: Style.space.small
    visible: terms.length > 0

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        font.weight: Font.DemiBold
        quiet: true
        text: line.words.say("glossary.explained")
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small

        Repeater {
            model: line.terms

            Pressable {
                id: term

                required property int index
                required property var modelData

                Accessible.description: line.shown === index ? qsTr("Open") : qsTr("Closed")
                color: hovered || down ? Style.sunk : "transparent"
                height: Math.max(Style.target, word.implicitHeight + 2 * padding)
                spoken: modelData.term + ". " + modelData.question + " " + line.about
                text: modelData.term
                width: Math.max(Style.target, Math.ceil(word.implicitWidth) + 2 * sidePadding)
                onClicked: line.shown = line.shown === index ? -1 : index

                Text {
                    id: word

                    Accessible.ignored: true
                    anchors.verticalCenter: parent.verticalCenter
                    color: Style.accent
                    font.pixelSize: Style.text.body
                    font.underline: true
                    text: term.text
                    textFormat: Text.PlainText
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: line.shown >= 0

        AppText {
            Layout.fillWidth: true
            font.weight: Font.DemiBold
            text: line.shown >= 0 ? line.terms[line.shown].term : ""
        }

        AppText {
            Layout.fillWidth: true
            text: line.shown >= 0 ? line.terms[line.shown].meaning : ""
        }

        ActionButton {
            spoken: text + ". " + line.about
            text: line.words.say("glossary.all")
            onClicked: line.allTerms()
        }
    }
}
