import QtQuick
import QtMultimedia

// The live picture, mirrored for the eye only; needs QtMultimedia, so it is loaded apart.
VideoOutput {
    id: view

    required property var camera

    Component.onCompleted: camera.showOn(view)
    fillMode: VideoOutput.PreserveAspectCrop
    transform: Scale {
        origin.x: view.width / 2
        xScale: -1
    }
}
