pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Hold the box to the camera; what goes wrong is said here, with the other ways in.
ScrollPage {
    id: page

    required property var camera
    required property var shell
    required property var words

    Component.onCompleted: camera.start()
    focus: true

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("camera.title")
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: page.words.say("camera.about")
    }

    Rectangle {
        Accessible.name: qsTr("Live camera picture")
        Accessible.role: Accessible.Graphic
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(width * 9 / 16, page.height * 0.6)
        clip: true
        color: "#101214"
        radius: Style.radius
        visible: page.camera.running

        Loader {
            active: page.camera.running
            anchors.fill: parent
            source: "CameraView.qml"
            Component.onCompleted: setSource("CameraView.qml", {
                camera: page.camera
            })
        }

        Rectangle {
            anchors.centerIn: parent
            border.color: "#ffffff"
            border.width: Style.ring
            color: "transparent"
            height: Math.min(parent.width, parent.height) * 0.62
            opacity: 0.85
            radius: Style.radius
            width: height
        }
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.camera.message
        visible: active
        sourceComponent: NoticeCard {
            message: page.camera.message
            onActed: (deed, code) => page.shell.act(deed, code)
        }
    }
}
