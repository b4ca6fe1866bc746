import QtQuick
import QtQuick.Dialogs
import QtCore

// The system's own way to choose files.
Item {
    id: chooser

    signal chosen(pictures: list<url>)

    function open() {
        dialog.open();
    }

    FileDialog {
        id: dialog

        currentFolder: StandardPaths.standardLocations(StandardPaths.PicturesLocation)[0]
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff *.heic *.heif *.avif)"), qsTr("Comparisons (*.labelcmp)"), qsTr("All files (*)")]
        title: qsTr("Open a picture")
        onAccepted: chooser.chosen(selectedFiles)
    }
}
