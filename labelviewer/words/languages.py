"""Which languages there are: those that are offered, and the one that fits what somebody reads."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from labelviewer.domain.pseudo import is_pseudo
from labelviewer.words.catalogue import ENGLISH, Words, load_pseudo, load_unfinished, load_words


class Tongues(NamedTuple):
    """The languages to choose from, each by its own name. `asked` was named when the program was started."""

    names: Mapping[str, str]
    load: Callable[[str], Words]
    asked: str | None = None

    def choose(self, chosen: str, system: Callable[[], Iterable[str]]) -> str:
        """What was asked for, else what was chosen, else what the system speaks, else English."""
        if self.asked is not None:
            return self.asked
        return chosen if chosen in self.names else self.of_system(system)

    def of_system(self, system: Callable[[], Iterable[str]]) -> str:
        return best_of(system(), self.names) or ENGLISH


def only(words: Words) -> Tongues:
    """No choice."""
    return Tongues({words.language: words.language}, lambda _language: words, words.language)


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
    if is_pseudo(language):
        return load_pseudo(folder, language)
    if (name := best_of([language], known)) is not None:
        return load_words(folder, name)
    there = {path.stem: path for path in folder.glob("*.json")}
    name = best_of([language], there)
    return None if name is None else load_unfinished(folder, name)
