"""The language of the window: its words, its captions and the side it begins on; changed while the window is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.pseudo import is_pseudo
from labelviewer.ui.viewmodels.words import WordsViewModel
from labelviewer.words.catalogue import ENGLISH

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow

    from labelviewer.ui.engine import Engine
    from labelviewer.words.catalogue import Words


class Captions(QTranslator):
    """What `qsTr` says, out of the words of one language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._captions = words.captions

    def isEmpty(self) -> bool:
        return not self._captions

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        return self._captions.get(text)


def system_languages() -> list[str]:
    return QLocale.system().uiLanguages()


class Speaker(QObject):
    """Knows what the window says. `spoken` carries the words of the language that it changed to."""

    spoken = Signal(object)

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._captions: Captions | None = None
        self._set_out(words)

    def say(self, words: Words, window: QQuickWindow, engine: Engine) -> None:
        self.words = words
        self._set_out(words)
        window.setProperty("words", WordsViewModel(words, self))
        engine.retranslate()
        self.spoken.emit(words)

    def close(self) -> None:
        """The next window begins anew."""
        if self._captions is not None:
            QCoreApplication.removeTranslator(self._captions)
            self._captions = None

    def _set_out(self, words: Words) -> None:
        """English captions need no translator, and the first frame no name space of Qt."""
        self.close()
        QLocale.setDefault(QLocale(ENGLISH if is_pseudo(words.language) else words.language))
        if words.language != ENGLISH:
            self._captions = Captions(words)
            QCoreApplication.installTranslator(self._captions)
        if words.from_right or QGuiApplication.isRightToLeft():
            from PySide6.QtCore import Qt

            direction = Qt.LayoutDirection.RightToLeft if words.from_right else Qt.LayoutDirection.LeftToRight
            QGuiApplication.setLayoutDirection(direction)
