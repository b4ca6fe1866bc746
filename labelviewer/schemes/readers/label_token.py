"""Our own label token, decoded: its claims by the name of their criterion. Judges no value."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from labelviewer.domain.document import AnyLabel, ClaimDocument


def read_claims(document: AnyLabel) -> Mapping[str, ClaimDocument | None]:
    """None for a criterion that is claimed twice with different values: the label contradicts itself."""
    claims: dict[str, ClaimDocument | None] = {}
    for claim in document.claims:
        first = claims.setdefault(claim.criterion, claim)
        if first is not None and not _alike(first.value, claim.value):
            claims[claim.criterion] = None
    return claims


def look_up(document: AnyLabel, pointer: str) -> Any:
    """What stands at a JSON pointer made of names only; None where nothing does."""
    found: Any = document
    for name in pointer.split("/")[1:]:
        found = getattr(found, name) if isinstance(found, BaseModel) and name in type(found).model_fields else None
    return found


def _alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
