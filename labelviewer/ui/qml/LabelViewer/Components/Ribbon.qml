import QtQuick
import LabelViewer.Style

// The band that a sample wears.
Rectangle {
    id: ribbon

    required property string text
    property string detail: ""

    Accessible.name: text
    Accessible.role: Accessible.StaticText
    color: Style.dark ? "#3b2f5c" : "#ece6f9"
    implicitHeight: line.implicitHeight + 2 * Style.space.small
    radius: Style.radius

    Row {
        anchors.fill: parent
        anchors.leftMargin: Style.space.large
        anchors.rightMargin: Style.space.large
        spacing: Style.space.medium

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            color: line.color
            name: "sample"
            size: Style.text.lead
        }

        AppText {
            id: line

            anchors.verticalCenter: parent.verticalCenter
            color: Style.dark ? "#d9ccff" : "#46307a"
            font.weight: Font.DemiBold
            text: ribbon.detail ? ribbon.text + " · " + ribbon.detail : ribbon.text
            width: parent.width - mark.width - parent.spacing
        }
    }
}
