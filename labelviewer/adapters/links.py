"""The link to a label in an answer that is none: a link set, or the Link header of a page. Pages are never parsed."""

import re
from collections.abc import Iterator
from typing import Final

from labelviewer.domain import strict_json

LINKSET: Final = "application/linkset+json"

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\",;]*))?)*)")  # RFC 8288
_TYPE = re.compile(r";\s*type\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]*))", re.IGNORECASE)


CERTIFICATION: Final = frozenset(
    (
        "https://ref.gs1.org/voc/certificationInfo",
        "https://gs1.org/voc/certificationInfo",
        "https://www.gs1.org/voc/certificationInfo",
        "gs1:certificationInfo",
    )
)
CERTIFICATES: Final = ("application/vc+jwt", "application/json")


def in_linkset(body: bytes, media_type: str, max_bytes: int) -> str | None:
    """The first link of this type, or else to a certificate that can be read. Raises StrictJsonError."""
    members = strict_json.load(body, max_bytes=max_bytes)
    targets = list(_targets(members))
    for wanted in (media_type, *CERTIFICATES):
        for relation, href, kind in targets:
            if _is_type(kind, wanted) and (wanted == media_type or relation in CERTIFICATION):
                return href
    return None


def in_header(value: str, media_type: str) -> str | None:
    for link in _LINK.finditer(value):
        kind = _TYPE.search(link[2])
        if kind and _is_type(kind[1] or kind[2] or "", media_type):
            return link[1].strip()
    return None


def _targets(members: object) -> Iterator[tuple[str, str, str]]:
    """Every target with its relation and type, by RFC 9264: contexts, relations in each, targets in each of these."""
    contexts = members.get("linkset") if isinstance(members, dict) else None
    for context in _dicts(contexts):
        for relation, targets in context.items():
            for target in _dicts(targets):
                href, kind = target.get("href"), target.get("type")
                if isinstance(href, str) and isinstance(kind, str):
                    yield relation, href, kind


def _dicts(value: object) -> Iterator[dict[str, object]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def _is_type(said: str, media_type: str) -> bool:
    return said.partition(";")[0].strip().lower() == media_type
