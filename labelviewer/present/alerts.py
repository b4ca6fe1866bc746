"""What an owner should know: cancelled, on hold, updates that end, known attacks. Each has a name for its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from labelviewer.domain.report import State
from labelviewer.present.answers import support_end
from labelviewer.present.label_page import label_page
from labelviewer.present.notice import Notice, notice, notice_for

if TYPE_CHECKING:
    from labelviewer.domain.attacks import Catalogue
    from labelviewer.domain.errors import Facts
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

_STOPPED: Final = (State.WITHDRAWN, State.SIGNER_CANCELLED, State.SUSPENDED)
_SUPPORT: Final = frozenset(("V13", "V14"))
ATTACKED: Final = "V15"


@dataclass(frozen=True, slots=True)
class Alert:
    """`key` changes with the state, and with nothing else. `source`: who says so and since when, where it is not we."""

    key: str
    notice: Notice
    source: str = ""


def alerts_of(
    inspection: Inspection, words: Words, packs: Packs, today: date, catalogue: Catalogue | None = None, host: str = ""
) -> tuple[Alert, ...]:
    """The gravest first. `catalogue` came from `host`. What a label says counts only where its facts are shown."""
    return tuple(
        sorted(
            (
                *_stopped(inspection, words),
                *_support(inspection, words, packs, today),
                *_attacked(inspection, words, catalogue, host),
            ),
            key=lambda alert: alert.notice.tone != "danger",
        )
    )


def _stopped(inspection: Inspection, words: Words) -> Iterator[Alert]:
    report = inspection.report
    if report is not None and report.state in _STOPPED:
        yield Alert(f"{report.code}:{_day(report.facts)}", notice_for(words, inspection))


def _support(inspection: Inspection, words: Words, packs: Packs, today: date) -> Iterator[Alert]:
    if inspection.report is None or inspection.label is None:
        return
    answer = support_end(inspection.label)
    for each in label_page(inspection, words, packs, today).alerts:
        if each.code in _SUPPORT:
            yield Alert(f"{each.code}:{answer.value if answer else ''}", each)


def _attacked(inspection: Inspection, words: Words, catalogue: Catalogue | None, host: str) -> Iterator[Alert]:
    report, label = inspection.report, inspection.label
    if catalogue is None or report is None or label is None or report.state.hides_facts:
        return
    from labelviewer.domain.attacks import attacks_on

    for attack in attacks_on(label.product, catalogue):
        source = words.say("attacks.source", host=host, cve=attack.cve, date=attack.added, released=catalogue.released)
        yield Alert(f"{ATTACKED}:{attack.cve}", notice(words, ATTACKED, {}), source)


def _day(facts: Facts) -> str:
    at = facts.get("date")
    return (at.date() if isinstance(at, datetime) else at).isoformat() if isinstance(at, date) else ""
