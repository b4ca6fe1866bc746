"""The terms that need explaining: all of them, and those that a text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words


# In the glossary, and too common in the texts to be marked there.
UNMARKED: Final = frozenset(("app", "criterion", "issuer", "key", "label", "label scheme", "level", "real", "software"))


@dataclass(frozen=True, slots=True)
class Term:
    """`question` asks for the term by name, for a button that stands alone."""

    term: str
    meaning: str
    question: str


def glossary(words: Words) -> tuple[Term, ...]:
    return tuple(sorted((_term(term, words) for term in words.glossary), key=lambda each: each.term.casefold()))


def terms_in(text: str, words: Words) -> tuple[Term, ...]:
    """The marked terms that a text uses, each once, in the order in which they come; of two the longer one."""
    known = {_name(term, words).casefold(): term for term in words.glossary if term not in UNMARKED}
    pattern = _pattern(tuple(known), words.language)
    found = dict.fromkeys(known[match[1].casefold()] for match in pattern.finditer(text))
    return tuple(_term(term, words) for term in found)


def _name(term: str, words: Words) -> str:
    """In the language of the words; terms go by their English names."""
    return words.terms.get(term, term)


def _term(term: str, words: Words) -> Term:
    name = _name(term, words)
    return Term(name, words.glossary[term], words.say("glossary.explain", term=name))


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...], language: str) -> re.Pattern[str]:
    """A whole word, with the usual endings of a plural; in Arabic with what is written together with it."""
    before = "[\u0648\u0641]?[\u0628\u0644\u0643]?(?:\u0627\u0644|\u0644)?" if language == "ar" else ""
    ending = "(?:\u0627\u062a|\u064a\u0646)?" if language == "ar" else "(?:e?[sn])?"
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w){before}({'|'.join(map(re.escape, longest_first))}){ending}(?!\w)", re.IGNORECASE)
