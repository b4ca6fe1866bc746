import QtQuick
import LabelViewer.Style

// Plain text, wrapped, never cut. Everything a person reads goes through here.
Text {
    property bool quiet: false

    color: quiet ? Style.soft : Style.ink
    font.pixelSize: Style.text.body
    horizontalAlignment: Text.AlignLeft // where the language begins, names in another script too
    lineHeight: 1.15
    textFormat: Text.PlainText
    wrapMode: Text.Wrap

    Accessible.ignored: text.length === 0
    Accessible.name: text
    Accessible.role: Accessible.StaticText
}
