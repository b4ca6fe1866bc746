pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Components
import LabelViewer.Style

// The first page: one sentence, three buttons, the other ways in below.
Scroller {
    id: page

    required property var compare // null, like the next two, until the first page is on the screen
    required property var shell
    required property var scan
    required property var words
    readonly property bool adding: shell?.adding ?? false
    readonly property bool wide: width > Style.narrow * 1.2 * Style.textScale

    onAddingChanged: {
        if (adding)
            invitation.setSource("../Components/Invitation.qml", {message: Qt.binding(() => page.shell.invitation), names: Qt.binding(() => page.compare.names)});
        else
            invitation.source = "";
    }
    contentHeight: Math.max(height, column.implicitHeight + 2 * Style.space.huge)

    Column {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Style.space.huge
        width: Math.min(Style.column, page.width - 2 * Style.space.huge)
        y: Math.max(Style.space.huge, (page.height - implicitHeight) / 2.4)

        Loader {
            id: invitation

            width: parent.width
            visible: page.adding

            Connections {
                target: invitation.item
                ignoreUnknownSignals: true

                function onStopped(column: int) {
                    page.shell.dropWaiting(column);
                }

                function onFinished() {
                    page.shell.goTo("compare");
                }
            }
        }

        Column {
            spacing: Style.space.medium
            width: parent.width

            AppText {
                Accessible.role: Accessible.Heading
                font.pixelSize: page.wide ? Style.text.display : Style.text.title
                font.weight: Font.Bold
                text: page.words.say("app.promise")
                width: parent.width
            }

            AppText {
                font.pixelSize: Style.text.lead
                quiet: true
                text: page.words.say("app.about")
                width: parent.width
            }
        }

        Grid {
            id: ways

            readonly property real cell: (width - (columns - 1) * spacing) / columns
            readonly property real tallest: Math.max(camera.implicitHeight, picture.implicitHeight, sample.implicitHeight)

            columns: page.wide ? 3 : 1
            spacing: Style.space.large
            width: parent.width

            WayIn {
                id: camera

                about: page.words.say("way-in.camera")
                focus: true
                height: page.wide ? ways.tallest : implicitHeight
                mark: "camera"
                primary: true
                text: qsTr("Use the camera")
                touched: true // it has the keyboard from the start; the ring is for those who use it
                width: ways.cell
                onClicked: page.shell?.goTo("camera")
            }

            WayIn {
                id: picture

                about: page.words.say("way-in.picture")
                height: page.wide ? ways.tallest : implicitHeight
                mark: "picture"
                text: qsTr("Open a picture")
                width: ways.cell
                onClicked: page.shell?.act("open-picture", "")
            }

            WayIn {
                id: sample

                about: page.words.say("way-in.sample")
                height: page.wide ? ways.tallest : implicitHeight
                mark: "sample"
                text: qsTr("Try a sample")
                width: ways.cell
                onClicked: page.shell?.goTo("samples")
            }
        }

        Flow {
            width: parent.width
            spacing: Style.space.small

            ActionButton {
                mark: "paste"
                text: qsTr("Paste")
                onClicked: page.scan?.paste()
            }

            ActionButton {
                mark: "link"
                text: qsTr("Type an address")
                onClicked: page.shell?.goTo("address")
            }

            ActionButton {
                mark: "screen"
                text: qsTr("Read a code from my screen")
                width: Math.min(implicitWidth, parent.width)
                onClicked: page.shell?.readScreen()
            }

            ActionButton {
                mark: "compare"
                text: qsTr("Compare products")
                visible: !page.adding
                onClicked: page.shell?.newComparison()
            }
        }

        AppText {
            font.pixelSize: Style.text.small
            quiet: true
            text: page.words.say("way-in.drop")
            width: parent.width
        }
    }
}
