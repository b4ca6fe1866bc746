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
    property string place: "" // what is being read out: the item of this objectName is marked and brought into view

    clip: true
    contentHeight: column.implicitHeight + 2 * Style.space.huge
    contentWidth: width

    ScrollBar.vertical: ScrollBar {
        Accessible.ignored: true
        policy: page.contentHeight > page.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    ColumnLayout {
        id: column

        spacing: Style.space.large
        width: Math.min(page.columnWidth, page.width - 2 * Style.space.huge)
        x: page.contentX + (page.width - width) / 2 // what is wider scrolls within itself
        y: Style.space.huge
    }

    Loader {
        active: page.place !== ""
        sourceComponent: ReadingMark {
            view: page
            place: page.place
        }
    }
}
