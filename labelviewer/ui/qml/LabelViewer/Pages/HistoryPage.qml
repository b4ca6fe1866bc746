pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// My labels: what changed for the worse, what I own, what I scanned.
ScrollPage {
    id: page

    required property var history
    required property var things
    required property var exporter
    required property var settings
    required property var shell
    required property var words
    readonly property bool nothing: history.total === 0 && things.total === 0
    readonly property string outcome: [history.waiting, things.told, things.removed || history.removed, exporter.told].filter(Boolean).join(" ")
    property bool attention: false
    property string order: "newest"

    focus: true
    onOutcomeChanged: {
        if (outcome !== "")
            page.Accessible.announce(outcome);
    }

    Component.onCompleted: {
        for (const list of [things, history]) {
            list.find("");
            list.showAttention(false);
            list.sort("newest");
        }
    }

    Timer {
        id: typing

        interval: Style.swift
        onTriggered: {
            page.things.find(search.text);
            page.history.find(search.text);
        }
    }

    Shortcut {
        sequences: [StandardKey.Find]
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    Shortcut {
        sequences: [StandardKey.Undo]
        onActivated: page.things.removed !== "" ? page.things.undo() : page.history.undo()
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("history.title")
    }

    Card {
        Layout.fillWidth: true
        visible: page.history.waiting !== ""

        AppText {
            Layout.fillWidth: true
            text: page.history.waiting
        }

        Spinner {}
    }

    Repeater {
        model: [page.history.message, page.things.message, page.exporter.message].filter(Boolean)

        NoticeCard {
            id: failure

            required property var modelData

            Layout.fillWidth: true
            message: failure.modelData
            showActions: false
        }
    }

    Repeater {
        model: page.things.alerts

        AlertCard {
            id: told

            required property var modelData

            Layout.fillWidth: true
            alert: modelData
            onDismissed: page.things.hide(told.modelData.number, told.modelData.key)
            onOpened: page.things.open(told.modelData.number)
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.things.asks

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.lead
            font.weight: Font.DemiBold
            text: page.words.say("attacks.ask.title")
        }

        AppText {
            Layout.fillWidth: true
            text: page.things.attacksAbout
        }

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Style.space.small
            spacing: Style.space.small

            ActionButton {
                text: qsTr("Yes, look")
                onClicked: page.things.lookForAttacks(true)
            }

            ActionButton {
                text: qsTr("No, do not look")
                onClicked: page.things.lookForAttacks(false)
            }
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: page.history.total + page.things.total > 1

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            quiet: true
            text: search.spoken
        }

        TextLine {
            id: search

            Layout.fillWidth: true
            LayoutMirroring.enabled: page.words.fromRight
            spoken: qsTr("Find by product, maker or model")
            onTextChanged: typing.restart()
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small

            Repeater {
                model: [
                    {order: "newest", caption: qsTr("Newest first")}, {order: "name", caption: qsTr("By name")},
                    {order: "ends", caption: qsTr("First to lose updates")}
                ]

                ActionButton {
                    id: sorter

                    required property var modelData

                    mark: primary ? "tick" : ""
                    primary: page.order === modelData.order
                    spoken: primary ? qsTr("%1, in use").arg(text) : text
                    text: modelData.caption
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: {
                        page.order = sorter.modelData.order;
                        page.things.sort(page.order);
                        page.history.sort(page.order);
                    }
                }
            }

            Tick {
                checked: page.attention
                text: qsTr("Only what needs attention")
                width: Math.min(implicitWidth, parent.width)
                onToggled: {
                    page.attention = checked;
                    page.things.showAttention(checked);
                    page.history.showAttention(checked);
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true
        padding: Style.space.vast
        visible: page.nothing && page.history.waiting === ""

        Icon {
            Layout.alignment: Qt.AlignHCenter
            color: Style.soft
            name: "labels"
            size: Style.text.display * 1.4
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.lead
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            text: page.words.say("history.empty.title")
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            text: page.words.say("history.empty.about")
        }

        ActionButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Style.space.small
            primary: true
            text: qsTr("Scan a label")
            onClicked: page.shell.home()
        }
    }

    UndoBar {
        Layout.fillWidth: true
        told: page.things.removed
        onUndone: page.things.undo()
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Style.space.medium
        visible: !page.nothing

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            Layout.topMargin: Style.space.small
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("things.title")
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.words.say("things.empty")
            visible: page.things.total === 0
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: page.words.say("history.nothing-found")
            visible: page.things.total > 0 && page.things.rows.length === 0
        }

        Repeater {
            model: page.things.rows

            Loader {
                id: thing

                required property var modelData

                Layout.fillWidth: true
                asynchronous: true
                sourceComponent: LabelRow {
                    actions: [
                        ActionButton {
                            spoken: qsTr("Open %1, which I own").arg(thing.modelData.product)
                            text: qsTr("Open")
                            onClicked: page.things.open(thing.modelData.number)
                        },
                        ActionButton {
                            spoken: qsTr("%1 is no longer mine").arg(thing.modelData.product)
                            text: qsTr("No longer mine")
                            onClicked: page.things.disown(thing.modelData.number)
                        }
                    ]
                    label: thing.modelData
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small
            visible: page.things.total > 0 && !(page.things.busy && page.things.asks)

            ActionButton {
                text: qsTr("Check all again")
                visible: !page.things.busy
                onClicked: page.things.checkAll()
            }

            Tick {
                checked: page.things.looksForAttacks
                text: qsTr("Look for known attacks")
                visible: !page.things.asks
                width: Math.min(implicitWidth, parent.width)
                onToggled: page.things.lookForAttacks(checked)
            }
        }

        Card {
            Layout.fillWidth: true
            visible: page.things.busy

            AppText {
                Layout.fillWidth: true
                text: page.things.heading
                visible: text !== ""
            }

            ProgressLine {
                Layout.fillWidth: true
                about: page.things.heading
                part: page.things.part
                visible: page.things.heading !== ""
            }

            Spinner {
                visible: page.things.heading === ""
            }

            ActionButton {
                text: qsTr("Stop")
                onClicked: page.things.stopChecking()
            }
        }

        AppText {
            Layout.fillWidth: true
            text: page.things.told
            visible: text !== ""
        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: page.things.attacksList
            visible: text !== ""
        }
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        Layout.topMargin: Style.space.small
        font.pixelSize: Style.text.heading
        font.weight: Font.DemiBold
        text: page.words.say("history.scanned")
        visible: !page.nothing
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small

        Tick {
            checked: page.settings.keepHistory
            text: qsTr("Keep the labels I scan")
            onToggled: page.settings.setKeepHistory(checked)
        }

        ActionButton {
            enabled: page.history.canCompare
            mark: "compare"
            primary: page.history.canCompare
            text: qsTr("Compare the ones I ticked")
            visible: page.history.total > 1
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.history.compareChosen()
        }

        ActionButton {
            mark: "bin"
            text: qsTr("Clear the list")
            visible: page.history.total > 0
            onClicked: page.history.clear()
        }
    }

    UndoBar {
        Layout.fillWidth: true
        told: page.history.removed
        onUndone: page.history.undo()
    }

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: page.words.say("history.nothing-found")
        visible: page.history.total > 0 && page.history.rows.length === 0
    }

    Repeater {
        model: page.history.rows

        Loader {
            id: scanned

            required property var modelData

            Layout.fillWidth: true
            asynchronous: true
            sourceComponent: LabelRow {
                actions: [
                    ActionButton {
                        spoken: qsTr("Open %1").arg(scanned.modelData.product)
                        text: qsTr("Open")
                        onClicked: page.history.open(scanned.modelData.number)
                    },
                    ActionButton {
                        spoken: qsTr("I own this: %1").arg(scanned.modelData.product)
                        text: qsTr("I own this")
                        visible: scanned.modelData.label !== "" && !page.things.labels.includes(scanned.modelData.label)
                        onClicked: page.history.claim(scanned.modelData.number)
                    },
                    ActionButton {
                        mark: "bin"
                        quiet: true
                        spoken: qsTr("Remove %1 from the list").arg(scanned.modelData.product)
                        onClicked: page.history.forget(scanned.modelData.number)
                    }
                ]
                label: scanned.modelData
                tickSpoken: qsTr("Compare %1").arg(scanned.modelData.product)
                tickable: true
                ticked: page.history.chosen.includes(scanned.modelData.number)
                onTickToggled: page.history.choose(scanned.modelData.number)
            }
        }
    }

    ActionButton {
        Layout.alignment: Qt.AlignHCenter
        text: qsTr("Show older ones")
        visible: page.history.hasMore
        onClicked: page.history.showMore()
    }

    Flow {
        Layout.fillWidth: true
        Layout.topMargin: Style.space.small
        spacing: Style.space.small

        ActionButton {
            text: qsTr("Save as a table")
            visible: !page.nothing
            onClicked: page.exporter.saveTable()
        }

        ActionButton {
            text: qsTr("Save as data")
            visible: !page.nothing
            onClicked: page.exporter.saveData()
        }

        ActionButton {
            text: qsTr("Files of labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.shell.goTo("bundle")
        }

        ActionButton {
            text: qsTr("Who may sign labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: page.shell.goTo("trust")
        }
    }

    AppText {
        Layout.fillWidth: true
        text: page.exporter.told
        visible: text !== ""
    }
}
