pragma ComponentBehavior: Bound

import QtQuick
import QtQml

// One frozen picture over every screen.
Item {
    id: areas

    required property var screen
    required property var words

    Instantiator {
        model: areas.screen.shots

        ScreenAreaPage {
            required property int index
            required property var modelData

            number: index
            screenArea: areas.screen
            shot: modelData
            words: areas.words
        }
    }
}
