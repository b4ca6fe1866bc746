"""Pictures that are made here, for QML: `image://gallery/<n>`; each stays until it is let go."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

PROVIDER = "gallery"


class Gallery(QQuickImageProvider):
    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._number = 0
        self._images: dict[str, QImage] = {}

    def hang(self, image: QImage) -> str:
        """The address under which QML finds the picture."""
        self._number += 1
        self._images[str(self._number)] = image
        return f"image://{PROVIDER}/{self._number}"

    def take_down(self, address: str) -> None:
        self._images.pop(address.rpartition("/")[2], None)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N803, ARG002
        return self._images.get(id, QImage())
