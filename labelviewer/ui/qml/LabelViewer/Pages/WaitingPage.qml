pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Waiting is honest: what is going on, how long it takes, and the way out.
Item {
    id: page

    required property var scan
    required property var shell

    ColumnLayout {
        anchors.centerIn: parent
        spacing: Style.space.large
        width: Math.min(Style.narrow, parent.width - 2 * Style.space.huge)

        Spinner {
            Layout.alignment: Qt.AlignHCenter
        }

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.title
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            text: page.scan.waiting.title
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            text: page.scan.waiting.body
        }

        Row {
            Layout.alignment: Qt.AlignHCenter
            spacing: Style.space.small

            ActionButton {
                text: qsTr("Keep waiting")
                visible: page.scan.waiting.slow
                onClicked: page.scan.keepWaiting()
            }

            ActionButton {
                text: qsTr("Stop")
                onClicked: page.scan.stop()
            }
        }
    }
}
