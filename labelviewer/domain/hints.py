"""What a token says of itself, read without any check: good for finding it again, never for showing."""

import base64
import binascii
import unicodedata
from dataclasses import dataclass

from labelviewer.domain import strict_json
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import WebAddress, parse_web_address

MAX_BYTES = 256 * 1024
MAX_CARRIERS = 64


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
    product, grant, carriers = members.get("product"), members.get("grant"), members.get("carriers")
    texts = [_text(product, name) for name in ("name", "maker", "model")] + [_text(grant, "number")]
    found = carriers[:MAX_CARRIERS] if isinstance(carriers, list) else []
    return Hints(fold(" ".join(texts)), tuple(dict.fromkeys(address for each in found for address in _address(each))))


def fold(text: str) -> str:
    """Lower case without accents, words apart by one blank: two texts that look alike to a person become one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in kept).split())


def _payload(token: bytes) -> dict[str, object] | None:
    parts = token.split(b".") if len(token) <= MAX_BYTES else []
    if len(parts) != 3:
        return None
    try:
        data = base64.b64decode(parts[1] + b"=" * (-len(parts[1]) % 4), altchars=b"-_", validate=True)
        members = strict_json.load(data, max_bytes=MAX_BYTES)
    except (binascii.Error, strict_json.StrictJsonError):
        return None
    return members if isinstance(members, dict) else None


def _text(part: object, name: str) -> str:
    value = part.get(name) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def _address(text: object) -> tuple[WebAddress, ...]:
    try:
        return (parse_web_address(text),) if isinstance(text, str) else ()
    except RefusedError:
        return ()
