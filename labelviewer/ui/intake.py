"""What was pasted or dropped: clipboard data comes in four kinds, and each is one of these."""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

_INLINE_IMAGE = re.compile(
    r"""<img\b[^<>]{0,4000}?\bsrc=["']data:image/[a-z+]+;base64,([A-Za-z0-9+/=\s]+)["']""", re.IGNORECASE
)

_PICTURE_FILES = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/heic",
    "image/heif",
    "image/avif",
    "image/gif",
    "image/tiff",
    "image/bmp",
)
_HTML_CHARACTERS = 100_000
_WEB = re.compile(r"https?://", re.IGNORECASE)
_PICTURE_ADDRESS = re.compile(
    r"https?://[^\s?#]+\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|heic)(?:[?#]\S*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Files:
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes


@dataclass(frozen=True, slots=True)
class WebPicture:
    """A picture that lies at an address; nothing was fetched."""

    address: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


Intake = Files | Picture | WebPicture | Text | Nothing


def take(mime: QMimeData | None) -> Intake:
    """Files first, then a picture, one in or behind HTML, a link or text. An empty clipboard has no data.

    What is a picture file already is not opened here: that has its place.
    """
    if mime is None:
        return Nothing()
    if paths := tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()):
        return Files(paths)
    if file := next(filter(None, (bytes(mime.data(kind).data()) for kind in _PICTURE_FILES)), b""):
        return Picture(file)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Picture(png(image))
    if mime.hasHtml() and (data := _inline_image(mime.html())):
        return Picture(data)
    text = mime.text().strip() or next((url.toString() for url in mime.urls()), "")
    if address := (_only_image(mime.html()) if mime.hasHtml() else "") or _picture_address(text):
        return WebPicture(address)
    return Text(text) if text else Nothing()


def png(image: QImage, quality: int = -1) -> bytes:
    """The picture as a PNG file, so that pixels from everywhere take the same way in; high `quality` is just faster."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _inline_image(html: str) -> bytes | None:
    found = _INLINE_IMAGE.search(html)
    if found is None:
        return None
    try:
        return b64decode(found[1])
    except binascii.Error:
        return None


class _Images(HTMLParser):
    """The addresses of the pictures in a piece of HTML, and the words beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.addresses.append((dict(attrs).get("src") or "").strip())

    def handle_data(self, data: str) -> None:
        self.words += data.strip()


def _only_image(html: str) -> str:
    """Where the one picture lies that this HTML is all about; text with pictures in it is text."""
    images = _Images()
    images.feed(html[:_HTML_CHARACTERS])
    if len(images.addresses) != 1 or images.words:
        return ""
    address = images.addresses[0]
    address = f"https:{address}" if address.startswith("//") else address
    return address if _WEB.match(address) else ""


def _picture_address(text: str) -> str:
    return text if _PICTURE_ADDRESS.fullmatch(text) else ""
