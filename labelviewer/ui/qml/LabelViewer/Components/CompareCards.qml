pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// What each product's label is, and what can be done with its column.
CompareStrip {
    id: cards

    required property var columns
    required property var compare

    signal reached(int column)

    function column(place: int): var {
        return columns[Math.min(place, columns.length - 1)];
    }

    Repeater {
        model: cards.columns.length

        CompareColumn {
            id: card

            required property int index
            readonly property var column: cards.column(index)
            readonly property int movable: cards.compare.pinned ? 1 : 0 // the first that can be moved

            grid: cards.grid
            place: index

            component Tool: ActionButton {
                quiet: true
                onActiveFocusChanged: {
                    if (activeFocus)
                        cards.reached(card.index);
                }
            }

            Column {
                spacing: Style.space.hair
                width: parent.width

                AppText {
                    color: Style.accent
                    font.pixelSize: Style.text.small
                    font.weight: Font.DemiBold
                    text: cards.compare.referenceLine
                    visible: card.column.reference
                    width: parent.width
                }

                AppText {
                    font.pixelSize: Style.text.small
                    text: card.column.scheme
                    width: parent.width
                }

                AppText {
                    font.pixelSize: Style.text.small
                    quiet: true
                    text: card.column.maker
                    width: parent.width
                }

                Flow {
                    width: parent.width

                    Tool {
                        mark: "pin"
                        spoken: card.column.reference ? qsTr("Stop using %1 as my reference").arg(card.column.called) : qsTr("Pin %1 as my reference product").arg(card.column.called)
                        outline: card.column.reference ? Style.accent : "transparent"
                        onClicked: cards.compare.pin(card.index)
                    }

                    Tool {
                        enabled: card.index > card.movable
                        mark: "back"
                        spoken: qsTr("Move %1 back").arg(card.column.called)
                        onClicked: cards.compare.move(card.index, -1)
                    }

                    Tool {
                        enabled: card.index >= card.movable && card.index < cards.columns.length - 1
                        mark: "next"
                        spoken: qsTr("Move %1 forward").arg(card.column.called)
                        onClicked: cards.compare.move(card.index, 1)
                    }

                    Tool {
                        mark: "close"
                        spoken: qsTr("Remove %1").arg(card.column.called)
                        onClicked: cards.compare.remove(card.index)
                    }
                }
            }
        }
    }
}
