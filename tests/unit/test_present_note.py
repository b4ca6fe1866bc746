"""The label's own words: in our language where it has them, else marked as foreign."""

from dataclasses import replace

import pytest

from labelviewer.present.criteria import groups
from labelviewer.present.sheet import make_sheet
from tests.labels import TODAY, label, packs, words

HELLO = {"de": "Hallo", "de-AT": "Servus", "en": "Hello", "fr": "Salut", "xx": "Zzz"}


def note(*languages: str, ours: str = "en") -> tuple[str, str, str]:
    of = label()
    noted = replace(of.answers[0], note={tag: HELLO[tag] for tag in languages})
    sheet = make_sheet(replace(of, answers=(noted, *of.answers[1:])), words()._replace(language=ours), packs(), TODAY)
    rows = {row.id: row for group in groups(sheet) for row in group.rows}
    row = rows[noted.criterion]
    return row.note, row.note_title, row.note_language


@pytest.mark.parametrize(
    ("languages", "ours", "text", "title", "tag"),
    [
        (("de", "en"), "en", "Hello", "The label adds", ""),
        (("de",), "en", "Hallo", "The label adds, in German", "de"),
        (("de-AT",), "en", "Servus", "The label adds, in German", "de-AT"),
        (("fr", "de"), "en", "Salut", "The label adds, in French", "fr"),
        (("xx",), "en", "Zzz", "The label adds, in xx", "xx"),
        (("fr", "en"), "de", "Hello", "The label adds, in English", "en"),
        (("fr", "de"), "de-AT", "Hallo", "The label adds", ""),
        ((), "en", "", "The label adds", ""),
    ],
)
def test_a_note_in_another_language_says_in_which(
    languages: tuple[str, ...], ours: str, text: str, title: str, tag: str
) -> None:
    assert note(*languages, ours=ours) == (text, title, tag)
