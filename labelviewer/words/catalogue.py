"""The words of one language: loads them, fills their blanks, and refuses to make up a sentence that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from labelviewer.words.dates import say_date, say_list, say_number

if TYPE_CHECKING:
    from labelviewer.domain.errors import Fact, Facts

Template = str | Sequence[str] | Mapping[str, str]
"""A sentence; several, of which the first that can be filled is said; or one for each plural form of `n`, by CLDR."""

ENGLISH: Final = "en"
FROM_RIGHT: Final = frozenset(("ar", "qps-rtl"))
"""Languages that are written from right to left."""

TEXT_LIMIT: Final = 2_000
NAME_LIMIT: Final = 256

_BLANK: Final = r"\{(?P<name>\w+)(?::(?P<phrase>[\w.*-]+))?\}"  # compiled with the first blank there is to fill


class ActionWords(NamedTuple):
    deed: str
    caption: str


class MessageWords(NamedTuple):
    severity: str
    title: str
    body: str
    primary: ActionWords | None
    secondary: ActionWords | None


class Words(NamedTuple):
    """`{name}` in a template is a fact.

    `{name:phrase}` is that phrase with the fact as its `n`; `{name:kind.*}` is the phrase that the fact names.
    """

    language: str
    phrases: Mapping[str, Template]
    messages: Mapping[str, Mapping[str, Any]]
    glossary: Mapping[str, str]
    captions: Mapping[str, str] = {}
    terms: Mapping[str, str] = {}

    @property
    def from_right(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language in FROM_RIGHT

    def say(self, key: str, /, **facts: Fact) -> str:
        """KeyError where the phrase or a fact for one of its blanks is missing."""
        return self._fill(self.phrases[key], facts, TEXT_LIMIT)

    def knows(self, key: str) -> bool:
        return key in self.phrases

    def message(self, code: str, facts: Facts) -> MessageWords:
        message = self.messages[code]
        return MessageWords(
            severity=message["severity"],
            title=self._fill(message["title"], facts, NAME_LIMIT),
            body=self._fill(message["body"], facts, NAME_LIMIT),
            primary=_action(message.get("primary")),
            secondary=_action(message.get("secondary")),
        )

    def join(self, items: Sequence[str]) -> str:
        return say_list([self._render(item, TEXT_LIMIT) for item in items], self.say)

    def _fill(self, template: Template, facts: Facts, limit: int) -> str:
        def fill(blank: re.Match[str]) -> str:
            value = facts[blank["name"]]
            if phrase := blank["phrase"]:
                return self._fill(self.phrases[phrase.replace("*", str(value))], {"n": value}, limit)
            return self._render(value, limit)

        said = self._choose(template, facts)
        return re.sub(_BLANK, fill, said) if "{" in said else said

    def _choose(self, template: Template, facts: Facts) -> str:
        match template:
            case str():
                return template
            case Mapping():
                from labelviewer.words.plurals import plural_form  # late: the first page counts nothing

                number = facts["n"]
                assert isinstance(number, int)
                return template.get(plural_form(self.language, number)) or template["other"]
            case _:
                return next((each for each in template if blanks(each) <= facts.keys()), template[-1])

    def _render(self, value: Fact, limit: int) -> str:
        match value:
            case str():
                from labelviewer.words.direction import clean_between, isolated  # late: not on the first page

                return isolated(clean_between(value, limit), self.language)
            case date():
                return say_date(value, self.say)
            case int():
                return say_number(value, self.say)


def load_words(folder: Path, language: str = ENGLISH) -> Words:
    """The words as they stand in the file; a language that is not finished lacks some."""
    return _words(_read(folder, language))


def load_unfinished(folder: Path, language: str) -> Words:
    """For who translates: English where words are missing."""
    return _words(_over(_read(folder, ENGLISH), _read(folder, language)))


def load_pseudo(folder: Path, language: str) -> Words:
    """English made to look foreign."""
    from labelviewer.domain.pseudo import pseudo

    def foreign(template: Any) -> Any:
        match template:
            case str():
                return pseudo(template, language)
            case Mapping():
                return {key: said if key in ("severity", "deed") else foreign(said) for key, said in template.items()}
            case _:
                return [foreign(each) for each in template]

    return _words({**foreign(_read(folder, ENGLISH)), "language": language})


def _read(folder: Path, language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return data


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Plural forms are not mixed: a language's own forms, or the English ones."""
    return below | {
        key: _over(below[key], value) if isinstance(value, dict) and key in below and "other" not in value else value
        for key, value in above.items()
    }


def _words(data: Mapping[str, Any]) -> Words:
    topics = {f"topic.{topic}.{part}": said for topic, parts in data["topics"].items() for part, said in parts.items()}
    return Words(
        data["language"],
        data["phrases"] | topics,
        data["messages"],
        data["glossary"],
        data["captions"],
        data["terms"],
    )


def blanks(template: Template) -> frozenset[str]:
    """The facts that a template cannot do without."""
    match template:
        case str():
            return frozenset(blank["name"] for blank in re.finditer(_BLANK, template))
        case Mapping():
            return frozenset().union(*map(blanks, template.values())) | {"n"}
        case _:
            return blanks(template[-1])


def _action(words: Mapping[str, str] | None) -> ActionWords | None:
    return ActionWords(words["deed"], words["caption"]) if words else None
