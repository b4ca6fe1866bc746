pragma ComponentBehavior: Bound

import QtQuick
import LabelViewer.Style

// A host's name: what anybody may put in front is quiet, what somebody registered is strong. Read out as one name.
Flow {
    id: name

    required property var host

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false
    Accessible.name: host ? host.before + host.registrable : ""
    Accessible.role: Accessible.StaticText

    AppText {
        Accessible.ignored: true
        font.pixelSize: Style.text.lead
        quiet: true
        text: name.host ? name.host.before : ""
        width: Math.min(implicitWidth, name.width)
        wrapMode: Text.WrapAnywhere
    }

    AppText {
        Accessible.ignored: true
        font.pixelSize: Style.text.lead
        font.weight: Font.Bold
        text: name.host ? name.host.registrable : ""
        width: Math.min(implicitWidth, name.width)
        wrapMode: Text.WrapAnywhere
    }
}
