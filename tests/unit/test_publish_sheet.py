"""Sheets to print: the codes can be read from paper, the text can be selected, nothing is too small."""

import re
import zlib
from base64 import a85decode
from pathlib import Path

import pytest

from labelviewer.adapters.label_sheet import SheetFontError, SheetLabel, sheet
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.qr_writer import QUIET, matrix
from labelviewer.publish.problem import PublishError
from labelviewer.publish.registry import build
from labelviewer.publish.sheet import write_codes, write_sheet
from tests.labels import packs
from tests.registries import NOW, new_office, no_secret, source, write

LABEL = SheetLabel("https://labels.office.example/l/2026-0001", "Hearth Camera 2", "HC-2", "2026-0001")


def drawn(pdf: bytes) -> str:
    """The pages' drawing commands."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return "".join(zlib.decompress(a85decode(b"<~" + one.strip(), adobe=True)).decode("latin-1") for one in streams)


def rectangles(pdf: bytes) -> list[tuple[float, float, float, float]]:
    return [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", drawn(pdf))]  # type: ignore[misc]


def rendered(pdf: bytes, dots_a_point: float = 4) -> bytes:
    """What a printer makes of the shapes: black rectangles on white."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    page = Image.new("L", (round(595.3 * dots_a_point), round(841.9 * dots_a_point)), 255)
    ink = ImageDraw.Draw(page)
    for x, y, width, height in rectangles(pdf):
        left, top = x * dots_a_point, page.height - (y + height) * dots_a_point
        ink.rectangle((left, top, left + width * dots_a_point - 1, top + height * dots_a_point - 1), fill=0)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("side", [15, 25, 60])
def test_the_codes_of_a_printed_page_are_read(side: float) -> None:
    reading = CodeReader().read(rendered(sheet([LABEL], "Office", side_mm=side)), "page.png")
    assert [seen.text for seen in reading.sightings] == [LABEL.code]


@pytest.mark.parametrize(("asked", "made"), [(1, 15), (15, 15), (25, 25)])
def test_no_code_is_smaller_than_readers_need(asked: float, made: float) -> None:
    boxes = rectangles(sheet([LABEL], "Office", side_mm=asked))
    width = max(x + w for x, _, w, _ in boxes) - min(x for x, _, _, _ in boxes)
    assert width / 72 * 25.4 == pytest.approx(made, abs=0.05)


@pytest.mark.parametrize("side", [15, 25, 60])
def test_codes_keep_their_white_edge_on_every_side(side: float) -> None:
    many = [SheetLabel(f"{LABEL.code}{number}", "Name", "Model", str(number)) for number in range(4)]
    pdf = sheet(many, "Office", side_mm=side)
    reading = CodeReader().read(rendered(pdf), "page.png")
    assert {seen.text for seen in reading.sightings} == {label.code for label in many}
    side_points = side / 25.4 * 72
    edge = QUIET * side_points / len(matrix(many[0].code))
    corners = [(x, y) for x, y, width, height in rectangles(pdf)]
    left, top = min(x for x, _ in corners), max(y + height for _, y, _, height in rectangles(pdf))
    bottom = top - side_points
    for x, y in corners:
        in_first = x < left + side_points and y > bottom - 1
        assert in_first or x >= left + side_points + edge or y <= bottom - edge
    lines = [float(y) for y in re.findall(r"1 0 0 1 [\d.]+ ([\d.]+) Tm", drawn(pdf))]
    assert len(lines) == 3 * len(many)
    highest = max(lines)
    assert highest + 0.75 * 8.5 <= bottom - edge, "letters stay out of it"


def test_name_model_and_number_are_text() -> None:
    text = drawn(sheet([LABEL], "Office"))
    for word in ("Hearth Camera 2", "HC-2", "2026-0001"):
        assert f"({word}) Tj" in text


def test_a_long_name_is_cut_and_not_drawn_over_its_neighbour() -> None:
    text = drawn(sheet([SheetLabel(LABEL.code, "A camera with a very long name " * 4, "", "1")], "Office"))
    assert "A camera with" in text
    assert "long name A camera with a very long name" not in text


def test_as_many_pages_as_it_takes() -> None:
    assert sheet([LABEL] * 100, "Office").count(b"/Type /Page\n") >= 2


def test_letters_that_the_font_lacks_are_said() -> None:
    with pytest.raises(SheetFontError) as refused:
        sheet([SheetLabel(LABEL.code, "カメラ", "", "1")], "Office")
    assert refused.value.text == "カメラ"


def test_the_same_labels_make_the_same_file() -> None:
    assert sheet([LABEL], "Office") == sheet([LABEL], "Office")


def test_published_labels_are_drawn_and_others_are_not(tmp_path: Path) -> None:
    office = new_office(tmp_path / "office")
    for label_id in ("2026-0001", "2026-0002"):
        write(office, source(label_id))
    with pytest.raises(PublishError):
        write_sheet(office, ["2026-0001"], tmp_path / "sheet.pdf", side_mm=25, font=None)
    build(office, packs(), NOW, no_secret)
    assert write_sheet(office, [], tmp_path / "sheet.pdf", side_mm=25, font=None) == 2
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert write_codes(office, ["2026-0002"], tmp_path / "codes") == 1
    (picture,) = (tmp_path / "codes").iterdir()
    (seen,) = CodeReader().read(picture.read_bytes(), picture.name).sightings
    assert seen.text == office.code("2026-0002")
