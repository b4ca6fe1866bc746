pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic
import LabelViewer.Style

// A page that scrolls, with one centred column; whatever gets the keyboard is brought into view.
Flickable {
    id: page

    default property alias content: column.data
    property int columnWidth: Style.column
    property alias spacing: column.spacing
    readonly property Item focused: Window.activeFocusItem

    function bringIntoView(item: Item) {
        const place = item.mapToItem(contentItem, 0, 0);
        const room = Style.space.huge;
        if (place.y - room < contentY)
            contentY = Math.max(0, place.y - room);
        else if (place.y + item.height + room > contentY + height)
            contentY = Math.max(0, Math.min(place.y - room, place.y + item.height + room - height));
    }

    function holds(item: Item): bool {
        for (let each = item; each; each = each.parent) {
            if (each === contentItem)
                return true;
        }
        return false;
    }

    Accessible.ignored: true
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    contentHeight: column.implicitHeight + 2 * Style.space.huge
    contentWidth: width

    ScrollBar.vertical: ScrollBar {
        policy: page.contentHeight > page.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    Keys.onDownPressed: contentY = Math.max(0, Math.min(contentY + Style.scrollStep, contentHeight - height))
    Keys.onUpPressed: contentY = Math.max(0, contentY - Style.scrollStep)
    onFocusedChanged: {
        if (focused && holds(focused))
            bringIntoView(focused);
    }

    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Style.space.large
        width: Math.min(page.columnWidth, page.width - 2 * Style.space.huge)
        y: Style.space.huge
    }
}
