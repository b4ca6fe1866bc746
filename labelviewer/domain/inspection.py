"""The record that everything shares: from what was seen to what the label says, or the problem on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from labelviewer.domain.errors import KeepError, LabelViewerError
from labelviewer.domain.evidence import Evidence
from labelviewer.domain.label import Label
from labelviewer.domain.report import Report
from labelviewer.domain.scanned import Scanned
from labelviewer.domain.sighting import Reading


class Stage(StrEnum):
    """What is going on, for the person who waits."""

    READING = "reading"
    LOOKING_UP = "looking-up"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class SchemeCode:
    """Whose a code is by its form alone, in the words of that scheme's pack. Nothing was asked, nothing is proven.

    "link" and "barcode" name a product and no scheme. `means`: what such a label is, and who looked. `facts` are what
    stands in the code itself, by name. `page`: an https address of the scheme's own office. `gtin` can be looked up.
    `added`: the scheme was added on this computer. `told_in`: name, about and means in a language.
    """

    kind: Literal["number", "address", "host", "link", "barcode"]
    number: str
    name: str
    about: str
    scheme: str = ""
    means: str = ""
    facts: tuple[tuple[str, str | date], ...] = ()
    page: str = ""
    gtin: str = ""
    added: bool = False
    told_in: Callable[[str], tuple[str, str, str]] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One look at one thing. A step that was not reached leaves None.

    Several codes and no choice made: `reading` has them and `scanned` is None.
    `saved`: the evidence came from the library, since the site could not be asked; `problem` says why.
    `secured`: the code has an http link of a listed host, which was asked over https.
    `not_kept`: what the disk refused or had lost, beside whatever else happened.
    `own_word`: the file that a signer, whom no list names, publishes about itself.
    `scheme_code`: what the form of a code tells that could not be followed.
    `proof_made`: the evidence came from a proof file, that says it was made then.
    """

    reading: Reading | None = None
    scanned: Scanned | None = None
    evidence: Evidence | None = None
    report: Report | None = None
    label: Label | None = None
    problem: LabelViewerError | None = None
    saved: bool = False
    not_kept: KeepError | None = None
    proof_made: datetime | None = None
    secured: bool = False
    scheme_code: SchemeCode | None = None
    own_word: bytes = b""

    @property
    def needs_choice(self) -> bool:
        return self.scanned is None and self.problem is None and self.reading is not None

    def failed(self, problem: LabelViewerError) -> Inspection:
        return replace(self, problem=problem)
