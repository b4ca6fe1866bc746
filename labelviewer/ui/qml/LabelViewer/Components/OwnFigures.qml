pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// The shopper's own rows: a price for each product, and what comes of it. Set apart from what labels say.
Card {
    id: own

    required property CompareGrid grid
    required property int count
    required property var compare
    required property var words

    signal reached(int column)

    function figure(place: int): var {
        return compare.figures[Math.min(place, compare.figures.length - 1)];
    }

    Accessible.name: words.say("price.title")
    Accessible.role: Accessible.Grouping
    border.color: Style.outline
    spacing: Style.space.medium

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.heading
        font.weight: Font.DemiBold
        text: own.words.say("price.title")
    }

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: own.words.say("price.about")
    }

    CompareLine {
        Accessible.name: name
        Accessible.role: Accessible.Row
        Layout.fillWidth: true
        about: own.words.say("price.name-about")
        grid: own.grid
        name: own.words.say("price.name")

        Repeater {
            model: own.count

            CompareColumn {
                id: price

                required property int index
                readonly property var figure: own.figure(index)

                grid: own.grid
                place: index

                Column {
                    spacing: Style.space.tiny
                    width: parent.width

                    TextLine {
                        Accessible.description: price.figure.problem
                        inputMethodHints: Qt.ImhFormattedNumbersOnly
                        spoken: price.figure.spoken
                        text: price.figure.typed
                        width: parent.width
                        onActiveFocusChanged: {
                            if (activeFocus)
                                own.reached(price.index);
                        }
                        onTextEdited: own.compare.typePrice(price.index, text)
                    }

                    Row {
                        spacing: Style.space.tiny
                        visible: price.figure.problem !== ""
                        width: parent.width

                        Icon {
                            id: mark

                            color: Style.tones.warn
                            name: "warn"
                            size: Style.text.body
                        }

                        AppText {
                            color: Style.tones.warn
                            font.pixelSize: Style.text.small
                            text: price.figure.problem
                            width: parent.width - mark.width - parent.spacing
                        }
                    }
                }
            }
        }
    }

    Rectangle {
        Layout.fillWidth: true
        color: Style.line
        implicitHeight: Style.stroke
    }

    CompareLine {
        Accessible.name: name
        Accessible.role: Accessible.Row
        Layout.fillWidth: true
        about: own.words.say("price.cost-about")
        grid: own.grid
        name: own.words.say("price.cost")

        Repeater {
            model: own.count

            CompareColumn {
                id: cost

                required property int index
                readonly property var figure: own.figure(index)

                Accessible.name: figure.cost_spoken
                Accessible.role: Accessible.Cell
                grid: own.grid
                place: index

                AppText {
                    Accessible.ignored: true
                    text: cost.figure.cost
                    width: parent.width
                }
            }
        }
    }
}
