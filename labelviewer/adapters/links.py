"""The link to a label in an answer that is none: a link set, or the Link header of a page. Pages are never parsed."""

import re
from collections.abc import Iterator
from typing import Final

from labelviewer.domain import strict_json

LINKSET: Final = "application/linkset+json"

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\",;]*))?)*)")  # RFC 8288
_TYPE = re.compile(r";\s*type\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]*))", re.IGNORECASE)


def in_linkset(body: bytes, media_type: str, max_bytes: int) -> str | None:
    """The first link of this type, or None. Raises StrictJsonError where the body is no JSON."""
    members = strict_json.load(body, max_bytes=max_bytes)
    return next((href for href, kind in _targets(members) if _is_type(kind, media_type)), None)


def in_header(value: str, media_type: str) -> str | None:
    for link in _LINK.finditer(value):
        kind = _TYPE.search(link[2])
        if kind and _is_type(kind[1] or kind[2] or "", media_type):
            return link[1].strip()
    return None


def _targets(members: object) -> Iterator[tuple[str, str]]:
    """Every target with its type, by RFC 9264: contexts in a list, relations in each, targets in each of these."""
    contexts = members.get("linkset") if isinstance(members, dict) else None
    for context in _dicts(contexts):
        for targets in context.values():
            for target in _dicts(targets):
                href, kind = target.get("href"), target.get("type")
                if isinstance(href, str) and isinstance(kind, str):
                    yield href, kind


def _dicts(value: object) -> Iterator[dict[str, object]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def _is_type(said: str, media_type: str) -> bool:
    return said.partition(";")[0].strip().lower() == media_type
