"""Levels, recognition, validity and forms of numbers: facts of the schemes, held by a source and refused when torn."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from labelviewer.domain.label import Basis, Stated
from labelviewer.resources import SCHEMES
from labelviewer.schemes.forms import LONGEST, day_of, read_form, recognise
from labelviewer.schemes.mapping import meaning
from labelviewer.schemes.pack import Criterion, Strength
from labelviewer.schemes.pack_files import PackError
from labelviewer.schemes.packs import LoadedPack, load_packs
from tests.packs.crosswalk import CROSSWALK_FILE, load_crosswalk
from tests.packs.test_packs import EVERY_PACK, PACKS, SCHEME, TOPICS, WORDS, write

LEVELS = """
[[levels]]
id = "low"
order = 1
cites = [{ source = "book", place = "page 2" }]

[[levels]]
id = "high"
order = 2
strength = "in-lab"

[[older]]
id = "2020"
levels = ["high"]
from_level = { locks = "low" }
cites = [{ source = "book" }]

[[recognition]]
id = "next-door"
by = "next-door"
effect = "counts-as"
levels = ["high"]
since = "2026-01"
cites = [{ source = "book" }]
"""
LEVEL_WORDS: dict[str, Any] = {
    **WORDS,
    "level_names": {"low": "Low", "high": "High"},
    "levels": {"low": "One lock.", "high": "Two locks."},
    "older": {"2020": {"high": "A big lock."}},
    "recognition": {"next-door": "The house next door takes it."},
}
WITH_LEVELS = SCHEME.replace('no = "none"', 'no = "none"\nfrom_level = "high"') + LEVELS


def levelled(tmp_path: Path, scheme: str = WITH_LEVELS, words: object = LEVEL_WORDS) -> LoadedPack:
    loaded = load_packs(write(tmp_path, scheme=scheme, words=words)).find("home")
    assert loaded is not None
    return loaded


def test_a_level_means_what_it_meant_when_the_label_was_given(tmp_path: Path) -> None:
    loaded = levelled(tmp_path)
    assert loaded.level_means("high", "1") == "Two locks."
    assert loaded.level_means("high", "2020") == "A big lock."
    assert loaded.level_means("low", "2020") == "One lock."
    assert loaded.level_means("middle", "1") is None


@pytest.mark.parametrize(
    ("level", "version", "asked"),
    [("low", "1", False), ("high", "1", True), ("low", "2020", True), ("middle", "1", True), (None, "1", True)],
)
def test_a_level_asks_what_its_wording_asks(tmp_path: Path, level: str | None, version: str, asked: bool) -> None:
    loaded = levelled(tmp_path)
    assert loaded.asks(loaded.pack.criteria[0], level, version) is asked


def test_what_an_older_wording_did_not_ask_is_not_held_against_its_labels(tmp_path: Path) -> None:
    scheme = WITH_LEVELS.replace('from_level = { locks = "low" }', 'not_asked = ["locks"]')
    loaded = levelled(tmp_path, scheme)
    assert not loaded.asks(loaded.pack.criteria[0], "high", "2020")
    assert loaded.asks(loaded.pack.criteria[0], "high", "1")


def test_a_statement_is_as_strong_as_its_level_and_basis_make_it(tmp_path: Path) -> None:
    loaded = levelled(tmp_path)
    locks = loaded.pack.criteria[0]
    assert loaded.strength(locks, Basis.SELF_DECLARED, "high") is Strength.IN_LAB
    assert loaded.strength(locks, Basis.SELF_DECLARED, "low") is Strength.SAYS_SO
    assert loaded.strength(locks, Basis.CERTIFIED, None) is Strength.IN_LAB
    on_paper = locks.model_copy(update={"strength": Strength.ON_PAPER})
    assert loaded.strength(on_paper, Basis.TESTED, "high") is Strength.ON_PAPER


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s.replace("order = 2", "order = 1"), "order of a level given twice: 1"),
        (lambda s: s.replace("order = 2\n", ""), "Field required"),
        (lambda s: s.replace('id = "low"\n', 'id = "high"\n'), "level given twice: high"),
        (lambda s: s.replace('from_level = "high"', 'from_level = "top"'), "locks names top"),
        (lambda s: s.replace('{ locks = "low" }', '{ doors = "low" }'), "names doors, which is not a criterion"),
        (lambda s: s.replace('levels = ["high"]\nsince', 'levels = ["top"]\nsince'), "next-door names top"),
        (lambda s: s.replace('since = "2026-01"', 'since = "January"'), "pattern"),
        (lambda s: s.replace('place = "page 2"', "place = 2"), "string"),
        (lambda s: s.replace('{ source = "book", place = "page 2" }', '{ source = "film" }'), "level low cites film"),
        (lambda s: s.replace('status = "proposed"', 'status = "closed"'), "the status closed goes with"),
        (lambda s: s.replace('no = "none"', 'no = "none"\nundisclosed = "two"'), "two says two things"),
    ],
)
def test_a_torn_fact_is_refused(tmp_path: Path, change: Callable[[str], str], fault: str) -> None:
    assert change(WITH_LEVELS) != WITH_LEVELS
    with pytest.raises(PackError, match=fault):
        levelled(tmp_path, change(WITH_LEVELS))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"level_names": {"low": "Low"}}, "level_names.high"),
        ({"levels": {"low": "One."}}, "levels.high"),
        ({"older": {}}, "older.2020"),
        ({"older": {"2020": {}}}, "older.2020.high"),
        ({"recognition": {}}, "recognition.next-door"),
        ({"validity": "Two years."}, "validity"),
        ({"closed": "It is closed."}, "closed"),
    ],
)
def test_a_fact_without_its_words_is_refused_and_words_without_a_fact_too(
    tmp_path: Path, change: dict[str, Any], key: str
) -> None:
    with pytest.raises(PackError) as refused:
        levelled(tmp_path, words={**LEVEL_WORDS, **change})
    assert refused.value.key == key


def test_not_disclosed_is_an_answer_of_its_own() -> None:
    asked = {"id": "a", "group": "a", "topic": "a", "undisclosed": "not-disclosed", "cites": [{"source": "a"}]}
    by_list = Criterion.model_validate({**asked, "kind": "list", "choices": ["ads"]})
    by_date = Criterion.model_validate({**asked, "kind": "date", "no": "never"})
    assert meaning("not-disclosed", by_list) == meaning(["not-disclosed"], by_list) == (Stated.UNDISCLOSED, None)
    assert meaning("not-disclosed", by_date) == (Stated.UNDISCLOSED, None)
    assert meaning("never", by_date) == (Stated.NO, None)
    assert meaning(["ads", "not-disclosed"], by_list) == (Stated.UNREADABLE, None)


@EVERY_PACK
def test_every_example_has_the_form_it_stands_for(loaded: LoadedPack) -> None:
    for form in loaded.pack.forms:
        holes = read_form(form.template, form.example)
        assert holes, form.template
        assert all(day_of(day) for hole, day in holes.items() if hole == "ddmmyy")


@EVERY_PACK
def test_who_recognises_a_label_is_known_here_and_so_is_the_level(loaded: LoadedPack) -> None:
    for fact in loaded.pack.recognition:
        other = PACKS.find(fact.by)
        assert other is not None, fact.by
        assert fact.level is None or fact.level in {level.id for level in other.pack.levels}


@EVERY_PACK
def test_every_level_and_every_recognition_says_where_it_stands(loaded: LoadedPack) -> None:
    assert all(level.cites and level.cites[0].place for level in loaded.pack.levels)
    assert all(fact.cites[0].place or fact.cites[0].source for fact in loaded.pack.recognition)


@pytest.mark.parametrize(
    ("template", "text", "holes"),
    [
        ("CSA/{ddmmyy}/{text}", "CSA/311226/AB-1", {"ddmmyy": "311226", "text": "AB-1"}),
        ("CSA/{ddmmyy}/{text}", " CSA/311226/AB-1\n", {"ddmmyy": "311226", "text": "AB-1"}),
        ("CSA/{ddmmyy}/{text}", "CSA/31122/AB-1", None),
        ("CSA/{ddmmyy}/{text}", "CSA/311226/AB/1", None),
        ("a.b/{digits}", "axb/12", None),
        ("a.b/{digits}", "a.b/" + "1" * LONGEST, None),
    ],
)
def test_a_form_is_read_by_its_holes(template: str, text: str, holes: dict[str, str] | None) -> None:
    assert read_form(template, text) == holes


@pytest.mark.parametrize("template", ["{colour}", "{digits}-{digits}"])
def test_a_hole_we_do_not_know_or_given_twice_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"colour|digits"):
        read_form(template, "1-1")


def test_a_day_that_no_calendar_has_is_no_day() -> None:
    assert day_of("311226") == date(2026, 12, 31)
    assert day_of("310226") is None


def test_the_crosswalk_ties_every_row_to_topics_and_says_who_says_so() -> None:
    crosswalk = load_crosswalk(PACKS)
    assert len(crosswalk.rows) == 18
    assert {row.topics[0] for row in crosswalk.rows} <= {topic.id for topic in PACKS.topics}
    law = [place for row in crosswalk.rows for place in row.places if place.said_by == "law"]
    assert {(place.document, place.clauses[0]) for place in law} == {
        ("uk-psti", "requirement 1"),
        ("uk-psti", "requirement 2"),
        ("uk-psti", "requirement 3"),
        ("en-303-645", "5.1-1"),
        ("en-303-645", "5.2-1"),
        ("en-303-645", "5.3-13"),
    }


def test_criteria_of_a_clause_are_asked_under_the_topic_of_its_row() -> None:
    """Where a pack's criterion cites a field of the registry, the crosswalk agrees on what it is about."""
    fields: dict[str, set[str]] = {}
    for row in load_crosswalk(PACKS).rows:
        for place in row.places:
            for clause in place.clauses if place.document == "cfr-8-222" else ():
                fields.setdefault(f"field {clause}", set()).update(row.topics)
    ctm = PACKS.find("us-ctm")
    assert ctm is not None
    first: dict[str, str] = {}
    for criterion in ctm.pack.criteria:
        first.setdefault(criterion.cites[0].place or "", criterion.topic)
    asked = {place: topic for place, topic in first.items() if place in fields}
    assert len(asked) == 8
    assert {place: topic for place, topic in asked.items() if topic not in fields[place]} == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s.replace('["support-end"]', '["weather"]'), "weather is not a topic"),
        (lambda s: s.replace('document = "ts-103-701"', 'document = "book"'), "book is not among the documents"),
        (lambda s: s.replace(', said_by = "law"', "", 1), "is cited"),
        (lambda s: s.replace('source = "psti-schedule-2"', 'source = "film"', 1), "film is not among the sources"),
    ],
)
def test_a_torn_crosswalk_is_refused(tmp_path: Path, change: Callable[[str], str], fault: str) -> None:
    whole = (SCHEMES / CROSSWALK_FILE).read_text(encoding="utf-8")
    assert change(whole) != whole
    (tmp_path / CROSSWALK_FILE).write_text(change(whole), encoding="utf-8")
    (tmp_path / "topics.toml").write_text((SCHEMES / "topics.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PackError, match=fault):
        load_crosswalk(load_packs(tmp_path))


def test_the_smallest_pack_still_needs_none_of_this(tmp_path: Path) -> None:
    assert TOPICS["topics"][0]["id"] == "doors"
    loaded = levelled(tmp_path, SCHEME, WORDS)
    assert loaded.pack.levels == ()
    assert loaded.pack.recognition == ()


FORMED = """
[[forms]]
kind = "number"
template = "HOME/{ddmmyy}/{text}"
example = "HOME/311227/1"
gives = { ddmmyy = "ends" }
page = "https://home.example/{text}"
cites = [{ source = "book" }]

[[hosts]]
name = "home.example"
cites = [{ source = "book" }]
"""
CODED: dict[str, Any] = {**WORDS, "code": "Somebody looked."}


@pytest.mark.parametrize(
    ("change", "words", "fault"),
    [
        (lambda s: s.replace("ddmmyy =", "digits ="), CODED, "has no {digits}"),
        (lambda s: s.replace("example/{text}", "example/{year}"), CODED, "has no {year}"),
        (lambda s: s.replace('"ends"', '"colour"'), CODED, "gives.ddmmyy"),
        (lambda s: s.replace("https://home.example/{text}", "http://home.example/"), CODED, "page"),
        (lambda s: s, WORDS, "code: the words are missing"),
    ],
)
def test_a_torn_form_is_refused(tmp_path: Path, change: Callable[[str], str], words: object, fault: str) -> None:
    with pytest.raises(PackError, match=fault):
        levelled(tmp_path, SCHEME + change(FORMED), words)


def test_a_page_on_a_host_of_somebody_else_is_not_offered(tmp_path: Path) -> None:
    folder = write(tmp_path, scheme=SCHEME + FORMED, words=CODED)
    seen = recognise("HOME/311227/1", load_packs(folder))
    assert seen is not None
    assert (seen.page, seen.means) == ("https://home.example/1", "Somebody looked.")
    elsewhere = FORMED.replace("https://home.example", "https://home.example.shop.example")
    seen = recognise("HOME/311227/1", load_packs(write(tmp_path / "b", scheme=SCHEME + elsewhere, words=CODED)))
    assert seen is not None
    assert seen.page == ""
