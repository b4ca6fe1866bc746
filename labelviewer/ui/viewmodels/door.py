"""The way from the first page to the rooms behind it: shut until they are there."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal

from labelviewer.ui.viewmodels.maps import QVARIANT


class DoorViewModel(QObject):
    opened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms: dict[str, QObject] | None = None

    @Property(QVARIANT, notify=opened)
    def rooms(self) -> Any:
        """The view models by name; null at first."""
        return self._rooms

    def open(self, rooms: dict[str, QObject]) -> None:
        self._rooms = rooms
        self.opened.emit()
