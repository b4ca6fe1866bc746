pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// The way back, the name, and what is always at hand.
Rectangle {
    id: bar

    required property bool canGoBack
    required property int alerts // about things that somebody owns,
    required property string alertsTold // in words
    readonly property bool roomy: width > Style.narrow * Style.textScale
    readonly property bool tight: width < Style.narrow * Style.textScale * 0.52 // what the settings have too gives way

    signal back
    signal home
    signal labels
    signal language
    signal biggerText
    signal smallerText
    signal theme
    signal settings

    color: Style.surface
    implicitHeight: row.implicitHeight + 2 * Style.space.small

    component MarkButton: Loader {
        id: room

        required property string mark
        required property string spoken

        signal clicked

        active: Style.settled // it shows nothing but its drawing, which comes after the first frame too
        height: item ? (item as Item).implicitHeight : Style.target
        sourceComponent: ActionButton {
            mark: room.mark
            quiet: true
            spoken: room.spoken
            onClicked: room.clicked()
        }
        width: Math.max(Style.target, Style.text.lead + 2 * Style.space.small)
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Style.line
        height: Style.stroke
        width: parent.width
    }

    Row {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: bar.tight ? Style.space.small : Style.space.large
        anchors.verticalCenter: parent.verticalCenter
        spacing: bar.tight ? Style.space.tiny : Style.space.small

        Loader {
            active: bar.canGoBack
            sourceComponent: ActionButton {
                mark: "back"
                quiet: true
                spoken: qsTr("Back")
                text: bar.roomy ? qsTr("Back") : ""
                onClicked: bar.back()
            }
            visible: active
        }

        ActionButton {
            mark: "sample"
            quiet: true
            spoken: qsTr("labelviewer, start page")
            text: bar.roomy ? "labelviewer" : ""
            onClicked: bar.home()
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: bar.tight ? Style.space.small : Style.space.large
        anchors.verticalCenter: parent.verticalCenter
        spacing: bar.tight ? Style.space.tiny : Style.space.small

        ActionButton {
            mark: "labels"
            quiet: true
            Accessible.description: bar.alertsTold
            spoken: qsTr("My labels")
            text: bar.roomy ? qsTr("My labels") : ""
            onClicked: bar.labels()

            Loader {
                active: bar.alerts > 0
                anchors.right: parent.right
                anchors.rightMargin: -Style.space.medium
                anchors.top: parent.top
                anchors.topMargin: -Style.space.tiny
                sourceComponent: Rectangle {
                    color: Style.tones["danger"]
                    implicitHeight: number.height + Style.space.tiny
                    implicitWidth: Math.max(implicitHeight, number.width + Style.space.small)
                    radius: height / 2

                    AppText {
                        id: number

                        Accessible.ignored: true
                        anchors.centerIn: parent
                        color: Style.page
                        font.pixelSize: Style.text.small
                        font.weight: Font.Bold
                        lineHeight: 1
                        text: bar.alerts
                    }
                }
            }
        }

        MarkButton {
            mark: "language"
            spoken: qsTr("Language")
            visible: !bar.tight
            onClicked: bar.language()
        }

        ActionButton {
            quiet: true
            spoken: qsTr("Smaller text")
            text: "A−"
            onClicked: bar.smallerText()
        }

        ActionButton {
            quiet: true
            spoken: qsTr("Bigger text")
            text: "A+"
            onClicked: bar.biggerText()
        }

        MarkButton {
            mark: "theme"
            spoken: qsTr("Light or dark")
            visible: !bar.tight
            onClicked: bar.theme()
        }

        MarkButton {
            mark: "settings"
            spoken: qsTr("Settings")
            onClicked: bar.settings()
        }
    }
}
