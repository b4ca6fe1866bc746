pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import LabelViewer.Components
import LabelViewer.Style

// Samples to try, each with its photograph.
ScrollPage {
    id: page

    required property var samples
    required property var scan
    required property var compare
    required property var shell
    required property var words

    focus: true

    Loader {
        Layout.fillWidth: true
        active: page.shell.adding
        visible: active
        sourceComponent: Invitation {
            message: page.shell.invitation
            names: page.compare.names
            onFinished: page.shell.goTo("compare")
            onStopped: column => page.shell.dropWaiting(column)
        }
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("sample.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("sample.line")
    }

    Repeater {
        model: page.samples.groups

        ColumnLayout {
            id: group

            required property int index
            required property var modelData
            property bool open: index === 0

            Layout.fillWidth: true
            spacing: Style.space.small

            Fold {
                Layout.fillWidth: true
                open: group.open
                spoken: group.modelData.title
                onClicked: group.open = !group.open

                AppText {
                    Accessible.role: Accessible.Heading
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.heading
                    font.weight: Font.DemiBold
                    text: group.modelData.title
                }
            }

            GridLayout {
                Layout.fillWidth: true
                Layout.bottomMargin: Style.space.large
                visible: group.open
                columnSpacing: Style.space.large
                columns: Math.max(1, Math.floor((page.width - 2 * Style.space.huge) / (290 * Style.textScale)))
                rowSpacing: Style.space.large
                uniformCellWidths: true

                Repeater {
                    model: group.modelData.samples

                    T.Button {
                        id: card

                        required property var modelData

                        Accessible.description: modelData.about
                        Accessible.name: modelData.title
                        Layout.fillHeight: true
                        Layout.fillWidth: true
                        focusPolicy: Qt.StrongFocus
                        implicitHeight: implicitContentHeight + topPadding + bottomPadding
                        padding: Style.space.medium

                        Keys.onEnterPressed: click()
                        Keys.onReturnPressed: click()
                        onClicked: page.scan.trySample(modelData.path)

                        background: Rectangle {
                            border.color: card.hovered ? Style.accent : Style.line
                            border.width: Style.stroke
                            color: Style.surface
                            radius: Style.radius

                            FocusRing {
                                visible: card.visualFocus
                            }
                        }
                        contentItem: ColumnLayout {
                            spacing: Style.space.small

                            Image {
                                Accessible.ignored: true
                                Layout.fillWidth: true
                                Layout.preferredHeight: width * 0.62
                                asynchronous: true
                                fillMode: Image.PreserveAspectCrop
                                source: card.modelData.picture
                                sourceSize.width: 480
                            }

                            AppText {
                                Accessible.ignored: true
                                Layout.fillWidth: true
                                font.pixelSize: Style.text.lead
                                font.weight: Font.DemiBold
                                text: card.modelData.title
                            }

                            AppText {
                                Accessible.ignored: true
                                Layout.fillWidth: true
                                quiet: true
                                text: card.modelData.about
                            }

                            Item {
                                Layout.fillHeight: true
                            }
                        }
                    }
                }
            }
        }
    }
}
