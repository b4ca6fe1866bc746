pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Try a hand scanner on a test code, see what arrived, and say how it types or where it is plugged in.
ScrollPage {
    id: page

    required property var scanner
    required property var words

    Component.onCompleted: scanner.open()
    Component.onDestruction: scanner.close()
    columnWidth: Style.narrow * 1.2
    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("scanner.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("scanner.about")
    }

    Card {
        Layout.fillWidth: true

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("scanner.last")
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Style.space.small

            Icon {
                Layout.alignment: Qt.AlignTop
                color: Style.tones[page.scanner.last.tone]
                name: page.scanner.last.tone
                size: Style.text.lead
            }

            AppText {
                id: outcome

                Layout.fillWidth: true
                text: page.scanner.last.text
                onTextChanged: page.Accessible.announce(outcome.text)
            }
        }

        AppText {
            Layout.fillWidth: true
            font.family: "monospace"
            text: page.scanner.last.arrived
            visible: text !== ""
            wrapMode: Text.WrapAnywhere
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Style.space.large
        columns: page.width > Style.narrow * Style.textScale ? 2 : 1
        rowSpacing: Style.space.large
        uniformCellWidths: true

        Repeater {
            model: page.scanner.codes

            Card {
                id: test

                required property int index
                required property string modelData
                readonly property string key: index === 0 ? "scanner.test" : "scanner.letters"

                Layout.fillHeight: true
                Layout.fillWidth: true

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: page.words.say(test.key)
                }

                AppText {
                    Layout.fillWidth: true
                    quiet: true
                    text: page.words.say(test.key + ".about")
                }

                Item {
                    Layout.fillHeight: true
                }

                Image {
                    Accessible.name: page.words.say(test.key)
                    Accessible.role: Accessible.Graphic
                    Layout.alignment: Qt.AlignHCenter
                    Layout.preferredHeight: width
                    Layout.preferredWidth: Math.min(test.width - 2 * Style.space.large, Style.narrow / 2)
                    cache: false
                    fillMode: Image.PreserveAspectFit
                    smooth: false
                    source: test.modelData
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("scanner.typing")
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.words.say("scanner.typing.about")
        }

        AppText {
            Layout.fillWidth: true
            text: page.scanner.gapText
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small

            ActionButton {
                text: qsTr("Longer pause")
                onClicked: page.scanner.stepGap(1)
            }

            ActionButton {
                text: qsTr("Shorter pause")
                onClicked: page.scanner.stepGap(-1)
            }
        }

        AppText {
            Layout.fillWidth: true
            Layout.topMargin: Style.space.small
            text: page.scanner.keysText
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small

            ActionButton {
                text: qsTr("More keys")
                onClicked: page.scanner.stepKeys(1)
            }

            ActionButton {
                text: qsTr("Fewer keys")
                onClicked: page.scanner.stepKeys(-1)
            }
        }

        AppText {
            Layout.fillWidth: true
            Layout.topMargin: Style.space.small
            text: page.words.say("scanner.prefix")
        }

        TextLine {
            id: prefix

            Layout.fillWidth: true
            maximumLength: page.scanner.longestMark
            spoken: page.words.say("scanner.prefix")
            text: page.scanner.prefix
            onEditingFinished: page.scanner.setMarks(text, suffix.text)
        }

        AppText {
            Layout.fillWidth: true
            Layout.topMargin: Style.space.small
            text: page.words.say("scanner.suffix")
        }

        TextLine {
            id: suffix

            Layout.fillWidth: true
            maximumLength: page.scanner.longestMark
            spoken: page.words.say("scanner.suffix")
            text: page.scanner.suffix
            onEditingFinished: page.scanner.setMarks(prefix.text, text)
        }
    }

    Card {
        Layout.fillWidth: true

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("scanner.port")
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.words.say("scanner.port.about")
        }

        AppText {
            id: status

            Layout.fillWidth: true
            text: page.scanner.portStatus
            onTextChanged: page.Accessible.announce(status.text)
        }

        Repeater {
            model: page.scanner.ports

            ActionButton {
                required property var modelData

                Layout.fillWidth: true
                enabled: !modelData.chosen
                text: qsTr("Use %1 (%2)").arg(modelData.name).arg(modelData.place)
                onClicked: page.scanner.usePort(modelData.place)
            }
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small

            ActionButton {
                text: qsTr("Look for scanners again")
                onClicked: page.scanner.findPorts()
            }

            ActionButton {
                text: qsTr("Use no port")
                visible: page.scanner.usesPort
                onClicked: page.scanner.leavePort()
            }
        }
    }
}
