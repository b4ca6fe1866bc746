"""What an owner can do once, taken from the questions that matter to most people; the words are the scheme's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from labelviewer.domain.label import Stated
from labelviewer.present.sheet import Sheet, make_sheet
from labelviewer.words.dates import as_day

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Task:
    """`criterion` names it, whatever the language."""

    criterion: str
    text: str


def checklist(inspection: Inspection, words: Words, packs: Packs, today: date) -> tuple[Task, ...]:
    """One task for each question at a glance that the scheme asks; none where the label's facts are hidden."""
    report, label = inspection.report, inspection.label
    if report is None or label is None or report.state.hides_facts:
        return ()
    return tuple(_tasks(make_sheet(label, words, packs, as_day(today))))


def _tasks(sheet: Sheet) -> Iterator[Task]:
    for topic in sheet.topics:
        answer = next(iter(sheet.label.on_topic(topic.id)), None) if topic.glance else None
        if answer is None or answer.stated in (Stated.NOT_ASKED, Stated.UNREADABLE):
            continue
        _, text = sheet.criterion(answer)
        if text.do:
            yield Task(answer.criterion, text.do)
