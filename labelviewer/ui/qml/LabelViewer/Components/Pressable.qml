import QtQuick
import LabelViewer.Style

// What can be pressed: by mouse, touch, keyboard or a screen reader. Plain QtQuick, since the first frame waits for it.
FocusScope {
    id: control

    property string text: ""
    property string spoken: text
    property color color: "transparent"
    property color outline: "transparent"
    property real padding: Style.space.small
    property real sidePadding: padding
    readonly property alias hovered: pointer.containsMouse
    readonly property alias down: pointer.containsPress
    readonly property bool visualFocus: activeFocus && !touched
    property bool touched: false // the focus did not come by keyboard, so no ring is needed
    default property alias face: holder.data

    signal clicked

    function click() {
        if (enabled)
            clicked();
    }

    function pressOnce(event: KeyEvent) {
        if (!event.isAutoRepeat)
            click();
    }

    Accessible.name: spoken
    Accessible.onPressAction: click()
    Accessible.role: Accessible.Button
    activeFocusOnTab: true
    implicitHeight: holder.childrenRect.height + 2 * padding

    Keys.onEnterPressed: event => pressOnce(event)
    Keys.onReturnPressed: event => pressOnce(event)
    Keys.onSpacePressed: event => pressOnce(event)
    onActiveFocusChanged: {
        if (!activeFocus)
            touched = false;
    }

    Rectangle {
        anchors.fill: parent
        border.color: control.outline
        border.width: Style.stroke
        color: control.color
        opacity: control.enabled ? 1 : 0.5
        radius: Style.radius

        FocusRing {
            visible: control.visualFocus
        }
    }

    Item {
        id: holder

        anchors.fill: parent
        anchors.leftMargin: control.sidePadding
        anchors.rightMargin: control.sidePadding
        opacity: control.enabled ? 1 : 0.6
    }

    MouseArea {
        id: pointer

        anchors.fill: parent
        enabled: control.enabled
        hoverEnabled: true
        onClicked: control.click()
        onPressed: {
            control.touched = true;
            control.forceActiveFocus(Qt.MouseFocusReason);
        }
    }
}
