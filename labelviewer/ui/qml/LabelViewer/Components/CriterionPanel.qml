pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One criterion: the label's answer in a line; what it means, why, what to do when opened.
ColumnLayout {
    id: panel

    required property var row
    required property var words
    property bool open: false
    readonly property bool wide: width > Style.narrow

    signal allTerms
    signal read

    spacing: 0

    component Part: ColumnLayout {
        id: part

        required property string title
        required property string body
        property string language: ""

        Layout.fillWidth: true
        spacing: Style.space.hair
        visible: body !== ""

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            font.weight: Font.DemiBold
            quiet: true
            text: part.title
        }

        ForeignText {
            Layout.fillWidth: true
            language: part.language
            text: part.body
        }
    }

    Fold {
        Layout.fillWidth: true
        open: panel.open
        spoken: panel.row.name + ": " + panel.row.says.replace(/\.?$/, ". ") + panel.row.more_caption
        onClicked: panel.open = !panel.open

        Icon {
            Layout.alignment: Qt.AlignTop
            color: Style.tones[panel.row.tone]
            name: panel.row.tone
            size: Style.text.lead
        }

        GridLayout {
            Layout.fillWidth: true
            columnSpacing: Style.space.large
            columns: panel.wide ? 2 : 1
            rowSpacing: Style.space.tiny

            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 3
                spacing: Style.space.hair

                AppText {
                    Layout.fillWidth: true
                    font.weight: Font.DemiBold
                    text: panel.row.name
                }

                AppText {
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.small
                    quiet: true
                    text: panel.row.line
                }
            }

            AppText {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                color: panel.row.tone === "silent" ? Style.soft : Style.ink
                font.weight: panel.row.tone === "silent" ? Font.Normal : Font.DemiBold
                text: panel.row.says
            }
        }
    }

    Loader {
        Layout.bottomMargin: Style.space.large
        Layout.fillWidth: true
        Layout.leftMargin: Style.space.small + Style.text.lead + Style.space.medium
        Layout.rightMargin: Style.space.huge
        Layout.topMargin: Style.space.small
        active: panel.open
        sourceComponent: more
        visible: active
    }

    Component {
        id: more

        ColumnLayout {
            spacing: Style.space.medium

            Part {
                body: panel.row.means
                title: qsTr("What this label says")
            }

            Part {
                body: panel.row.note
                language: panel.row.note_language
                title: panel.row.note_title
            }

            Part {
                body: panel.row.why
                title: qsTr("Why it matters")
            }

            Part {
                body: panel.row["do"]
                title: qsTr("What you can do")
            }

            Part {
                body: panel.row.not_mean
                title: qsTr("What it does not mean")
            }

            TermLine {
                Layout.fillWidth: true
                about: panel.row.name
                terms: panel.row.terms
                words: panel.words
                onAllTerms: panel.allTerms()
            }

            Part {
                body: panel.row.strength
                title: qsTr("How far it was checked")
            }

            Part {
                body: panel.row.proofs.join("\n")
                title: qsTr("Where to look it up")
            }

            Part {
                body: panel.row.source
                title: qsTr("Where this question comes from")
            }

            ActionButton {
                mark: "listen"
                quiet: true
                spoken: qsTr("Read to me: %1").arg(panel.row.name)
                text: qsTr("Read to me")
                onClicked: panel.read()
            }
        }
    }
}
