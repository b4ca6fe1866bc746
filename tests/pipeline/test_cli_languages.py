"""The command line speaks the language of the terminal, or the one that is named, and all of it."""

import json
import shutil
from pathlib import Path

import pytest

from labelviewer import resources
from tests.desk import run, sample
from tests.disguise import is_untranslated

CAMERA, OTHER = sample("us-ctm/camera-a"), sample("us-ctm/camera-b")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def test_the_language_of_the_terminal_is_spoken_where_it_is_offered(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = json.loads((resources.WORDS / "en.json").read_text("utf-8"))
    german["language"] = "de"
    german["phrases"]["app.promise"] = "So geht es"
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.json").write_text(json.dumps(german), encoding="utf-8")
    shutil.copy(resources.WORDS / "en.json", tmp_path / "words")
    (tmp_path / "languages.json").write_text('{"en": "English", "de": "Deutsch"}', encoding="utf-8")
    monkeypatch.setattr(resources, "WORDS", tmp_path / "words")
    monkeypatch.setattr(resources, "LANGUAGES", tmp_path / "languages.json")
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert "So geht es" in run("--help", profile=profile).out
    assert "Scan a label." in run("--help", "--lang", "en", profile=profile).out
    (tmp_path / "languages.json").write_text('{"en": "English"}', encoding="utf-8")
    assert "Scan a label." in run("--help", profile=profile).out


@pytest.mark.parametrize("arguments", [("read", CAMERA, "--explain"), ("compare", CAMERA, OTHER), ("doctor",)])
def test_nothing_is_said_that_cannot_be_translated(profile: Path, arguments: tuple[object, ...]) -> None:
    answer = run(*arguments, "--lang", "qps", profile=profile, width=6_000)
    assert [line for line in answer.out.splitlines() if is_untranslated(line)] == []


def test_what_is_not_shown_is_counted_in_one_list(profile: Path) -> None:
    answer = run("compare", sample("sg-cls/lock-2020"), sample("fi-traficom/lock"), profile=profile, width=120)
    assert "15 not answered by all, 1 the same and 1 that no label answers" in answer.out


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ("Destinataires : entreprises qui", "Hearth Camera 2 recueille seulement : vidéo")),
        ("de", ("Empfänger: Betreiber des Dienstes und Werbefirmen.",)),
    ],
)
def test_a_list_stands_where_its_words_need_no_article(
    profile: Path, language: str, sentences: tuple[str, ...]
) -> None:
    answer = run("compare", CAMERA, OTHER, "--lang", language, profile=profile, width=300)
    said = answer.out.replace("\u00a0", " ").casefold()
    assert [sentence for sentence in sentences if sentence.casefold() not in said] == []
