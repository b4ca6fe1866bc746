"""Text on a terminal: marks, colours and headings; nothing that came from outside can move the cursor."""

import codecs
from collections.abc import Iterable, Mapping
from io import BytesIO, TextIOWrapper
from typing import Final, TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from labelviewer.domain.plain_text import clean
from labelviewer.present.notice import Notice, Tone

WIDEST: Final = 120

MARKS: Final[Mapping[Tone, str]] = {
    Tone.OK: "✓",
    Tone.INFO: "◆",
    Tone.HINT: "◆",
    Tone.CHOICE: "?",
    Tone.WARN: "▲",
    Tone.DANGER: "✗",
    Tone.SILENT: "–",
}
COLOURS: Final[Mapping[Tone, str]] = {
    Tone.OK: "bold blue",
    Tone.INFO: "cyan",
    Tone.HINT: "cyan",
    Tone.CHOICE: "cyan",
    Tone.WARN: "bold yellow",
    Tone.DANGER: "bold red",
    Tone.SILENT: "bright_black",
}
QUIET: Final = "bright_black"
STRONG: Final = "bold"

# What stands in for our own signs where the encoding has no such letters.
_PLAINER: Final[Mapping[str, str]] = {
    "✓": "+",
    "◆": "*",
    "▲": "!",
    "✗": "x",
    "–": "-",
    "•": "-",
    "●": "o",
    "━": "=",
    "─": "-",
}
_NEAREST: Final = "labelviewer-nearest"

# Marks that only turn the writing direction: right in a window, and no more than a risk in a terminal.
_TURNS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


def show(file: TextIO, *parts: RenderableType, width: int | None = None) -> None:
    """Colours on a terminal that wants them; elsewhere plain lines, without blanks at their ends."""
    if file.isatty():
        _screen(file, width).print(*parts, sep="\n")
        return
    page = TextIOWrapper(BytesIO(), file.encoding or "utf-8", errors=_NEAREST, newline="\n")
    _screen(page, width).print(*parts, sep="\n")
    page.seek(0)
    text = page.read()
    file.writelines(f"{line.rstrip()}\n" for line in text.splitlines())


def _screen(file: TextIO, width: int | None) -> Console:
    """Never wider than lines that are good to read."""
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    if width is None:
        console.width = min(console.width, WIDEST)
    return console


def harmless(text: str) -> str:
    return clean(text.translate(_TURNS))


def plain(text: str, style: str = "") -> Text:
    """The only way text gets on the screen: cleaned, and never read as markup."""
    return Text(harmless(text), style)


def paragraphs(text: str, style: str = "") -> Text:
    """Like `plain`, but line breaks stay."""
    return Text("\n".join(map(harmless, text.splitlines())), style)


def stacked(blocks: Iterable[RenderableType]) -> Group:
    """One below the other, with an empty line between."""
    parts = [part for block in blocks for part in (Text(), block)]
    return Group(*parts[1:])


def mark(tone: Tone) -> Text:
    return Text(MARKS[tone], COLOURS[tone])


def toned(text: str, tone: Tone) -> Text:
    return plain(text, COLOURS[tone])


def indented(*parts: RenderableType) -> Padding:
    return Padding(Group(*parts), (0, 0, 0, 2))


def title(text: str) -> Group:
    return Group(Text(), plain(text, STRONG))


def section(title: str, *parts: RenderableType) -> Group:
    return Group(Text(), Rule(plain(title, STRONG), align="left", style=QUIET), indented(*parts))


def grid(*shares: int | None) -> Table:
    """Columns without lines. A share lets a column grow and wrap; None makes it as narrow as what it holds."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=any(shares))
    for share in shares:
        table.add_column(ratio=share, overflow="fold")
    return table


def bullets(lines: Iterable[str]) -> Table:
    table = grid(None, 1)
    for line in lines:
        table.add_row(Text("•", QUIET), plain(line))
    return table


def notice_panel(notice: Notice) -> Panel:
    """A message as the head of an answer; its code is small and last."""
    title = Text.assemble(mark(notice.tone), " ", toned(notice.title, notice.tone))
    return Panel(
        Group(title, plain(notice.body)),
        border_style=COLOURS[notice.tone],
        subtitle=plain(notice.code, QUIET),
        subtitle_align="right",
        padding=(0, 1),
    )


def notice_row(notice: Notice) -> Table:
    table = grid(None, 1)
    table.add_row(mark(notice.tone), Group(toned(notice.title, notice.tone), plain(notice.body)))
    return table


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAINER.get(character, "?") for character in lost), error.end


codecs.register_error(_NEAREST, _nearest)
