pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// What was removed, and the way back.
Card {
    id: bar

    required property string told

    signal undone

    padding: Style.space.small
    visible: told !== ""

    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: Style.space.small
        spacing: Style.space.medium

        AppText {
            Layout.fillWidth: true
            text: bar.told
        }

        ActionButton {
            text: qsTr("Undo")
            onClicked: bar.undone()
        }
    }
}
