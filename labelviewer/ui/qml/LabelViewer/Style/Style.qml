pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// The look: spacing, type scale, palette, radii, motion. Pages have no pixel and no colour of their own.
QtObject {
    id: style

    property bool dark: false
    property real textScale: 1
    property bool settled: false // the words come with the first frame, the drawings right after

    readonly property real base: Math.max(15, Application.font.pixelSize) * textScale

    readonly property TypeScale text: TypeScale {
        base: style.base
    }
    readonly property Spacing space: Spacing {}

    component TypeScale: QtObject {
        required property real base
        readonly property real small: base * 0.88
        readonly property real body: base
        readonly property real lead: base * 1.15
        readonly property real heading: base * 1.35
        readonly property real title: base * 1.75
        readonly property real display: base * 2.3
    }

    component Spacing: QtObject {
        readonly property int hair: 2
        readonly property int tiny: 4
        readonly property int small: 8
        readonly property int medium: 12
        readonly property int large: 16
        readonly property int huge: 24
        readonly property int vast: 40
    }

    readonly property int radius: 10
    readonly property int radiusSmall: 6
    readonly property int stroke: 1
    readonly property int ring: 3
    readonly property int target: 44
    readonly property int column: 1040
    readonly property int broad: 1480 // three or four products side by side
    readonly property int narrow: 640
    readonly property int swift: 120
    readonly property int scrollStep: 80

    readonly property color shade: "#80000000" // over a picture, beside the part that is chosen
    readonly property color page: dark ? "#121417" : "#f3f5f8"
    readonly property color surface: dark ? "#1b1b1b" : "#ffffff"
    readonly property color sunk: dark ? "#25292e" : "#e9edf2"
    readonly property color line: dark ? "#3c434b" : "#cfd6df"
    readonly property color outline: dark ? "#8b95a1" : "#6b7683"
    readonly property color ink: dark ? "#f2f4f7" : "#16202c"
    readonly property color soft: dark ? "#bcc5cf" : "#465260"
    readonly property color accent: dark ? "#5aa9ff" : "#0060b8"
    readonly property color accentHover: dark ? "#84beff" : "#004f99"
    readonly property color accentInk: dark ? "#06131f" : "#ffffff"

    readonly property color lens: "#101214" // behind a live picture, in either theme
    readonly property color lensInk: "#ffffff"

    readonly property var tones: dark ? ({
            "ok": "#5aa9ff", "warn": "#ffc94d", "danger": "#ff6f61", "silent": "#e0e0e0",
            "info": "#bcc5cf", "hint": "#bcc5cf", "choice": "#5aa9ff"
        }) : ({
            "ok": "#0060b8", "warn": "#946200", "danger": "#7a0026", "silent": "#6e6e6e",
            "info": "#465260", "hint": "#465260", "choice": "#0060b8"
        })
    readonly property var washes: dark ? ({
            "ok": "#13263a", "warn": "#33290f", "danger": "#3a1916", "silent": "#25292e",
            "info": "#25292e", "hint": "#25292e", "choice": "#13263a"
        }) : ({
            "ok": "#e8f1fb", "warn": "#fff6e3", "danger": "#fbeaef", "silent": "#f2f3f5",
            "info": "#edf0f4", "hint": "#edf0f4", "choice": "#e8f1fb"
        })
}
