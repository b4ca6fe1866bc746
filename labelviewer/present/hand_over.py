"""What goes onto a phone: plain words within a bound, for a code that any camera can read; no address of ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.plain_text import ELLIPSIS
from labelviewer.present.compare_page import compare_page
from labelviewer.present.label_page import label_page
from labelviewer.present.questions import question_card
from labelviewer.present.way_back import way_back

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

MOST_BYTES: Final = 660
"""Of UTF-8. With its mark for UTF-8 that is a code of version 20, correction M: 97 modules a side.

Read with 3 pixels for a module, blurred and askew; a phone that sees all of a 10 cm code has 8 or more.
"""

NAME: Final = 40
_TURNS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


def comparison_for_a_phone(
    inspections: Sequence[Inspection], words: Words, packs: Packs, today: date, *, show_hidden: bool = False
) -> str:
    """Each product with what its check found, then the differences, in the order in which they matter."""
    page = compare_page(inspections, words, packs, today, show_hidden=show_hidden)
    products = (words.say("says.named", name=_short(column.product), says=column.standing) for column in page.columns)
    rows = [row.sentence for group in page.groups for row in group.rows if row.sentence]
    return fitted(
        [words.say("paper.made", date=today), *(f"{place}. {each}" for place, each in enumerate(products, 1))],
        list(dict.fromkeys((*page.sentences, *rows))) or [page.summary],
        [way_back(each) for each in inspections],
        words.say("paper.on-label"),
    )


def label_for_a_phone(
    inspection: Inspection, words: Words, packs: Packs, today: date, *, show_hidden: bool = False
) -> str:
    """What the check found, the four facts, then what stands at a glance."""
    page = label_page(inspection, words, packs, today, show_hidden=show_hidden)
    product = _short(page.product or words.say("page.unproven"))
    facts = [f"{fact.question} {fact.answer}" for fact in page.facts]
    tiles = [f"{tile.question} {tile.answer}" for tile in page.tiles]
    return fitted(
        [words.say("paper.made", date=today), words.say("says.named", name=product, says=page.headline.title)],
        [*facts, *tiles],
        [way_back(inspection)],
        words.say("paper.on-label"),
    )


def questions_for_a_phone(inspections: Sequence[Inspection], words: Words, packs: Packs, today: date) -> str:
    """Empty where there is nothing to ask about."""
    for card in question_card(inspections, words, packs, today):
        lines = [line for part in card.parts for line in (part.title, *(f"- {text}" for text in part.texts))]
        return fitted([card.title], lines, [], ELLIPSIS)
    return ""


def fitted(first: Sequence[str], wanted: Sequence[str], addresses: Iterable[str], more: str) -> str:
    """All of `first`, the addresses that fit, then of `wanted` as much as there is room for, and `more` where not all.

    Never longer than MOST_BYTES; where even that is too much, it ends with an ellipsis.
    """
    head = [_plain(line) for line in first]
    places: list[str] = []
    for address in dict.fromkeys(filter(None, addresses)):
        if _size([*head, *places, address, more]) <= MOST_BYTES:
            places.append(address)
    lines = [_plain(line) for line in wanted]
    while lines and _size([*head, *lines, *([more] if len(lines) < len(wanted) else []), *places]) > MOST_BYTES:
        lines.pop()
    rest = [more] if len(lines) < len(wanted) else []
    return _within("\n".join([*head, *lines, *rest, *places]))


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + ELLIPSIS


def _plain(text: str) -> str:
    """Without the marks that only turn the direction: each line stands alone, and a phone may show them as boxes."""
    return " ".join(text.translate(_TURNS).split())


def _size(lines: Sequence[str]) -> int:
    return len("\n".join(lines).encode())


def _within(text: str) -> str:
    data = text.encode()
    if len(data) <= MOST_BYTES:
        return text
    return data[: MOST_BYTES - len(ELLIPSIS.encode())].decode(errors="ignore") + ELLIPSIS
