"""Reads a page out, sentence by sentence; the voice is asked for when somebody first wants to hear it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.pseudo import is_pseudo
from labelviewer.present.notice import Deed
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map
from labelviewer.ui.viewmodels.words import say_more
from labelviewer.words.catalogue import ENGLISH

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from labelviewer.present.notice import Notice
    from labelviewer.present.spoken import Passage
    from labelviewer.words.catalogue import Words

NO_ENGINE = "A06H"
NO_VOICE = "A10"
BROKE_OFF = "A11"
RATES = (-0.6, -0.3, 0.0, 0.3, 0.6)
NORMAL = 2


class Speech(Protocol):
    """Says one sentence; `word` is where it is, `ended` that it is through, `failed` that nothing more will come."""

    @property
    def word(self) -> SignalInstance: ...
    @property
    def ended(self) -> SignalInstance: ...
    @property
    def failed(self) -> SignalInstance: ...
    @property
    def languages(self) -> frozenset[str]: ...
    def say(self, text: str, language: str, rate: float) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ReadingState:
    """Reads while there are `passages`; `at` is the one that is said, `word` where in it. `rate` is a place in RATES.
    `between`: the sentence before came to its end while the voice was to pause; this one has not begun.

    `code` is the message that says why nothing is heard.
    """

    passages: tuple[Passage, ...] = ()
    at: int = 0
    word: tuple[int, int] = (0, 0)
    paused: bool = False
    between: bool = False
    rate: int = NORMAL
    code: str = ""
    unfolded: bool = False

    @property
    def passage(self) -> Passage | None:
        return self.passages[self.at] if self.passages else None


class ReadingViewModel(QObject):
    """`pages` give what there is to read, or of one row. `make_speech` gives None where there is no voice at all."""

    changed = Signal()
    wordChanged = Signal()

    def __init__(
        self,
        make_speech: Callable[[], Speech | None],
        pages: Mapping[str, Callable[[str], tuple[Passage, ...]]],
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ReadingState()
        self._make_speech = make_speech
        self._pages = pages
        self._words = words
        self._speech: Speech | None = None

    @Property(QVARIANT_LIST, constant=True)
    def pages(self) -> list[str]:
        return list(self._pages)

    @Property(bool, notify=changed)
    def on(self) -> bool:
        return bool(self.state.passages)

    @Property(bool, notify=changed)
    def paused(self) -> bool:
        return self.state.paused

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where on the page it reads; empty while nothing is read."""
        return self.state.passage.place if self.state.passage else ""

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self.state.passage.text if self.state.passage else ""

    @Property(int, notify=wordChanged)
    def wordStart(self) -> int:
        return self.state.word[0]

    @Property(int, notify=wordChanged)
    def wordLength(self) -> int:
        """0 where the voice does not tell its words."""
        return self.state.word[1]

    @Property(bool, notify=changed)
    def canSlower(self) -> bool:
        return self.state.rate > 0

    @Property(bool, notify=changed)
    def canFaster(self) -> bool:
        return self.state.rate < len(RATES) - 1

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why nothing is heard; None while all is well."""
        return as_map(self._notice()) if self.state.code else None

    @Property(str, notify=changed)
    def more(self) -> str:
        return say_more(self._words, Deed.SHOW_ADVICE, self.state.code) if self.state.unfolded else ""

    @Slot(str)
    def toggle(self, page: str) -> None:
        """Begins with the page, or is quiet."""
        if self.state.passages:
            self.stop()
        else:
            self.read(page, "")

    @Slot(str, str)
    def read(self, page: str, row: str) -> None:
        """`row` alone, or the whole page where that is empty."""
        passages = self._pages[page](row) if page in self._pages else ()
        self._hush()
        if not passages:
            return
        if (speech := self._voice()) is None:
            self._become(ReadingState(code=NO_ENGINE, rate=self.state.rate))
        elif self._language not in speech.languages:
            self._become(ReadingState(code=NO_VOICE, rate=self.state.rate))
        else:
            self._become(ReadingState(tuple(self._sayable(each, speech) for each in passages), rate=self.state.rate))
            self._say()

    @Slot()
    def pause(self) -> None:
        """Pauses; when paused, goes on."""
        if self._speech is None or not self.state.passages:
            return
        if self.state.between:
            self._go(self.state.at)
            return
        self._become(replace(self.state, paused=not self.state.paused))
        if self.state.paused:
            self._speech.pause()
        else:
            self._speech.resume()

    @Slot()
    def again(self) -> None:
        """The sentence once more."""
        self._go(self.state.at)

    @Slot()
    def earlier(self) -> None:
        """The place before this one."""
        first = self._first_of(self.state.at)
        self._go(self._first_of(max(0, first - 1)))

    @Slot()
    def later(self) -> None:
        """The next place; after the last one, silence."""
        here = self.state.passage
        rest = range(self.state.at, len(self.state.passages))
        following = next((each for each in rest if here and self.state.passages[each].place != here.place), None)
        if following is None:
            self.stop()
        else:
            self._go(following)

    @Slot()
    def slower(self) -> None:
        self._speed(-1)

    @Slot()
    def faster(self) -> None:
        self._speed(+1)

    @Slot()
    def stop(self) -> None:
        """Quiet, and nothing more is said about it."""
        self._hush()
        self._become(ReadingState(rate=self.state.rate))

    @Slot(str, str)
    def act(self, deed: str, code: str) -> None:  # noqa: ARG002
        """What the buttons of our messages do."""
        match deed:
            case Deed.SHOW_ADVICE:
                self._become(replace(self.state, unfolded=not self.state.unfolded))
            case _:
                self.stop()

    def speak(self, words: Words) -> None:
        """What was being read is in the language of before."""
        self._words = words
        self.stop()
        self.changed.emit()

    @property
    def _language(self) -> str:
        language = self._words.language
        return ENGLISH if is_pseudo(language) else language.partition("-")[0]

    def _voice(self) -> Speech | None:
        if self._speech is None and (speech := self._make_speech()) is not None:
            self._speech = speech
            speech.word.connect(self._mark)
            speech.ended.connect(self._follow)
            speech.failed.connect(self._break_off)
        return self._speech

    def _sayable(self, passage: Passage, speech: Speech) -> Passage:
        """A text in a language that nobody here speaks is named, not mangled."""
        language = passage.language.partition("-")[0]
        if not language or language in speech.languages:
            return passage
        from labelviewer.present.foreign import language_name

        said = self._words.say("reading.no-voice", language=language_name(language, self._words))
        return replace(passage, text=said, language="")

    def _notice(self) -> Notice:
        from labelviewer.present.foreign import language_name
        from labelviewer.present.notice import notice

        facts = {"language": language_name(self._language, self._words)} if self.state.code == NO_VOICE else {}
        return notice(self._words, self.state.code, facts)

    def _say(self) -> None:
        passage = self.state.passage
        if passage and self._speech:
            self._speech.say(passage.text, passage.language or self._language, RATES[self.state.rate])

    def _go(self, at: int) -> None:
        if self.state.passages:
            self._become(replace(self.state, at=at, word=(0, 0), paused=False, between=False))
            self._say()

    def _first_of(self, at: int) -> int:
        """Where the place of a sentence begins."""
        place = self.state.passages[at].place if self.state.passages else ""
        while at > 0 and self.state.passages[at - 1].place == place:
            at -= 1
        return at

    def _speed(self, step: int) -> None:
        """Said again from the beginning of the sentence, at the new speed."""
        rate = min(max(self.state.rate + step, 0), len(RATES) - 1)
        if rate != self.state.rate:
            self._become(replace(self.state, rate=rate))
            self._go(self.state.at)

    def _mark(self, start: int, length: int) -> None:
        if self.state.passages:
            self._become(replace(self.state, word=(start, length)))

    def _follow(self) -> None:
        last = self.state.at + 1 >= len(self.state.passages)
        if self.state.paused and not last:
            self._become(replace(self.state, at=self.state.at + 1, word=(0, 0), between=True))
        elif not last:
            self._go(self.state.at + 1)
        elif self.state.passages:
            self.stop()

    def _break_off(self) -> None:
        """The next time, another voice is looked for."""
        speech, self._speech = self._speech, None
        if speech is not None:
            for signal, slot in (
                (speech.word, self._mark), (speech.ended, self._follow), (speech.failed, self._break_off)
            ):  # fmt: skip
                signal.disconnect(slot)
        self._become(ReadingState(code=BROKE_OFF, rate=self.state.rate))

    def _hush(self) -> None:
        if self._speech is not None and self.state.passages:
            self._speech.stop()

    def _become(self, new: ReadingState) -> None:
        old, self.state = self.state, new
        if new.word != old.word:
            self.wordChanged.emit()
        if replace(new, word=old.word) != old:
            self.changed.emit()
