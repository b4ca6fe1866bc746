pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// One kept label: what it is for, what the check says today, and what can be done with it. The tick is optional.
Card {
    id: row

    required property var label
    property bool tickable: false
    property bool ticked: false
    property string tickSpoken: ""
    property alias actions: deeds.data
    readonly property bool roomy: width > Style.narrow * 1.1 * Style.textScale

    signal tickToggled

    padding: Style.space.medium

    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Style.space.medium
        columns: row.roomy ? 2 : 1
        rowSpacing: Style.space.small

        RowLayout {
            Layout.fillWidth: true
            spacing: Style.space.medium

            Tick {
                checked: row.ticked
                spoken: row.tickSpoken
                visible: row.tickable
                onToggled: row.tickToggled()
            }

            Icon {
                color: Style.tones[row.label.tone]
                name: row.label.tone
                size: Style.text.heading
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Style.space.hair

                AppText {
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.lead
                    font.weight: Font.DemiBold
                    text: row.label.product
                }

                AppText {
                    Layout.fillWidth: true
                    quiet: true
                    text: row.label.maker
                }

                AppText {
                    Layout.fillWidth: true
                    font.pixelSize: Style.text.small
                    text: row.label.standing + "  ·  " + row.label.when
                }

                Repeater {
                    model: row.label.warnings

                    RowLayout {
                        id: warning

                        required property var modelData

                        Layout.fillWidth: true
                        spacing: Style.space.small

                        Icon {
                            color: Style.tones[warning.modelData.tone]
                            name: warning.modelData.tone
                            size: Style.text.body
                        }

                        AppText {
                            Layout.fillWidth: true
                            color: Style.tones[warning.modelData.tone]
                            font.pixelSize: Style.text.small
                            font.weight: Font.DemiBold
                            text: warning.modelData.title
                        }
                    }
                }
            }
        }

        Flow {
            id: deeds

            Layout.alignment: row.roomy ? Qt.AlignRight | Qt.AlignVCenter : Qt.AlignLeft
            Layout.fillWidth: !row.roomy
            spacing: Style.space.small
        }
    }
}
