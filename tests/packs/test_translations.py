"""A language is offered when every word of it is there and fits; the tool for translators says what does not."""

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tools.translate import (
    ENGLISH,
    OFFERED,
    ROOT,
    WORDS,
    Template,
    check,
    english_files,
    faults,
    in_language,
    main,
    missing,
    put,
    read,
    texts_of,
    write,
)

LANGUAGES = sorted(path.stem for path in (ROOT / "resources/words").glob("*.json"))
OFFERS: dict[str, str] = read(ROOT / OFFERED)


def stops(language: str, root: Path = ROOT) -> list[str]:
    return [str(problem) for problem in check(language, root) if not problem.warning]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The English files, and no other language."""
    for file in (*english_files(), OFFERED):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    write(tmp_path / OFFERED, {ENGLISH: "English"})
    return tmp_path


def filled(chunk: dict[str, Any], language: str) -> dict[str, Any]:
    """English put in for every text, in every plural form."""
    chunk = copy.deepcopy(chunk)
    for each in chunk["texts"].values():
        english, forms = each[ENGLISH], each[language]
        if isinstance(english, dict):
            each[language] = {form: english.get(form, english["other"]) for form in forms}
        else:
            each[language] = english
    return chunk


@pytest.mark.parametrize("language", sorted(OFFERS))
def test_a_language_that_is_offered_has_every_word(language: str) -> None:
    assert language in LANGUAGES
    if language != ENGLISH:
        assert stops(language) == []


def test_a_language_that_has_every_word_is_offered() -> None:
    assert {language for language in LANGUAGES if not stops(language)} - {ENGLISH} == set(OFFERS) - {ENGLISH}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_translated_so_far_fits(language: str) -> None:
    if language != ENGLISH:
        assert [fault for fault in stops(language) if not fault.endswith(("missing", "the file is missing"))] == []


def test_the_captions_are_those_of_the_pages() -> None:
    pages = (path.read_text("utf-8") for path in (ROOT / "labelviewer/ui/qml").rglob("*.qml"))
    used = {json.loads(f'"{text}"') for page in pages for text in re.findall(r'qsTr\("((?:[^"\\]|\\.)*)"\)', page)}
    captions = read(ROOT / WORDS)["captions"]
    assert set(captions) == used
    assert all(key == said for key, said in captions.items())


@pytest.mark.parametrize("language", ["es", "de", "fr", "ar"])
def test_what_is_missing_can_be_filled_in_and_put_in_place(root: Path, language: str) -> None:
    for chunk in missing(language, root):
        assert [problem for problem in put(filled(chunk, language), language, root) if not problem.warning] == []
    assert stops(language, root) == []
    assert list(missing(language, root)) == []
    for file in english_files(root):
        assert (root / in_language(file, language)).is_file()


def test_a_language_starts_with_everything_missing(root: Path) -> None:
    assert len(stops("es", root)) == len(english_files(root))
    asked = [key for chunk in missing("es", root) for key in chunk["texts"]]
    words = read(root / WORDS)
    assert "phrases/span.days" in asked
    assert f"captions/{next(iter(words['captions']))}" in asked
    assert not [key for key in asked if key.endswith(("/deed", "/severity"))]


def test_a_pack_is_put_in_whole(root: Path) -> None:
    chunk = next(chunk for chunk in missing("de", root) if "schemes" in chunk["file"])
    chunk = filled(chunk, "de")
    chunk["texts"].popitem()
    assert any("whole" in problem.fault for problem in put(chunk, "de", root))
    assert not (root / chunk["file"]).exists()


def test_a_word_that_english_does_not_have_is_told(root: Path) -> None:
    write(root / in_language(WORDS, "fr"), {"language": "fr", "phrases": {"no.such.phrase": "Rien"}})
    assert any("no.such.phrase: not in the English file" in fault for fault in stops("fr", root))


def test_what_is_no_word_may_not_be_changed(root: Path) -> None:
    for chunk in missing("es", root):
        put(filled(chunk, "es"), "es", root)
    words = read(root / in_language(WORDS, "es"))
    words["messages"]["S01"]["primary"]["deed"] = "scan"
    write(root / in_language(WORDS, "es"), words)
    assert len(stops("es", root)) == 1


@pytest.mark.parametrize(
    ("english", "said", "language"),
    [
        ("From {host}.", "De {host}.", "es"),
        ("{n:count.codes} here", "Aquí: {n:count.codes}", "es"),
        ({"one": "1 day", "other": "{n} days"}, {"one": "{n} día", "other": "{n} días"}, "es"),
        ({"one": "1 day", "other": "{n} days"}, {"one": "1 jour", "many": "{n} de jours", "other": "{n} jours"}, "fr"),
        ("{n} at a time", {"one": "{n} auf einmal", "other": "{n} auf einmal"}, "de"),
        (["From {host}.", "From there."], ["Von {host}.", "Von dort."], "de"),
        ("Use --code.", "Nimm --code.", "de"),
        (
            {"one": "1 day", "other": "{n} days"},
            {
                "zero": "لا أيام",
                "one": "يوم",
                "two": "يومان",
                "few": "{n} أيام",
                "many": "{n} يومًا",
                "other": "{n} يوم",
            },
            "ar",
        ),
    ],
)
def test_a_translation_that_keeps_blanks_and_forms_fits(english: Template, said: Template, language: str) -> None:
    assert [fault for fault, warning in faults("key", english, said, language) if not warning] == []


@pytest.mark.parametrize(
    ("english", "said", "language", "fault"),
    [
        ("From {host}.", "De aquí.", "es", "{host} is not in both"),
        ("From {host}.", "De {huesped}.", "es", "is not in both"),
        ("{n:count.codes} here", "{n:count.facts} aquí", "es", "is not in both"),
        ("Here.", "{n} aquí.", "es", "{n} is not in the English text"),
        ("Remove %1", "Quitar", "es", "%1 is not in both"),
        ("Here.", "", "es", "empty"),
        ("Here.", ["Aquí."], "es", "takes one text"),
        (["From {host}.", "From there."], ["Von {host}."], "de", "a list of 2"),
        ({"one": "1 day", "other": "{n} days"}, "{n} Tage", "de", "one, other"),
        ({"one": "1 day", "other": "{n} days"}, {"one": "1 Tag"}, "de", "form other is missing"),
        (
            {"one": "1 day", "other": "{n} days"},
            {"one": "1 Tag", "few": "", "other": "{n}"},
            "de",
            "no plural form few",
        ),
        ({"one": "1 day", "other": "{n} days"}, {"one": "يوم", "other": "{n}"}, "ar", "form zero is missing"),
        ("Use --code.", "Nimm --kode.", "de", "as they are: --code"),
        ("See https://a.example now.", "Sieh nach.", "de", "as they are: https://a.example"),
        ("One line.", "Zwei\nZeilen.", "de", "not as many lines"),
        ("Short.", " ".join(["Wort"] * 26), "de", "a sentence of 26 words"),
    ],
)
def test_a_translation_that_does_not_fit_is_told(english: Template, said: Template, language: str, fault: str) -> None:
    assert [told for told, warning in faults("key", english, said, language) if fault in told and not warning]


@pytest.mark.parametrize(
    ("english", "said", "language", "fault"),
    [
        ("A short one.", "Ein Satz, der viel länger ist, als er sein sollte.", "de", "letters for 12"),
        ("It is still here.", "It is still here.", "de", "still English"),
        ("Where is it?", "Wo ist es", "de", "does not end with ?"),
        ("Look here now.", "Mira aquí ahora.", "ar", "no Arabic letter"),
    ],
)
def test_what_is_worth_a_second_look_is_only_a_warning(
    english: Template, said: Template, language: str, fault: str
) -> None:
    assert [warning for told, warning in faults("key", english, said, language) if fault in told] == [True]


def test_titles_and_captions_stay_short() -> None:
    assert not list(faults("messages/S01/title", "x" * 45, "x" * 72, "de"))
    assert [told for told, _ in faults("messages/S01/title", "x" * 45, "x" * 73, "de")] == ["73 letters, more than 72"]


def test_a_place_for_words_is_one_that_english_has() -> None:
    for file in english_files():
        assert dict(texts_of(read(ROOT / file)))


def test_a_language_is_offered_only_when_it_is_complete(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.translate.ROOT", root)
    monkeypatch.setattr("tools.translate.check.__defaults__", (root,))
    monkeypatch.setattr("tools.translate.offer.__defaults__", (root,))
    assert main(["offer", "es", "Español"]) == 1
    assert read(root / OFFERED) == {"en": "English"}
    for chunk in missing("es", root):
        put(filled(chunk, "es"), "es", root)
    assert main(["offer", "es", "Español"]) == 0
    assert read(root / OFFERED) == {"en": "English", "es": "Español"}
    assert "0 to put right" in capsys.readouterr().out
