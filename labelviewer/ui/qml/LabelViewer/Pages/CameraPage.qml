pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Hold the box to the camera; what would help and what goes wrong is said here, with the other ways in.
ScrollPage {
    id: page

    required property var camera
    required property var scan
    required property var shell
    required property var words

    Component.onCompleted: camera.start()
    focus: true
    spacing: Style.space.medium

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("camera.title")
    }

    Rectangle {
        id: lens

        Accessible.name: page.words.say("camera.picture")
        Accessible.role: Accessible.Graphic
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(width * 9 / 16, page.height * 0.6)
        clip: true
        color: Style.lens
        visible: page.camera.running || page.camera.away

        Loader {
            id: live

            active: page.camera.running
            anchors.fill: parent
            Component.onCompleted: setSource("CameraView.qml", {
                camera: page.camera
            })
        }

        FrameGuide {
            anchors.centerIn: parent
            height: Math.min(parent.width, parent.height) * 0.68
            visible: page.camera.running && !page.camera.late
            width: height
        }

        AppText {
            anchors.centerIn: parent
            color: Style.lensInk
            font.pixelSize: Style.text.lead
            horizontalAlignment: Text.AlignHCenter
            text: page.words.say(page.camera.away ? "camera.away" : "camera.starting")
            visible: page.camera.away || page.camera.starting
            width: Math.min(Style.narrow, parent.width - 2 * Style.space.huge)
        }
    }

    Loader {
        Layout.fillWidth: true
        active: page.camera.late
        visible: active
        sourceComponent: Found {
            scan: page.scan
            words: page.words
        }
    }

    Loader {
        Layout.fillWidth: true
        active: !!page.camera.message
        visible: active
        sourceComponent: NoticeCard {
            large: !page.camera.running
            message: page.camera.message
            onActed: (deed, code) => page.shell.act(deed, code)
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: !page.camera.late && (page.camera.hasLight || page.camera.hasZoom || page.camera.cameras.length > 0)

        ActionButton {
            mark: "light"
            text: page.camera.light ? qsTr("Turn the light off") : qsTr("Turn the light on")
            visible: page.camera.hasLight
            onClicked: page.camera.switchLight(!page.camera.light)
        }

        ActionButton {
            enabled: page.camera.canZoomIn
            mark: "closer"
            text: qsTr("Zoom in")
            visible: page.camera.hasZoom
            onClicked: page.camera.zoom(true)
        }

        ActionButton {
            enabled: page.camera.canZoomOut
            mark: "wider"
            text: qsTr("Zoom out")
            visible: page.camera.hasZoom
            onClicked: page.camera.zoom(false)
        }

        Repeater {
            model: page.camera.cameras

            ActionButton {
                required property var modelData

                mark: modelData.inUse ? "tick" : "camera"
                spoken: modelData.inUse ? qsTr("%1, in use").arg(text) : text
                text: modelData.name
                onClicked: page.camera.choose(modelData.id)
            }
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Style.space.small
        visible: !page.camera.late

        ActionButton {
            mark: "picture"
            text: qsTr("Open a picture")
            visible: !page.camera.offered.includes("open-picture")
            onClicked: page.shell.act("open-picture", "")
        }

        ActionButton {
            mark: "paste"
            text: qsTr("Paste")
            onClicked: page.scan.paste()
        }

        ActionButton {
            mark: "link"
            text: qsTr("Type the address")
            visible: !page.camera.offered.includes("type-address")
            onClicked: page.shell.act("type-address", "")
        }
    }

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: page.words.say("camera.about")
        visible: lens.visible
    }

    component Found: Card {
        id: found

        required property var scan
        required property var words

        AppText {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font.pixelSize: Style.text.lead
            font.weight: Font.Bold
            text: found.words.say("camera.found")
        }

        AppText {
            Layout.fillWidth: true
            text: found.scan.waiting.title
        }

        AppText {
            Layout.fillWidth: true
            quiet: true
            text: found.scan.waiting.body
            visible: text !== ""
        }

        Flow {
            Layout.fillWidth: true
            spacing: Style.space.small

            ActionButton {
                text: qsTr("Keep waiting")
                visible: found.scan.waiting.slow
                onClicked: found.scan.keepWaiting()
            }

            ActionButton {
                text: qsTr("Stop")
                onClicked: found.scan.stop()
            }
        }
    }

    component FrameGuide: Item {
        id: guide

        Repeater {
            model: 4

            Item {
                id: corner

                required property int index

                anchors.fill: parent
                rotation: index * 90

                Rectangle {
                    border.color: Style.lens
                    border.width: Style.stroke
                    color: Style.lensInk
                    height: 2 * Style.ring
                    radius: Style.ring
                    width: guide.width / 5
                }

                Rectangle {
                    border.color: Style.lens
                    border.width: Style.stroke
                    color: Style.lensInk
                    height: guide.width / 5
                    radius: Style.ring
                    width: 2 * Style.ring
                }
            }
        }
    }
}
