pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// Narrows the answers of a label: by words, or to those that need a look.
Card {
    id: finder

    required property var viewModel
    required property var words

    Shortcut {
        enabled: finder.visible
        sequences: [StandardKey.Find]
        onActivated: field.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    AppText {
        id: title

        Layout.fillWidth: true
        font.weight: Font.DemiBold
        text: qsTr("Find an answer")
    }

    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Style.space.large
        columns: finder.width > Style.narrow * Style.textScale ? 2 : 1
        rowSpacing: Style.space.small

        TextLine {
            id: field

            LayoutMirroring.enabled: finder.words.fromRight
            Layout.fillWidth: true
            maximumLength: 200
            spoken: title.text
            text: finder.viewModel.sought
            onTextEdited: finder.viewModel.seek(text)

            Keys.onEscapePressed: {
                clear();
                finder.viewModel.seek("");
            }
            Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape && text !== "" // else it leads back
        }

        Tick {
            Layout.fillWidth: finder.width <= Style.narrow * Style.textScale
            checked: finder.viewModel.attention
            text: qsTr("Only what needs my attention")
            onToggled: finder.viewModel.showOnlyAttention(checked)
        }
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.small
        quiet: true
        text: finder.viewModel.foundText || finder.words.say("find.about")
        onTextChanged: {
            if (finder.viewModel.foundText !== "")
                finder.Accessible.announce(finder.viewModel.foundText);
        }
    }
}
