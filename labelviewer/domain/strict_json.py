"""JSON with no room for two readings: bounded, no duplicates, no NaN, no odd text; not a general parser."""

import json
import math
import re
from typing import Final, NoReturn

MAX_DEPTH: Final = 16
MAX_MEMBERS: Final = 20_000
MAX_STRING: Final = 16_384
MAX_INTEGER: Final = 2**53 - 1

_ESCAPE: Final = "\\u"  # the only way to a bad character; and a short text has no long string and few members
_BOM = "\ufeff"
_LONGEST_INTEGER = len(str(-MAX_INTEGER))
_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_BAD_CHARACTER = re.compile("[\x00\ud800-\udfff]")


class StrictJsonError(ValueError):
    """`reason` is a word for the log, never for the shopper."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def load(data: bytes, *, max_bytes: int, max_string: int = MAX_STRING, max_members: int = MAX_MEMBERS) -> object:
    """Parse, or raise StrictJsonError."""
    if len(data) > max_bytes:
        raise StrictJsonError("too-big")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise StrictJsonError("not-utf-8") from None
    if text.startswith(_BOM):
        raise StrictJsonError("byte-order-mark")
    _bound_depth(text)
    try:
        value: object = json.loads(
            text, object_pairs_hook=_members, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError:
        raise StrictJsonError("not-json") from None
    if len(text) > min(max_string, max_members) or _ESCAPE in text:
        _bound_content(value, max_string, max_members)
    return value


def _bound_depth(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        match token[0]:
            case "[" | "{":
                depth += 1
                if depth > MAX_DEPTH:
                    raise StrictJsonError("too-deep")
            case "]" | "}":
                depth -= 1
            case _:
                pass


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise StrictJsonError("duplicate-name")
    return members


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER or abs(number := int(digits)) > MAX_INTEGER:
        raise StrictJsonError("integer-out-of-range")
    return number


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise StrictJsonError("number-out-of-range")
    return number


def _constant(_name: str) -> NoReturn:
    raise StrictJsonError("not-a-number")


def _bound_content(value: object, max_string: int, max_members: int) -> None:
    members = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            _bound_string(item, max_string)
        elif isinstance(item, (dict, list)):
            members += len(item)
            if members > max_members:
                raise StrictJsonError("too-many-members")
            waiting.extend(item)
            if isinstance(item, dict):
                waiting.extend(item.values())


def _bound_string(text: str, max_string: int) -> None:
    if len(text) > max_string:
        raise StrictJsonError("string-too-long")
    if _BAD_CHARACTER.search(text):
        raise StrictJsonError("bad-character")
