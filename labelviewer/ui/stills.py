"""The picture that is looked at, for QML: `image://stills/<n>`; only the newest is kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

if TYPE_CHECKING:
    from labelviewer.domain.sighting import Still

PROVIDER = "stills"


class Stills(QQuickImageProvider):
    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._number = 0
        self._image = QImage()

    def keep(self, still: "Still") -> str:
        """The address under which QML finds the picture."""
        self._number += 1
        row = still.width * 3
        self._image = QImage(still.rgb, still.width, still.height, row, QImage.Format.Format_RGB888).copy()
        return f"image://{PROVIDER}/{self._number}"

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N803, ARG002
        return self._image if id == str(self._number) else QImage()
