"""Text that comes in several languages: the one to show, and what to say where it is not the reader's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from labelviewer.domain.pseudo import is_pseudo
from labelviewer.words.catalogue import ENGLISH

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words


class Foreign(NamedTuple):
    """`language` is empty where it is the reader's own."""

    text: str
    language: str = ""


def pick(texts: Mapping[str, str], words: Words) -> Foreign:
    """The reader's language, or another form of it, or English, or the first one."""
    if not texts:
        return Foreign("")
    own = base(words.language)
    language = min(texts, key=lambda each: (each != words.language, each != own, base(each) != own, each != ENGLISH))
    return Foreign(texts[language], mark(language, words))


def mark(language: str, words: Words) -> str:
    """The language, where it has to be named."""
    own = ENGLISH if is_pseudo(words.language) else words.language
    return "" if base(language) == base(own) else language


def language_name(language: str, words: Words) -> str:
    """In the reader's language; its code where we have no name for it."""
    key = f"language.name.{base(language)}"
    return words.say(key) if words.knows(key) else language


def base(language: str) -> str:
    return language.partition("-")[0]
