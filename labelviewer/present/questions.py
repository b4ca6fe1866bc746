"""Ask the shop: the shared questions that a label leaves open, as a card; never a reproach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from labelviewer.domain.label import Stated
from labelviewer.domain.paper import Head, Paper, Part
from labelviewer.present.answers import name
from labelviewer.present.facts import names_product
from labelviewer.present.sheet import make_sheet
from labelviewer.words.direction import isolated

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.domain.label import Label
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

_ANSWERS = (Stated.YES, Stated.NO, Stated.UNDISCLOSED)


def open_questions(label: Label, words: Words, packs: Packs, today: date) -> tuple[str, ...]:
    """By weight: what the scheme asks and the label leaves open, and what matters to most people and nobody asked.

    A topic on which the label says anything is not open.
    """
    sheet = make_sheet(label, words, packs, today)
    answered = {answer.topic for answer in label.answers if answer.stated in _ANSWERS}
    asked = {answer.topic for answer in label.answers if answer.stated is not Stated.NOT_ASKED}
    return tuple(
        words.say(f"topic.{topic.id}.question")
        for topic in sheet.topics
        if topic.id not in answered and (topic.glance or topic.id in asked)
    )


def question_card(inspections: Sequence[Inspection], words: Words, packs: Packs, today: date) -> tuple[Paper, ...]:
    """One part for each label whose facts may be shown; empty where there is none."""
    parts = tuple(
        _part(label, words, packs, today)
        for each in inspections
        if (label := each.label) and each.report and not each.report.state.hides_facts and names_product(each.report)
    )
    if not parts:
        return ()
    card = Paper(
        title=words.say("ask.title"),
        made=words.say("paper.made", date=today),
        language=words.language,
        from_right=words.from_right,
        heads=tuple[Head, ...](),
        parts=parts,
        foot=(words.say("silent.means"),),
    )
    return (card,)


def _part(label: Label, words: Words, packs: Packs, today: date) -> Part:
    questions = open_questions(label, words, packs, today)
    product = isolated(name(label.product.name), words.language)
    if not questions:
        return Part(words.say("ask.none", product=product))
    return Part(words.say("ask.about", product=product), texts=questions, ticked=True)
