"""How a label was checked: every step with its outcome, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from labelviewer.domain.report import Report, Standing, Step
from labelviewer.present.notice import Tone
from labelviewer.words.catalogue import Words

_TONES: Final[Mapping[Standing, Tone]] = {
    Standing.HELD: Tone.OK,
    Standing.BROKEN: Tone.DANGER,
    Standing.UNKNOWN: Tone.WARN,
    Standing.NOT_ASKED: Tone.SILENT,
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    number: int
    title: str
    outcome: str
    tone: Tone
    word: str


def check_lines(report: Report, words: Words) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            number=int(finding.step),
            title=words.say(f"{check_key(finding.step)}.title"),
            outcome=words.say(f"{check_key(finding.step)}.{finding.reason}", **finding.facts),
            tone=_TONES[finding.standing],
            word=words.say(f"standing.{finding.standing}"),
        )
        for finding in report.findings
    )


def check_key(step: Step) -> str:
    return f"check.{step.name.lower().replace('_', '-')}"
