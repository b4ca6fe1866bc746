"""The compare page on a terminal: side by side, what differs first, what is alike folded."""

from collections.abc import Callable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from labelviewer.cli.screen import (
    QUIET,
    STRONG,
    bullets,
    grid,
    indented,
    mark,
    notice_row,
    paragraphs,
    plain,
    section,
    stacked,
    toned,
)
from labelviewer.domain.comparison import Contrast
from labelviewer.present.compare_page import Cell, Column, CompareGroup, ComparePage, CompareRow
from labelviewer.words.catalogue import Words


def compare_view(page: ComparePage, words: Words, *, explain: bool) -> Group:
    return Group(*_parts(page, words, explain=explain))


def _parts(page: ComparePage, words: Words, *, explain: bool) -> Iterator[RenderableType]:
    yield section(words.say("heading.compare"), _heads(page, words))
    if page.notices:
        yield section(words.say("heading.alerts"), *map(notice_row, page.notices))
    if page.sentences:
        yield section(words.say("heading.differences"), bullets(page.sentences))
    if page.schemes:
        yield section(words.say("heading.schemes"), bullets(page.schemes))
    yield section(page.differences_caption, *_rows(page, lambda row: row.differs, explain=explain))
    if explain:
        if page.gaps:
            yield section(
                words.say("compare.gap", n=page.gaps),
                *_rows(page, lambda row: row.contrast is Contrast.GAP, explain=True),
            )
        if page.same:
            alike = _rows(page, lambda row: row.contrast is Contrast.SAME, explain=True)
            yield section(words.say("compare.same", n=page.same), *alike)
        if page.unanswered:
            silent = _rows(page, lambda row: row.contrast is Contrast.UNANSWERED, explain=True)
            yield section(words.say("compare.unanswered", n=page.unanswered), *silent)
    else:
        yield from _folded(page, words)


def _heads(page: ComparePage, words: Words) -> Table:
    table = _columns(page)
    sample = words.message("V12", {}).title
    table.add_row(Text(), *(_head(column, sample) for column in page.columns))
    return table


def _head(column: Column, sample: str) -> Group:
    lines = [plain(line, style) for line, style in ((column.product, STRONG), (column.maker, "")) if line]
    lines += [plain(column.scheme, QUIET), _standing(column)]
    return Group(*lines, *([plain(sample, QUIET)] if column.sample else []))


def _standing(column: Column) -> Text:
    return Text.assemble(mark(column.tone), " ", toned(column.standing, column.tone))


def _name(column: Column) -> Text:
    """A column that is not to be relied on wears its mark wherever it stands."""
    name = plain(column.product, STRONG)
    return Text.assemble(mark(column.tone), " ", name) if column.warning else name


def _rows(page: ComparePage, wanted: Callable[[CompareRow], bool], *, explain: bool) -> Iterator[RenderableType]:
    heads = _columns(page)
    heads.add_row(Text(), *map(_name, page.columns))
    yield heads
    groups = ((group, [row for row in group.rows if wanted(row)]) for group in page.groups)
    yield stacked(_group(group, rows, page, explain=explain) for group, rows in groups if rows)


def _group(group: CompareGroup, rows: Sequence[CompareRow], page: ComparePage, *, explain: bool) -> Group:
    """A sentence that stands on top already is not said again."""
    table = _columns(page)
    for row in rows:
        table.add_row(plain(row.name), *(_cell(cell, explain=explain) for cell in row.cells))
    sentences = [row.sentence for row in rows if row.sentence and row.sentence not in page.sentences]
    return Group(plain(group.title, QUIET), table, *([bullets(sentences)] if sentences else []))


def _cell(cell: Cell, *, explain: bool) -> Group:
    said = Text.assemble(mark(cell.tone), " ", toned(cell.text, cell.tone))
    more = [plain(cell.strength, QUIET)] if cell.strength else []
    more += [paragraphs(cell.detail, QUIET)] if explain and cell.detail else []
    return Group(said, *more)


def _folded(page: ComparePage, words: Words) -> Iterator[RenderableType]:
    counts = {"compare.gap": page.gaps, "compare.same": page.same, "compare.unanswered": page.unanswered}
    if any(counts.values()):
        said = words.join([words.say(key, n=count) for key, count in counts.items() if count])
        yield Text()
        yield indented(plain(said, STRONG), plain(words.say("cli.see-all"), QUIET))


def _columns(page: ComparePage) -> Table:
    return grid(2, *(3 for _ in page.columns))
