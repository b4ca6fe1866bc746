"""A page read out by Qt's pretended voice, which really goes through its states and words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Signal

from labelviewer.adapters.speech import Speech
from labelviewer.present.spoken import Passage
from labelviewer.ui.viewmodels import reading
from labelviewer.ui.viewmodels.reading import RATES, ReadingState, ReadingViewModel
from labelviewer.words.catalogue import Words
from tests.labels import words as english
from tests.ui_fixtures import wait_until

PASSAGES = (
    Passage("a", "One two."),
    Passage("a", "Three."),
    Passage("b", "Four five six."),
    Passage("c", "Ostatni.", "pl"),
)


class Voice(QObject):
    """A voice that says nothing by itself: its words and faults come when the test wants them."""

    word = Signal(int, int)
    ended = Signal()
    failed = Signal()

    def __init__(self, *languages: str) -> None:
        super().__init__()
        self.languages = frozenset(languages)
        self.heard: list[tuple[str, ...]] = []

    def say(self, text: str, language: str, rate: float) -> None:
        self.heard.append(("say", text, language, f"{rate:+}"))

    def pause(self) -> None:
        self.heard.append(("pause",))

    def resume(self) -> None:
        self.heard.append(("resume",))

    def stop(self) -> None:
        self.heard.append(("stop",))

    @property
    def texts(self) -> list[str]:
        return [each[1] for each in self.heard if each[0] == "say"]


@dataclass
class World:
    model: ReadingViewModel
    makes: list[None]


def model_with(make: Callable[[], reading.Speech | None], words: Words) -> World:
    makes: list[None] = []

    def counted() -> reading.Speech | None:
        makes.append(None)
        return make()

    def passages(row: str) -> tuple[Passage, ...]:
        return PASSAGES[2:3] if row else PASSAGES

    return World(ReadingViewModel(counted, {"label": passages, "empty": lambda _row: ()}, words), makes)


@pytest.fixture
def voice() -> Voice:
    return Voice("en", "fi")


@pytest.fixture
def told(voice: Voice, words: Words) -> ReadingViewModel:
    model = model_with(lambda: voice, words).model
    model.toggle("label")
    return model


@pytest.fixture
def mocked(words: Words) -> Iterator[ReadingViewModel]:
    model = model_with(lambda: Speech("mock"), words).model
    yield model
    model.stop()


def test_the_voice_goes_through_all_sentences_and_marks_every_word(mocked: ReadingViewModel) -> None:
    marked: list[str] = []

    def mark() -> None:
        start, length = mocked.state.word
        if length:
            marked.append(mocked.property("sentence")[start : start + length])

    mocked.wordChanged.connect(mark)
    mocked.toggle("label")
    assert mocked.property("on")
    wait_until(lambda: not mocked.property("on"))
    last = english().say("reading.no-voice", language="Polish").rstrip(".").split()[-2:]
    assert marked[:6] == ["One", "two", "Three", "Four", "five", "six"]
    assert [each.strip(".") for each in marked[-2:]] == last
    assert mocked.state == ReadingState()


def test_a_pause_holds_the_voice_and_goes_on_from_there(mocked: ReadingViewModel) -> None:
    mocked.read("label", "b")
    wait_until(lambda: mocked.state.word[1] > 0)
    mocked.pause()
    assert mocked.state.paused
    speech = mocked._speech
    assert isinstance(speech, Speech)
    wait_until(lambda: speech._engine.state() is speech._engine.State.Paused)
    held = mocked.state
    assert held.passage == PASSAGES[2]
    later: list[tuple[int, int]] = []
    mocked.wordChanged.connect(lambda: later.append(mocked.state.word))
    mocked.pause()
    wait_until(lambda: not mocked.state.passages)
    assert later[0] > held.word


def test_a_pause_on_the_last_word_holds_before_the_next_sentence(mocked: ReadingViewModel) -> None:
    mocked.wordChanged.connect(
        lambda: mocked.pause() if mocked.state.word == (4, 3) and not mocked.state.paused else None
    )
    mocked.toggle("label")
    wait_until(lambda: mocked.state.between)
    assert mocked.state.paused
    assert mocked.state.at == 1
    mocked.pause()
    wait_until(lambda: mocked.state.at == 2)
    assert not mocked.state.paused


def test_a_sentence_that_is_broken_off_is_not_taken_for_one_that_ended(mocked: ReadingViewModel) -> None:
    mocked.toggle("label")
    wait_until(lambda: mocked.state.word[1] > 0)
    mocked.again()
    assert mocked.state.at == 0
    mocked.later()
    assert mocked.state.passage == PASSAGES[2]
    wait_until(lambda: mocked.state.word[0] > 0)
    assert mocked.state.passage == PASSAGES[2]


def test_quiet_is_quiet_at_once(mocked: ReadingViewModel) -> None:
    mocked.toggle("label")
    wait_until(lambda: mocked.state.word[1] > 0)
    mocked.toggle("label")
    speech = mocked._speech
    assert isinstance(speech, Speech)
    assert speech._engine.state() is speech._engine.State.Ready
    assert mocked.state == ReadingState()


def test_nothing_of_speech_is_there_before_somebody_asks(words: Words, voice: Voice) -> None:
    world = model_with(lambda: voice, words)
    world.model.stop()
    world.model.pause()
    world.model.again()
    world.model.later()
    world.model.earlier()
    world.model.speak(words)
    assert not world.makes
    world.model.toggle("label")
    world.model.toggle("label")
    world.model.toggle("label")
    assert len(world.makes) == 1


def test_one_row_alone_can_be_read(voice: Voice, words: Words) -> None:
    model = model_with(lambda: voice, words).model
    model.read("label", "b")
    assert model.state.passages == PASSAGES[2:3]


def test_a_text_in_another_language_is_read_by_a_voice_of_it_or_named(words: Words) -> None:
    polyglot, alone = Voice("en", "pl"), Voice("en")
    for voice in (polyglot, alone):
        model = model_with(lambda: voice, words).model  # noqa: B023
        model.toggle("label")
        for _ in PASSAGES[1:]:
            voice.ended.emit()
    assert polyglot.heard[-1] == ("say", "Ostatni.", "pl", "+0.0")
    assert alone.heard[-1] == ("say", words.say("reading.no-voice", language="Polish"), "en", "+0.0")


def test_steps_go_from_place_to_place(told: ReadingViewModel, voice: Voice) -> None:
    told.later()
    told.later()
    told.earlier()
    told.earlier()
    told.earlier()
    assert voice.texts == ["One two.", "Four five six.", *voice.texts[2:3], "Four five six.", "One two.", "One two."]
    told.later()
    told.later()
    told.later()
    assert told.state == ReadingState()


def test_the_speed_changes_with_the_sentence_that_is_said(told: ReadingViewModel, voice: Voice) -> None:
    for _ in RATES:
        told.faster()
    assert voice.heard[-1] == ("say", "One two.", "en", f"{RATES[-1]:+}")
    assert not told.property("canFaster")
    for _ in RATES:
        told.slower()
    assert not told.property("canSlower")
    assert len(voice.heard) == 1 + 2 + 4
    told.stop()
    told.toggle("label")
    assert voice.heard[-1] == ("say", "One two.", "en", f"{RATES[0]:+}")


def test_where_nothing_can_be_read_nothing_happens(voice: Voice, words: Words) -> None:
    world = model_with(lambda: voice, words)
    world.model.toggle("empty")
    world.model.toggle("elsewhere")
    assert world.model.state == ReadingState()
    assert not world.makes


def test_another_language_of_the_window_ends_what_is_read(told: ReadingViewModel, voice: Voice, words: Words) -> None:
    told.speak(words)
    assert voice.heard[-1] == ("stop",)
    assert not told.property("on")


# faults


@pytest.mark.fault("V1")
def test_without_an_engine_it_is_said_and_can_be_put_away(words: Words) -> None:
    world = model_with(lambda: None, words)
    world.model.toggle("label")
    assert world.model.property("message")["code"] == "A06H"
    assert not world.model.property("on")
    world.model.act("show-advice", "A06H")
    assert "Speech Dispatcher" in world.model.property("more")
    world.model.act("dismiss", "A06H")
    assert world.model.property("message") is None
    world.model.toggle("label")
    assert len(world.makes) == 2  # it may have been installed meanwhile


@pytest.mark.qt_log_ignore("is not supported", extend=True)
def test_an_engine_that_is_not_there_is_not_ready() -> None:
    assert Speech("mock").ready
    assert not Speech("nothing.of.that.name").ready


def test_the_pretended_voice_is_never_taken_for_a_real_one() -> None:
    speech = Speech("mock")
    speech._wanted = ""
    assert not speech.ready


@pytest.mark.fault("V1")
def test_without_a_voice_for_the_language_it_is_named(words: Words) -> None:
    model = model_with(lambda: Voice("fi"), words).model
    model.toggle("label")
    message = model.property("message")
    assert message["code"] == "A10"
    assert "English" in message["body"]
    assert not model.property("on")


@pytest.mark.fault("V1")
def test_an_engine_that_fails_midway_is_said_and_the_next_time_is_new(words: Words) -> None:
    voices = [Voice("en"), Voice("en")]
    left = iter(voices)
    model = model_with(lambda: next(left), words).model
    model.toggle("label")
    voices[0].failed.emit()
    assert model.property("message")["code"] == "A11"
    assert not model.property("on")
    model.toggle("label")
    voices[0].ended.emit()
    voices[0].failed.emit()
    assert model.state.passage == PASSAGES[0]
    assert voices[1].texts == ["One two."]


def test_a_word_that_comes_late_marks_nothing(told: ReadingViewModel, voice: Voice) -> None:
    told.stop()
    voice.word.emit(4, 3)
    voice.ended.emit()
    assert told.state == ReadingState()


@pytest.mark.fault("V1")
def test_the_factory_of_the_program_says_none_without_the_part_of_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from labelviewer import app

    monkeypatch.delitem(sys.modules, "labelviewer.adapters.speech")
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    assert app._make_speech() is None


def test_every_message_of_reading_has_words(words: Words) -> None:
    for code in (reading.NO_ENGINE, reading.BROKE_OFF):
        assert words.message(code, {}).title
