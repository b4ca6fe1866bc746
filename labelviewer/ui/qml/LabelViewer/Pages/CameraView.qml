pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import QtMultimedia
import LabelViewer.Style

// The live picture with the codes that were read; mirrored for the eye only. Needs QtMultimedia, so it is loaded apart.
VideoOutput {
    id: view

    required property var camera

    function place(corner: var): point {
        return Qt.point(contentRect.x + corner.x * contentRect.width, contentRect.y + corner.y * contentRect.height);
    }

    Component.onCompleted: camera.showOn(view)
    fillMode: VideoOutput.PreserveAspectCrop
    transform: Scale {
        origin.x: view.width / 2
        xScale: view.camera.mirrored ? -1 : 1
    }

    Repeater {
        model: view.camera.outlines

        Shape {
            id: outline

            required property var modelData

            anchors.fill: parent

            ShapePath {
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin
                strokeColor: Style.lensInk
                strokeWidth: 3 * Style.ring

                PathPolyline {
                    path: outline.modelData.concat([outline.modelData[0]]).map(view.place)
                }
            }

            ShapePath {
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin
                strokeColor: Style.accent
                strokeWidth: 2 * Style.ring

                PathPolyline {
                    path: outline.modelData.concat([outline.modelData[0]]).map(view.place)
                }
            }
        }
    }
}
