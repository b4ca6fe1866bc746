pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic
import LabelViewer.Style

// A page that scrolls, with one centred column.
Scroller {
    id: page

    default property alias content: column.data
    property int columnWidth: Style.column
    property alias spacing: column.spacing

    clip: true
    contentHeight: column.implicitHeight + 2 * Style.space.huge
    contentWidth: width

    ScrollBar.vertical: ScrollBar {
        Accessible.ignored: true
        policy: page.contentHeight > page.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Style.space.large
        width: Math.min(page.columnWidth, page.width - 2 * Style.space.huge)
        y: Style.space.huge
    }
}
