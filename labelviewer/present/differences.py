"""What sets products apart, in one sentence for each row; states it, and does not weigh it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.label import Answer, Kind, Stated
from labelviewer.present.answers import say_value, upper_first
from labelviewer.words.dates import say_span

if TYPE_CHECKING:
    from labelviewer.domain.comparison import Cell, Row
    from labelviewer.present.sheet import Sheet
    from labelviewer.words.catalogue import Words

QUOTED: Final = 80
"""Longer texts are not repeated in a sentence."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One clause to be: who says it, which clause, and with what in its blank."""

    who: tuple[str, ...]
    clause: str
    value: str


def difference(row: Row, name: str, sheets: Sequence[Sheet], products: Sequence[str]) -> str:
    """`products` are the columns' names; those who do not answer are left out of the sentence."""
    words = sheets[0].words
    sides = [side for side in zip(row.cells, sheets, products, strict=True) if side[0].given]
    if any(len(cell.answers) > 1 for cell, _, _ in sides):
        parts = _gather([(product, *_several(cell, sheet)) for cell, sheet, product in sides])
        return _sentence(row.topic, name, parts, words, own=False)
    answers = [(cell.answers[0], sheet, product) for cell, sheet, product in sides]
    own = all(_asks_once(answer, sheet) for answer, sheet, _ in answers)
    if own and (longer := _longer(answers, words)):
        return longer
    if any(_is_long_text(answer) for answer, _, _ in answers):
        return words.say("difference.text", name=name)
    parts = _gather([(product, *_clause(answer, sheet)) for answer, sheet, product in answers])
    return _sentence(row.topic, name, _with_only(parts, answers, words), words, own=own)


def _longer(answers: Sequence[tuple[Answer, Sheet, str]], words: Words) -> str:
    """Two ends of support, both to come, are best told apart by the time between them."""
    dated = [(answer.value, product) for answer, _, product in answers if isinstance(answer.value, date)]
    key = f"topic.{answers[0][0].topic}.longer"
    if len(dated) != 2 or len(answers) != 2 or not words.knows(key):
        return ""
    (earlier, short), (later, long) = sorted(dated, key=lambda pair: pair[0])
    if earlier < answers[0][1].today:
        return ""
    return words.say(key, long=long, short=short, span=say_span(earlier, later, words.say))


def _several(cell: Cell, sheet: Sheet) -> tuple[str, str]:
    """What several answers come to: yes, no, yes to some, or one after the other where they are more than that."""
    if len(cell.answers) == 1:
        return _clause(cell.answers[0], sheet)
    if any(answer.kind is not Kind.YES_NO or answer.stated is Stated.UNDISCLOSED for answer in cell.given):
        said = (say_value(answer, sheet.criterion(answer)[1], sheet.words) for answer in cell.given)
        return "choice", sheet.words.say("says.between").join(said)
    yes = sum(answer.stated is Stated.YES for answer in cell.given)
    if yes in (0, len(cell.answers)):
        return ("yes" if yes else "no"), ""
    return "some", sheet.words.say("difference.of", yes=yes, total=len(cell.answers))


def _clause(answer: Answer, sheet: Sheet) -> tuple[str, str]:
    words = sheet.words
    _, text = sheet.criterion(answer)
    match answer.kind, answer.stated, answer.value:
        case (_, Stated.UNDISCLOSED, _):
            return "choice", words.say("word.undisclosed")
        case (Kind.LIST, Stated.NO, _):
            return "none", ""
        case (_, _, tuple() as items):
            return "value", words.join([text.choices[item] for item in items])
        case (_, _, date() as day):
            return ("ended" if day < sheet.today else "value"), words.say("says.date", date=day)
        case (Kind.CHOICE, _, str() as choice):
            return "choice", text.choices[choice]
        case (Kind.TEXT, Stated.YES, str() as line):
            return "choice", line
        case (_, Stated.YES, _):
            return "yes", ""
        case _:
            return "no", ""


def _is_long_text(answer: Answer) -> bool:
    return answer.kind is Kind.TEXT and isinstance(answer.value, str) and len(answer.value) > QUOTED


def _gather(said: Sequence[tuple[str, str, str]]) -> list[_Part]:
    """Those who say the same share a clause; a yes comes before its no."""
    parts: dict[tuple[str, str], list[str]] = {}
    for product, clause, value in said:
        parts.setdefault((clause, value), []).append(product)
    gathered = [_Part(tuple(who), clause, value) for (clause, value), who in parts.items()]
    return sorted(gathered, key=lambda part: part.clause == "no")


def _with_only(parts: Sequence[_Part], answers: Sequence[tuple[Answer, Sheet, str]], words: Words) -> list[_Part]:
    """A list that is all within another one is said to be that "only"."""
    listed = {product: set(answer.value) for answer, _, product in answers if isinstance(answer.value, tuple)}

    def is_within(part: _Part) -> bool:
        mine = listed.get(part.who[0])
        return mine is not None and any(mine < other for other in listed.values())

    return [
        _Part(part.who, part.clause, words.say("difference.only", items=part.value)) if is_within(part) else part
        for part in parts
    ]


def _sentence(topic: str, name: str, parts: Sequence[_Part], words: Words, *, own: bool) -> str:
    own = own and all(words.knows(f"topic.{topic}.{part.clause}") for part in parts)
    stem = f"topic.{topic}" if own else "difference"
    clauses = words.say("difference.between").join(
        words.say(f"{stem}.{part.clause}", n=len(part.who), names=words.join(part.who), value=part.value)
        for part in parts
    )
    if own:
        return upper_first(words.say("difference.sentence", clauses=clauses))
    return words.say("difference.named", name=name, clauses=clauses)


def _asks_once(answer: Answer, sheet: Sheet) -> bool:
    """A topic's own clauses fit only where one criterion stands for the whole topic."""
    return len(sheet.label.on_topic(answer.topic)) == 1
