"""What a token says of itself, read without any check: good for finding it again, never for showing."""

import base64
import binascii
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from labelviewer.domain import strict_json
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import WebAddress, parse_web_address

MAX_BYTES = 256 * 1024
MAX_CARRIERS = 64
MAX_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Hints:
    """`words` is searchable text as `fold` makes it; `carriers` are in normal form."""

    words: str = ""
    carriers: tuple[WebAddress, ...] = ()


def hints_of(token: bytes) -> Hints:
    """Nothing at all where the token cannot be read."""
    members = _payload(token)
    if members is None:
        return Hints()
    carriers = members.get("carriers")
    found = carriers[:MAX_CARRIERS] if isinstance(carriers, list) else []
    return Hints(_words(members), tuple(dict.fromkeys(address for each in found for address in _address(each))))


def words_of_proven(token: bytes) -> str:
    """The same words as `hints_of` finds, for a token whose signature and form were checked before: it is bounded."""
    _, _, rest = token.partition(b".")
    payload, _, _ = rest.partition(b".")
    try:
        members = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
    except ValueError:
        members = None
    return _words(members) if isinstance(members, dict) else hints_of(token).words


def _words(members: dict[str, object]) -> str:
    product, grant = members.get("product"), members.get("grant")
    texts = [_text(product, name) for name in ("name", "maker", "model")] + [_text(grant, "number")]
    return fold(" ".join(texts if isinstance(product, dict) else _strings(members)))


def fold(text: str) -> str:
    """Lower case without accents, words apart by one blank: two texts that look alike to a person become one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in kept).split())


def _payload(token: bytes) -> dict[str, object] | None:
    parts = token.split(b".") if len(token) <= MAX_BYTES and token.lstrip()[:1] != b"{" else []
    try:
        if len(parts) != 3:
            plain = strict_json.load(token, max_bytes=MAX_BYTES)
            return plain if isinstance(plain, dict) else None
        data = base64.b64decode(parts[1] + b"=" * (-len(parts[1]) % 4), altchars=b"-_", validate=True)
        members = strict_json.load(data, max_bytes=MAX_BYTES)
    except (binascii.Error, strict_json.StrictJsonError):
        return None
    return members if isinstance(members, dict) else None


def _strings(members: object) -> Iterator[str]:
    """Of a document in a form of somebody else: all that it says, up to a bound."""
    left = MAX_WORDS
    waiting = [members]
    while waiting and left > 0:
        match waiting.pop():
            case str() as text:
                yield text[:left]
                left -= len(text)
            case list() as items:
                waiting.extend(reversed(items))
            case dict() as inner:
                waiting.extend(reversed(list(inner.values())))
            case _:
                pass


def _text(part: object, name: str) -> str:
    value = part.get(name) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def _address(text: object) -> tuple[WebAddress, ...]:
    try:
        return (parse_web_address(text),) if isinstance(text, str) else ()
    except RefusedError:
        return ()
