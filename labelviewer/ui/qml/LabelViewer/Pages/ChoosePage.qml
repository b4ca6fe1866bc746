pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Several codes: the picture stands still, each code has a number, keys 1 to 9 choose among the first nine.
ScrollPage {
    id: page

    required property var choose
    required property var shell

    Keys.onPressed: event => {
        const number = event.key - Qt.Key_0;
        if (number >= 1 && number <= page.choose.codes.length) {
            event.accepted = true;
            page.choose.choose(number);
        }
    }
    focus: true

    NoticeCard {
        Layout.fillWidth: true
        message: page.choose.message
        onActed: (deed, code) => page.shell.act(deed, code)
    }

    Image {
        id: still

        readonly property real paintedLeft: (width - paintedWidth) / 2
        readonly property real paintedTop: (height - paintedHeight) / 2

        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: false // a picture has its own left and right
        Accessible.name: qsTr("The picture, with its codes numbered")
        Accessible.role: Accessible.Graphic
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(width * implicitHeight / Math.max(1, implicitWidth), page.height * 0.55)
        cache: false
        fillMode: Image.PreserveAspectFit
        source: page.choose.still

        Repeater {
            model: page.choose.codes

            Rectangle {
                id: marker

                required property var modelData

                Accessible.ignored: true
                border.color: Style.accent
                border.width: Style.ring
                color: "transparent"
                height: modelData.height * still.paintedHeight + Style.space.small
                radius: Style.radiusSmall
                width: modelData.width * still.paintedWidth + Style.space.small
                x: still.paintedLeft + modelData.left * still.paintedWidth - Style.space.tiny
                y: still.paintedTop + modelData.top * still.paintedHeight - Style.space.tiny

                Rectangle {
                    anchors.horizontalCenter: parent.left
                    anchors.verticalCenter: parent.top
                    color: Style.accent
                    height: width
                    radius: width / 2
                    width: Math.max(Style.text.lead * 1.3, Math.min(Style.text.title * 1.3, marker.height / 2))

                    AppText {
                        Accessible.ignored: true
                        anchors.centerIn: parent
                        color: Style.accentInk
                        font.pixelSize: Style.text.lead
                        font.weight: Font.Bold
                        text: marker.modelData.number
                    }
                }
            }
        }
    }

    Repeater {
        model: page.choose.codes

        Choice {
            required property var modelData

            Layout.fillWidth: true
            about: modelData.about
            text: modelData.caption
            onClicked: page.choose.choose(modelData.number)
        }
    }

    component Choice: Pressable {
        id: choice

        required property string about

        Accessible.description: about
        color: hovered || down ? Style.sunk : Style.surface
        implicitHeight: column.height + 2 * padding
        outline: Style.outline
        padding: Style.space.medium
        sidePadding: Style.space.large

        Column {
            id: column

            spacing: Style.space.tiny
            width: parent.width
            y: choice.padding

            AppText {
                Accessible.ignored: true
                font.weight: Font.DemiBold
                text: choice.text
                width: parent.width
            }

            AppText {
                Accessible.ignored: true
                quiet: true
                text: choice.about
                width: parent.width
            }
        }
    }
}
