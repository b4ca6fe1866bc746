"""How a document of somebody else's form becomes a label: a table of places, as data. A table cannot bring code."""

import re
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from labelviewer.domain.label import Basis
from labelviewer.schemes.pack import Cites, Identifier, Part, Source

FOLDER: Final = "foreign"
CLAIM: Final = "claims/"
LABEL_PARTS: Final = frozenset(
    (
        "iat",
        "exp",
        "carriers",
        "product/name",
        "product/maker",
        "product/model",
        "product/gtin",
        "grant/number",
        "grant/granted",
        "grant/valid_until",
        "grant/level",
        "grant/lab/name",
        "grant/administrator/name",
        "grant/administrator/contact",
        "links/about",
    )
)

Place = Annotated[str, Field(pattern=r"^(/[^/]{1,120})+$", max_length=400)]
Part_ = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_/-]+$", max_length=80)]


class Mark(Part):
    """What a document of this form has; `has` where it must also say so."""

    at: Place
    has: str | None = None


class Rule(Part):
    """Where one part of the label stands. The first place that holds something counts; `*` is each of a list.

    `says`: what a word there means; "true" and "false" are words too. A word that is not among them is unreadable.
    """

    to: Part_
    at: Annotated[tuple[Place, ...], Field(min_length=1)]
    read: Literal["text", "date", "moment", "yes-no", "word", "addresses", "numbers"] = "text"
    says: dict[str, bool | str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.to not in LABEL_PARTS and not self.to.startswith(CLAIM):
            raise ValueError(f"{self.to} is no part of a label")
        if (self.read == "word") != bool(self.says) and self.read != "yes-no":
            raise ValueError("says goes with words, and only with them")
        return self


class Judged(Part):
    """A list of judgements: what each is about, by the end of its name, and whether it is met."""

    each: Place
    named: Annotated[tuple[Place, ...], Field(min_length=1)]
    met: Annotated[tuple[Place, ...], Field(min_length=1)]
    criteria: Annotated[dict[str, Identifier], Field(min_length=1)]


class Form(Part):
    """`foreign/<format>.toml` of a pack. `set_aside`: places that are no facts, and so are not shown as such.

    `addresses`: which addresses of a known site give such data; none named is all of them.
    """

    format: Identifier
    version: Annotated[str, Field(min_length=1, max_length=32)]
    basis: Basis
    kind: Literal["iot", "software"] = "iot"
    recognised: Annotated[tuple[Mark, ...], Field(min_length=1)]
    addresses: tuple[Annotated[str, Field(pattern=r"^https://", max_length=200)], ...] = ()
    rules: tuple[Rule, ...]
    judged: tuple[Judged, ...] = ()
    set_aside: tuple[Place, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    cites: Cites

    @model_validator(mode="after")
    def _names_are_sound(self) -> Self:
        known = {source.id for source in self.sources}
        if unknown := [cite.source for cite in self.cites if cite.source not in known]:
            raise ValueError(f"cites {unknown[0]}, which is not among the sources")
        named = {rule.to for rule in self.rules}
        if missing := {"product/name", "product/maker"} - named:
            raise ValueError(f"nothing says where {min(missing)} stands")
        return self

    def criteria(self) -> frozenset[str]:
        claimed = {rule.to.removeprefix(CLAIM) for rule in self.rules if rule.to.startswith(CLAIM)}
        return frozenset(claimed.union(*(judged.criteria.values() for judged in self.judged)))


NAME_END: Final = re.compile(r"[^/#]+\Z")
