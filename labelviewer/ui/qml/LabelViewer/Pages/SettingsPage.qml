pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Components
import LabelViewer.Style

// Every setting, found by its words; each works at once and can be put back.
ScrollPage {
    id: page

    required property var preferences
    required property var shell
    required property var words

    columnWidth: Style.narrow * Math.min(Style.textScale, 1.5)
    focus: true

    Shortcut {
        sequences: [StandardKey.Find]
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    Connections {
        target: page.preferences

        function onWindowReset(width: int, height: int) {
            page.Window.window.visibility = Window.Windowed;
            page.Window.window.width = width;
            page.Window.window.height = height;
        }
    }

    AppText {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        font.pixelSize: Style.text.title
        font.weight: Font.Bold
        text: page.words.say("settings.title")
    }

    AppText {
        Accessible.ignored: true
        Layout.fillWidth: true
        quiet: true
        text: page.words.say("settings.search")
    }

    TextLine {
        id: search

        Layout.fillWidth: true
        LayoutMirroring.enabled: page.words.fromRight
        spoken: page.words.say("settings.search")
        onTextEdited: page.preferences.seek(text)

        Keys.onEscapePressed: {
            clear();
            page.preferences.seek("");
        }
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape && text !== "" // else it leads back
    }

    AppText {
        Layout.fillWidth: true
        text: page.words.say("history.nothing-found")
        visible: page.preferences.rows.length === 0
    }

    Repeater {
        model: page.preferences.rows

        ColumnLayout {
            id: row

            required property var modelData
            readonly property var now: page.preferences.values[modelData.key]

            Layout.fillWidth: true
            spacing: Style.space.medium

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                Layout.topMargin: Style.space.small
                font.pixelSize: Style.text.heading
                font.weight: Font.DemiBold
                text: row.modelData.heading
                visible: text !== ""
            }

            SettingCard {
                Layout.fillWidth: true
                now: row.now
                setting: row.modelData
                words: page.words
                longest: page.preferences.longestText
                onChosen: value => page.preferences.choose(row.modelData.key, value)
                onPutBack: page.preferences.putBack(row.modelData.key)
                onTurned: on => page.preferences.turn(row.modelData.key, on)
                onVisited: page.shell.goTo(row.modelData.place)
            }
        }
    }

    UndoBar {
        Layout.fillWidth: true
        told: page.preferences.canUndo ? page.words.say("settings.all-back") : ""
        onToldChanged: {
            if (told !== "")
                page.Accessible.announce(told);
        }
        onUndone: page.preferences.undo()
    }

    Flow {
        id: ends

        Layout.fillWidth: true
        spacing: Style.space.medium

        ActionButton {
            enabled: !page.preferences.allUsual
            mark: "undo"
            text: page.words.say("settings.all")
            width: Math.min(implicitWidth, ends.width)
            onClicked: page.preferences.putAllBack()
        }

        ActionButton {
            mark: "help"
            text: page.words.say("help.title")
            width: Math.min(implicitWidth, ends.width)
            onClicked: page.shell.goTo("help")
        }
    }
}
