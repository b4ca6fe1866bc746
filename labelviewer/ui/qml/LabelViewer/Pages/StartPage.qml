pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
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

    contentHeight: Math.max(height, column.implicitHeight + 2 * Style.space.huge)

    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Style.space.huge
        width: Math.min(Style.column, page.width - 2 * Style.space.huge)
        y: Math.max(Style.space.huge, (page.height - implicitHeight) / 2.4)

        Loader {
            Layout.fillWidth: true
            active: page.adding
            visible: active
            sourceComponent: Invitation {
                message: page.shell.invitation
                names: page.compare.names
                onStopped: page.shell?.stopAdding()
            }
        }

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: page.wide ? Style.text.display : Style.text.title
            font.weight: Font.Bold
            text: page.words.say("app.promise")
        }

        AppText {
            Layout.fillWidth: true
            Layout.topMargin: -Style.space.medium
            font.pixelSize: Style.text.lead
            quiet: true
            text: page.words.say("app.about")
        }

        GridLayout {
            Layout.fillWidth: true
            columnSpacing: Style.space.large
            columns: page.wide ? 3 : 1
            rowSpacing: Style.space.large
            uniformCellWidths: true

            WayIn {
                Layout.fillHeight: true
                Layout.fillWidth: true
                about: page.words.say("way-in.camera")
                focus: true
                mark: "camera"
                primary: true
                text: qsTr("Use the camera")
                onClicked: page.shell?.goTo("camera")
            }

            WayIn {
                Layout.fillHeight: true
                Layout.fillWidth: true
                about: page.words.say("way-in.picture")
                mark: "picture"
                text: qsTr("Open a picture")
                onClicked: page.shell?.act("open-picture", "")
            }

            WayIn {
                Layout.fillHeight: true
                Layout.fillWidth: true
                about: page.words.say("way-in.sample")
                mark: "sample"
                text: qsTr("Try a sample")
                onClicked: page.shell?.goTo("samples")
            }
        }

        Flow {
            Layout.fillWidth: true
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
                mark: "compare"
                text: qsTr("Compare two")
                visible: !page.adding
                onClicked: page.shell?.newComparison()
            }

        }

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: page.words.say("way-in.drop")
        }
    }
}
