"""What the shopper adds to a comparison: a price for each product, and what that is for a year with updates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from labelviewer.present.answers import support_end
from labelviewer.words.amounts import read_amount, say_amount
from labelviewer.words.dates import months_between, say_span

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.words.catalogue import Words

EXAMPLE = Decimal("129.90")
YEAR = 12


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """`typed` is what stands in the field, as it was typed; `problem` says in words what is wrong with it."""

    spoken: str
    typed: str
    problem: str
    cost: str
    cost_spoken: str


def own_figure(inspection: Inspection, called: str, typed: str, words: Words, today: date) -> OwnFigure:
    """Nothing of it is kept, and nothing of it is the label's."""
    price = read_amount(typed, words.say)
    wrong = bool(typed.strip()) and price is None
    cost = _cost(inspection, price, words, today)
    return OwnFigure(
        spoken=words.say("price.of", name=called),
        typed=typed,
        problem=words.say("price.wrong", example=say_amount(EXAMPLE, words.say)) if wrong else "",
        cost=cost,
        cost_spoken=words.say("says.named", name=called, says=cost),
    )


def _cost(inspection: Inspection, price: Decimal | None, words: Words, today: date) -> str:
    assert inspection.report is not None
    assert inspection.label is not None
    if inspection.report.state.hides_facts:
        return words.say("word.hidden")
    answer = support_end(inspection.label)
    if answer is None or not isinstance(end := answer.value, date):
        return words.say("price.no-end" if answer is None else "topic.support-end.says-no")
    if end < today:
        return words.say("price.ended")
    if price is None:
        return words.say("price.none")
    months = months_between(today, end)
    if months < YEAR:
        return words.say("price.in-all", amount=say_amount(price, words.say), span=say_span(today, end, words.say))
    return words.say("price.a-year", amount=say_amount(price * YEAR / months, words.say))
