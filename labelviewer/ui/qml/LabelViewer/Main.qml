pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Components
import LabelViewer.Pages
import LabelViewer.Style

// The window: a bar on top, one page below, drops and keys for all pages.
Window {
    id: window

    required property var shell
    required property var scan
    required property var choose
    required property var label
    required property var compare
    required property var history
    required property var samples
    required property var camera
    required property var notice
    required property var settings
    required property var words

    color: Style.page
    height: settings.windowHeight
    minimumHeight: 420
    minimumWidth: 420
    title: "labelviewer"
    visible: true
    width: settings.windowWidth

    onClosing: settings.rememberWindow(width, height)

    Binding {
        property: "dark"
        target: Style
        value: window.settings.dark
    }

    Binding {
        property: "textScale"
        target: Style
        value: window.settings.textScale
    }

    Shortcut {
        sequences: [StandardKey.Open]
        onActivated: window.shell.act("open-picture", "")
    }

    Shortcut {
        sequences: [StandardKey.Paste]
        onActivated: window.scan.paste()
    }

    Shortcut {
        sequences: [StandardKey.New]
        onActivated: window.shell.newComparison()
    }

    Shortcut {
        sequences: [StandardKey.ZoomIn, "Ctrl+="]
        onActivated: window.settings.biggerText()
    }

    Shortcut {
        sequences: [StandardKey.ZoomOut]
        onActivated: window.settings.smallerText()
    }

    Shortcut {
        sequences: [StandardKey.Back, "Escape"]
        onActivated: window.shell.back()
    }

    Shortcut {
        sequences: ["F5"]
        onActivated: window.shell.act("try-again", "")
    }

    Shortcut {
        sequences: ["F11"]
        onActivated: window.visibility = window.visibility === Window.FullScreen ? Window.Windowed : Window.FullScreen
    }

    Shortcut {
        enabled: window.shell.page === "compare"
        sequences: ["Ctrl+D"]
        onActivated: window.compare.showOnlyDifferences(!window.compare.onlyDifferences)
    }

    Shortcut {
        enabled: window.shell.page === "compare"
        sequences: ["Ctrl+Shift+X"]
        onActivated: window.compare.swap()
    }

    Connections {
        target: window.shell

        function onAnnounced(text: string, alarming: bool) {
            frame.Accessible.announce(text, alarming ? Accessible.Assertive : Accessible.Polite);
        }

        function onPictureWanted() {
            chooser.active = true;
            (chooser.item as PictureChooser).open();
        }
    }

    Item {
        id: frame

        Accessible.name: window.title
        Accessible.role: Accessible.Pane
        anchors.fill: parent

        TopBar {
            id: bar

            anchors.left: parent.left
            anchors.right: parent.right
            canGoBack: window.shell.canGoBack
            onBack: window.shell.back()
            onBiggerText: window.settings.biggerText()
            onHome: window.shell.home()
            onLabels: window.shell.goTo("history")
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
                compare: window.compare
                scan: window.scan
                shell: window.shell
                visible: window.shell.page === "start" && !window.scan.busy
                words: window.words
            }

            Loader {
                id: stage

                active: window.shell.page !== "start"
                anchors.fill: parent
                sourceComponent: window.pages[window.shell.page] ?? null
                visible: !window.scan.busy
                onLoaded: (item as Item).forceActiveFocus()
            }

            Loader {
                active: window.scan.busy
                anchors.fill: parent
                sourceComponent: waiting
            }
        }
    }

    readonly property var pages: ({
            "samples": samplesPage, "address": addressPage, "camera": cameraPage, "choose": choosePage,
            "label": labelPage, "compare": comparePage, "history": historyPage, "notice": noticePage
        })

    Loader {
        id: chooser

        active: false
        sourceComponent: PictureChooser {
            onChosen: pictures => window.scan.openPictures(pictures)
        }
    }

    Component {
        id: waiting

        WaitingPage {
            scan: window.scan
            shell: window.shell
        }
    }

    Component {
        id: samplesPage

        SamplesPage {
            compare: window.compare
            samples: window.samples
            scan: window.scan
            shell: window.shell
            words: window.words
        }
    }

    Component {
        id: addressPage

        AddressPage {
            scan: window.scan
            words: window.words
        }
    }

    Component {
        id: cameraPage

        CameraPage {
            camera: window.camera
            shell: window.shell
            words: window.words
        }
    }

    Component {
        id: choosePage

        ChoosePage {
            choose: window.choose
            shell: window.shell
        }
    }

    Component {
        id: labelPage

        LabelPage {
            shell: window.shell
            viewModel: window.label
            words: window.words
        }
    }

    Component {
        id: comparePage

        ComparePage {
            compare: window.compare
            shell: window.shell
            words: window.words
        }
    }

    Component {
        id: historyPage

        HistoryPage {
            history: window.history
            settings: window.settings
            shell: window.shell
            words: window.words
        }
    }

    Component {
        id: noticePage

        NoticePage {
            notice: window.notice
            samples: window.samples
            shell: window.shell
            words: window.words
        }
    }
}
