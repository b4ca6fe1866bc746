pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Components
import LabelViewer.Pages
import LabelViewer.Style

// The window: a bar on top, the first page below. The rooms behind it follow once it is on the screen.
Window {
    id: window

    required property var door
    required property var settings
    required property var words
    readonly property var models: door.rooms // null until the first page is on the screen
    readonly property bool dark: settings.theme === "dark" || settings.theme === "system" && Application.styleHints.colorScheme === Qt.Dark
    readonly property bool atStart: !models || models.shell.page === "start" && !models.scan.busy

    color: Style.page
    height: settings.windowHeight
    minimumHeight: 420
    minimumWidth: 420
    title: "labelviewer"
    visibility: settings.windowShape
    width: settings.windowWidth

    onClosing: settings.leaveWindow(width, height, x, y, visibility)
    onModelsChanged: rooms.setSource("Rooms.qml", Object.assign({settings, words}, models))
    onWordsChanged: {
        if (rooms.item)
            (rooms.item as Rooms).words = words;
    }

    Binding {
        property: "dark"
        target: Style
        value: window.dark
    }

    Binding {
        property: "textScale"
        target: Style
        value: window.settings.textScale
    }

    Binding {
        property: "settled"
        target: Style
        value: !!window.models
    }

    Connections {
        target: window.models?.shell ?? null

        function onAnnounced(text: string, alarming: bool) {
            frame.Accessible.announce(text, alarming ? Accessible.Assertive : Accessible.Polite);
        }
    }

    Item {
        id: frame

        Accessible.name: window.title
        Accessible.role: Accessible.Pane
        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: window.words.fromRight
        anchors.fill: parent

        TopBar {
            id: bar

            anchors.left: parent.left
            anchors.right: parent.right
            alerts: window.models?.things.count ?? 0
            alertsTold: window.models?.things.badge ?? ""
            canGoBack: window.models?.shell.canGoBack ?? false
            onBack: window.models?.shell.back()
            onBiggerText: window.settings.biggerText()
            onHome: window.models?.shell.home()
            onLabels: window.models?.shell.goTo("history")
            onLanguage: window.models?.shell.goTo("language")
            onSettings: window.models?.shell.goTo("settings")
            onSmallerText: window.settings.smallerText()
            onTheme: window.settings.nextTheme()
        }

        Item {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: bar.bottom

            StartPage {
                anchors.fill: parent
                compare: window.models?.compare ?? null
                scan: window.models?.scan ?? null
                shell: window.models?.shell ?? null
                visible: window.atStart
                words: window.words
            }

            Loader {
                id: rooms

                anchors.fill: parent
            }
        }
    }
}
