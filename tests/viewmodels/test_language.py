"""The choice of a language, and that every view model with words takes new ones."""

from dataclasses import fields
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from labelviewer.domain.pseudo import OPEN, PSEUDO
from labelviewer.resources import WORDS
from labelviewer.ui.settings import Settings, load_settings
from labelviewer.ui.viewmodels.language import LanguageViewModel
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.shell import Speaks
from labelviewer.words.catalogue import Words, load_pseudo
from labelviewer.words.languages import Tongues
from tests.labels import words
from tests.viewmodels.test_shell import World, world  # noqa: F401 - a fixture

NAMES = {"en": "English", "de": "Deutsch"}


def language_of(settings: SettingsViewModel, spoken: list[Words], asked: str | None = None) -> LanguageViewModel:
    tongues = Tongues(NAMES, lambda language: words()._replace(language=language), asked)
    return LanguageViewModel(tongues, lambda: ["fr-CA", "de-AT"], spoken.append, settings, words())


def test_the_choices_are_the_system_and_every_language_by_its_own_name(qapp: QGuiApplication, tmp_path: Path) -> None:
    settings = SettingsViewModel(tmp_path / "settings.json", Settings(language="en"))
    choices = language_of(settings, []).property("choices")
    assert [each["name"] for each in choices] == ["As this computer: Deutsch", "English", "Deutsch"]
    assert [each["code"] for each in choices if each["chosen"]] == ["en"]


def test_a_choice_is_kept_and_spoken(qapp: QGuiApplication, tmp_path: Path) -> None:
    settings, spoken = SettingsViewModel(tmp_path / "settings.json", Settings()), list[Words]()
    language = language_of(settings, spoken, asked="en")
    language.choose("de")
    language.choose("en")
    language.choose("")
    assert [each.language for each in spoken] == ["de", "en", "de"]
    assert load_settings(tmp_path / "settings.json")[0].language == ""


def test_every_view_model_with_words_takes_new_ones(world: World) -> None:  # noqa: F811
    rooms = [getattr(world.rooms, field.name) for field in fields(world.rooms)]
    assert [type(room).__name__ for room in rooms if hasattr(room, "_words") and not isinstance(room, Speaks)] == []
    world.shell.speak(load_pseudo(WORDS, PSEUDO))
    assert OPEN in world.rooms.choose.property("message")["title"]
