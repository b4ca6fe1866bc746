"""What the library keeps: bytes and transport facts, never conclusions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Box:
    """What was on the box: the code's text, and the price barcode where one was seen too.

    `code` is None where there is no box to compare with, or where the label does not name the code.
    """

    code: str | None = None
    gtin: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A token as it came, from where and when, and what it was scanned from. Times are aware, UTC."""

    token: bytes
    fetched_from: str
    fetched_at: datetime
    box: Box = Box()


@dataclass(frozen=True, slots=True)
class StatusEvidence:
    """A status list token as it came; `uri` is where it was asked for."""

    uri: str
    token: bytes
    fetched_at: datetime
