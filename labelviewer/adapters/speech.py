"""The voice of the system, one sentence at a time; never the pretended one of Qt unless a test asks for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtTextToSpeech import QTextToSpeech

PRETENDED: Final = "mock"


class Speech(QObject):
    """`word` carries where in the sentence a word begins and how long it is, where the voice tells that.

    `ended`: the sentence was said to its end, not stopped. `failed`: the voice has gone.
    """

    word = Signal(int, int)
    ended = Signal()
    failed = Signal()

    def __init__(self, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = QTextToSpeech(engine, self) if engine else QTextToSpeech(self)
        self._wanted = engine
        self._text = ""
        self._speaking = False
        self._engine.stateChanged.connect(self._follow)
        self._engine.sayingWord.connect(self._tell_word)

    @property
    def ready(self) -> bool:
        usable = self._engine.state() is not QTextToSpeech.State.Error
        return usable and (self._engine.engine() != PRETENDED or self._wanted == PRETENDED)

    @property
    def languages(self) -> frozenset[str]:
        """Those that there are voices for, without their countries."""
        return frozenset(locale.name().partition("_")[0] for locale in self._engine.availableLocales())

    def say(self, text: str, language: str, rate: float) -> None:
        """`rate` from -1 to 1, 0 is normal. Whatever is being said is broken off."""
        self._speaking = False
        self._text = text
        if _base(self._engine.locale().name()) != _base(language):
            self._engine.setLocale(self._locale(language))
        self._engine.setRate(rate)
        self._engine.say(text)

    def pause(self) -> None:
        if self._engine.engineCapabilities() & QTextToSpeech.Capability.PauseResume:
            self._engine.pause()
        else:
            self.stop()

    def resume(self) -> None:
        """Goes on where it stopped; a voice that cannot begins the sentence again."""
        if self._engine.state() is QTextToSpeech.State.Paused:
            self._engine.resume()
        else:
            self._speaking = False
            self._engine.say(self._text)

    def stop(self) -> None:
        self._speaking = False
        self._engine.stop()

    def _locale(self, language: str) -> QLocale:
        """The one that the system has for the language, its own country first."""
        wanted = QLocale(language)
        there = [each for each in self._engine.availableLocales() if _base(each.name()) == _base(language)]
        return min(there, key=lambda each: each.name() != wanted.name(), default=wanted)

    @Slot(QTextToSpeech.State)
    def _follow(self, state: QTextToSpeech.State) -> None:
        match state:
            case QTextToSpeech.State.Speaking:
                self._speaking = True
            case QTextToSpeech.State.Ready if self._speaking:
                self._speaking = False
                self.ended.emit()
            case QTextToSpeech.State.Error:
                self._speaking = False
                self.failed.emit()
            case _:
                pass

    def _tell_word(self, _word: str, _utterance: int, start: int, length: int) -> None:
        self.word.emit(start, length)


def _base(language: str) -> str:
    return language.replace("-", "_").partition("_")[0]
