"""A phrase with its facts, kept until it is known in which language to say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelviewer.domain.errors import Fact
    from labelviewer.words.catalogue import Words

Line = tuple[str, tuple[tuple[str, "Fact"], ...]]


def line(key: str, **facts: Fact) -> Line:
    return key, tuple(facts.items())


def say_line(said: Line | None, words: Words) -> str:
    """Empty where there is nothing to say."""
    return words.say(said[0], **dict(said[1])) if said else ""
