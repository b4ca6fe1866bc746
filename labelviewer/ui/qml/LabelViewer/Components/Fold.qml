pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import LabelViewer.Style

// A line that opens and closes what stands below it.
T.Button {
    id: control

    property bool open: false
    property string spoken: text
    default property alias face: line.data

    Accessible.name: spoken
    Accessible.description: open ? qsTr("Open") : qsTr("Closed")
    focusPolicy: Qt.StrongFocus
    implicitHeight: Math.max(Style.target, implicitContentHeight + topPadding + bottomPadding)
    padding: Style.space.small

    Keys.onEnterPressed: click()
    Keys.onReturnPressed: click()

    background: Rectangle {
        color: control.hovered || control.down ? Style.sunk : "transparent"
        radius: Style.radiusSmall

        FocusRing {
            visible: control.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Style.space.medium

        RowLayout {
            id: line

            Layout.fillWidth: true
            spacing: Style.space.medium
        }

        Icon {
            color: Style.soft
            name: control.open ? "up" : "down"
            size: Style.text.lead
        }
    }
}
