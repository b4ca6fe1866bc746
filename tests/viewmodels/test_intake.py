"""Clipboard data comes in four kinds; each is taken, and the first that fits wins."""

import time
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from labelviewer.resources import SAMPLES
from labelviewer.ui.intake import Files, Intake, Nothing, Picture, Text, WebPicture, png, take
from tests.ui_fixtures import mime

CODE = SAMPLES / "us-ctm" / "camera-a" / "code.png"
INLINE = b64encode(CODE.read_bytes()).decode()
LINK = "https://samples.labelviewer.example/l/camera-a"


def local(*names: str) -> tuple[QUrl, ...]:
    return tuple(QUrl.fromLocalFile(name) for name in names)


KINDS: dict[str, tuple[QMimeData, Intake]] = {
    "one file": (mime(urls=local("/a/box.jpg")), Files((Path("/a/box.jpg"),))),
    "several files": (mime(urls=local("/a/1.jpg", "/a/2.jpg")), Files((Path("/a/1.jpg"), Path("/a/2.jpg")))),
    "a file with its name as text": (mime(urls=local("/a/b.jpg"), text="/a/b.jpg"), Files((Path("/a/b.jpg"),))),
    "a file with a blank": (mime(urls=local("/a/my box.jpg")), Files((Path("/a/my box.jpg"),))),
    "text": (mime(text=LINK), Text(LINK)),
    "text with blanks round it": (mime(text=f"  {LINK}\n"), Text(LINK)),
    "a link without text": (mime(urls=(QUrl(LINK),)), Text(LINK)),
    "a web page's picture": (
        mime(html=f'<p><img alt="x" src="data:image/png;base64,{INLINE}"></p>', text="x"),
        Picture(CODE.read_bytes()),
    ),
    "a web page's picture in other quotes": (
        mime(html=f"<IMG SRC='data:image/png;base64,{INLINE}'>"),
        Picture(CODE.read_bytes()),
    ),
    "a web page's picture by its address": (
        mime(html=f'<meta charset="utf-8"><img alt="x" src="{LINK}.png?w=1&amp;h=2">', text=LINK),
        WebPicture(f"{LINK}.png?w=1&h=2"),
    ),
    "a linked picture": (mime(html=f'<a href="{LINK}"><img src="{LINK}"></a>', text=LINK), WebPicture(LINK)),
    "a picture at the page's own scheme": (mime(html='<img src="//a.example/b">'), WebPicture("https://a.example/b")),
    "a picture over an open line": (mime(html='<img src="http://a.example/b">'), WebPicture("http://a.example/b")),
    "a picture's address as text": (mime(text=f"{LINK}.jpg"), WebPicture(f"{LINK}.jpg")),
    "a picture's address as a link": (mime(urls=(QUrl(f"{LINK}.webp?x=1"),)), WebPicture(f"{LINK}.webp?x=1")),
    "text with a picture in it": (mime(html=f'See <img src="{LINK}.png">', text="See"), Text("See")),
    "two pictures": (mime(html='<img src="https://a.example/1"><img src="https://a.example/2">', text="t"), Text("t")),
    "a picture from nowhere": (mime(html='<img src="cid:1"><img>', text="t"), Text("t")),
    "a picture without an address": (mime(html="<img>", text="t"), Text("t")),
    "a picture of the file system": (mime(html='<img src="file:///etc/hosts">', text="t"), Text("t")),
    "a sentence that ends like a picture": (mime(text=f"my box {LINK}.jpg"), Text(f"my box {LINK}.jpg")),
    "a web page with a broken picture": (
        mime(html='<img src="data:image/png;base64,A">', text="instead"),
        Text("instead"),
    ),
    "blanks only": (mime(text=" \n "), Nothing()),
    "nothing": (mime(), Nothing()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_taken(kind: str) -> None:
    data, expected = KINDS[kind]
    assert take(data) == expected


TYPES = (
    "text/plain",
    "text/html",
    "text/uri-list",
    "image/png",
    "application/x-qt-image",
    "application/x-color",
    "x/y",
)


@pytest.mark.threat("T34")
@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(TYPES), st.binary(max_size=200) | st.text(max_size=200).map(str.encode)))
def test_whatever_another_program_hands_over_is_one_of_five_things(handed: dict[str, bytes]) -> None:
    data = QMimeData()
    for kind, value in handed.items():
        data.setData(kind, value)
    assert isinstance(take(data), Files | Picture | WebPicture | Text | Nothing)


HUGE = 10_000_000


@pytest.mark.threat("T34")
@pytest.mark.parametrize(
    "data",
    [
        mime(text="https://a.example/" + "x" * HUGE),
        mime(html="<img" * (HUGE // 4), text="t"),
        mime(html='<img src="data:image/png;base64,' * 3_000, text="t"),
        mime(html="<" * HUGE, text="t"),
        mime(text="a." * (HUGE // 2) + "png"),
    ],
    ids=["an address", "pictures", "pictures inside", "brackets", "a name"],
)
def test_more_than_anybody_means_takes_no_more_than_a_moment(data: QMimeData) -> None:
    start = time.process_time()
    take(data)
    assert time.process_time() - start < 3


@pytest.mark.threat("T34")
@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "file:///etc/passwd", "smb://a.example/b", "\\\\a\\b", "--help"]
)
def test_what_is_dropped_as_text_or_link_is_text_and_opens_nothing(text: str) -> None:
    assert take(mime(text=text)) == Text(text)
    link = take(mime(urls=(QUrl(text),)))
    assert isinstance(link, Text | Nothing) or text.startswith("file:")


def test_pixels_become_a_picture_file_with_the_same_pixels() -> None:
    image = QImage(str(CODE))
    taken = take(mime(image=image, text="beside it"))
    assert isinstance(taken, Picture)
    assert QImage.fromData(taken.data).convertToFormat(image.format()) == image


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/heic", "image/heif", "image/avif"])
def test_a_picture_file_on_the_clipboard_stays_as_it_is(kind: str) -> None:
    data = mime(text="beside it")
    data.setData(kind, b"whatever this is")
    assert take(data) == Picture(b"whatever this is")


def test_files_go_before_the_pixels_of_their_preview() -> None:
    assert take(mime(urls=local("/a/box.jpg"), image=QImage(str(CODE)))) == Files((Path("/a/box.jpg"),))


def test_an_image_that_is_no_image_gives_way_to_text() -> None:
    assert take(mime(image=QImage(), text=LINK)) == Text(LINK)


def test_a_clipboard_without_any_data_is_nothing() -> None:
    assert take(None) == Nothing()


def test_a_picture_file_is_png() -> None:
    assert png(QImage(str(CODE))).startswith(b"\x89PNG")
