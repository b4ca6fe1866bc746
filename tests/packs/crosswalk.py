"""Which clauses of which documents ask the same question: the crosswalk behind the topics, with who says so."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from labelviewer.schemes.pack import Citation, Identifier, Part, Source
from labelviewer.schemes.pack_files import PackError, parse, read_toml
from labelviewer.schemes.packs import Packs

CROSSWALK_FILE = "crosswalk.toml"


class Clauses(Part):
    """The clauses of one document that speak of a topic, and who put them there: a law, NIST, or this project."""

    document: Identifier
    clauses: Annotated[tuple[str, ...], Field(min_length=1)]
    said_by: Literal["law", "nist", "project"] = "project"
    cites: tuple[Citation, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _what_others_said_is_cited(self) -> Self:
        if (self.said_by != "project") != bool(self.cites):
            raise ValueError("what a law or NIST says is cited, and nothing else is")
        return self


class CrosswalkRow(Part):
    topics: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    places: Annotated[tuple[Clauses, ...], Field(min_length=1)]


class Crosswalk(Part):
    """`resources/schemes/crosswalk.toml`: which clauses of which documents ask the same question."""

    as_of: date
    documents: dict[Identifier, str]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    rows: Annotated[tuple[CrosswalkRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _everything_named_is_there(self) -> Self:
        places = [place for row in self.rows for place in row.places]
        sources = {source.id for source in self.sources}
        if unknown := [place.document for place in places if place.document not in self.documents]:
            raise ValueError(f"{unknown[0]} is not among the documents")
        if unknown := [cite.source for place in places for cite in place.cites if cite.source not in sources]:
            raise ValueError(f"{unknown[0]} is not among the sources")
        return self


def load_crosswalk(packs: Packs) -> Crosswalk:
    """Which clause of which document a topic stands for. Raises PackError."""
    file = Path(CROSSWALK_FILE)
    crosswalk = parse(Crosswalk, read_toml(packs.folder, file))
    for at, row in enumerate(crosswalk.rows):
        if unknown := [topic for topic in row.topics if packs.topic(topic) is None]:
            raise PackError(file, f"rows.{at}.topics", f"{unknown[0]} is not a topic")
    return crosswalk
