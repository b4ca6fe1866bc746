"""Which languages there are: those that are offered, and the one that fits what somebody reads."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from labelviewer.words.catalogue import Words, load_unfinished, load_words


def offered(file: Path) -> dict[str, str]:
    """The languages whose words are all there, each with its own name for itself."""
    names: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return names


def best_of(wanted: Iterable[str], known: Mapping[str, object]) -> str | None:
    """The first wanted language that is known, or the base of one: `de-AT`, `de_AT.UTF-8` and `de` are German."""
    for each in wanted:
        name = each.partition(".")[0].partition("@")[0].replace("_", "-")
        for language in (name, name.partition("-")[0].lower()):
            if language in known:
                return language
    return None


def speak(folder: Path, language: str, known: Mapping[str, object]) -> Words | None:
    """Somebody asked for this very language: it may be unfinished, with English where words are missing."""
    if (name := best_of([language], known)) is not None:
        return load_words(folder, name)
    there = {path.stem: path for path in folder.glob("*.json")}
    name = best_of([language], there)
    return None if name is None else load_unfinished(folder, name)
