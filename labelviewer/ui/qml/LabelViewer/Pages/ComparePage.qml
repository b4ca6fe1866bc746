pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Two to four products side by side: what differs in sentences, then row by row; what is the same is folded.
FocusScope {
    id: page

    required property var compare
    required property var share
    required property var reading
    required property var shell
    required property var words
    readonly property var comparison: compare.comparison
    readonly property bool low: height < Style.narrow * Style.textScale // then the fixed heads leave room for the rows
    readonly property int columnWidth: Math.min(table.columns.length > 2 ? Style.broad : Style.column, width - 2 * Style.space.huge)
    readonly property int atOnce: 5 // the rows that are there with the first frame; others follow
    property var table: ({columns: []}) // what was compared last, until the page has gone

    onComparisonChanged: take()
    Component.onCompleted: take()

    function take() {
        if (comparison)
            table = comparison;
    }

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

            Invitation {
                Layout.fillWidth: true
                message: page.shell.waiting
                names: page.compare.names
                onStopped: column => page.shell.dropWaiting(column)
            }

            CompareActions {
                Layout.fillWidth: true
                compare: page.compare
                shell: page.shell
                words: page.words
            }
        }
    }

    Component {
        id: full

        Item {
            CompareGrid {
                id: lanes

                count: page.table.columns.length
                mirrored: page.words.fromRight
                pinned: page.compare.pinned
                room: page.columnWidth - 2 * Style.space.large
                shift: mirrored ? overflow - rows.contentX : rows.contentX
                onOverflowChanged: rows.contentX = mirrored ? overflow : 0
            }

            CompareHeads {
                id: heads

                anchors.left: parent.left
                anchors.right: parent.right
                columns: page.table.columns
                compare: page.compare
                grid: lanes
                low: page.low
                words: page.words
                z: 1
                onReached: column => rows.reveal(column)
            }

            ScrollPage {
                id: rows

                function reveal(column: int) {
                    const to = lanes.shiftTo(column);
                    contentX = lanes.mirrored ? lanes.overflow - to : to;
                }

                function turn(by: int) {
                    const to = Math.max(0, Math.min(lanes.overflow, lanes.shift + by * (lanes.cellWidth + lanes.gap)));
                    contentX = lanes.mirrored ? lanes.overflow - to : to;
                }

                anchors.bottom: parent.bottom
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: heads.bottom
                columnWidth: page.columnWidth
                contentWidth: width + lanes.overflow
                focus: true
                place: page.reading.place

                Keys.onLeftPressed: turn(lanes.mirrored ? 1 : -1)
                Keys.onRightPressed: turn(lanes.mirrored ? -1 : 1)

                ScrollBar.horizontal: ScrollBar {
                    Accessible.ignored: true
                    policy: lanes.overflow > 0 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
                }

                Ribbon {
                    Layout.fillWidth: true
                    text: page.words.say("sample.line")
                    visible: page.table.columns.some(column => column.sample)
                }

                Repeater {
                    model: page.compare.notices

                    ColumnLayout {
                        id: note

                        required property var modelData

                        Layout.fillWidth: true
                        spacing: Style.space.small

                        NoticeCard {
                            Layout.fillWidth: true
                            alone: page.compare.notices.length === 1
                            message: note.modelData
                            objectName: "notice." + note.modelData.code
                            onActed: (deed, code) => page.shell.act(deed, code)
                        }

                        Card {
                            Layout.fillWidth: true
                            visible: page.compare.unfolded === note.modelData.code && page.compare.more !== ""

                            AppText {
                                Layout.fillWidth: true
                                text: page.compare.more
                            }
                        }
                    }
                }

                Card {
                    Layout.fillWidth: true
                    spacing: Style.space.medium
                    objectName: "differences"
                    visible: page.table.sentences.length > 0

                    AppText {
                        Accessible.role: Accessible.Heading
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        text: page.table.differences_heading
                    }

                    Repeater {
                        model: page.table.sentences

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

                ShareMenu {
                    Layout.fillWidth: true
                    share: page.share
                    subject: "compare"
                }

                Card {
                    Layout.fillWidth: true
                    spacing: Style.space.small
                    objectName: "schemes"
                    visible: page.table.schemes.length > 0

                    AppText {
                        Accessible.role: Accessible.Heading
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        text: page.words.say("heading.schemes")
                    }

                    Repeater {
                        model: page.table.schemes

                        AppText {
                            required property string modelData

                            Layout.fillWidth: true
                            text: modelData
                        }
                    }
                }

                CompareActions {
                    Layout.fillWidth: true
                    compare: page.compare
                    shell: page.shell
                    words: page.words
                }

                Flow {
                    Layout.fillWidth: true
                    spacing: Style.space.small

                    Tick {
                        checked: page.compare.onlyDifferences
                        text: page.table.differences_caption
                        width: Math.min(implicitWidth, parent.width)
                        onToggled: page.compare.showOnlyDifferences(checked)
                    }

                    ActionButton {
                        spoken: text + ": " + page.table.folded_caption
                        text: page.table.more_caption
                        visible: page.compare.onlyDifferences && text !== ""
                        onClicked: page.compare.showOnlyDifferences(false)
                    }

                    Tick {
                        checked: page.compare.byTopic
                        text: qsTr("Rows by topic")
                        visible: page.table.can_switch
                        width: Math.min(implicitWidth, parent.width)
                        onToggled: page.compare.showByTopic(checked)
                    }

                    ActionButton {
                        mark: "listen"
                        text: qsTr("Read to me")
                        onClicked: page.reading.read("compare", "")
                    }

                    ActionButton {
                        enabled: page.compare.canSwap
                        mark: "swap"
                        text: qsTr("Swap")
                        visible: lanes.stacked
                        onClicked: page.compare.swap()
                    }

                    ActionButton {
                        enabled: lanes.shift > 0
                        mark: "back"
                        spoken: qsTr("Earlier products")
                        visible: lanes.overflow > 0
                        onClicked: rows.turn(-1)
                    }

                    ActionButton {
                        enabled: lanes.shift < lanes.overflow
                        mark: "next"
                        spoken: qsTr("Later products")
                        visible: lanes.overflow > 0
                        onClicked: rows.turn(1)
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    objectName: "summary"
                    quiet: true
                    text: page.table.summary
                }

                Card {
                    Layout.fillWidth: true

                    Item {
                        Layout.fillWidth: true
                        implicitHeight: cards.implicitHeight - lanes.edge

                        ActionButton {
                            anchors.bottom: parent.bottom
                            anchors.left: parent.left
                            enabled: page.compare.canSwap
                            mark: "swap"
                            text: qsTr("Swap")
                            visible: !lanes.stacked
                            onClicked: page.compare.swap()
                        }

                        CompareCards {
                            id: cards

                            anchors.right: parent.right
                            anchors.rightMargin: -lanes.edge
                            columns: page.table.columns
                            compare: page.compare
                            grid: lanes
                            y: -lanes.edge
                            onReached: column => rows.reveal(column)
                        }
                    }
                }

                ColumnLayout {
                    Accessible.name: page.table.summary
                    Accessible.role: Accessible.Table
                    Layout.fillWidth: true
                    spacing: Style.space.large

                    Repeater {
                        model: page.compare.groups

                        Loader {
                            id: group

                            required property int index
                            required property var modelData
                            readonly property bool open: !page.compare.folded.includes(modelData.id)

                            Layout.fillWidth: true
                            asynchronous: index > 0
                            sourceComponent: Card {
                                spacing: Style.space.medium

                                Fold {
                                    Layout.fillWidth: true
                                    Layout.leftMargin: -padding
                                    Layout.rightMargin: -padding
                                    open: group.open
                                    objectName: "group." + group.modelData.id
                                    spoken: group.modelData.title
                                    onClicked: page.compare.fold(group.modelData.id)

                                    AppText {
                                        Accessible.role: Accessible.Heading
                                        Layout.fillWidth: true
                                        font.pixelSize: Style.text.heading
                                        font.weight: Font.DemiBold
                                        text: group.modelData.title
                                    }
                                }

                                Repeater {
                                    model: group.modelData.rows

                                    Loader {
                                        id: entry

                                        required property int index
                                        required property var modelData

                                        Layout.fillWidth: true
                                        asynchronous: index >= page.atOnce
                                        sourceComponent: CompareTableRow {
                                            grid: lanes
                                            objectName: "row." + entry.modelData.id
                                            row: entry.modelData
                                        }
                                        visible: group.open
                                    }
                                }

                                Loader {
                                    Layout.fillWidth: true
                                    asynchronous: true
                                    sourceComponent: TermLine {
                                        about: group.modelData.title
                                        terms: group.modelData.terms
                                        words: page.words
                                        onAllTerms: page.shell.goTo("glossary")
                                    }
                                    visible: group.open && group.modelData.terms.length > 0
                                }
                            }
                        }
                    }
                }

                Loader {
                    Layout.fillWidth: true
                    asynchronous: true
                    sourceComponent: OwnFigures {
                        compare: page.compare
                        count: page.table.columns.length
                        grid: lanes
                        words: page.words
                        onReached: column => rows.reveal(column)
                    }
                }
            }
        }
    }
}
