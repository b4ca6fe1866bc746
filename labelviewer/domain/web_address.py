"""A web address that passed the policy; host shown = host connected = host in the certificate."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from labelviewer.domain.errors import OddAddressError, RefusedError, UnsafeLinkError

# RFC 2606, 6761, 6762, 7686, 8375, 9476
RESERVED_NAMES: Final = frozenset(("alt", "arpa", "invalid", "local", "localhost", "onion", "test"))
# what private networks call themselves
PRIVATE_NAMES: Final = frozenset(("corp", "home", "internal", "intranet", "lan", "localdomain", "private"))
MAX_CHARACTERS: Final = 2_048  # what browsers and servers agree to carry

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SHAPE = re.compile(r"https://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PRINTABLE = re.compile(r"[\x21-\x7e]*")
_PATH = re.compile(r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+")
_QUERY = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
_DOTS = re.compile(r"(?:\.|%2e){1,2}", re.IGNORECASE)

_LETTERS = frozenset(("Ll", "Lo", "Lm", "Mn", "Mc", "Nd"))
_KEPT_BY_IDNA = "ßς"  # would change when folded, but may stand in a registered name


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An https address in normal form: lower-case host, no fragment, no user, port 443 unless listed.

    `path` starts with "/" and is kept as scanned; `query` has no "?" and may be empty.
    """

    host: str
    path: str = "/"
    query: str = ""
    port: int = 443

    def __str__(self) -> str:
        port = "" if self.port == 443 else f":{self.port}"
        query = f"?{self.query}" if self.query else ""
        return f"https://{self.host}{port}{self.path}{query}"


def parse_web_address(text: str) -> WebAddress:
    """The address in normal form; raises UnsafeLinkError where it is not https, OddAddressError for all else.

    Stricter than browsers on purpose: whatever two parsers could read in two ways is refused.
    """
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() != "https":
        raise UnsafeLinkError(scheme=scheme[1].lower()[:32])
    parts = _SHAPE.fullmatch(text)
    if not parts or not parts[1]:
        raise OddAddressError(host=_shown(text))
    authority, path, query = parts[1], parts[2] or "/", parts[3] or ""
    host = authority.lower().removesuffix(":443")
    if len(text) > MAX_CHARACTERS or not _PRINTABLE.fullmatch(text):
        raise OddAddressError(host=_shown(authority))
    if not _is_public_name(host) or not _is_plain_path(path) or not _QUERY.fullmatch(query):
        raise OddAddressError(host=_shown(authority))
    return WebAddress(host, path, query.replace("'", "%27"))


def over_https(text: str) -> WebAddress | None:
    """The same address over https, where that is all it lacks."""
    if text[:7].lower() != "http://":
        return None
    try:
        return parse_web_address(f"https{text[4:]}")
    except RefusedError:
        return None


def is_below(host: str, domain: str) -> bool:
    """Whether `host` is `domain` or one of its sub-domains."""
    return host == domain or host.endswith(f".{domain}")


def _is_public_name(host: str) -> bool:
    labels = host.split(".")
    return (
        4 <= len(host) <= 253
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
        and labels[-1][0].isalpha()
        and labels[-1] not in RESERVED_NAMES | PRIVATE_NAMES
        and _is_registrable(labels)
    )


def _is_plain_path(path: str) -> bool:
    return bool(_PATH.fullmatch(path)) and not any(_DOTS.fullmatch(segment) for segment in path.split("/"))


def _is_registrable(labels: list[str]) -> bool:
    """Every `xn--` label stands for a name that browsers take too; right-to-left names obey RFC 5893."""
    names = [_decoded(label) if label.startswith("xn--") else label for label in labels]
    words = [name for name in names if name is not None]
    if len(words) < len(names):
        return False
    right_to_left = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for word in words for letter in word)
    return not right_to_left or all(map(_obeys_direction, words))


def _decoded(label: str) -> str | None:
    coded = label.removeprefix("xn--")
    try:
        name = coded.encode("ascii").decode("punycode")
        is_canonical = not name.isascii() and name.encode("punycode").decode("ascii") == coded
    except (UnicodeError, OverflowError):
        return None
    sound = all(
        letter in _KEPT_BY_IDNA
        or letter == "-"
        or (
            unicodedata.category(letter) in _LETTERS
            and unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letter).casefold()) == letter
        )
        for letter in name
    )
    starts_with_mark = any(unicodedata.category(letter).startswith("M") for letter in name[:1])
    return name if is_canonical and sound and not starts_with_mark and unicodedata.is_normalized("NFC", name) else None


def _obeys_direction(word: str) -> bool:
    """The Bidi rule of RFC 5893, section 2."""
    kinds = [unicodedata.bidirectional(letter) for letter in word]
    ends = [kind for kind in kinds if kind != "NSM"][-1]
    if kinds[0] in ("R", "AL"):
        allowed = {"R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"}
        return allowed.issuperset(kinds) and ends in ("R", "AL", "EN", "AN") and not {"EN", "AN"} <= set(kinds)
    allowed = {"L", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"}
    return kinds[0] == "L" and allowed.issuperset(kinds) and ends in ("L", "EN")


def _shown(authority: str) -> str:
    """What a message may say of a host that was refused: printable ASCII, other scripts in their `xn--` form."""
    labels = authority[:253].split(".")
    coded = (
        label if label.isascii() else f"xn--{label.lower().encode('punycode').decode('ascii')}" for label in labels
    )
    return re.sub(r"[^\x21-\x7e]", "�", ".".join(coded))[:253]
