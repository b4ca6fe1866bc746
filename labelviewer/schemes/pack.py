"""A scheme pack: everything the program knows of one label scheme, as data. A pack cannot bring code."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from labelviewer.domain.label import Basis, Kind
from labelviewer.domain.report import Step

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Pointer = Annotated[str, Field(pattern=r"^(/[a-z][a-z_]*)+$")]
Sentence = Annotated[str, Field(min_length=2, max_length=400)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Where facts come from. Confidence: primary text, secondary report, or recalled (high, medium, low)."""

    id: Identifier
    title: str
    date: str
    confidence: Literal["primary", "secondary", "recalled-high", "recalled-medium", "recalled-low"]
    publisher: str
    address: str | None = None


class Citation(_Part):
    """A place in a source; its own confidence where it differs from the source's."""

    source: Identifier
    place: str | None = None
    confidence: Literal["primary", "secondary", "recalled-high", "recalled-medium", "recalled-low"] | None = None


class Criterion(_Part):
    """One question the scheme asks. `no` is the value that says no for kinds other than yes-no.

    `read_from`: JSON pointers to where the document answers it outside its claims; what stands there comes first.
    `favours`: which answer is the better news for a shopper; "neither" where that depends on what they want.
    """

    id: Identifier
    group: Identifier
    topic: Identifier
    kind: Kind
    choices: tuple[Identifier, ...] = ()
    no: str | None = None
    part_of: Identifier | None = None
    read_from: tuple[Pointer, ...] = ()
    favours: Literal["yes", "no", "neither"] = "yes"
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _choices_and_no_fit_the_kind(self) -> Self:
        if (self.kind in (Kind.CHOICE, Kind.LIST)) != bool(self.choices):
            raise ValueError("choices go with the kinds choice and list, and only with them")
        if len(set(self.choices)) != len(self.choices):
            raise ValueError("a choice given twice")
        if self.no is not None and self.kind in (Kind.YES_NO, Kind.LIST):
            raise ValueError("the kinds yes-no and list say no without a word for it")
        if self.kind is Kind.CHOICE and self.no not in (None, *self.choices):
            raise ValueError(f"{self.no} says no and is not among the choices")
        return self


class Level(_Part):
    id: Identifier
    order: Annotated[int, Field(ge=1)]


class Pack(_Part):
    """`scheme.toml`. `needs` names the steps that must hold before a label of the scheme counts as checked.

    Status "adopted": the rules are in force and no label has been given yet. "criteria-only": nobody runs it.
    `cites` stands behind the status and the words about the scheme as a whole.
    """

    id: Identifier
    version: str
    authority: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    product_kind: Literal["iot", "software"]
    status: Literal["live", "pilot", "adopted", "proposed", "closed", "criteria-only"]
    status_as_of: date
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]
    reader: Literal["label-token"]
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    needs: Annotated[tuple[Literal[tuple(step.name.lower() for step in Step)], ...], Field(min_length=1)]  # type: ignore[valid-type]
    levels: tuple[Level, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Self:
        sources = [source.id for source in self.sources]
        criteria = [criterion.id for criterion in self.criteria]
        for what, names in (("source", sources), ("criterion", criteria)):
            if twice := {name for name in names if names.count(name) > 1}:
                raise ValueError(f"{what} given twice: {', '.join(sorted(twice))}")
        for name, cites in ((self.id, self.cites), *((criterion.id, criterion.cites) for criterion in self.criteria)):
            if unknown := [cite.source for cite in cites if cite.source not in sources]:
                raise ValueError(f"{name} cites {unknown[0]}, which is not among the sources")
        for criterion in self.criteria:
            if criterion.part_of is not None and criterion.part_of not in criteria[: criteria.index(criterion.id)]:
                raise ValueError(f"{criterion.id} is part of {criterion.part_of}, which is not a criterion before it")
        return self


class CriterionText(_Part):
    """The words of one criterion, in one language."""

    name: Annotated[str, Field(min_length=2, max_length=60)]
    line: Annotated[str, Field(min_length=2, max_length=140)]
    why: Sentence
    yes: Sentence
    no: Sentence
    silent: Sentence
    do: Sentence
    not_mean: Sentence
    choices: dict[Identifier, Annotated[str, Field(min_length=1, max_length=80)]] = {}


class PackText(_Part):
    """`text/<lang>.json`: the words of a pack."""

    name: str
    short: str
    about: Sentence
    who_checks: dict[Basis, Sentence]
    not_told: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    groups: dict[Identifier, str]
    levels: dict[Identifier, Sentence] = {}
    criteria: dict[Identifier, CriterionText]


class Topic(_Part):
    """A question that schemes share. `weight` orders the sentences of a comparison; lower comes first."""

    id: Identifier
    weight: Annotated[int, Field(ge=1)]
    glance: bool = False
    kinds: tuple[Kind, ...]


class Topics(_Part):
    """`resources/schemes/topics.toml`."""

    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [topic.id for topic in self.topics]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"topic given twice: {', '.join(sorted(twice))}")
        return self
