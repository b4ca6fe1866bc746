pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What is being read out, its word marked, and how to stop it; or why nothing is heard.
Rectangle {
    id: bar

    required property var reading
    required property bool low // then there is no room for the sentence, only for its place on the page
    readonly property bool roomy: width > Style.narrow * Style.textScale

    Accessible.name: qsTr("Read to me")
    Accessible.role: Accessible.ToolBar
    color: Style.surface
    implicitHeight: column.implicitHeight + 2 * Style.space.small

    Rectangle {
        color: Style.outline
        height: Style.stroke
        width: parent.width
    }

    // A message in large text may need more room than a small window has.
    Flickable {
        id: view

        readonly property Item focused: Window.activeFocusItem

        Accessible.ignored: true
        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: bar.implicitHeight
        onFocusedChanged: {
            for (let each = focused; each; each = each.parent) {
                if (each === column) {
                    const top = focused.mapToItem(contentItem, 0, 0).y;
                    contentY = Math.max(0, Math.min(top, Math.max(contentY, top + focused.height + Style.space.small - height)));
                }
            }
        }

        ColumnLayout {
            id: column

            spacing: Style.space.small
            width: view.width - 2 * Style.space.large
            x: Style.space.large
            y: Style.space.small

            Loader {
                Layout.fillWidth: true
                Layout.maximumWidth: Style.column
                active: !!bar.reading.message
                visible: active
                sourceComponent: ColumnLayout {
                    spacing: Style.space.small

                    NoticeCard {
                        Layout.fillWidth: true
                        message: bar.reading.message
                        Component.onCompleted: bar.Accessible.announce(message.title + ". " + message.body)
                        onActed: (deed, code) => bar.reading.act(deed, code)
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: bar.reading.more
                        visible: text !== ""
                    }
                }
            }

            TextEdit {
                id: sentence

                readonly property int wordStart: bar.reading.wordStart
                readonly property int wordEnd: wordStart + bar.reading.wordLength

                function mark() {
                    if (wordEnd > wordStart && wordEnd <= length)
                        select(wordStart, wordEnd);
                    else
                        deselect();
                }

                Accessible.name: text
                Accessible.role: Accessible.StaticText
                Layout.fillWidth: true
                activeFocusOnPress: false
                color: Style.ink
                font.pixelSize: Style.text.lead
                horizontalAlignment: TextEdit.AlignLeft // where the language begins
                readOnly: true
                selectByMouse: false
                selectedTextColor: Style.accentInk
                selectionColor: Style.accent
                text: bar.reading.sentence
                textFormat: TextEdit.PlainText
                visible: bar.reading.on && !bar.low
                wrapMode: TextEdit.Wrap
                onTextChanged: mark()
                onWordEndChanged: mark()
                onWordStartChanged: mark()
            }

            Flow {
                Layout.fillWidth: true
                spacing: Style.space.small
                visible: bar.reading.on

                ActionButton {
                    mark: bar.reading.paused ? "play" : "pause"
                    primary: true
                    spoken: bar.reading.paused ? qsTr("Go on") : qsTr("Pause")
                    text: bar.roomy ? spoken : ""
                    onClicked: bar.reading.pause()
                }

                ActionButton {
                    mark: "back"
                    spoken: qsTr("Part before")
                    onClicked: bar.reading.earlier()
                }

                ActionButton {
                    mark: "undo"
                    spoken: qsTr("Say again")
                    text: bar.roomy ? spoken : ""
                    onClicked: bar.reading.again()
                }

                ActionButton {
                    mark: "next"
                    spoken: qsTr("Next part")
                    onClicked: bar.reading.later()
                }

                ActionButton {
                    enabled: bar.reading.canSlower
                    mark: bar.roomy ? "" : "slower"
                    spoken: qsTr("Slower")
                    text: bar.roomy ? spoken : ""
                    onClicked: bar.reading.slower()
                }

                ActionButton {
                    enabled: bar.reading.canFaster
                    mark: bar.roomy ? "" : "faster"
                    spoken: qsTr("Faster")
                    text: bar.roomy ? spoken : ""
                    onClicked: bar.reading.faster()
                }

                ActionButton {
                    mark: "close"
                    spoken: qsTr("Stop reading")
                    text: bar.roomy ? spoken : ""
                    onClicked: bar.reading.stop()
                }
            }
        }
    }
}
