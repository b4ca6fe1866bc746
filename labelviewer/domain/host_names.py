"""Which part of a host's name somebody had to register, and whether the name passes itself off as another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SHORTEST_NAME: Final = 4  # below this too many honest names are one letter away
SHORTEST_WORD: Final = 5  # a name of this length stands for itself as a word of another one
SHORTEST_PART: Final = 8  # and of this length as any part of another one
REMEMBERED: Final = 1_024  # names: the listed ones are asked about again and again

# What our eyes take for one another in small letters, beside the table of the Unicode Consortium.
_ALIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("j", "l"), ("5", "s"))


@dataclass(frozen=True, slots=True)
class HostParts:
    """`before` + `registrable` is the host; `before` ends with a dot where it is not empty."""

    before: str
    registrable: str


@lru_cache(maxsize=REMEMBERED)
def host_parts(host: str) -> HostParts:
    """The whole host is the registrable part where it is a public suffix itself."""
    registrable = _suffixes().privatesuffix(host) or host
    return HostParts(host.removesuffix(registrable), registrable)


def imitated(host: str, listed: Iterable[str]) -> str | None:
    """The listed host that this one could be mistaken for; never one of the same owner. `host` is in its A-label form.

    A name alone proves nothing: an answer stops the reader, no answer is no recommendation.
    """
    own = host_parts(host).registrable
    others = [known for known in listed if host_parts(known).registrable != own]
    return next((known for known in others if any(is_alike(host, known) for is_alike in _WAYS)), None)


@lru_cache(maxsize=REMEMBERED)
def skeleton(host: str) -> str:
    """The same for names that look the same: without accents, each letter as the plain one it resembles."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", in_unicode(host)).casefold())
    table = _confusables()
    plain = "".join(table.get(letter, letter) for letter in letters if not unicodedata.category(letter).startswith("M"))
    plain = plain.casefold()
    for pair, one in _ALIKE:
        plain = plain.replace(pair, one)
    return plain


def in_unicode(host: str) -> str:
    """With `xn--` labels as they are meant; one that means nothing stays as it is."""
    return ".".join(map(_decoded, host.split(".")))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _looks_the_same(host: str, known: str) -> bool:
    one, other = host_parts(host).registrable, host_parts(known).registrable
    return skeleton(host) == skeleton(known) or skeleton(one) == skeleton(other)


def _wears_it_in_front(host: str, known: str) -> bool:
    """`labels.a.example.shop.example`, `labels-a-example.shop.example`."""
    seen = skeleton(host)
    return f".{skeleton(known)}." in f".{seen}" or f"-{skeleton(known.replace('.', '-'))}-" in f"-{seen}".replace(
        ".", "-"
    )


def _is_one_slip_away(host: str, known: str) -> bool:
    one, other = host_parts(host).registrable, host_parts(known).registrable
    if len(_name(other)) < SHORTEST_NAME:
        return False
    return any(
        is_one_edit(each, meant)
        for each, meant in (
            (one, other),
            (host, known),
            (skeleton(one), skeleton(other)),
            (skeleton(host), skeleton(known)),
        )
    )


def _has_words_added(host: str, known: str) -> bool:
    """`a-label.example`, `alabel-check.example`, `mylongname.example`, the same name below another ending."""
    name = skeleton(_name(host_parts(known).registrable)).replace("-", "")
    if len(name) < SHORTEST_WORD:
        return False
    labels = skeleton(host).split(".")
    words = {word for label in labels for word in label.split("-")}
    joined = [label.replace("-", "") for label in labels]
    return name in words or name in joined or (len(name) >= SHORTEST_PART and any(name in label for label in joined))


_WAYS: Final[tuple[Callable[[str, str], bool], ...]] = (
    _looks_the_same,
    _wears_it_in_front,
    _is_one_slip_away,
    _has_words_added,
)


def _name(registrable: str) -> str:
    return registrable.partition(".")[0]


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or swapped with the next makes one of the other; not of the same."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    return swapped or one[start + 1 :] == other[start + 1 :]


@cache
def _suffixes() -> PublicSuffixList:
    """Loaded when first asked for: 40 ms."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@cache
def _confusables() -> dict[str, str]:
    """Letters to the plain letters they can be mistaken for, by UTS 39. Loaded when first asked for: 40 ms."""
    from confusable_homoglyphs.confusables import confusables_data

    plain = {}
    for letter, alike in confusables_data.items():
        ascii_ones = [each["c"] for each in alike if each["c"].isascii() and each["c"].isalnum()]
        if not letter.isascii() and ascii_ones:
            plain[letter] = min(ascii_ones, key=lambda text: (len(text), text.isupper(), text))
    return plain
