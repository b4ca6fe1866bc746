"""One answered question: the inspection, the page that it makes, and the exit status that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from labelviewer.cli.exit_status import EXIT_OF_CODE, Exit
from labelviewer.present.label_page import LabelPage, label_page
from labelviewer.present.notice import Notice, notice_for

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """`name` is what the source is called; `page` is None where there was no label to check."""

    source: str
    name: str
    inspection: Inspection
    headline: Notice
    page: LabelPage | None

    @property
    def status(self) -> Exit:
        return EXIT_OF_CODE[self.headline.code]

    @property
    def can_be_compared(self) -> bool:
        return self.inspection.report is not None and self.inspection.label is not None


def answer(
    source: str, name: str, inspection: Inspection, words: Words, packs: Packs, today: date, *, show_hidden: bool
) -> Answer:
    """`show_hidden`: the facts were asked for, whatever the check says."""
    if inspection.report is None:
        return Answer(source, name, inspection, notice_for(words, inspection), None)
    page = label_page(inspection, words, packs, today, show_hidden=show_hidden)
    return Answer(source, name, inspection, page.headline, page)
