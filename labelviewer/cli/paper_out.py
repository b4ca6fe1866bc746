"""What goes onto paper from the command line: a page of labels, or a card with what to ask the shop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from labelviewer.adapters.system_language import system_languages
from labelviewer.cli.options import UsageError
from labelviewer.cli.screen import bullets, plain, section
from labelviewer.present.paper import compare_papers, label_papers
from labelviewer.present.questions import question_card

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from labelviewer.cli.answer import Answer
    from labelviewer.domain.paper import Paper
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words


def papers(
    answers: Sequence[Answer], words: Words, packs: Packs, today: date, *, ask: bool, anyway: bool
) -> tuple[Paper, ...]:
    """Raises UsageError where no label was read."""
    looks = [answer.inspection for answer in answers if answer.can_be_compared]
    if ask:
        made = question_card(looks, words, packs, today)
    elif len(looks) > 1:
        made = compare_papers(looks, words, packs, today, show_hidden=anyway)
    else:
        checked = [answer.inspection for answer in answers if answer.page is not None]
        made = label_papers(checked[0], words, packs, today, show_hidden=anyway) if checked else ()
    if not made:
        raise UsageError("cli.nothing-on-paper")
    return made


def as_pdf(made: Sequence[Paper]) -> bytes:
    """Qt is asked for only now. Raises UsageError where it is missing."""
    try:
        from labelviewer.adapters import printing
        from labelviewer.ui.undying import keep_constants
    except ImportError as missing:
        raise UsageError("cli.no-pdf") from missing
    keep_constants()
    with printing.letters():
        return printing.pdf(made, printing.sheet_for(system_languages()))


def questions_view(answers: Sequence[Answer], words: Words, packs: Packs, today: date) -> Iterator[RenderableType]:
    looks = [answer.inspection for answer in answers if answer.can_be_compared]
    cards = question_card(looks, words, packs, today)
    for card in cards:
        for part in card.parts:
            yield section(part.title, bullets(part.texts), *map(plain, card.foot))
    if not cards:
        yield plain(words.say("ask.nothing"))
