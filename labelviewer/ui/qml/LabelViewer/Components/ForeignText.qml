import QtQuick
import QtQuick.Templates as T

// Text that tells a screen reader its language; without one, that of the window.
T.Control {
    id: control

    required property string text
    property string language: ""

    Accessible.name: text
    Accessible.role: Accessible.StaticText
    focusPolicy: Qt.NoFocus
    implicitHeight: implicitContentHeight
    implicitWidth: implicitContentWidth
    locale: language === "" ? Qt.locale() : Qt.locale(language)

    contentItem: AppText {
        Accessible.ignored: true
        text: control.text
    }
}
