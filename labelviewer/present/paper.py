"""What a printed page says: the check first, then what differs, then the rest; with a code back to each label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.comparison import Contrast
from labelviewer.domain.paper import Entry, Head, Line, Paper, Part
from labelviewer.domain.plain_text import ELLIPSIS
from labelviewer.present.answers import host_of
from labelviewer.present.compare_page import ComparePage, CompareRow, compare_page
from labelviewer.present.label_page import LabelPage, label_page
from labelviewer.present.notice import Notice, Tone
from labelviewer.present.way_back import way_back
from labelviewer.words.direction import isolated

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.present.criteria import CriterionRow
    from labelviewer.present.facts import Fact
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

MARKS: Final[Mapping[Tone, str]] = {
    Tone.OK: "✓",
    Tone.INFO: "",
    Tone.HINT: "",
    Tone.CHOICE: "",
    Tone.WARN: "▲",
    Tone.DANGER: "✗",
    Tone.SILENT: "–",
}
"""Beside the words, never in their place: shapes that a black printer keeps apart."""

CELL: Final = 160  # characters of one answer; the whole of it is on the label
NAME: Final = 60
ROWS: Final = (None, 40, 24, 14, 8)  # how many rows at most, from the fullest page to the shortest
ONE_PAGE: Final = 2  # products


def compare_papers(
    inspections: Sequence[Inspection], words: Words, packs: Packs, today: date, *, show_hidden: bool = False
) -> tuple[Paper, ...]:
    """From the fullest to the shortest: two products go on one page. More than two lie across, on more pages."""
    page = compare_page(inspections, words, packs, today, show_hidden=show_hidden)
    looks = [label_page(each, words, packs, today, show_hidden=show_hidden) for each in inspections]
    heads = tuple(
        _head(column.product, (_headline(look), column.maker, column.scheme), look, inspection, words)
        for column, look, inspection in zip(page.columns, looks, inspections, strict=True)
    )
    rows = ROWS if len(heads) <= ONE_PAGE else ROWS[:1]
    papers = (
        Paper(
            title=words.say("heading.compare"),
            made=words.say("paper.made", date=today),
            language=words.language,
            from_right=words.from_right,
            heads=heads,
            parts=tuple(_compared(page, looks, words, at_most)),
            foot=_foot(any(look.ribbon for look in looks), words),
            wide=len(heads) > ONE_PAGE,
        )
        for at_most in rows
    )
    return tuple(dict.fromkeys(papers))


def label_papers(
    inspection: Inspection, words: Words, packs: Packs, today: date, *, show_hidden: bool = False
) -> tuple[Paper, ...]:
    look = label_page(inspection, words, packs, today, show_hidden=show_hidden)
    by = (words.say("page.by", maker=look.maker) if look.maker else "", look.model, look.scheme)
    named = look.product or words.say("page.unproven")
    parts = [_notices("", (look.headline, *look.alerts), words), _facts([look], words, in_full=True)]
    if look.facts_hidden:
        parts.append(Part("", texts=(words.say("page.facts-hidden"),)))
    parts += [Part(group.title, tuple(_said(row, words) for row in group.rows)) for group in look.groups]
    if look.not_told:
        parts.append(Part(words.say("heading.not-told"), texts=look.not_told))
    paper = Paper(
        title=_safe(named, words),
        made=words.say("paper.made", date=today),
        language=words.language,
        from_right=words.from_right,
        heads=(replace(_head("", by, look, inspection, words), name=""),),
        parts=tuple(parts),
        foot=_foot(look.ribbon is not None, words, has_limits=bool(look.not_told)),
    )
    return (paper,)


def _head(product: str, lines: Iterable[str], look: LabelPage, inspection: Inspection, words: Words) -> Head:
    code = way_back(inspection)
    caption = words.say("paper.code", host=host_of(code)) if code else words.say("paper.no-code")
    return Head(
        name=_safe(product, words, NAME),
        lines=tuple(_safe(line, words) for line in (*lines, look.came_from) if line),
        code=code,
        caption=caption,
    )


def _headline(look: LabelPage) -> str:
    return f"{MARKS[look.headline.tone]} {look.headline.title}".strip()


def _compared(page: ComparePage, looks: Sequence[LabelPage], words: Words, at_most: int | None) -> Iterator[Part]:
    yield _facts(looks, words, in_full=False)
    if page.notices:
        yield _notices("", page.notices, words)
    if page.sentences:
        yield Part(words.say("heading.differences"), texts=page.sentences)
    rows = [row for group in page.groups for row in group.rows]
    different = [row for row in rows if row.contrast is Contrast.DIFFERENT]
    gaps = [row for row in rows if row.contrast is Contrast.GAP]
    shown = len(different) + len(gaps) if at_most is None else at_most
    yield from _rows("compare.different", different, shown, words)
    yield from _rows("compare.gap", gaps, max(shown - len(different), 0), words)
    for contrast in (Contrast.SAME, Contrast.UNANSWERED):
        alike = [row for row in rows if row.contrast is contrast]
        if alike:
            yield Part(words.say(f"compare.{contrast}", n=len(alike)), texts=(_briefly(alike, contrast, words),))


def _rows(key: str, rows: Sequence[CompareRow], at_most: int, words: Words) -> Iterator[Part]:
    """The rest is counted, never left out in silence."""
    if not rows:
        return
    lines = tuple(
        Line(
            _cut(row.name, words, NAME),
            tuple(Entry(_cut(cell.text, words, CELL), MARKS[cell.tone], cell.strength) for cell in row.cells),
        )
        for row in rows[:at_most]
    )
    left = len(rows) - len(lines)
    yield Part(words.say(key, n=len(rows)), lines, (words.say("paper.more", n=left),) if left else ())


def _briefly(rows: Sequence[CompareRow], contrast: Contrast, words: Words) -> str:
    """What all say alike with their answer; what nobody answers by name alone."""
    if contrast is Contrast.UNANSWERED:
        return words.join([row.name for row in rows])
    said = [words.say("says.named", name=row.name, says=_cut(row.cells[0].text, words, NAME)) for row in rows]
    return words.say("says.between").join(said)


def _facts(looks: Sequence[LabelPage], words: Words, *, in_full: bool) -> Part:
    facts = [
        Line(first.question, tuple(_fact(look.facts[place], words, in_full=in_full) for look in looks))
        for place, first in enumerate(looks[0].facts)
    ]
    return Part(words.say("heading.facts"), tuple(facts))


def _fact(fact: Fact, words: Words, *, in_full: bool) -> Entry:
    return Entry(_cut(fact.answer, words, CELL), MARKS[fact.tone], _cut(fact.detail, words, CELL) if in_full else "")


def _said(row: CriterionRow, words: Words) -> Line:
    return Line(_cut(row.name, words, NAME), (Entry(_cut(row.says, words, CELL), MARKS[row.tone]),))


def _notices(title: str, notices: Iterable[Notice], words: Words) -> Part:
    """Title and body of each; the mark is a shape beside the words."""
    said = (f"{MARKS[each.tone]} {each.title}. {each.body}".strip() for each in notices)
    return Part(title, texts=tuple(_cut(each, words, 2 * CELL) for each in said))


def _foot(sample: bool, words: Words, *, has_limits: bool = False) -> tuple[str, ...]:
    keys = () if has_limits else ("limits.copied", "limits.maker", "limits.changed")
    limits = tuple(words.say(key) for key in keys)
    return (*((words.say("sample.line"),) if sample else ()), *limits, words.say("paper.again"))


def _safe(text: str, words: Words, limit: int = CELL) -> str:
    return isolated(_cut(text, words, limit), words.language)


def _cut(text: str, words: Words, limit: int) -> str:
    """Shortened at a word where there is one near, and said so."""
    if len(text) <= limit:
        return text
    kept = text[:limit]
    word = kept.rfind(" ", limit // 2)
    return words.say("paper.cut", text=kept[: word if word > 0 else limit].rstrip() + ELLIPSIS)
