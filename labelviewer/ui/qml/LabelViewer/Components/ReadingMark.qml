import QtQuick
import LabelViewer.Style

// A line round the part of a page that is being read out; scrolls there.
Rectangle {
    id: mark

    required property Scroller view
    required property string place
    property Item part: null

    function find(item: Item): Item {
        if (item.objectName === place && item.visible)
            return item;
        for (let each = 0; each < item.children.length; ++each) {
            const found = find(item.children[each]);
            if (found)
                return found;
        }
        return null;
    }

    function look() {
        part = find(view.contentItem);
        lie();
        if (part)
            view.bringIntoView(part);
    }

    function lie() {
        if (!part)
            return;
        const corner = part.mapToItem(view.contentItem, 0, 0);
        x = corner.x - Style.space.tiny;
        y = corner.y - Style.space.tiny;
        width = part.width + 2 * Style.space.tiny;
        height = part.height + 2 * Style.space.tiny;
    }

    border.color: Style.accent
    border.width: Style.ring
    color: "transparent"
    objectName: "reading mark"
    parent: view.contentItem
    radius: Style.radius
    visible: !!part
    z: 1
    Component.onCompleted: look()
    onPlaceChanged: look()

    Connections {
        target: mark.view

        function onContentHeightChanged() {
            Qt.callLater(mark.lie);
        }
        function onWidthChanged() {
            Qt.callLater(mark.lie);
        }
    }
}
