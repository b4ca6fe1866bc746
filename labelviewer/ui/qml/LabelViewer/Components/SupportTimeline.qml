pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import LabelViewer.Style

// Support drawn over time: what has passed, today, the end. The sentence says it all without the drawing.
Card {
    id: card

    required property var timeline
    required property string heading
    readonly property color tone: Style.tones[timeline.tone]

    Accessible.name: timeline.sentence
    Accessible.role: Accessible.Graphic
    spacing: Style.space.medium

    AppText {
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
        font.pixelSize: Style.text.heading
        font.weight: Font.DemiBold
        text: card.heading
    }

    AppText {
        Layout.fillWidth: true
        font.pixelSize: Style.text.lead
        text: card.timeline.sentence
    }

    Item {
        id: track

        readonly property real knob: Style.text.lead
        readonly property real at: (width - knob) * card.timeline.elapsed

        Layout.fillWidth: true
        Layout.topMargin: today.height + Style.space.tiny
        implicitHeight: knob

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            color: Style.sunk
            border.color: Style.outline
            border.width: Style.stroke
            height: Style.space.medium
            radius: height / 2
            width: parent.width

            Rectangle {
                anchors.right: parent.right
                color: card.tone
                height: parent.height
                radius: parent.radius
                visible: card.timeline.elapsed < 1
                width: parent.width - track.at
            }
        }

        Rectangle {
            anchors.left: parent.left
            anchors.leftMargin: track.at
            border.color: Style.surface
            border.width: Style.ring
            color: Style.ink
            height: track.knob
            radius: height / 2
            width: height
        }

        AppText {
            id: today

            Accessible.ignored: true
            anchors.bottom: parent.top
            anchors.bottomMargin: Style.space.tiny
            anchors.left: parent.left
            anchors.leftMargin: Math.max(0, Math.min(track.at + track.knob / 2 - width / 2, track.width - width))
            font.pixelSize: Style.text.small
            font.weight: Font.DemiBold
            text: card.timeline.today
            wrapMode: Text.NoWrap
        }
    }

    RowLayout {
        Layout.fillWidth: true

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            quiet: true
            text: card.timeline.start
        }

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            font.pixelSize: Style.text.small
            horizontalAlignment: Text.AlignRight
            quiet: true
            text: card.timeline.end
        }
    }
}
