"""The terms that need explaining: all of them, and those that a text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words


# In the glossary, and too common in the texts to be marked there.
UNMARKED: Final = frozenset(("app", "criterion", "issuer", "key", "label", "label scheme", "level", "real", "software"))


_SIGNS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_THE: Final = "\u0627\u0644"
_OWNERS: Final = (
    "(?:\u0643|\u0647|\u0647\u0627|\u0647\u0645|\u0646\u0627)?"  # "your", "its": written at the end of a word
)


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
    terms = tuple(term for term in words.glossary if term not in UNMARKED)
    names, language = _bared(tuple(_name(term, words) for term in terms)), words.language.partition("-")[0]
    known = dict(zip(names, terms, strict=True))
    matches = _pattern(names, language).finditer(_bare(text))
    found = dict.fromkeys(known[_meant(names, language, match[1])] for match in matches)
    return tuple(_term(term, words) for term in found)


def _name(term: str, words: Words) -> str:
    """In the language of the words; terms go by their English names."""
    return words.terms.get(term, term)


def _term(term: str, words: Words) -> Term:
    name = _name(term, words)
    return Term(name, words.glossary[term], words.say("glossary.explain", term=name))


def _bare(text: str) -> str:
    """Small letters without accents and vowel signs: these come and go with the form of a word."""
    small = text.casefold()
    return small if small.isascii() else _SIGNS.sub("", normalize("NFD", small))


@lru_cache(maxsize=8)
def _bared(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_bare, names))


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...], language: str) -> re.Pattern[str]:
    """A whole word in its usual forms; in Arabic with what is written together with it."""
    before = f"[\u0648\u0641]?[\u0628\u0644\u0643]?(?:{_THE}|\u0644)?" if language == "ar" else ""
    longest_first = sorted(names, key=len, reverse=True)
    forms = "|".join(_forms(name, language) for name in longest_first)
    return re.compile(rf"(?<!\w){before}({forms})(?!\w)")


@lru_cache(maxsize=512)
def _meant(names: tuple[str, ...], language: str, form: str) -> str:
    """The name of which this is a form, the longest that fits; an unchanged name is its own."""
    fitting = [name for name in names if re.fullmatch(_forms(name, language), form)]
    return form if form in fitting else max(fitting, key=len)


def _forms(name: str, language: str) -> str:
    """A name in its usual forms. Every word of it is bent as its language bends it; in English only the last one."""
    words = name.split()
    match language:
        case "ar":
            return rf"\s+(?:{_THE})?".join(_bent(_without_the(word), language) for word in words)
        case "es" | "fr" | "de":
            return r"\s+".join(_bent(word, language) for word in words)
        case _:
            return re.escape(name) + "(?:e?s)?"


def _without_the(word: str) -> str:
    return word.removeprefix(_THE) if len(word) > 4 else word


def _bent(word: str, language: str) -> str:
    stem, endings = word, ""
    match language:
        case _ if len(word) <= 2:
            pass
        case "es":
            stem, endings = (word[:-1], "[oa]s?") if word.endswith("o") else (word, "(?:e?s)?")
        case "fr":
            stem, endings = (word[:-1], "(?:le?s?|ux)") if word.endswith("al") else (word, "e?s?")
        case "de":
            stem, endings = (word[:-2], "e(?:r[ns]?|[nsm])?") if word.endswith("er") else (word, "(?:e?[nrsm]|e)?")
        case "ar" if word.endswith("\u0629"):
            stem, endings = word[:-1], f"(?:\u0629|\u0627?\u062a{_OWNERS})"
        case _:
            endings = f"(?:\u0629|\u0627\u062a?|\u064a\u0646|\u0648\u0646)?{_OWNERS}"
    return re.escape(stem) + endings
