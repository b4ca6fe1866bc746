import QtQuick
import QtQuick.Dialogs
import QtCore

// The system's own way to say where a file goes, or which one is meant.
Item {
    id: chooser

    readonly property var kinds: ({
            "proof": qsTr("Proof files (*.json)"), "bundle": qsTr("Files of labels (*.lvbundle)"),
            "issuer": qsTr("Files of signers (*.json)"), "csv": qsTr("Tables (*.csv)"),
            "json": qsTr("Data files (*.json)"), "pdf": qsTr("PDF files (*.pdf)"), "txt": qsTr("Text files (*.txt)"),
            "png": qsTr("Pictures (*.png)"), "labelcmp": qsTr("Comparisons (*.labelcmp)")
        })

    signal chosen(place: url)

    function ask(kind: string, name: string) {
        dialog.fileMode = name === "" ? FileDialog.OpenFile : FileDialog.SaveFile;
        dialog.nameFilters = [chooser.kinds[kind], qsTr("All files (*)")];
        if (name !== "")
            dialog.selectedFile = dialog.currentFolder + "/" + name;
        dialog.open();
    }

    FileDialog {
        id: dialog

        currentFolder: StandardPaths.standardLocations(StandardPaths.DocumentsLocation)[0]
        title: fileMode === FileDialog.SaveFile ? qsTr("Save the file") : qsTr("Open a file")
        onAccepted: chooser.chosen(selectedFile)
    }
}
