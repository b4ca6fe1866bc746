"""Who may sign labels here, as far as a person is told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignerLine:
    """`groups` are the 60 digits of one that was added here; empty where the list vouches."""

    host: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signers:
    """`lead` publishes the list with this `serial`; empty where nobody leads yet."""

    lead: str
    serial: int
    issued: datetime
    listed: tuple[SignerLine, ...]
    added: tuple[SignerLine, ...]
