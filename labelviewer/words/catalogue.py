"""The words of one language: loads them, fills their blanks, and refuses to make up a sentence that is not there."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from labelviewer.words.dates import say_date, say_list, say_number

if TYPE_CHECKING:
    from labelviewer.domain.errors import Fact, Facts

Template = str | Sequence[str] | Mapping[str, str]
"""A sentence; several, of which the first that can be filled is said; or one for each plural form of `n`."""

TEXT_LIMIT: Final = 2_000
NAME_LIMIT: Final = 256

_LEFT_TO_RIGHT: Final = "\u200e"

_BLANK = re.compile(r"\{(?P<name>\w+)(?::(?P<phrase>[\w.*-]+))?\}")


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
        return say_list(items, self.say)

    def _fill(self, template: Template, facts: Facts, limit: int) -> str:
        def fill(blank: re.Match[str]) -> str:
            value = facts[blank["name"]]
            if phrase := blank["phrase"]:
                return self._fill(self.phrases[phrase.replace("*", str(value))], {"n": value}, limit)
            return self._render(value, limit)

        return _BLANK.sub(fill, _choose(template, facts))

    def _render(self, value: Fact, limit: int) -> str:
        from labelviewer.domain.plain_text import clean  # late: the first page has no text from outside

        match value:
            case str():
                return _steady(clean(value, limit))
            case date():
                return say_date(value, self.say)
            case int():
                return say_number(value, self.say)


def load_words(folder: Path, language: str = "en") -> Words:
    data = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    topics = {f"topic.{topic}.{part}": said for topic, parts in data["topics"].items() for part, said in parts.items()}
    return Words(data["language"], data["phrases"] | topics, data["messages"], data["glossary"])


def blanks(template: Template) -> frozenset[str]:
    """The facts that a template cannot do without."""
    match template:
        case str():
            return frozenset(blank["name"] for blank in _BLANK.finditer(template))
        case Mapping():
            return frozenset().union(*map(blanks, template.values())) | {"n"}
        case _:
            return blanks(template[-1])


def _choose(template: Template, facts: Facts) -> str:
    match template:
        case str():
            return template
        case Mapping():
            return template["one" if facts["n"] == 1 else "other"]
        case _:
            return next((each for each in template if blanks(each) <= facts.keys()), template[-1])


def _steady(text: str) -> str:
    """Text from right to left gets a mark on either side, so that it cannot reorder the sentence around it."""
    if any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text):
        return f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
    return text


def _action(words: Mapping[str, str] | None) -> ActionWords | None:
    return ActionWords(words["deed"], words["caption"]) if words else None
