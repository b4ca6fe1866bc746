"""The catalogue's phrases in one language, for QML; another language is another one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Slot

from labelviewer.ui.viewmodels.maps import QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from labelviewer.domain.errors import LabelViewerError
    from labelviewer.words.catalogue import Words


def say_problem(words: Words, problem: LabelViewerError | None) -> Any:
    """The message about it; None where nothing went wrong."""
    from labelviewer.present.notice import notice

    return as_map(notice(words, problem.code, problem.facts)) if problem else None


def say_more(words: Words, deed: str, code: str) -> str:
    """What a message's button asked to be told; empty where the page itself is the answer."""
    key = f"more.{deed}.{code}"
    return words.say(key) if words.knows(key) else ""


class WordsViewModel(QObject):
    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    @Property(bool, constant=True)
    def fromRight(self) -> bool:
        """Whether the language is written from right to left."""
        return self._words.from_right

    @Property(QVARIANT_LIST, constant=True)
    def glossary(self) -> list[Any]:
        from labelviewer.present.glossary import glossary

        return [as_map(term) for term in glossary(self._words)]

    @Slot(str, result=str)
    def say(self, key: str) -> str:
        return self._words.say(key)
