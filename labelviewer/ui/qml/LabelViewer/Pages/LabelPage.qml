pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// One label: the verdict and four facts first, then what it says, then what it does not say.
ScrollPage {
    id: page

    required property var proof
    required property var share
    required property var reading
    required property var things
    required property var shell
    required property var viewModel
    required property var words
    readonly property var label: viewModel.label
    readonly property var found: viewModel.found
    readonly property string yours: things.yours
    readonly property int perRow: Math.max(1, Math.floor((Math.min(Style.column, width - 2 * Style.space.huge) + Style.space.large) / (230 * Style.textScale)))

    focus: true
    place: reading.place
    onYoursChanged: {
        if (yours !== "")
            page.Accessible.announce(yours);
    }

    Ribbon {
        Layout.fillWidth: true
        objectName: "ribbon"
        detail: page.label.ribbon ? page.label.ribbon.body : ""
        text: page.label.ribbon ? page.label.ribbon.title : ""
        visible: !!page.label.ribbon
    }

    NoticeCard {
        Layout.fillWidth: true
        large: true
        message: page.label.headline
        objectName: "headline"
        onActed: (deed, code) => page.shell.act(deed, code)
    }

    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Style.space.large
        columns: page.perRow >= 4 ? 4 : (page.perRow >= 2 ? 2 : 1)
        rowSpacing: Style.space.large
        uniformCellWidths: true

        Repeater {
            model: page.label.facts

            FactCard {
                required property var modelData

                Layout.fillHeight: true
                Layout.fillWidth: true
                fact: modelData
                objectName: "fact." + modelData.key
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.label.facts_hidden

        AppText {
            Layout.fillWidth: true
            text: page.words.say("page.facts-hidden")
        }

        ActionButton {
            text: page.words.say("page.facts-anyway")
            onClicked: page.viewModel.reveal()
        }

        ActionButton {
            mark: "listen"
            text: qsTr("Read to me")
            onClicked: page.reading.read("label", "")
        }
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: Style.space.small
        objectName: "product"
        spacing: Style.space.large
        visible: page.label.product !== ""

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Style.space.hair

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font.pixelSize: Style.text.title
                font.weight: Font.Bold
                text: page.label.product
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.lead
                quiet: true
                text: page.label.model ? page.label.maker + "  ·  " + page.label.model : page.label.maker
            }

            AppText {
                Layout.fillWidth: true
                quiet: true
                text: page.label.scheme
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.small
                text: page.label.scheme_language
                visible: text !== ""
            }
        }

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: false
            spacing: Style.space.small

            ActionButton {
                Layout.fillWidth: true
                mark: "compare"
                primary: true
                text: qsTr("Compare")
                spoken: qsTr("Compare %1 with another product").arg(page.label.product)
                onClicked: page.shell.compareThis()
            }

            ActionButton {
                Layout.fillWidth: true
                mark: "labels"
                text: qsTr("I own this")
                spoken: qsTr("I own this: %1").arg(page.label.product)
                visible: page.things.ownable
                onClicked: page.things.ownShown()
            }

            ActionButton {
                Layout.fillWidth: true
                mark: "listen"
                text: qsTr("Read to me")
                visible: !page.label.facts_hidden
                onClicked: page.reading.read("label", "")
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.small
                text: page.yours
                visible: text !== ""
            }
        }
    }

    Repeater {
        model: page.label.alerts

        ColumnLayout {
            id: alert

            required property var modelData

            Layout.fillWidth: true
            spacing: Style.space.small

            NoticeCard {
                Layout.fillWidth: true
                message: alert.modelData
                objectName: "alert." + alert.modelData.code
                onActed: (deed, code) => page.shell.act(deed, code)
            }

            Card {
                Layout.fillWidth: true
                visible: page.viewModel.unfoldedCode === alert.modelData.code && page.viewModel.more !== ""

                AppText {
                    Layout.fillWidth: true
                    text: page.viewModel.more
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true
        visible: page.things.checklist.length > 0

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.heading
            font.weight: Font.DemiBold
            text: page.words.say("heading.checklist")
        }

        Repeater {
            model: page.things.checklist

            Tick {
                id: task

                required property var modelData

                Layout.fillWidth: true
                checked: page.things.done.includes(task.modelData.criterion)
                text: task.modelData.text
                onToggled: page.things.tick(task.modelData.criterion)
            }
        }
    }

    // Below the first screenful: built in the next frames, so that the verdict does not wait for it.
    Loader {
        Layout.fillWidth: true
        asynchronous: true
        sourceComponent: ColumnLayout {
            spacing: Style.space.large

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                Layout.topMargin: Style.space.small
                font.pixelSize: Style.text.heading
                font.weight: Font.DemiBold
                text: page.words.say("heading.glance")
                visible: page.label.tiles.length > 0
            }

            GridLayout {
                Layout.fillWidth: true
                columnSpacing: Style.space.large
                columns: Math.min(page.perRow, 3)
                rowSpacing: Style.space.large
                uniformCellWidths: true
                visible: page.label.tiles.length > 0

                Repeater {
                    model: page.label.tiles

                    Tile {
                        required property var modelData

                        Layout.fillHeight: true
                        Layout.fillWidth: true
                        objectName: "tile." + modelData.topic
                        tile: modelData
                    }
                }
            }

            Loader {
                Layout.fillWidth: true
                active: !!page.label.timeline
                objectName: "timeline"
                visible: active
                sourceComponent: SupportTimeline {
                    heading: page.words.say("heading.timeline")
                    timeline: page.label.timeline
                }
            }

            AnswerFinder {
                Layout.fillWidth: true
                viewModel: page.viewModel
                visible: page.label.groups.length > 0
                words: page.words
            }

            Repeater {
                model: page.label.groups

                Card {
                    id: group

                    required property var modelData

                    Layout.fillWidth: true
                    spacing: Style.space.tiny
                    visible: modelData.rows.some(row => row.id in page.found)

                    AppText {
                        Accessible.role: Accessible.Heading
                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        objectName: "group." + group.modelData.id
                        text: group.modelData.title
                    }

                    AppText {
                        Layout.bottomMargin: Style.space.small
                        Layout.fillWidth: true
                        quiet: true
                        text: group.modelData.summary
                        visible: text !== ""
                    }

                    Repeater {
                        model: group.modelData.rows

                        CriterionPanel {
                            required property var modelData

                            Layout.fillWidth: true
                            objectName: "row." + modelData.id
                            row: modelData
                            visible: modelData.id in page.found
                            words: page.words
                            onAllTerms: page.shell.goTo("glossary")
                            onRead: page.reading.read("label", modelData.id)
                        }
                    }
                }
            }

            Card {
                Layout.fillWidth: true
                objectName: "scheme"
                visible: page.label.scheme_about !== ""

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.heading
                    font.weight: Font.DemiBold
                    text: page.words.say("heading.scheme")
                }

                AppText {
                    Layout.fillWidth: true
                    text: page.label.scheme_about
                }

                Repeater {
                    model: page.label.scheme_facts

                    RowLayout {
                        id: told

                        required property string modelData

                        Layout.fillWidth: true
                        spacing: Style.space.medium

                        Icon {
                            Layout.alignment: Qt.AlignTop
                            color: Style.soft
                            name: "info"
                            size: Style.text.lead
                        }

                        AppText {
                            Layout.fillWidth: true
                            text: told.modelData
                        }
                    }
                }
            }

            Card {
                Layout.fillWidth: true
                visible: page.label.also.length > 0

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.heading
                    font.weight: Font.DemiBold
                    text: page.words.say("heading.also")
                }

                Repeater {
                    model: page.label.also

                    AppText {
                        required property string modelData

                        Layout.fillWidth: true
                        text: modelData
                        wrapMode: Text.WrapAnywhere
                    }
                }
            }

            Card {
                Layout.fillWidth: true
                objectName: "not-told"
                visible: page.label.not_told.length > 0

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.heading
                    font.weight: Font.DemiBold
                    text: page.words.say("heading.not-told")
                }

                Repeater {
                    model: page.label.not_told

                    RowLayout {
                        id: untold

                        required property string modelData

                        Layout.fillWidth: true
                        spacing: Style.space.medium

                        Icon {
                            Layout.alignment: Qt.AlignTop
                            color: Style.soft
                            name: "silent"
                            size: Style.text.lead
                        }

                        AppText {
                            Layout.fillWidth: true
                            text: untold.modelData
                        }
                    }
                }
            }

            ShareMenu {
                Layout.fillWidth: true
                share: page.share
                subject: "label"
            }

            Card {
                id: checks

                readonly property bool open: page.viewModel.checksOpen

                Layout.fillWidth: true
                onOpenChanged: {
                    if (open)
                        drawer.forceActiveFocus();
                }

                Fold {
                    id: drawer

                    Layout.fillWidth: true
                    open: checks.open
                    spoken: heading.text
                    onClicked: page.viewModel.toggleChecks()

                    AppText {
                        id: heading

                        Layout.fillWidth: true
                        font.pixelSize: Style.text.heading
                        font.weight: Font.DemiBold
                        text: page.words.say("heading.checks")
                    }
                }

                Loader {
                    Layout.fillWidth: true
                    active: checks.open
                    sourceComponent: allChecks
                    visible: active
                }
            }

            ActionButton {
                quiet: true
                text: page.words.say("glossary.title")
                onClicked: page.shell.goTo("glossary")
            }
        }
    }

    Component {
        id: allChecks

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Style.space.large

            CheckList {
                Layout.fillWidth: true
                checks: page.label.checks
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.small
                quiet: true
                text: page.label.code_text
                visible: text !== ""
                wrapMode: Text.WrapAnywhere
            }

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Style.text.small
                quiet: true
                text: page.label.came_from
                visible: text !== ""
                wrapMode: Text.WrapAnywhere
            }

            AppText {
                Layout.fillWidth: true
                text: page.words.say("proof.about")
            }

            Flow {
                Layout.fillWidth: true
                spacing: Style.space.small

                ActionButton {
                    text: qsTr("Save the proof file")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: page.proof.save()
                }

                ActionButton {
                    text: qsTr("Who may sign labels")
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: page.shell.goTo("trust")
                }

                ActionButton {
                    text: qsTr("Add this signer")
                    visible: page.label.own_word !== ""
                    width: Math.min(implicitWidth, parent.width)
                    onClicked: page.shell.offerSigner()
                }
            }

            AppText {
                id: saved

                Layout.fillWidth: true
                text: page.proof.told
                visible: text !== ""
                onTextChanged: {
                    if (saved.text !== "")
                        page.Accessible.announce(saved.text);
                }
            }

            Loader {
                Layout.fillWidth: true
                active: !!page.proof.message
                visible: active
                sourceComponent: NoticeCard {
                    message: page.proof.message
                    Component.onCompleted: page.Accessible.announce(message.title + ". " + message.body, Accessible.Assertive)
                    onActed: deed => deed === "try-again" ? page.proof.save() : page.proof.forget()
                }
            }
        }
    }
}
