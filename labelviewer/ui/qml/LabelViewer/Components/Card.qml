import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// A raised sheet with a column of things on it.
Rectangle {
    id: card

    default property alias content: column.data
    property int padding: Style.space.large
    property alias spacing: column.spacing

    border.color: Style.line
    border.width: Style.stroke
    color: Style.surface
    implicitHeight: column.implicitHeight + 2 * padding
    implicitWidth: column.implicitWidth + 2 * padding
    radius: Style.radius

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: card.padding
        spacing: Style.space.small
    }
}
