"""Draws a page with Qt: as a PDF, as a picture, on a printer; black on white, all of it text and shapes.

Words are put in as text, one by one: nothing that a label says is ever read as a document.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from labelviewer.adapters.pictures import png
from labelviewer.adapters.qr_writer import picture as code_picture
from labelviewer.domain.paper import Entry, Head, Paper, Part

DOTS: Final = 96  # an inch; pages are laid out on this grid and scaled, so that all look alike
POINTS: Final = (10.0, 9.5, 9.0, 8.5, 8.0)  # the largest with which all is on one page
READING: Final = 9.5  # where it takes several pages anyway
MARGIN_MM: Final = 13.0
CODE_MM: Final = 27.0
LETTER_LANDS: Final = frozenset(("US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA"))
_INCH: Final = 25.4
_SANS: Final = ("Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans")


class Sheet(NamedTuple):
    """Sides in millimetres, upright."""

    width: float
    height: float


A4: Final = Sheet(210, 297)
LETTER: Final = Sheet(215.9, 279.4)


def sheet_for(languages: Sequence[str]) -> Sheet:
    """What printers hold where the first of the system's languages with a region is spoken."""
    tags = (tag.partition(".")[0].replace("_", "-") for tag in languages)
    regions = (part for tag in tags for part in tag.split("-")[1:] if len(part) == 2)
    return LETTER if next(regions, "").upper() in LETTER_LANDS else A4


class Laid(NamedTuple):
    """A page laid out for a sheet; `width` and `height` of what is inside its margins, in dots."""

    document: QTextDocument
    paper: Paper
    width: float
    height: float

    @property
    def pages(self) -> int:
        return self.document.pageCount()


@contextmanager
def letters() -> Iterator[None]:
    """Fonts need an application: the window's, or one of our own that shows nothing."""
    if QGuiApplication.instance() is not None:
        yield
        return
    if sys.platform not in ("win32", "darwin"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(["labelviewer"])
    yield
    application.shutdown()


def laid_out(papers: Sequence[Paper], sheet: Sheet = A4) -> Laid:
    """The first of `papers`, from the fullest to the shortest, that fits on one page; else all of the last one."""
    for paper in papers:
        for points in POINTS:
            laid = _lay(paper, sheet, points)
            if laid.pages <= 1:
                return laid
    return _lay(papers[-1], sheet, READING)


def pdf(papers: Sequence[Paper], sheet: Sheet = A4) -> bytes:
    laid = laid_out(papers, sheet)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(laid.paper.title)
    writer.setCreator("labelviewer")
    writer.setResolution(1_200)
    set_page(writer, laid, sheet)
    draw(laid, writer, writer.resolution())
    buffer.close()
    return bytes(data.data())


def picture(papers: Sequence[Paper], sheet: Sheet = A4, *, dots: int = 150) -> bytes:
    """The pages below each other, as PNG."""
    images = page_images(laid_out(papers, sheet), sheet, dots=dots)
    whole = QImage(images[0].width(), sum(image.height() for image in images), QImage.Format.Format_Grayscale8)
    painter = QPainter(whole)
    top = 0
    for image in images:
        painter.drawImage(0, top, image)
        top += image.height()
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    whole.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def page_images(laid: Laid, sheet: Sheet = A4, *, dots: int = 150) -> list[QImage]:
    wide, high = _turned(sheet, laid.paper)
    images = []
    for page in range(laid.pages):
        image = QImage(_dots(wide, dots), _dots(high, dots), QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(dots / DOTS, dots / DOTS)
        margin = _dots(MARGIN_MM, DOTS)
        painter.translate(margin, margin)
        _draw_page(laid, painter, page)
        painter.end()
        images.append(image)
    return images


def set_page(device: QPagedPaintDevice, laid: Laid, sheet: Sheet) -> None:
    size = QPageSize(QPageSize.PageSizeId.Letter if sheet == LETTER else QPageSize.PageSizeId.A4)
    across = QPageLayout.Orientation.Landscape if laid.paper.wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    device.setPageLayout(QPageLayout(size, across, margins, QPageLayout.Unit.Millimeter))


def draw(laid: Laid, device: QPagedPaintDevice, dots: int) -> bool:
    """On a device whose page is set already, one page after the other; False where it takes none."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(dots / DOTS, dots / DOTS)
    for page in range(laid.pages):
        if page:
            device.newPage()
        _draw_page(laid, painter, page)
    return painter.end()


def _draw_page(laid: Laid, painter: QPainter, page: int) -> None:
    painter.save()
    painter.translate(0, -page * laid.height)
    laid.document.drawContents(painter, QRectF(0, page * laid.height, laid.width, laid.height))
    painter.restore()


def _turned(sheet: Sheet, paper: Paper) -> tuple[float, float]:
    return (sheet.height, sheet.width) if paper.wide else (sheet.width, sheet.height)


def _dots(millimetres: float, dots: float) -> int:
    return round(millimetres / _INCH * dots)


def _lay(paper: Paper, sheet: Sheet, points: float) -> Laid:
    wide, high = (_dots(side - 2 * MARGIN_MM, DOTS) for side in _turned(sheet, paper))
    document = QTextDocument()
    font = QFont(list(_SANS))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPointSizeF(points)
    document.documentLayout().setPaintDevice(_grid())
    document.setDefaultFont(font)
    document.setUseDesignMetrics(True)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(_direction(paper))
    document.setDefaultTextOption(option)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(wide, high))
    writer = _Writer(document, paper, points)
    writer.write()
    _keep_with_what_follows(document, writer.headings, high)
    return Laid(document, paper, wide, high)


def _keep_with_what_follows(document: QTextDocument, headings: Sequence[tuple[int, int]], height: float) -> None:
    """A heading at the end of a page goes to the next one, where its first row is. Both are places in the text."""
    layout = document.documentLayout()
    for place, first in headings if document.pageCount() > 1 else ():
        block = document.findBlock(place)
        here, below = (layout.blockBoundingRect(each).bottom() // height for each in (block, document.findBlock(first)))
        if here != below:
            cursor = QTextCursor(block)
            form = cursor.blockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(form)


_GRID: list[QImage] = []


def _grid() -> QImage:
    """What text is measured against: the same everywhere, whatever screen there is."""
    if not _GRID:
        image = QImage(1, 1, QImage.Format.Format_Grayscale8)
        image.setDotsPerMeterX(round(DOTS / _INCH * 1000))
        image.setDotsPerMeterY(round(DOTS / _INCH * 1000))
        _GRID.append(image)
    return _GRID[0]


def _direction(paper: Paper) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if paper.from_right else Qt.LayoutDirection.LeftToRight


class _Writer:
    """Puts one paper into one document, from top to bottom."""

    def __init__(self, document: QTextDocument, paper: Paper, points: float) -> None:
        self._document = document
        self._paper = paper
        self._points = points
        self._cursor = QTextCursor(document)
        self._fresh = True
        self.headings: list[tuple[int, int]] = []

    def write(self) -> None:
        """In one step: each change would lay out the whole document anew."""
        self._cursor.beginEditBlock()
        self._all()
        self._cursor.endEditBlock()

    def _all(self) -> None:
        paper = self._paper
        self._text(paper.title, 1.7, bold=True)
        self._text(paper.made)
        if paper.heads:
            self._heads(paper.heads)
        for part in paper.parts:
            self._part(part)
        for number, line in enumerate(paper.foot):
            self._text(line, 0.85, above=0.8 if number == 0 else 0)

    def _heads(self, heads: Sequence[Head]) -> None:
        """Codes side by side with the words below them; a code alone has its words beside it."""
        alone = len(heads) == 1 and heads[0].code != ""
        table = self._table(1, 2 if alone else len(heads), rule=0, first=17 if alone else None)
        for number, head in enumerate(heads):
            cursor = table.cellAt(0, self._place(table, number)).firstCursorPosition()
            self._style(cursor)
            if head.code:
                self._code(cursor, head.code, number)
            if alone:
                cursor = table.cellAt(0, self._place(table, 1)).firstCursorPosition()
                self._style(cursor)
            self._head(cursor, head, begun=head.code != "" and not alone)
        self._leave()

    def _head(self, cursor: QTextCursor, head: Head, *, begun: bool) -> None:
        names = [(head.name, 1.15)] if head.name else []
        for number, (text, size) in enumerate((*names, *((line, 0.9) for line in (*head.lines, head.caption)))):
            if number or begun:
                cursor.insertBlock()
                self._style(cursor)
            cursor.insertText(text, self._letters(size, bold=size > 1))

    def _part(self, part: Part) -> None:
        if part.title:
            self._text(part.title, 1.1, bold=True, above=0.9)
        place = self._cursor.position()
        if part.lines:
            first = self._lines(part)
            if part.title:
                self.headings.append((place, first))
        for number, text in enumerate(part.texts):
            self._text(f"☐  {text}" if part.ticked else text, above=0.25 if number == 0 and not part.title else 0)
            if part.ticked:
                self._text("", 1.6)

    def _lines(self, part: Part) -> int:
        """Where the first of them begins."""
        names = [head.name for head in self._paper.heads]
        several = len(names) > 1
        table = self._table(len(part.lines) + several, len(names) + 1, rule=1, heads=int(several))
        for column, name in enumerate(names if several else (), 1):
            self._cell(table, 0, column, Entry(name), bold=True)
        for row, line in enumerate(part.lines, int(several)):
            self._cell(table, row, 0, Entry(line.name))
            for column, entry in enumerate(line.entries, 1):
                self._cell(table, row, column, entry)
        self._leave()
        return table.cellAt(int(several), 0).firstPosition()

    def _place(self, table: QTextTable, column: int) -> int:
        """Qt does not turn a table around where the writing does."""
        return table.columns() - 1 - column if self._paper.from_right else column

    def _cell(self, table: QTextTable, row: int, column: int, entry: Entry, *, bold: bool = False) -> None:
        cursor = table.cellAt(row, self._place(table, column)).firstCursorPosition()
        self._style(cursor)
        if entry.mark:
            cursor.insertText(f"{entry.mark} ", self._letters())
        cursor.insertText(entry.text, self._letters(bold=bold))
        if entry.more:
            cursor.insertBlock()
            self._style(cursor)
            cursor.insertText(entry.more, self._letters(0.85))

    def _table(self, rows: int, columns: int, *, rule: float, heads: int = 0, first: float | None = None) -> QTextTable:
        form = QTextTableFormat()
        form.setHeaderRowCount(heads)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorder(rule)
        form.setBorderBrush(QColor(128, 128, 128))
        form.setCellPadding(0.18 * self._points)
        form.setCellSpacing(0)
        form.setTopMargin(0.25 * self._points)
        form.setBottomMargin(0.7 * self._points)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setLayoutDirection(_direction(self._paper))
        if rule:
            first = 34 if columns == 2 else 28 if columns == 3 else 22
        if first is not None:
            rest = (100 - first) / (columns - 1)
            widths = [first, *[rest] * (columns - 1)]
        else:
            widths = [100 / columns] * columns
        if self._paper.from_right:
            widths.reverse()
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in widths])
        return self._cursor.insertTable(rows, columns, form)

    def _leave(self) -> None:
        """Qt keeps an empty line below a table: what follows stands in it."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _code(self, cursor: QTextCursor, text: str, number: int) -> None:
        name = QUrl(f"code:{number}")
        image = QImage.fromData(png(code_picture(text)))
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, name, image)
        form = QTextImageFormat()
        form.setName(name.toString())
        form.setWidth(_dots(CODE_MM, DOTS))
        form.setHeight(_dots(CODE_MM, DOTS))
        cursor.insertImage(form)

    def _text(self, text: str, size: float = 1.0, *, bold: bool = False, above: float = 0) -> None:
        if not self._fresh:
            self._cursor.insertBlock()
        self._fresh = False
        self._style(self._cursor, above)
        self._cursor.insertText(text, self._letters(size, bold=bold))

    def _style(self, cursor: QTextCursor, above: float = 0) -> None:
        form = QTextBlockFormat()
        form.setLayoutDirection(_direction(self._paper))
        form.setTopMargin(above * self._points)
        cursor.setBlockFormat(form)

    def _letters(self, size: float = 1.0, *, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontPointSize(size * self._points)
        form.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        form.setForeground(Qt.GlobalColor.black)
        return form
