"""What was pasted or dropped: clipboard data comes in four kinds, and each is one of these."""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

_INLINE_IMAGE = re.compile(
    r"""<img\b[^>]*?\bsrc=["']data:image/[a-z+]+;base64,([A-Za-z0-9+/=\s]+)["']""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Files:
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


Intake = Files | Picture | Text | Nothing


def take(mime: QMimeData | None) -> Intake:
    """Files first, then pixels, then a picture inside HTML, then a link or text. An empty clipboard has no data."""
    if mime is None:
        return Nothing()
    if paths := tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()):
        return Files(paths)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Picture(png(image))
    if mime.hasHtml() and (data := _inline_image(mime.html())):
        return Picture(data)
    text = mime.text().strip() or next((url.toString() for url in mime.urls()), "")
    return Text(text) if text else Nothing()


def png(image: QImage) -> bytes:
    """The picture as a PNG file, so that pixels from everywhere take the same way in."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _inline_image(html: str) -> bytes | None:
    found = _INLINE_IMAGE.search(html)
    if found is None:
        return None
    try:
        return b64decode(found[1])
    except binascii.Error:
        return None
