"""The terms that need explaining: all of them, and those that a text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Term:
    """`question` asks for the term by name, for a button that stands alone."""

    term: str
    meaning: str
    question: str


def glossary(words: Words) -> tuple[Term, ...]:
    return tuple(_term(term, words) for term in words.glossary)


def terms_in(text: str, words: Words) -> tuple[Term, ...]:
    """The marked terms that a text uses, each once, in the order in which they come; of two the longer one."""
    marked = tuple(term for term in words.glossary if term not in words.unmarked_terms)
    known = {term.casefold(): term for term in marked}
    found = dict.fromkeys(known[match[1].casefold()] for match in _pattern(marked).finditer(text))
    return tuple(_term(term, words) for term in found)


def _term(term: str, words: Words) -> Term:
    return Term(term, words.glossary[term], words.say("glossary.explain", term=term))


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """A whole word, with the usual endings of a plural."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?:e?[sn])?(?!\w)", re.IGNORECASE)
