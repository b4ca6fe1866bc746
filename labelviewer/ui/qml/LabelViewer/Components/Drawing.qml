pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// Our own line drawings on a 24 x 24 field.
Item {
    id: icon

    required property string name
    required property color color
    required property real size
    readonly property bool turned: LayoutMirroring.enabled && ["back", "next", "play", "slower", "faster"].includes(name) // they point along the line

    readonly property var paths: ({
            "ok": "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M7.5 12.4l3 3l6-6.6",
            "warn": "M12 3.2L22 20.8H2ZM12 9.5v5.5M12 17.6v.6",
            "danger": "M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8ZM8.7 8.7l6.6 6.6M15.3 8.7l-6.6 6.6",
            "silent": "M8 12h8",
            "info": "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M12 11v6M12 7.2v.6",
            "hint": "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M12 11v6M12 7.2v.6",
            "choice": "M3 3h7v7H3ZM14 3h7v7h-7ZM3 14h7v7H3ZM14 14h3v3h-3ZM21 14v3M17.500 21H21v-1.500",
            "camera": "M3 7.500h4l2-3h6l2 3h4v12H3ZM12 9.800a3.700 3.700 0 1 0 0 7.400a3.700 3.700 0 1 0 0-7.400",
            "picture": "M3 4h18v16H3ZM3 16.500l5-5l4.500 4.500l3-3l5.500 5.500M15.500 7.500a1.300 1.300 0 1 0 0 2.600a1.300 1.300 0 1 0 0-2.600",
            "sample": "M4 8l8-4.500l8 4.500v8.500l-8 4.500l-8-4.500ZM4 8l8 4.500l8-4.500M12 12.500V21",
            "back": "M14.500 5l-7 7l7 7",
            "down": "M6 9l6 6l6-6",
            "up": "M6 15l6-6l6 6",
            "next": "M9 5l7 7l-7 7",
            "paste": "M8 4H5v17h14V4h-3M8.500 2.500h7v4h-7ZM8.500 11.500h7M8.500 15.500h5",
            "link": "M10 14a4 4 0 0 0 5.700 0l3.500-3.500a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.500 3.500a4 4 0 0 0 5.700 5.700L12 17.700",
            "labels": "M5 3h14v18l-7-4l-7 4ZM9 8h6M9 12h6",
            "swap": "M4 8h15M15.500 4.500L19 8l-3.500 3.500M20 16H5M8.500 12.500L5 16l3.500 3.500",
            "compare": "M3 4h7v16H3ZM14 4h7v16h-7ZM5.500 8h2M5.500 12h2M16.500 8h2M16.500 12h2",
            "close": "M6 6l12 12M18 6L6 18",
            "bin": "M4 6.500h16M9 6.500V4h6v2.500M6 6.500l1 14h10l1-14M10 10.500v6M14 10.500v6",
            "theme": "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19M12 3v18M12 6.500h5.500M12 10h7.200M12 14h7.200M12 17.500h5.500",
            "help": "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19M9.300 9.500a2.700 2.700 0 1 1 3.900 2.400c-.8.400-1.200.9-1.200 1.900M12 16.800v.6",
            "clock": "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19M12 7v5.300l3.500 2.200",
            "language": "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19M2.500 12h19M12 2.500c-5 4.500-5 14.500 0 19M12 2.500c5 4.500 5 14.500 0 19",
            "light": "M9 18h6M10 21h4M8.500 15a6.500 6.500 0 1 1 7 0v1.500h-7Z",
            "closer": "M10.500 3.500a7 7 0 1 0 0 14a7 7 0 1 0 0-14M15.600 15.600L21 21M7.500 10.500h6M10.500 7.500v6",
            "wider": "M10.500 3.500a7 7 0 1 0 0 14a7 7 0 1 0 0-14M15.600 15.600L21 21M7.500 10.500h6",
            "screen": "M3 5h18v12H3ZM8 21h8M12 17v4M7.500 8.500h3v3h-3ZM13.500 8.500h3M13.500 11.500h3",
            "scanner": "M4 4h12l4 4v4h-8l-2 8H6l1.500-8H4ZM20 8h-4",
            "pin": "M8.500 3h7M10 3v6l-3.500 4.500h11L14 9V3M12 13.500V21",
            "undo": "M8.500 4.500L4 9l4.500 4.500M4 9h10a5.500 5.500 0 0 1 0 11h-4",
            "listen": "M4 9.500h3.500L12.500 5v14l-5-4.500H4ZM16 9a4.300 4.300 0 0 1 0 6M18.800 6a8.500 8.500 0 0 1 0 12",
            "pause": "M8 5v14M16 5v14",
            "play": "M7 4.500l12 7.500l-12 7.500Z",
            "slower": "M12 6l-6 6l6 6M19 6l-6 6l6 6",
            "faster": "M5 6l6 6l-6 6M12 6l6 6l-6 6",
            "plus": "M12 5v14M5 12h14",
            "settings": "M4 7h9M19 7h1M16 4.200a2.800 2.800 0 1 0 0 5.600a2.800 2.800 0 1 0 0-5.600M4 17h1M11 17h9M8 14.200a2.800 2.800 0 1 0 0 5.600a2.800 2.800 0 1 0 0-5.600",
            "tick": "M5 12.500l4.500 4.500L19 7"
        })

    Shape {
        id: shape

        height: 24
        // Without a graphics card a Shape is drawn where it is clipped away; a layer is not, but grows old while hidden.
        layer.enabled: visible && GraphicsInfo.api === GraphicsInfo.Software
        layer.textureSize: Qt.size(icon.size * 2, icon.size * 2)
        layer.smooth: true
        preferredRendererType: Shape.CurveRenderer
        scale: icon.size / 24
        transformOrigin: Item.TopLeft
        width: 24

        transform: Scale {
            origin.x: shape.width / 2
            xScale: icon.turned ? -1 : 1
        }

        ShapePath {
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin
            strokeColor: icon.color
            strokeWidth: 2

            PathSvg {
                path: icon.paths[icon.name]
            }
        }
    }

    Loader {
        active: icon.name === "silent"
        sourceComponent: Shape {
            height: 24
            layer.enabled: visible && GraphicsInfo.api === GraphicsInfo.Software
            layer.smooth: true
            layer.textureSize: Qt.size(icon.size * 2, icon.size * 2)
            width: 24
            preferredRendererType: Shape.CurveRenderer
            scale: icon.size / 24
            transformOrigin: Item.TopLeft

            ShapePath {
                dashPattern: [1.6, 2]
                fillColor: "transparent"
                strokeColor: icon.color
                strokeStyle: ShapePath.DashLine
                strokeWidth: 2

                PathSvg {
                    path: "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19"
                }
            }
        }
    }
}
