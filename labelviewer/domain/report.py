"""What a check found: every step with its standing, one state, and the code of its message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum
from typing import TYPE_CHECKING

from labelviewer.domain.errors import Facts

if TYPE_CHECKING:
    from labelviewer.domain.document import AnyLabel


class Step(IntEnum):
    """The steps of a check, numbered as in the documentation."""

    SIZE = 1
    SHAPE = 2
    HEADER = 3
    KEY = 4
    SIGNATURE = 5
    CONTENT = 6
    KEY_DATES = 7
    ADMINISTRATOR = 8
    CARRIER = 9
    BARCODE = 10
    DATES = 11
    VERSION = 12
    STATUS = 13
    FRESHNESS = 14


class Standing(StrEnum):
    HELD = "held"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NOT_ASKED = "not-asked"


class State(Enum):
    """Where a label stands; the first that matches wins, so there is always exactly one."""

    NOT_A_LABEL = 1
    REFUSED_ADDRESS = 2
    UNKNOWN_SITE = 3
    COULD_NOT_CHECK = 4
    UNREADABLE = 5
    TAMPERED = 6
    SIGNER_CANCELLED = 7
    DOES_NOT_MATCH = 8
    WITHDRAWN = 9
    SUSPENDED = 10
    EXPIRED = 11
    UNKNOWN_SIGNER = 12
    NOT_SIGNED = 13
    CLOCK_WRONG = 14
    ADDED_BY_SHOP = 15
    NOT_TODAY = 16
    VERIFIED = 17

    @property
    def hides_facts(self) -> bool:
        """The facts are neither on the screen nor in the accessibility tree until they are asked for."""
        return self in (
            State.UNREADABLE,
            State.TAMPERED,
            State.SIGNER_CANCELLED,
            State.DOES_NOT_MATCH,
            State.WITHDRAWN,
            State.EXPIRED,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One step's outcome. `reason` names a phrase of the catalogue (`check.<step>.<reason>`)."""

    step: Step
    standing: Standing
    reason: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """`code` and `facts` are the headline's message; `sample` lays the sample ribbon over any state.

    `document` is what the token says, present as soon as it could be parsed, whatever the state.
    """

    findings: tuple[Finding, ...]
    state: State
    code: str
    facts: Facts
    sample: bool = False
    document: AnyLabel | None = None
