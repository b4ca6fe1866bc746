"""The QML engine: our files and nothing else; no network, no picture from outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickImageProvider

    from labelviewer.ui.guards import Guards

QML = Path(__file__).parent / "qml"


class Engine:
    """Owns what the engine itself does not keep alive, and the order of taking it apart."""

    def __init__(self) -> None:
        self._guards: Guards | None = None
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(QML))

    def show(self, properties: dict[str, object]) -> QQuickWindow:
        self._engine.setInitialProperties(properties)
        self._engine.loadFromModule("LabelViewer", "Main")
        window = self._engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def guard(self) -> None:
        """From here on nothing but our own files; the first page, before, shows nothing of anyone else."""
        from labelviewer.ui.guards import Guards

        self._guards = self._guards or Guards(self._engine)

    def provide(self, name: str, pictures: QQuickImageProvider) -> None:
        self._engine.addImageProvider(name, pictures)

    def retranslate(self) -> None:
        """The captions of the pages, once more."""
        self._engine.retranslate()

    def close(self) -> None:
        """The views go before the view models they are bound to."""
        shiboken6.delete(self._engine)
