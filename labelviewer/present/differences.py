"""What sets products apart, in one sentence for each row; states it, and does not weigh it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.label import Answer, Kind, Stated
from labelviewer.present.answers import one_after_another, say_value
from labelviewer.words.dates import say_span

if TYPE_CHECKING:
    from labelviewer.domain.comparison import Cell, Row
    from labelviewer.domain.errors import Fact, Facts
    from labelviewer.present.sheet import Sheet
    from labelviewer.words.catalogue import Words

QUOTED: Final = 80
"""Longer texts are not repeated in a sentence."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One sentence to be: who says it, which template, and with which facts in its blanks."""

    who: tuple[str, ...]
    part: str
    facts: Facts


Saying = tuple[str, dict[str, "Fact"]]
"""A template, and what fills its blanks beside the names."""


def difference(row: Row, name: str, sheets: Sequence[Sheet], products: Sequence[str]) -> str:
    """`products` are the columns' names; those who do not answer are left out, and those who say what the reference
    says. The reference is named first."""
    words = sheets[0].words
    sides = _sides(row, sheets, products)
    held = row.reference is not None
    if any(len(cell.answers) > 1 for cell, _, _ in sides):
        parts = _gather([(product, *_several(cell, sheet)) for cell, sheet, product in sides], held=held)
        return _sentences(row.topic, name, parts, words, own=False)
    answers = [(cell.answers[0], sheet, product) for cell, sheet, product in sides]
    own = all(_asks_once(answer, sheet) for answer, sheet, _ in answers)
    if own and (longer := _longer(answers, words, held=held)):
        return longer
    if any(_is_long_text(answer) for answer, _, _ in answers):
        return words.say("difference.text", name=name)
    parts = _gather([(product, *_saying(answer, sheet)) for answer, sheet, product in answers], held=held)
    return _sentences(row.topic, name, _with_only(parts, answers), words, own=own)


def _sides(row: Row, sheets: Sequence[Sheet], products: Sequence[str]) -> list[tuple[Cell, Sheet, str]]:
    sides = list(zip(row.cells, sheets, products, strict=True))
    if row.reference is None:
        return [side for side in sides if side[0].given]
    unlike = [side for side, is_unlike in zip(sides, row.unlike_reference, strict=True) if is_unlike]
    return [sides[row.reference], *unlike]


def _longer(answers: Sequence[tuple[Answer, Sheet, str]], words: Words, *, held: bool) -> str:
    """Two ends of support, both to come, are best told apart by the time between them; so is each from a reference."""
    dated = [(answer.value, product) for answer, _, product in answers if isinstance(answer.value, date)]
    key = f"topic.{answers[0][0].topic}.longer"
    if len(dated) != len(answers) or not (held or len(dated) == 2) or not words.knows(key):
        return ""
    if min(day for day, _ in dated) < answers[0][1].today:
        return ""
    first, *others = dated
    pairs = (sorted((first, other), key=lambda pair: pair[0]) for other in others)
    said = [
        words.say(key, long=long, short=short, span=say_span(earlier, later, words.say))
        for (earlier, short), (later, long) in pairs
    ]
    return words.say("difference.between").join(said)


def _several(cell: Cell, sheet: Sheet) -> Saying:
    """What several answers come to: yes, no, yes to some, or one after the other where they are more than that."""
    if len(cell.answers) == 1:
        return _saying(cell.answers[0], sheet)
    if any(answer.kind is not Kind.YES_NO or answer.stated is Stated.UNDISCLOSED for answer in cell.given):
        said = (say_value(answer, sheet.criterion(answer)[1], sheet.words) for answer in cell.given)
        return "choice", {"value": one_after_another(said, sheet.words)}
    yes = sum(answer.stated is Stated.YES for answer in cell.given)
    if not cell.open and yes in (0, len(cell.answers)):
        return ("yes" if yes else "no"), {}
    counts: dict[str, Fact] = {"yes": yes, "total": len(cell.answers)}
    return ("some-open", counts | {"open": cell.open}) if cell.open else ("some", counts)


def _saying(answer: Answer, sheet: Sheet) -> Saying:
    words = sheet.words
    _, text = sheet.criterion(answer)
    match answer.kind, answer.stated, answer.value:
        case (_, Stated.UNDISCLOSED, _):
            return "undisclosed", {}
        case (Kind.LIST, Stated.NO, _):
            return "none", {}
        case (_, _, tuple() as items):
            return "value", {
                "value": words.join([text.choices[item] for item in sorted(items, key=list(text.choices).index)])
            }
        case (_, _, date() as day):
            return ("ended" if day < sheet.today else "value"), {"value": day}
        case (Kind.CHOICE, _, str() as choice):
            return "choice", {"value": text.choices[choice]}
        case (Kind.TEXT, Stated.YES, str() as line):
            return "choice", {"value": line}
        case (_, Stated.YES, _):
            return "yes", {}
        case _:
            return "no", {}


def _is_long_text(answer: Answer) -> bool:
    return answer.kind is Kind.TEXT and isinstance(answer.value, str) and len(answer.value) > QUOTED


def _gather(said: Sequence[tuple[str, str, dict[str, Fact]]], *, held: bool) -> list[_Part]:
    """Those who say the same share a sentence; a yes comes before its no, and the reference before all."""
    parts: list[_Part] = []
    for product, part, facts in said:
        at = next((at for at, other in enumerate(parts) if (other.part, other.facts) == (part, facts)), None)
        if at is None:
            parts.append(_Part((product,), part, facts))
        else:
            parts[at] = replace(parts[at], who=(*parts[at].who, product))
    return sorted(parts, key=lambda each: not held and each.part == "no")


def _with_only(parts: Sequence[_Part], answers: Sequence[tuple[Answer, Sheet, str]]) -> list[_Part]:
    """A list that is all within another one is said to be that "only"."""
    listed = {product: set(answer.value) for answer, _, product in answers if isinstance(answer.value, tuple)}

    def is_within(part: _Part) -> bool:
        mine = listed.get(part.who[0])
        return mine is not None and any(mine < other for other in listed.values())

    return [replace(part, part="only") if is_within(part) else part for part in parts]


def _sentences(topic: str, name: str, parts: Sequence[_Part], words: Words, *, own: bool) -> str:
    """One whole sentence for each part: the topic's own ones, or plain ones under the name of the row."""
    own = own and all(words.knows(f"topic.{topic}.{part.part}") for part in parts)
    stem = f"topic.{topic}" if own else "difference"
    said = words.say("difference.between").join(
        words.say(f"{stem}.{part.part}", n=len(part.who), names=words.join(part.who), **part.facts) for part in parts
    )
    return said if own else words.say("difference.under", name=name, sentences=said)


def _asks_once(answer: Answer, sheet: Sheet) -> bool:
    """A topic's own sentences fit only where one criterion stands for the whole topic."""
    return len(sheet.label.on_topic(answer.topic)) == 1
