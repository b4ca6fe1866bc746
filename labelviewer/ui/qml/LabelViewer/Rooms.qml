pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Components
import LabelViewer.Pages
import LabelViewer.Style

// Everything behind the first page: the other pages, and the keys that work on all of them.
Item {
    id: rooms

    required property var shell
    required property var scan
    required property var choose
    required property var label
    required property var compare
    required property var history
    required property var samples
    required property var camera
    required property var notice
    required property var scanner
    required property var screen
    required property var places
    required property var proof
    required property var share
    required property var trust
    required property var bundles
    required property var language
    required property var things
    required property var exporter
    required property var preferences
    required property var support
    required property var reading
    required property var settings
    required property var words

    Shortcut {
        sequences: [StandardKey.Open]
        onActivated: rooms.shell.act("open-picture", "")
    }

    Shortcut {
        sequences: [StandardKey.Paste]
        onActivated: rooms.scan.paste()
    }

    Shortcut {
        sequences: [StandardKey.New]
        onActivated: rooms.shell.newComparison()
    }

    Shortcut {
        sequences: [StandardKey.ZoomIn, "Ctrl+="]
        onActivated: rooms.settings.biggerText()
    }

    Shortcut {
        sequences: [StandardKey.ZoomOut]
        onActivated: rooms.settings.smallerText()
    }

    Shortcut {
        sequences: [StandardKey.Back, "Escape"]
        onActivated: rooms.shell.back()
    }

    Shortcut {
        sequences: ["Ctrl+G"]
        onActivated: rooms.shell.goTo("glossary")
    }

    Shortcut {
        sequences: ["Ctrl+,"]
        onActivated: rooms.shell.goTo("settings")
    }

    Shortcut {
        sequences: ["F1"]
        onActivated: rooms.shell.goTo("help")
    }

    Shortcut {
        sequences: ["F5"]
        onActivated: rooms.shell.act("try-again", "")
    }

    Shortcut {
        enabled: rooms.reading.pages.includes(rooms.shell.page) && !rooms.scan.busy
        sequences: ["F2"]
        onActivated: rooms.reading.toggle(rooms.shell.page)
    }

    Shortcut {
        sequences: ["F11"]
        onActivated: Window.window.visibility = Window.window.visibility === Window.FullScreen ? Window.Windowed : Window.FullScreen
    }

    Shortcut {
        enabled: rooms.shell.page === "compare"
        sequences: ["Ctrl+D"]
        onActivated: rooms.compare.showOnlyDifferences(!rooms.compare.onlyDifferences)
    }

    Shortcut {
        enabled: rooms.shell.page === "compare"
        sequences: ["Ctrl+Shift+X"]
        onActivated: rooms.compare.swap()
    }

    Shortcut {
        enabled: rooms.shell.page === "compare"
        sequences: [StandardKey.Undo]
        onActivated: rooms.compare.undo()
    }

    Shortcut {
        enabled: rooms.shell.page === "label" || rooms.shell.page === "compare"
        sequences: [StandardKey.Print]
        onActivated: rooms.share.act(rooms.shell.page, "print")
    }

    Shortcut {
        enabled: rooms.shell.page === "compare"
        sequences: [StandardKey.Save]
        onActivated: rooms.share.act("compare", "comparison")
    }

    Connections {
        target: rooms.shell

        function onPictureWanted() {
            chooser.active = true;
            (chooser.item as PictureChooser).open();
        }
    }

    Connections {
        target: rooms.places

        function onWanted(kind: string, name: string) {
            place.active = true;
            (place.item as PlaceChooser).ask(kind, name);
        }
    }

    Loader {
        id: stage

        active: rooms.shell.page !== "start"
        anchors.bottom: reader.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        sourceComponent: rooms.pages[rooms.shell.page] ?? null
        visible: !rooms.scan.busy || rooms.camera.frozen
        onLoaded: (item as Item).forceActiveFocus()
    }

    Loader {
        active: rooms.scan.busy && !rooms.camera.frozen
        anchors.fill: parent
        sourceComponent: waiting
    }

    Loader {
        id: reader

        active: rooms.reading.on || !!rooms.reading.message
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: active ? Math.min(implicitHeight, parent.height) : 0
        sourceComponent: ReadingBar {
            low: rooms.height < Style.narrow * Style.textScale
            reading: rooms.reading
        }
    }

    readonly property var pages: ({
            "samples": samplesPage, "address": addressPage, "camera": cameraPage, "choose": choosePage,
            "label": labelPage, "compare": comparePage, "history": historyPage, "notice": noticePage,
            "scanner": scannerPage, "trust": trustPage, "bundle": bundlePage, "language": languagePage,
            "glossary": glossaryPage, "settings": settingsPage, "help": helpPage, "support": supportPage
        })

    Loader {
        id: chooser

        active: false
        sourceComponent: PictureChooser {
            onChosen: pictures => rooms.scan.openPictures(pictures)
        }
    }

    Loader {
        id: place

        active: false
        sourceComponent: PlaceChooser {
            onChosen: file => rooms.places.choose(file)
        }
    }

    Loader {
        active: rooms.screen.choosing
        sourceComponent: ScreenAreas {
            screen: rooms.screen
            words: rooms.words
        }
    }

    Component {
        id: waiting

        WaitingPage {
            scan: rooms.scan
            shell: rooms.shell
        }
    }

    Component {
        id: samplesPage

        SamplesPage {
            compare: rooms.compare
            samples: rooms.samples
            scan: rooms.scan
            shell: rooms.shell
            words: rooms.words
        }
    }

    Component {
        id: addressPage

        AddressPage {
            scan: rooms.scan
            shell: rooms.shell
            words: rooms.words
        }
    }

    Component {
        id: cameraPage

        CameraPage {
            camera: rooms.camera
            scan: rooms.scan
            shell: rooms.shell
            words: rooms.words
        }
    }

    Component {
        id: choosePage

        ChoosePage {
            choose: rooms.choose
            shell: rooms.shell
        }
    }

    Component {
        id: labelPage

        LabelPage {
            proof: rooms.proof
            share: rooms.share
            reading: rooms.reading
            shell: rooms.shell
            things: rooms.things
            viewModel: rooms.label
            words: rooms.words
        }
    }

    Component {
        id: comparePage

        ComparePage {
            compare: rooms.compare
            share: rooms.share
            reading: rooms.reading
            shell: rooms.shell
            words: rooms.words
        }
    }

    Component {
        id: historyPage

        HistoryPage {
            exporter: rooms.exporter
            history: rooms.history
            settings: rooms.settings
            shell: rooms.shell
            things: rooms.things
            words: rooms.words
        }
    }

    Component {
        id: scannerPage

        ScannerSetupPage {
            scanner: rooms.scanner
            words: rooms.words
        }
    }

    Component {
        id: bundlePage

        BundlePage {
            bundles: rooms.bundles
            words: rooms.words
        }
    }

    Component {
        id: trustPage

        TrustPage {
            trust: rooms.trust
            words: rooms.words
        }
    }

    Component {
        id: languagePage

        LanguagePage {
            language: rooms.language
            words: rooms.words
        }
    }

    Component {
        id: glossaryPage

        GlossaryPage {
            words: rooms.words
        }
    }

    Component {
        id: settingsPage

        SettingsPage {
            preferences: rooms.preferences
            shell: rooms.shell
            words: rooms.words
        }
    }

    Component {
        id: helpPage

        HelpPage {
            shell: rooms.shell
            support: rooms.support
            words: rooms.words
        }
    }

    Component {
        id: supportPage

        SupportPage {
            support: rooms.support
            words: rooms.words
        }
    }

    Component {
        id: noticePage

        NoticePage {
            notice: rooms.notice
            reading: rooms.reading
            samples: rooms.samples
            shell: rooms.shell
            words: rooms.words
        }
    }
}
