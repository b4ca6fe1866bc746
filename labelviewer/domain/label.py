"""What an issuer said about a product, in the vocabulary of its scheme; no verdict on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of answer a criterion takes."""

    YES_NO = "yes-no"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    TEXT = "text"
    CONTACT = "contact"
    LINK = "link"


class Basis(StrEnum):
    """Who stands behind the answers."""

    SELF_DECLARED = "self-declared"
    TESTED = "tested"
    CERTIFIED = "certified"


class Stated(StrEnum):
    """How a label answers a question. A date, a list, a text that is given counts as YES.

    NO is an answer too: false, an empty list, or the word that a criterion keeps for "no" ("unsupported").
    UNDISCLOSED is an answer as well: the maker chose to say that it does not tell.
    SILENT never helps and never hurts; NOT_ASKED is the scheme's silence, UNREADABLE is ours.
    """

    YES = "yes"
    NO = "no"
    UNDISCLOSED = "undisclosed"
    SILENT = "silent"
    NOT_ASKED = "not-asked"
    UNREADABLE = "unreadable"


Value = bool | date | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an answer can be looked up; never fetched by us."""

    href: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the label says on one criterion. `value` is None unless `stated` is YES, or NO with a value."""

    criterion: str
    topic: str
    kind: Kind
    stated: Stated
    value: Value | None = None
    as_of: date | None = None
    note: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    kind: str
    name: str
    maker: str
    model: str | None = None
    category: str | None = None
    gtins: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    number: str
    granted: date | None
    basis: Basis
    valid_until: date | None = None
    level: str | None = None
    lab: str | None = None
    administrator: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One answer for every criterion of the pack, in its order; `unknown` counts claims the pack has no name for.

    `also`: what else a document of another form holds, as it stands there, with its place.
    """

    issuer: str
    subject: str
    version: int
    scheme: str
    scheme_version: str
    product: Product
    grant: Grant
    answers: tuple[Answer, ...]
    carriers: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    unknown: int = 0
    also: tuple[tuple[str, str], ...] = ()

    def on_topic(self, topic: str) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.topic == topic)
