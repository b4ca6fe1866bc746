import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What can be done with a comparison as a whole: one more product, and back with one that was taken out.
ColumnLayout {
    id: actions

    required property var compare
    required property var shell
    required property var words

    spacing: Style.space.small

    Card {
        Layout.fillWidth: true
        padding: Style.space.small
        visible: actions.compare.takenOut !== ""

        RowLayout {
            Layout.fillWidth: true
            spacing: Style.space.medium

            AppText {
                Layout.fillWidth: true
                Layout.leftMargin: Style.space.small
                text: actions.compare.takenOut
            }

            ActionButton {
                enabled: actions.compare.canUndo
                mark: "undo"
                spoken: qsTr("Undo: put it back")
                text: qsTr("Undo")
                onClicked: actions.compare.undo()
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: actions.compare.fullLine
        visible: actions.compare.isFull
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: !actions.compare.isFull

        AppText {
            font.weight: Font.DemiBold
            height: Math.max(Style.target, implicitHeight)
            rightPadding: Style.space.small
            text: actions.words.say("compare.add")
            verticalAlignment: Text.AlignVCenter
            width: Math.min(implicitWidth, parent.width)
        }

        ActionButton {
            mark: "camera"
            text: qsTr("Scan the next one")
            width: Math.min(implicitWidth, parent.width)
            onClicked: actions.shell.addAnother()
        }

        ActionButton {
            mark: "labels"
            text: qsTr("From my labels")
            width: Math.min(implicitWidth, parent.width)
            onClicked: actions.shell.addFrom("history")
        }

        ActionButton {
            mark: "sample"
            text: qsTr("From the samples")
            width: Math.min(implicitWidth, parent.width)
            onClicked: actions.shell.addFrom("samples")
        }
    }
}
