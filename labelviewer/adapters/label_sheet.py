"""Sheets of labels to print, through reportlab: codes as shapes, never as pixels; text that can be selected."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from labelviewer.adapters.qr_writer import QUIET, matrix

LEAST_MM: Final = 15.0  # of the code itself; below it cameras of phones have trouble
USUAL_MM: Final = 25.0
MOST_MM: Final = 150.0
_MARGIN: Final = 12 * mm
_GAP: Final = 4 * mm
_LINE: Final = 3.6 * mm
_BELOW: Final = 0.8 * mm  # room for what hangs below a line
_LARGE: Final = 8.5
_SMALL: Final = 7.0
_BUILT_IN: Final = "Helvetica"


class SheetFontError(ValueError):
    """The file is no TrueType font, or the font has no letter for a text: `text` is it, or empty."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class SheetLabel:
    """What stands beside a code, so that a person can tell which box it belongs on."""

    code: str
    name: str
    model: str
    number: str


def sheet(labels: Sequence[SheetLabel], title: str, *, side_mm: float = USUAL_MM, font: Path | None = None) -> bytes:
    """A PDF, A4. `side_mm` is the side of the code without its white edge. Raises SheetFontError."""
    name = _font(font)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1, lang="en")
    canvas.setTitle(title)
    side = max(LEAST_MM, min(MOST_MM, side_mm)) * mm
    places = _places(side)
    for number, label in enumerate(labels):
        if number and number % len(places) == 0:
            canvas.showPage()
        _draw(canvas, label, places[number % len(places)], side, name)
    canvas.save()
    return out.getvalue()


def _places(side: float) -> list[tuple[float, float]]:
    """The lower left corners of the codes' white edges on one page, from the top."""
    width, height = _edged(side), _edged(side) + 3 * _LINE
    columns = max(1, int((A4[0] - 2 * _MARGIN + _GAP) // (width + _GAP)))
    rows = max(1, int((A4[1] - 2 * _MARGIN + _GAP) // (height + _GAP)))
    return [
        (_MARGIN + column * (width + _GAP), A4[1] - _MARGIN - row * (height + _GAP) - width)
        for row in range(rows)
        for column in range(columns)
    ]


def _edged(side: float) -> float:
    """With room for the white edge of the smallest code, whose modules are the largest: 21 of them."""
    return side * (21 + 2 * QUIET) / 21


def _draw(canvas: Canvas, label: SheetLabel, place: tuple[float, float], side: float, font: str) -> None:
    left, bottom = place
    modules = matrix(label.code)
    step = side / len(modules)
    x0, y0 = left + (_edged(side) - side) / 2, bottom + (_edged(side) - side) / 2
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        for start, end in _runs(line):
            path.rect(x0 + start * step, y0 + side - (row + 1) * step, (end - start) * step, step)
    canvas.drawPath(path, stroke=0, fill=1)
    lines = ((label.name, _LARGE), (label.model, _SMALL), (label.number, _SMALL))
    for number, (text, size) in enumerate(lines):
        if text:
            canvas.setFont(font, size)
            fitted = _fitted(text, font, size, _edged(side))
            canvas.drawCentredString(left + _edged(side) / 2, bottom - (number + 1) * _LINE + _BELOW, fitted)


def _runs(line: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Dark modules side by side as one shape: no hair lines between them."""
    start = None
    for place, dark in enumerate((*line, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place
            start = None


def _fitted(text: str, font: str, size: float, width: float) -> str:
    _refuse_what_cannot_be_drawn(text, font)
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text}…"


def _refuse_what_cannot_be_drawn(text: str, font: str) -> None:
    if font == _BUILT_IN:
        try:
            text.encode("cp1252")
        except UnicodeEncodeError:
            raise SheetFontError(text) from None
    elif any(ord(letter) not in pdfmetrics.getFont(font).face.charToGlyph for letter in text):
        raise SheetFontError(text)


def _font(file: Path | None) -> str:
    if file is None:
        return _BUILT_IN
    try:
        pdfmetrics.registerFont(TTFont("Sheet", str(file)))
    except (TTFError, OSError):
        raise SheetFontError from None
    return "Sheet"
