"""Pages as bytes, on their way to the process that has the print dialog."""

from typing import Final

from pydantic import TypeAdapter

from labelviewer.domain.paper import Paper

_PAPERS: Final = TypeAdapter(tuple[Paper, ...])


def to_bytes(papers: tuple[Paper, ...]) -> bytes:
    return _PAPERS.dump_json(papers)


def from_bytes(data: bytes) -> tuple[Paper, ...]:
    """Raises ValueError."""
    return _PAPERS.validate_json(data)
