"""A scheme pack: everything the program knows of one label scheme, as data. A pack cannot bring code."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from labelviewer.domain.label import Basis, Kind
from labelviewer.domain.report import Step

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Pointer = Annotated[str, Field(pattern=r"^(/[a-z][a-z_]*)+$")]
Sentence = Annotated[str, Field(min_length=2, max_length=640)]
Caption = Annotated[str, Field(min_length=1, max_length=128)]
When = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
HOLE: Final = re.compile(r"\{([a-z]+)\}")
Confidence = Literal["primary", "secondary", "recalled-high", "recalled-medium", "recalled-low"]


class Strength(StrEnum):
    """How far a statement was looked into before the label was given."""

    SAYS_SO = "says-so"
    ON_PAPER = "on-paper"
    IN_LAB = "in-lab"


def misnamed(kind: str, name: str, fault: str, nth: int = 1, *, by: str = "") -> PydanticCustomError:
    """A fault of the file as a whole that shows where `name` stands in it for the nth time. `kind` picks the words."""
    facts = {"kind": kind, "name": name, "fault": fault, "nth": nth, "by": by}
    return PydanticCustomError("misnamed", "{fault}", facts)


def wrong(kind: str, fault: str, name: str = "") -> PydanticCustomError:
    return PydanticCustomError(kind, "{fault}", {"fault": fault, "name": name})


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """Where facts come from. Confidence: primary text, secondary report, or recalled (high, medium, low)."""

    id: Identifier
    title: str
    date: str
    confidence: Confidence
    publisher: str
    address: str | None = None


class Citation(Part):
    """A place in a source; its own confidence where it differs from the source's."""

    source: Identifier
    place: str | None = None
    confidence: Confidence | None = None


Cites = Annotated[tuple[Citation, ...], Field(min_length=1)]


class Criterion(Part):
    """One question the scheme asks. `no` is the value that says no for kinds other than yes-no.

    `read_from`: JSON pointers to where the document answers it outside its claims; what stands there comes first.
    `favours`: which answer is the better news for a shopper; "neither" where that depends on what they want.
    `undisclosed` is the value by which a maker says that it does not tell; an answer of its own, not a silence.
    `from_level`: the lowest level that asks. `strength`: where this criterion is looked into less or more than others.
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
    undisclosed: Identifier | None = None
    from_level: Identifier | None = None
    strength: Strength | None = None
    cites: Cites

    @model_validator(mode="after")
    def _choices_and_no_fit_the_kind(self) -> Self:
        if (self.kind in (Kind.CHOICE, Kind.LIST)) != bool(self.choices):
            raise wrong("choices-alone", "choices go with the kinds choice and list, and only with them")
        if len(set(self.choices)) != len(self.choices):
            raise wrong("choice-twice", "a choice given twice")
        if self.no is not None and self.kind in (Kind.YES_NO, Kind.LIST):
            raise wrong("no-for-no", "the kinds yes-no and list say no without a word for it")
        if self.kind is Kind.CHOICE and self.no not in (None, *self.choices):
            raise wrong("no-no-choice", f"{self.no} says no and is not among the choices", self.no or "")
        if self.undisclosed is not None and self.undisclosed in (self.no, *self.choices):
            raise wrong("says-two-things", f"{self.undisclosed} says two things", self.undisclosed)
        return self


class Level(Part):
    """`order` ranks within the scheme, lowest first; it means nothing outside of it."""

    id: Identifier
    order: Annotated[int, Field(ge=1)]
    basis: Basis | None = None
    strength: Strength | None = None
    cites: tuple[Citation, ...] = ()


class Older(Part):
    """An older wording: which levels meant something else, which criteria another level asked, which nobody asked."""

    id: Identifier
    levels: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    from_level: dict[Identifier, Identifier] = {}
    not_asked: tuple[Identifier, ...] = ()
    cites: Cites


class Validity(Part):
    """How long a label counts: at most so many months, only while updates come, looked at again every so often."""

    months: Annotated[int, Field(ge=1)] | None = None
    while_supported: bool = False
    review_months: Annotated[int, Field(ge=1)] | None = None
    cites: Cites


class Closed(Part):
    """No new labels are given. `since` only where a source names the day."""

    since: date | None = None
    cites: Cites


class Recognition(Part):
    """What another scheme makes of a label of this one. `levels`: which of ours; none named is any.

    "counts-as": it is taken for one of its own, at `level` where it has levels and a source names one.
    "eases": its own label is easier to get. "agreed": there is a paper, and what it means is not known here.
    """

    id: Identifier
    by: Identifier
    effect: Literal["counts-as", "eases", "agreed"]
    levels: tuple[Identifier, ...] = ()
    level: Identifier | None = None
    since: When
    cites: Cites


CodeFact = Literal["number", "ends", "product", "year", "group"]


class Form(Part):
    """How the scheme's numbers or addresses look. `seen`: the example is a real one; else it is made up.

    `gives`: what stands in a hole, by the hole's name. `page`: where the office has more, with the same holes; without
    it, an address is its own page.
    """

    kind: Literal["number", "address"]
    template: Annotated[str, Field(min_length=3, max_length=200)]
    example: str
    gives: dict[str, CodeFact] = {}
    page: Annotated[str, Field(pattern=r"^https://")] | None = None
    seen: bool = False
    cites: Cites

    @model_validator(mode="after")
    def _holes_are_there(self) -> Self:
        named = {*self.gives, *HOLE.findall(self.page or "")}
        if unknown := sorted(named - set(HOLE.findall(self.template))):
            raise wrong("no-hole", f"{self.template} has no {{{unknown[0]}}}", unknown[0])
        return self


class Host(Part):
    """A host of the scheme's office; `below` takes the hosts under it too."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    below: bool = False
    cites: Cites


class Pack(Part):
    """`scheme.toml`. `needs` names the steps that must hold before a label of the scheme counts as checked.

    Status "adopted": the rules are in force and no label has been given yet. "criteria-only": nobody runs it.
    `cites` stands behind the status and the words about the scheme as a whole.
    `strength`: what a statement rests on, where that is not what its basis alone would say.
    `reader`: "foreign" where its labels come only in a form of somebody else, and never as tokens of ours.
    `forms` and `hosts` name codes that are no label documents; nothing is fetched because of them.
    """

    id: Identifier
    version: str
    authority: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    product_kind: Literal["iot", "software", "any"]
    status: Literal["live", "pilot", "adopted", "proposed", "closed", "criteria-only"]
    status_as_of: date
    cites: Cites
    reader: Literal["label-token", "foreign"]
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    needs: Annotated[tuple[Literal[tuple(step.name.lower() for step in Step)], ...], Field(min_length=1)]  # type: ignore[valid-type]
    strength: dict[Basis, Strength] = {}
    levels: tuple[Level, ...] = ()
    older: tuple[Older, ...] = ()
    validity: Validity | None = None
    closed: Closed | None = None
    recognition: tuple[Recognition, ...] = ()
    forms: tuple[Form, ...] = ()
    hosts: tuple[Host, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for what, names in (
            ("source", [source.id for source in self.sources]),
            ("criterion", [criterion.id for criterion in self.criteria]),
            ("level", [level.id for level in self.levels]),
            ("order of a level", [str(level.order) for level in self.levels]),
            ("older wording", [older.id for older in self.older]),
            ("recognition", [fact.id for fact in self.recognition]),
        ):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise misnamed("given-twice", twice[0], f"{what} given twice: {', '.join(twice)}", nth=2)
        return self

    @model_validator(mode="after")
    def _what_is_named_is_there(self) -> Self:
        sources = [source.id for source in self.sources]
        criteria = [criterion.id for criterion in self.criteria]
        levels = [level.id for level in self.levels]
        for name, cites in self.citations():
            if unknown := [cite.source for cite in cites if cite.source not in sources]:
                fault = f"{name} cites {unknown[0]}, which is not among the sources"
                raise misnamed("no-source", unknown[0], fault, by=name)
        for criterion in self.criteria:
            if criterion.part_of is not None and criterion.part_of not in criteria[: criteria.index(criterion.id)]:
                fault = f"{criterion.id} is part of {criterion.part_of}, which is not a criterion before it"
                raise misnamed("part-before", criterion.id, fault, by=criterion.part_of)
        for name, level in self._levels_named():
            if level not in levels:
                raise misnamed("no-level", level, f"{name} names {level}, which is not a level", by=name)
        named = [name for older in self.older for name in (*older.from_level, *older.not_asked)]
        if unknown := [name for name in named if name not in criteria]:
            fault = f"an older wording names {unknown[0]}, which is not a criterion"
            raise misnamed("no-criterion", unknown[0], fault)
        return self

    @model_validator(mode="after")
    def _what_is_closed_says_so(self) -> Self:
        if (self.status == "closed") != (self.closed is not None):
            raise wrong("closed-alone", "the status closed goes with where it is said, and only with it")
        return self

    def citations(self) -> Iterator[tuple[str, tuple[Citation, ...]]]:
        """Everything that rests on a source, by name."""
        yield self.id, self.cites
        yield from ((criterion.id, criterion.cites) for criterion in self.criteria)
        yield from ((f"level {level.id}", level.cites) for level in self.levels)
        yield from ((f"older wording {older.id}", older.cites) for older in self.older)
        yield from ((f"recognition {fact.id}", fact.cites) for fact in self.recognition)
        yield from ((form.template, form.cites) for form in self.forms)
        yield from ((host.name, host.cites) for host in self.hosts)
        yield from ((("validity", self.validity.cites),) if self.validity else ())
        yield from ((("closed", self.closed.cites),) if self.closed else ())

    def _levels_named(self) -> Iterator[tuple[str, str]]:
        yield from ((criterion.id, criterion.from_level) for criterion in self.criteria if criterion.from_level)
        yield from ((older.id, level) for older in self.older for level in (*older.levels, *older.from_level.values()))
        yield from ((fact.id, level) for fact in self.recognition for level in fact.levels)


class CriterionText(Part):
    """The words of one criterion, in one language."""

    name: Annotated[str, Field(min_length=2, max_length=96)]
    line: Annotated[str, Field(min_length=2, max_length=224)]
    why: Sentence
    yes: Sentence
    no: Sentence
    silent: Sentence
    do: Sentence
    not_mean: Sentence
    undisclosed: Sentence | None = None
    choices: dict[Identifier, Caption] = {}


class PackText(Part):
    """`text/<lang>.json`: the words of a pack. `older`: by older wording and level, what the level meant then.

    `code`: what a label of this kind is and who looks at it, for a code of its form that cannot be followed.
    """

    name: str
    short: str
    about: Sentence
    who_checks: dict[Basis, Sentence]
    not_told: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    groups: dict[Identifier, str]
    level_names: dict[Identifier, Caption] = {}
    levels: dict[Identifier, Sentence] = {}
    older: dict[Identifier, dict[Identifier, Sentence]] = {}
    validity: Sentence | None = None
    closed: Sentence | None = None
    recognition: dict[Identifier, Sentence] = {}
    code: Sentence | None = None
    criteria: dict[Identifier, CriterionText]


class Topic(Part):
    """A question that schemes share. `weight` orders the sentences of a comparison; lower comes first."""

    id: Identifier
    weight: Annotated[int, Field(ge=1)]
    glance: bool = False
    kinds: tuple[Kind, ...]

    def __hash__(self) -> int:
        """All topics together are part of a key that is looked up for every label."""
        return hash(self.id)


class Topics(Part):
    """`resources/schemes/topics.toml`."""

    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [topic.id for topic in self.topics]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise misnamed("given-twice", twice[0], f"topic given twice: {', '.join(twice)}", nth=2)
        return self
