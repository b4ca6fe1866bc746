pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// Scrolls to whatever gets the keyboard; has the keyboard itself when nothing on it does, so that it is never nowhere.
Flickable {
    id: scroller

    readonly property Item focused: Window.activeFocusItem
    readonly property bool nowhere: !focused || lies(scroller.parent, focused) // or only what the page lies in has it

    function bringIntoView(item: Item) {
        const place = item.mapToItem(contentItem, 0, 0);
        const room = Math.max(0, Math.min(Style.space.huge, (height - item.height) / 2));
        if (place.y - room < contentY)
            contentY = Math.max(0, place.y - room);
        else if (place.y + item.height + room > contentY + height)
            contentY = Math.max(0, Math.min(place.y - room, place.y + item.height + room - height));
    }

    function lies(item: Item, within: Item): bool {
        for (let each = item; each; each = each.parent) {
            if (each === within)
                return true;
        }
        return false;
    }

    function takeKeyboard() {
        if (visible && nowhere && Window.active)
            forceActiveFocus();
    }

    Accessible.ignored: true
    boundsBehavior: Flickable.StopAtBounds

    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: contentY = Math.max(0, Math.min(contentY + Style.scrollStep, contentHeight - height))
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onUpPressed: contentY = Math.max(0, contentY - Style.scrollStep)
    onFocusedChanged: {
        if (focused && lies(focused, contentItem))
            bringIntoView(focused);
    }
    onNowhereChanged: Qt.callLater(takeKeyboard)
    onVisibleChanged: {
        if (visible) {
            contentY = 0;
            forceActiveFocus();
        }
    }
}
