"""A page as it is read out: sentences in order, each with its place; nothing that only eyes can use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from labelviewer.present.answers import host_of

if TYPE_CHECKING:
    from labelviewer.present.compare_page import CompareGroup, ComparePage
    from labelviewer.present.criteria import CriterionRow
    from labelviewer.present.label_page import LabelPage
    from labelviewer.present.notice import Notice

LONGEST: Final = 300
AT_MOST: Final = 20_000

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>\"“”]+", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[.!?…؟。])[\s]+")
_PAUSE = re.compile(r"\s+[·|→]\s+")
_STOPS: Final = tuple(".!?…؟:;,،。")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. `place` names where it stands on its page; `language` is empty where it is the reader's own."""

    place: str
    text: str
    language: str = ""


def label_passages(page: LabelPage, shown: Collection[str]) -> tuple[Passage, ...]:
    """All that is on the page while everything on it is folded; `shown` are the criteria that are not filtered out."""
    return tuple(_label(page, shown))


def row_passages(row: CriterionRow) -> tuple[Passage, ...]:
    """One criterion with all that it opens to."""
    own = (_named(row.name, row.says), row.line, row.means)
    note = _sentences(_row(row.id), row.note, row.note_language) if row.note else ()
    title = _at(_row(row.id), row.note_title if row.note else "")
    return (*_at(_row(row.id), *own), *title, *note, *_at(_row(row.id), row.why, row.do, row.not_mean, row.strength))


def compare_passages(
    page: ComparePage, notices: Iterable[Notice], groups: Iterable[CompareGroup]
) -> tuple[Passage, ...]:
    """`notices` and `groups` are those that are on."""
    return tuple(_compare(page, notices, groups))


def notice_passages(notice: Notice, *more: str) -> tuple[Passage, ...]:
    """A message, and what was unfolded below it."""
    return (*_notice("message", notice), *_at("more", *more))


def sayable(text: str) -> str:
    """Without what a voice would spell: hosts for addresses, no controls, no marks that only part what is seen."""
    heard = _ADDRESS.sub(lambda found: _host(found.group()), text)
    heard = "".join(" " if each.isspace() else each for each in heard if each.isspace() or not _is_mute(each))
    return " ".join(_PAUSE.sub(", ", heard).split())


def _label(page: LabelPage, shown: Collection[str]) -> Iterator[Passage]:
    if page.ribbon:
        yield from _notice("ribbon", page.ribbon)
    yield from _notice("headline", page.headline)
    for fact in page.facts:
        yield from _at(f"fact.{fact.key}", fact.question, fact.answer, fact.detail)
    yield from _at("product", page.product, page.maker, page.model, page.scheme, page.scheme_language)
    for alert in page.alerts:
        yield from _notice(f"alert.{alert.code}", alert)
    for tile in page.tiles:
        yield from _at(f"tile.{tile.topic}", tile.question, tile.answer, tile.detail)
    if page.timeline:
        yield from _at("timeline", page.timeline.sentence)
    for group in page.groups:
        rows = [row for row in group.rows if row.id in shown]
        if rows:
            yield from _at(f"group.{group.id}", group.title, group.summary)
        for row in rows:
            yield from _at(_row(row.id), _named(row.name, row.says))
    yield from _at("scheme", page.scheme_about, *page.scheme_facts)
    yield from _at("not-told", *page.not_told)


def _compare(page: ComparePage, notices: Iterable[Notice], groups: Iterable[CompareGroup]) -> Iterator[Passage]:
    for column in page.columns:
        yield from _at("columns", column.spoken or column.product)
    for each in notices:
        yield from _notice(f"notice.{each.code}", each)
    yield from _at("differences", page.differences_heading if page.sentences else "", *page.sentences)
    yield from _at("schemes", *page.schemes)
    yield from _at("summary", page.summary)
    for group in groups:
        yield from _at(f"group.{group.id}", group.title)
        for row in group.rows:
            yield from _at(_row(row.id), row.name, *(cell.spoken for cell in row.cells))


def _notice(place: str, notice: Notice) -> Iterator[Passage]:
    return _at(place, notice.title, notice.body)


def _at(place: str, *texts: str) -> Iterator[Passage]:
    for text in texts:
        yield from _sentences(place, text)


def _sentences(place: str, text: str, language: str = "") -> Iterator[Passage]:
    for sentence in _ENDS.split(sayable(text[:AT_MOST])):
        for part in _parts(sentence):
            yield Passage(place, part, language)


def _parts(sentence: str) -> Iterator[str]:
    """No longer than can be followed, cut between words where there are any."""
    while len(sentence) > LONGEST:
        cut = sentence.rfind(" ", 1, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if any(each.isalnum() for each in sentence):
        yield sentence if sentence.endswith(_STOPS) else f"{sentence}."


def _named(name: str, says: str) -> str:
    return f"{name}: {says}" if says else name


def _row(criterion: str) -> str:
    return f"row.{criterion}"


def _host(address: str) -> str:
    """Of an address in a sentence; what ends the sentence is no part of it."""
    bare = address.rstrip(".,;:!?)؟،")
    return host_of(bare) + address[len(bare) :]


def _is_mute(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or character in "\ufffd\ufe0f"
