"""A message of the catalogue, filled in: what happened, what it means, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from labelviewer.domain.errors import Facts
from labelviewer.words.catalogue import ActionWords, Words

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection


class Tone(StrEnum):
    """How a thing is meant; the window gives each a shape, a word and a colour, never a colour alone."""

    OK = "ok"
    INFO = "info"
    HINT = "hint"
    CHOICE = "choice"
    WARN = "warn"
    DANGER = "danger"
    SILENT = "silent"


class Deed(StrEnum):
    """Everything that a message's buttons can do; closed, so that no button leads nowhere."""

    SCAN = "scan"
    OPEN_PICTURE = "open-picture"
    PASTE = "paste"
    TYPE_ADDRESS = "type-address"
    TRY_SAMPLE = "try-sample"
    USE_CAMERA = "use-camera"
    SET_UP_SCANNER = "set-up-scanner"
    CHOOSE_CAMERA = "choose-camera"
    OPEN_SYSTEM_SETTINGS = "open-system-settings"
    TRY_AGAIN = "try-again"
    KEEP_WAITING = "keep-waiting"
    STOP = "stop"
    SHOW_FACTS = "show-facts"
    SHOW_TEXT = "show-text"
    SHOW_DETAILS = "show-details"
    SHOW_CHECKS = "show-checks"
    SHOW_MEANING = "show-meaning"
    SHOW_SAVED = "show-saved"
    SHOW_SAVED_COPY = "show-saved-copy"
    SHOW_PLACE = "show-place"
    SHOW_ADVICE = "show-advice"
    COMPARE = "compare"
    COPY_DETAILS = "copy-details"
    GO_AHEAD = "go-ahead"
    ASK_STRANGER = "ask-stranger"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Action:
    deed: Deed
    caption: str


@dataclass(frozen=True, slots=True)
class Notice:
    """`code` is what the shopper can read out to support."""

    code: str
    tone: Tone
    title: str
    body: str
    primary: Action | None = None
    secondary: Action | None = None


def notice(words: Words, code: str, facts: Facts) -> Notice:
    """The message `code` with its blanks filled; KeyError where the catalogue or the facts lack something."""
    said = words.message(code, facts)
    return Notice(code, Tone(said.severity), said.title, said.body, _action(said.primary), _action(said.secondary))


def notice_for(words: Words, inspection: Inspection) -> Notice:
    """The headline: a choice to make, what the check found, or the problem that was in the way of a check.

    A label that we are too old to read is one more problem, but never hides that the check refused it.
    """
    if inspection.needs_choice:
        return notice(words, "S13", {})
    report, problem = inspection.report, inspection.problem
    if report is not None and (inspection.label is not None or problem is None or report.state.hides_facts):
        return notice(words, report.code, report.facts)
    if problem is None:
        raise ValueError("an inspection without choice, report or problem")
    return notice(words, problem.code, problem.facts)


def _action(words: ActionWords | None) -> Action | None:
    return Action(Deed(words.deed), words.caption) if words else None
