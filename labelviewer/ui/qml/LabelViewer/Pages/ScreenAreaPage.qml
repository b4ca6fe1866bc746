pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Components
import LabelViewer.Style

// A screen, standing still: draw a box round the code, by mouse or by arrow keys, or take the whole of it.
Window {
    id: page

    required property int number
    required property var screenArea
    required property var shot
    required property var words
    readonly property int step: Style.target / 2

    function takeBox() {
        screenArea.take(number, box.x / stage.width, box.y / stage.height, box.width / stage.width, box.height / stage.height);
    }

    color: Style.page
    flags: Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint
    height: shot.height
    title: qsTr("Choose the part of the screen with the code")
    visible: true
    width: shot.width
    x: shot.left
    y: shot.top

    onClosing: page.screenArea.cancel()
    Component.onCompleted: {
        showFullScreen();
        requestActivate();
    }

    FocusScope {
        id: stage

        Accessible.name: page.title
        Accessible.role: Accessible.Pane
        anchors.fill: parent
        focus: true

        Keys.onEnterPressed: page.takeBox()
        Keys.onEscapePressed: page.screenArea.cancel()
        Keys.onPressed: event => {
            if (![Qt.Key_Left, Qt.Key_Right, Qt.Key_Up, Qt.Key_Down].includes(event.key))
                return;
            event.accepted = true;
            const right = event.key === Qt.Key_Right ? page.step : event.key === Qt.Key_Left ? -page.step : 0;
            const down = event.key === Qt.Key_Down ? page.step : event.key === Qt.Key_Up ? -page.step : 0;
            if (event.modifiers & Qt.ShiftModifier)
                box.grow(right, down);
            else
                box.move(right, down);
        }
        Keys.onReturnPressed: page.takeBox()

        Image {
            id: still

            Accessible.ignored: true
            anchors.fill: parent
            cache: false
            source: page.shot.picture
        }

        Rectangle {
            anchors.fill: parent
            color: Style.shade
        }

        Item {
            id: box

            function move(right: real, down: real) {
                x = Math.max(0, Math.min(x + right, stage.width - width));
                y = Math.max(0, Math.min(y + down, stage.height - height));
            }

            function grow(right: real, down: real) {
                width = Math.max(Style.target, Math.min(width + right, stage.width - x));
                height = Math.max(Style.target, Math.min(height + down, stage.height - y));
            }

            function span(from: point, to: point) {
                x = Math.max(0, Math.min(from.x, to.x));
                y = Math.max(0, Math.min(from.y, to.y));
                width = Math.min(Math.abs(from.x - to.x), stage.width - x);
                height = Math.min(Math.abs(from.y - to.y), stage.height - y);
            }

            clip: true
            height: stage.height / 2
            width: stage.width / 2
            x: stage.width / 4
            y: stage.height / 4

            Image {
                Accessible.ignored: true
                height: stage.height
                source: page.shot.picture
                width: stage.width
                x: -box.x
                y: -box.y
            }

            Rectangle {
                anchors.fill: parent
                border.color: Style.accent
                border.width: Style.ring
                color: "transparent"
            }
        }

        MouseArea {
            property point from

            Accessible.ignored: true
            anchors.fill: parent
            cursorShape: Qt.CrossCursor
            onPositionChanged: event => box.span(from, Qt.point(event.x, event.y))
            onPressed: event => from = Qt.point(event.x, event.y)
        }

        Rectangle {
            id: panel

            readonly property real atBottom: stage.height - height - Style.space.vast
            readonly property bool wouldCover: box.y + box.height > atBottom && box.y > height + 2 * Style.space.vast

            anchors.horizontalCenter: parent.horizontalCenter
            border.color: Style.outline
            border.width: Style.stroke
            color: Style.surface
            height: column.height + 2 * Style.space.large
            radius: Style.radius
            width: column.width + 2 * Style.space.large
            y: wouldCover ? Style.space.vast : atBottom

            Column {
                id: column

                LayoutMirroring.childrenInherit: true
                LayoutMirroring.enabled: page.words.fromRight
                anchors.centerIn: parent
                spacing: Style.space.medium
                width: Math.min(Style.narrow, page.width - 2 * Style.space.vast)

                AppText {
                    Accessible.role: Accessible.Heading
                    font.weight: Font.DemiBold
                    text: page.words.say("screen.about")
                    width: parent.width
                }

                Flow {
                    spacing: Style.space.small
                    width: parent.width

                    ActionButton {
                        focus: true
                        primary: true
                        text: qsTr("Read this part")
                        onClicked: page.takeBox()
                    }

                    ActionButton {
                        text: qsTr("Read the whole screen")
                        onClicked: page.screenArea.takeAll(page.number)
                    }

                    ActionButton {
                        text: qsTr("Cancel")
                        onClicked: page.screenArea.cancel()
                    }
                }
            }
        }
    }
}
