pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Two products side by side: what differs in sentences, then row by row; what is the same is folded.
FocusScope {
    id: page

    required property var compare
    required property var shell
    required property var words
    readonly property var comparison: compare.comparison
    readonly property bool wide: width > Style.narrow * 1.15 * Style.textScale
    readonly property bool low: height < Style.narrow * Style.textScale // then the fixed heads leave room for the rows
    readonly property int columnWidth: Math.min(Style.column, width - 2 * Style.space.huge)

    Loader {
        active: !page.comparison
        anchors.fill: parent
        focus: active
        sourceComponent: empty
    }

    Loader {
        active: !!page.comparison
        anchors.fill: parent
        focus: active
        sourceComponent: full
    }

    Component {
        id: empty

        ScrollPage {
            focus: true

            NoticeCard {
                Layout.fillWidth: true
                large: true
                message: page.shell.invitation
                showCode: false
                onActed: (deed, code) => page.shell.act(deed, code)
            }
        }
    }

    Component {
        id: full

        Item {
            Rectangle {
                id: header

                Accessible.ignored: true
                anchors.left: parent.left
                anchors.right: parent.right
                color: Style.surface
                height: heads.implicitHeight + 2 * Style.space.medium
                z: 1

                Rectangle {
                    anchors.bottom: parent.bottom
                    color: Style.line
                    height: Style.stroke
                    width: parent.width
                }

                RowLayout {
                    id: heads

                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Style.space.large
                    uniformCellSizes: true
                    width: page.columnWidth - 2 * Style.space.large

                    ColumnLayout {
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        visible: page.wide

                        ActionButton {
                            mark: "swap"
                            text: qsTr("Swap")
                            onClicked: page.compare.swap()
                        }
                    }

                    Repeater {
                        model: page.comparison.columns

                        RowLayout {
                            id: head

                            required property int index
                            required property var modelData

                            Accessible.name: modelData.product + ", " + modelData.standing
                            Accessible.role: Accessible.ColumnHeader
                            Layout.alignment: Qt.AlignTop
                            Layout.fillWidth: true
                            Layout.preferredWidth: 1
                            spacing: Style.space.small

                            Icon {
                                Layout.alignment: Qt.AlignTop
                                color: Style.tones[head.modelData.tone]
                                name: head.modelData.tone
                                size: Style.text.heading
                                visible: page.wide
                            }

                            ColumnLayout {
                                Layout.fillWidth: true
                                spacing: Style.space.hair

                                AppText {
                                    Layout.fillWidth: true
                                    font.pixelSize: Style.text.lead
                                    font.weight: Font.Bold
                                    text: head.modelData.product
                                }

                                AppText {
                                    Layout.fillWidth: true
                                    font.pixelSize: Style.text.small
                                    text: head.modelData.scheme
                                    visible: !page.low
                                }

                                AppText {
                                    Layout.fillWidth: true
                                    font.pixelSize: Style.text.small
                                    quiet: true
                                    text: head.modelData.maker
                                    visible: page.wide && !page.low
                                }

                                AppText {
                                    Layout.fillWidth: true
                                    color: Style.tones[head.modelData.tone]
                                    font.pixelSize: Style.text.small
                                    font.weight: Font.DemiBold
                                    text: head.modelData.standing
                                    visible: !page.low
                                }

                                AppText {
                                    Layout.fillWidth: true
                                    color: Style.tones[head.modelData.tone]
                                    font.pixelSize: Style.text.small
                                    text: head.modelData.warning
                                    visible: text !== ""
                                }
                            }

                            ActionButton {
                                Layout.alignment: Qt.AlignTop
                                mark: "close"
                                quiet: true
                                spoken: qsTr("Remove %1").arg(head.modelData.product)
                                onClicked: {
                                    page.compare.remove(head.index);
                                    page.shell.addAnother();
                                }
                            }
                        }
                    }
                }
            }

            ScrollPage {
                anchors.bottom: parent.bottom
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: header.bottom
                focus: true

                Ribbon {
                    Layout.fillWidth: true
                    text: page.words.say("sample.line")
                    visible: page.comparison.columns.some(column => column.sample)
                }

                Repeater {
                    model: page.comparison.notices

                    NoticeCard {
                        required property var modelData

                        Layout.fillWidth: true
                        message: modelData
                        onActed: (deed, code) => page.shell.act(deed, code)
                    }
                }

                Card {
                    Layout.fillWidth: true
                    spacing: Style.space.medium
                    visible: page.comparison.sentences.length > 0

                    AppText {
                        Accessible.role: Accessible.Heading
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        text: page.words.say("heading.differences")
                    }

                    Repeater {
                        model: page.comparison.sentences

                        RowLayout {
                            id: sentence

                            required property int index
                            required property string modelData

                            Layout.fillWidth: true
                            spacing: Style.space.medium

                            AppText {
                                Accessible.ignored: true
                                Layout.alignment: Qt.AlignTop
                                color: Style.accent
                                font.pixelSize: Style.text.lead
                                font.weight: Font.Bold
                                text: sentence.index + 1
                            }

                            AppText {
                                Layout.fillWidth: true
                                font.pixelSize: Style.text.lead
                                text: sentence.modelData
                            }
                        }
                    }
                }

                Card {
                    Layout.fillWidth: true
                    spacing: Style.space.small
                    visible: page.comparison.schemes.length > 0

                    AppText {
                        Accessible.role: Accessible.Heading
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        text: page.words.say("heading.schemes")
                    }

                    Repeater {
                        model: page.comparison.schemes

                        AppText {
                            required property string modelData

                            Layout.fillWidth: true
                            text: modelData
                        }
                    }
                }

                Flow {
                    Layout.fillWidth: true
                    spacing: Style.space.small

                    Tick {
                        checked: page.compare.onlyDifferences
                        text: page.comparison.differences_caption
                        onToggled: page.compare.showOnlyDifferences(checked)
                    }

                    ActionButton {
                        spoken: text + ": " + page.comparison.folded_caption
                        text: page.comparison.more_caption
                        visible: page.compare.onlyDifferences && text !== ""
                        onClicked: page.compare.showOnlyDifferences(false)
                    }

                    ActionButton {
                        mark: "swap"
                        text: qsTr("Swap")
                        visible: !page.wide
                        onClicked: page.compare.swap()
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    quiet: true
                    text: page.comparison.folded_caption
                    visible: page.compare.onlyDifferences && text !== ""
                }

                ColumnLayout {
                    Accessible.name: page.comparison.summary
                    Accessible.role: Accessible.Table
                    Layout.fillWidth: true
                    spacing: Style.space.large

                    Repeater {
                        model: page.compare.groups

                        Card {
                            id: group

                            required property var modelData

                            Layout.fillWidth: true
                            spacing: Style.space.medium

                            AppText {
                                Accessible.role: Accessible.Heading
                                Layout.fillWidth: true
                                font.pixelSize: Style.text.heading
                                font.weight: Font.DemiBold
                                text: group.modelData.title
                            }

                            Repeater {
                                model: group.modelData.rows

                                ColumnLayout {
                                    id: entry

                                    required property var modelData

                                    Layout.fillWidth: true
                                    spacing: Style.space.medium

                                    Rectangle {
                                        Layout.fillWidth: true
                                        color: Style.line
                                        implicitHeight: Style.stroke
                                    }

                                    CompareTableRow {
                                        Layout.fillWidth: true
                                        row: entry.modelData
                                        wide: page.wide
                                    }
                                }
                            }

                            TermLine {
                                Layout.fillWidth: true
                                about: group.modelData.title
                                terms: group.modelData.terms
                                words: page.words
                                onAllTerms: page.shell.goTo("glossary")
                            }
                        }
                    }
                }
            }
        }
    }
}
