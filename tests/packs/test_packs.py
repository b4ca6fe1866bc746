"""Every pack in the tree is whole, honest about its sources and plain to read; a broken one is refused by name."""

import json
import re
import statistics
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from labelviewer.domain.label import Basis, Kind
from labelviewer.resources import SCHEMES
from labelviewer.schemes.pack import Criterion, CriterionText
from labelviewer.schemes.pack_files import PackError
from labelviewer.schemes.packs import LoadedPack, load_packs
from tests.readability import grade

PACKS = load_packs(SCHEMES)
EVERY_PACK = pytest.mark.parametrize("loaded", PACKS.all(), ids=lambda loaded: loaded.pack.id)
FIELDS = ("line", "why", "yes", "no", "silent", "do", "not_mean")
GLANCE = {"support-end", "updates-automatic", "default-password", "data-collected", "report-problem"}
STATES = {
    "nist-iot": "criteria-only",
    "nist-software": "criteria-only",
    "us-ctm": "adopted",
    "etsi-303645": "criteria-only",
    "kr-cic": "live",
    "fi-traficom": "closed",
    "jp-jcstar": "live",
    "cmu": "criteria-only",
    "eu-cra": "adopted",
    "uk-psti": "live",
    "de-bsi": "live",
    "sg-cls": "live",
    "eu-energy": "live",
}
FIRST_WEIGHTS = ("support-end", "data-shared", "default-password", "updates-automatic", "who-checked")

NIST_IOT = {
    "1": "asset-identification",
    "1.1": "unique-identity",
    "1.2": "component-inventory",
    "2": "product-configuration",
    "2.1": "settings-can-be-changed",
    "2.2": "secure-reset",
    "2.3": "settings-reach-every-part",
    "3": "data-protection",
    "3.1": "stored-data-protected",
    "3.2": "data-can-be-deleted",
    "3.3": "sent-data-protected",
    "4": "interface-access-control",
    "4.1": "interfaces-controlled",
    "4.1(a)": "only-needed-interfaces",
    "4.1(b)": "access-control",
    "4.1(c)": "limited-privileges",
    "4.2": "access-control-kept",
    "4.2(a)": "shared-data-checked",
    "4.2(b)": "unauthorized-traffic-blocked",
    "4.2(c)": "control-when-connecting",
    "5": "software-update",
    "5.1": "real-updates-only",
    "5.2": "updates-automatic",
    "6": "cybersecurity-state-awareness",
    "6.1": "keeps-a-record",
    "7": "documentation",
    "7.1": "full-records",
    "7.1(a)": "assumptions-recorded",
    "7.1(b)": "parts-recorded",
    "7.1(c)": "gaps-recorded",
    "7.1(d)": "design-recorded",
    "7.1(e)": "upkeep-recorded",
    "7.1(f)": "whole-life-plan",
    "7.1(g)": "flaw-handling",
    "8": "information-and-query-reception",
    "8.1": "reports-and-answers",
    "8.1(a)": "report-problem",
    "8.1(b)": "answers-questions",
    "9": "information-dissemination",
    "9.1": "public-notices",
    "9.1(a)": "support-terms-announced",
    "9.1(b)": "support-until",
    "9.1(c)": "upkeep-announced",
    "9.1(d)": "flaws-announced",
    "9.1(e)": "breaches-announced",
    "9.2": "partners-told",
    "10": "product-education-and-awareness",
    "10.1": "topics-taught",
    "10.1(a)": "protections-explained",
    "10.1(b)": "upkeep-explained",
    "10.1(c)": "hand-over-explained",
    "10.1(d)": "flaw-options-explained",
    "10.1(e)": "buying-facts",
}

NIST_SOFTWARE = {
    "Claimant": ("claimant",),
    "Label scope": ("label-scope",),
    "Software identifiers": ("software-identifiers",),
    "Claim date": ("claim-date",),
    "Security update status": ("support-status",),
    "Minimum duration of security update support": ("support-until",),
    "Security update method": ("updates-automatic", "updates-how"),
    "Implements a secure software development process": ("secure-process",),
    "Practices secure design and vulnerability remediation": ("secure-design",),
    "Practices responsible vulnerability reporting and disclosure": ("report-problem",),
    "Free from known vulnerabilities; not confirmed in the final text": ("known-flaws-checked",),
    "Software integrity and provenance": ("software-integrity",),
    "Multifactor authentication, where applicable": ("multi-factor-sign-in",),
    "Free from hard-coded secrets": ("no-hard-coded-secrets",),
    "Strong cryptography, where applicable": ("strong-cryptography",),
    "User data is identified": ("data-collected",),
    "User data is secured": ("data-secured",),
}

# Fields 1 and 2 are the product's name and its maker: every label has them, in whatever scheme.
US_CTM = {
    "field 3": {"authorization-date": Kind.DATE, "authorization-status": Kind.CHOICE},
    "field 4": {"administrator": Kind.TEXT, "administrator-contact": Kind.CONTACT},
    "field 5": {"lab": Kind.TEXT},
    "field 6": {"default-password": Kind.CHOICE, "default-password-how": Kind.TEXT},
    "field 7": {"secure-setup": Kind.LINK},
    "field 8": {"updates-automatic": Kind.YES_NO, "updates-how": Kind.TEXT},
    "field 9": {"support-until": Kind.DATE},
    "field 10": {"hbom": Kind.YES_NO, "sbom": Kind.YES_NO},
}
US_CTM_LATER = {
    "data-collected": Kind.LIST,
    "data-shared": Kind.LIST,
    "encryption-in-transit": Kind.YES_NO,
    "encryption-at-rest": Kind.YES_NO,
    "multi-factor-sign-in": Kind.YES_NO,
}

BANNED = re.compile(
    r"""\b(safe|safely|unsafe|authentic\w*|genuine|verif\w+|revok\w+|expir\w+|patch\w*|please|errors?|sorry|invalid|bad
    |guarantee\w*|certif\w+|credential\w*|cryptograph\w*|authenti\w+|authori[sz]\w+|vulnerab\w+|firmware|endors\w+
    |hackers?|hackproof|unhackable|completely|perfect\w*|100|SBOM|HBOM|MFA|2FA|IoT|API|you\ should\ have)\b|!""",
    re.IGNORECASE | re.VERBOSE,
)
BLAME = re.compile(r"\b(fail\w*|refus\w+|hid(es|ing|den)|conceal\w*|suspicious|dishonest|secretly)\b", re.IGNORECASE)


def pack(scheme: str) -> LoadedPack:
    loaded = PACKS.find(scheme)
    assert loaded is not None
    return loaded


def english(loaded: LoadedPack) -> Iterator[tuple[str, str]]:
    """Every sentence a shopper can read, with its place."""
    text = loaded.text()
    yield "about", text.about
    yield from ((f"who_checks.{basis}", said) for basis, said in text.who_checks.items())
    yield from ((f"not_told.{at}", said) for at, said in enumerate(text.not_told))
    yield from ((f"levels.{level}", said) for level, said in text.levels.items())
    for older, levels in text.older.items():
        yield from ((f"older.{older}.{level}", said) for level, said in levels.items())
    yield from ((f"recognition.{fact}", said) for fact, said in text.recognition.items())
    yield from (
        (at, said) for at, said in (("validity", text.validity), ("closed", text.closed), ("code", text.code)) if said
    )
    for name, words in text.criteria.items():
        yield from ((f"{name}.{field}", getattr(words, field)) for field in FIELDS)
        yield from ((f"{name}.undisclosed", said) for said in (words.undisclosed,) if said)


def captions(loaded: LoadedPack) -> Iterator[tuple[str, str]]:
    text = loaded.text()
    yield from (("name", text.name), ("short", text.short))
    yield from ((f"groups.{group}", title) for group, title in text.groups.items())
    yield from ((f"level_names.{level}", said) for level, said in text.level_names.items())
    for name, words in text.criteria.items():
        yield f"{name}.name", words.name
        yield from ((f"{name}.choices.{choice}", said) for choice, said in words.choices.items())


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])(?<!U\.S\.)\s+", text)


def citing(loaded: LoadedPack, source: str, place: str) -> list[str]:
    """The criteria whose first citation is this place."""
    return [c.id for c in loaded.pack.criteria if (c.cites[0].source, c.cites[0].place) == (source, place)]


def test_every_scheme_we_know_is_there() -> None:
    assert set(PACKS.ids) == set(STATES)
    assert PACKS.find("no-such-scheme") is None


def test_shared_topics_lead_with_what_matters_to_most_people() -> None:
    by_weight = sorted(PACKS.topics, key=lambda topic: topic.weight)
    assert tuple(topic.id for topic in by_weight[:5]) == FIRST_WEIGHTS
    assert {topic.id for topic in PACKS.topics if topic.glance} == GLANCE
    assert max(Counter(topic.weight for topic in PACKS.topics).values()) == 1


def test_every_topic_is_asked_by_some_scheme() -> None:
    asked = {criterion.topic for loaded in PACKS.all() for criterion in loaded.pack.criteria}
    assert asked == {topic.id for topic in PACKS.topics}


@EVERY_PACK
def test_a_label_of_the_scheme_is_checked_for_all_that_makes_it_real(loaded: LoadedPack) -> None:
    least = {"key", "signature", "content", "key_dates", "administrator", "carrier", "dates", "status"}
    assert least <= set(loaded.needs)


@EVERY_PACK
def test_every_source_stands_behind_something(loaded: LoadedPack) -> None:
    cited = {cite.source for _, cites in loaded.pack.citations() for cite in cites}
    assert {source.id for source in loaded.pack.sources} == cited
    assert all(source.date and source.publisher for source in loaded.pack.sources)


@EVERY_PACK
def test_every_criterion_says_where_in_its_first_source_it_stands(loaded: LoadedPack) -> None:
    assert [criterion.id for criterion in loaded.pack.criteria if not criterion.cites[0].place] == []


@EVERY_PACK
def test_groups_are_not_torn_apart(loaded: LoadedPack) -> None:
    groups = [criterion.group for criterion in loaded.pack.criteria]
    runs = [group for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group]
    assert len(runs) == len(set(runs))
    assert list(loaded.text().groups) == runs


@EVERY_PACK
def test_a_part_stands_in_the_group_of_its_whole(loaded: LoadedPack) -> None:
    groups = {criterion.id: criterion.group for criterion in loaded.pack.criteria}
    assert all(c.part_of is None or groups[c.part_of] == c.group for c in loaded.pack.criteria)


@EVERY_PACK
def test_sentences_have_at_most_twenty_words(loaded: LoadedPack) -> None:
    long = {(at, each) for at, text in english(loaded) for each in sentences(text) if len(each.split()) > 20}
    assert long == set()


@EVERY_PACK
def test_texts_have_at_most_three_sentences(loaded: LoadedPack) -> None:
    assert {at for at, text in english(loaded) if len(sentences(text)) > 3} == set()
    assert {at for at, text in english(loaded) if not text.endswith(".")} == set()


@EVERY_PACK
def test_every_text_reads_at_grade_eight_and_half_of_them_at_six(loaded: LoadedPack) -> None:
    grades = {at: grade(text) for at, text in english(loaded)}
    assert {at: hard for at, hard in grades.items() if hard > 8} == {}
    assert statistics.median(grades.values()) <= 6


@EVERY_PACK
def test_no_jargon_no_verdict_and_no_exclamation(loaded: LoadedPack) -> None:
    assert {(at, word[0]) for at, text in english(loaded) if (word := BANNED.search(text))} == set()
    names = {(at, word[0]) for at, text in captions(loaded) if (word := BANNED.search(text.replace("IoT", "")))}
    assert names == set()


HEARSAY = {
    "en": "As reported",
    "de": "Berichten zufolge",
    "es": "Según (se informa|informes)",
    "fr": "D’après (ce que nous avons lu|des articles)",
    "ar": "بحسب التقارير",
}


@pytest.mark.parametrize("language", HEARSAY)
@EVERY_PACK
def test_what_is_only_reported_is_told_as_reported(loaded: LoadedPack, language: str) -> None:
    sure = {source.id: source.confidence for source in loaded.pack.sources}
    for fact in loaded.pack.recognition:
        reported = (cite.confidence or sure[cite.source] for cite in fact.cites)
        said = loaded.text(language).recognition[fact.id]
        assert bool(re.match(HEARSAY[language], said)) is ("secondary" in reported), said


@EVERY_PACK
def test_silence_is_not_blamed_on_anyone(loaded: LoadedPack) -> None:
    silences = {name: words.silent for name, words in loaded.text().criteria.items()}
    assert {name for name, text in silences.items() if BLAME.search(text)} == set()


@EVERY_PACK
def test_no_sentence_is_used_twice(loaded: LoadedPack) -> None:
    said = Counter(each for _, text in english(loaded) for each in sentences(text))
    assert {each for each, times in said.items() if times > 1} == set()
    names = Counter(words.name for words in loaded.text().criteria.values())
    assert max(names.values()) == 1


@EVERY_PACK
def test_the_words_for_yes_no_and_silence_differ(loaded: LoadedPack) -> None:
    def unlike(words: CriterionText) -> bool:
        return len({words.line, words.yes, words.no, words.silent}) == 4

    assert [name for name, words in loaded.text().criteria.items() if not unlike(words)] == []


@EVERY_PACK
def test_what_the_label_does_not_tell_warns_of_false_comfort(loaded: LoadedPack) -> None:
    not_told = " ".join(loaded.text().not_told)
    assert re.search(r"weak spots|flaws|broken into", not_told)
    assert "recommends" in not_told


@EVERY_PACK
def test_the_drawing_is_small_and_inert(loaded: LoadedPack) -> None:
    assert loaded.mark is not None
    data = loaded.mark.read_bytes()
    assert len(data) < 2_000
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(data).iter()}
    assert tags <= {"svg", "g", "path", "rect", "circle"}
    assert b"href" not in data


def test_one_choice_has_one_wording_in_every_scheme() -> None:
    wordings: dict[tuple[str, str], set[str]] = {}
    for loaded in PACKS.all():
        for criterion in loaded.pack.criteria:
            for choice, said in loaded.text().criteria[criterion.id].choices.items():
                if criterion.kind is Kind.LIST:
                    wordings.setdefault((criterion.topic, choice), set()).add(said)
    assert {key for key, said in wordings.items() if len(said) > 1} == set()


def test_states_of_the_schemes_are_told_as_they_are() -> None:
    assert {loaded.pack.id: loaded.pack.status for loaded in PACKS.all()} == STATES
    assert "no product that has been approved" in pack("us-ctm").text().about
    assert all("NIST runs no label" in pack(scheme).text().about for scheme in ("nist-iot", "nist-software"))


@pytest.mark.parametrize(("clause", "criterion"), NIST_IOT.items())
def test_nist_iot_asks_every_criterion_and_sub_criterion(clause: str, criterion: str) -> None:
    assert citing(pack("nist-iot"), "cswp-24", clause) == [criterion]


def test_nist_iot_has_nothing_beyond_the_clauses_and_items_named_in_them() -> None:
    places = [criterion.cites[0].place or "" for criterion in pack("nist-iot").pack.criteria]
    beyond = [place.split(",")[0] for place in places if place not in NIST_IOT]
    assert sorted(set(beyond)) == ["10.1(a)", "7.1(a)", "7.1(d)"]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("clause", [clause for clause in NIST_IOT if "." in clause])
def test_nist_iot_sub_criteria_are_parts_of_their_criterion(clause: str) -> None:
    whole = clause.partition("(")[0] if "(" in clause else clause.partition(".")[0]
    criterion = pack("nist-iot").criterion(NIST_IOT[clause])
    assert criterion is not None
    assert criterion.part_of == NIST_IOT[whole]


def test_nist_iot_tells_recalled_clauses_from_those_read_in_print() -> None:
    loaded = pack("nist-iot")
    sources = {source.id: source.confidence for source in loaded.pack.sources}
    assert sources["cswp-24"] == "recalled-high"

    def is_confirmed(criterion: Criterion) -> bool:
        return any(sources[cite.source] == "primary" for cite in criterion.cites)

    confirmed = {clause for clause, name in NIST_IOT.items() if (c := loaded.criterion(name)) and is_confirmed(c)}
    assert set(NIST_IOT) - confirmed == {
        *("4.1(a)", "4.1(b)", "4.1(c)", "4.2", "4.2(a)", "4.2(b)", "4.2(c)", "5.1", "5.2", "6.1"),
    }


@pytest.mark.parametrize(("claim", "criteria"), NIST_SOFTWARE.items())
def test_nist_software_asks_every_claim(claim: str, criteria: tuple[str, ...]) -> None:
    assert tuple(citing(pack("nist-software"), "cswp-23", claim)) == criteria


def test_nist_software_has_no_claim_of_its_own() -> None:
    assert {c.cites[0].place for c in pack("nist-software").pack.criteria} == set(NIST_SOFTWARE)


def test_the_claim_that_stood_in_the_draft_says_so_to_shoppers() -> None:
    words = pack("nist-software").text().criteria["known-flaws-checked"]
    assert "draft" in words.line
    assert "not mean there are no flaws" in words.not_mean


@pytest.mark.parametrize(("field", "criteria"), US_CTM.items())
def test_us_ctm_asks_every_field_of_the_registry(field: str, criteria: dict[str, Kind]) -> None:
    loaded = pack("us-ctm")
    found = {c.id: c.kind for c in loaded.pack.criteria if c.cites[0].place == field}
    assert found == criteria


def test_us_ctm_marks_what_may_be_asked_later() -> None:
    loaded = pack("us-ctm")
    later = {c.id: c.kind for c in loaded.pack.criteria if c.group == "possible-later"}
    assert later == US_CTM_LATER
    assert "does not ask for yet" in loaded.text().groups["possible-later"]
    assert {c.id for c in loaded.pack.criteria if "not set yet" in str(c.cites)} == set(later)


def test_an_unsupported_product_is_described_as_the_rule_wants_it() -> None:
    criterion = pack("us-ctm").criterion("support-until")
    assert criterion is not None
    assert criterion.no == "unsupported"
    said = pack("us-ctm").text().criteria["support-until"].no
    assert "does not promise security updates" in said
    assert "Do not rely on the maker" in said


def test_a_password_that_cannot_be_changed_is_said_in_so_many_words() -> None:
    criterion = pack("us-ctm").criterion("default-password")
    assert criterion is not None
    assert criterion.no == "cannot-be-changed"
    words = pack("us-ctm").text().criteria["default-password"]
    assert "cannot be changed" in words.no
    assert words.choices["cannot-be-changed"] == "It cannot be changed"


def test_makers_never_approve_themselves_under_the_mark() -> None:
    assert Basis.SELF_DECLARED not in pack("us-ctm").pack.basis


TOPICS = {"topics": [{"id": "doors", "weight": 1, "kinds": ["yes-no", "choice"]}]}
CRITERION = """
[[criteria]]
id = "locks"
group = "house"
topic = "doors"
kind = "choice"
choices = ["two", "none"]
no = "none"
cites = [{ source = "book", place = "page 1" }]
"""
SCHEME = f"""
id = "home"
version = "1"
authority = "The office"
country = "US"
product_kind = "iot"
status = "proposed"
status_as_of = {date(2026, 1, 1)}
reader = "label-token"
basis = ["tested"]
needs = ["signature"]
cites = [{{ source = "book" }}]

[[sources]]
id = "book"
title = "The book of locks"
date = "2026"
confidence = "primary"
publisher = "The office"
{CRITERION}"""
WORDS: dict[str, Any] = {
    "name": "Home label",
    "short": "Home",
    "about": "A label for homes.",
    "who_checks": {"tested": "Somebody looked."},
    "not_told": ["It tells little."],
    "groups": {"house": "The house"},
    "criteria": {
        "locks": {
            "name": "Locks",
            "line": "How many.",
            "why": "Thieves.",
            "yes": "Some.",
            "no": "None.",
            "silent": "Not told.",
            "do": "Look.",
            "not_mean": "Much.",
            "choices": {"two": "Two", "none": "None"},
        }
    },
}


def write(folder: Path, *, scheme: str = SCHEME, words: object = WORDS, name: str = "home") -> Path:
    (folder / name / "text").mkdir(parents=True)
    topic = TOPICS["topics"][0]
    listed = f'[[topics]]\nid = "{topic["id"]}"\nweight = 1\nkinds = {json.dumps(topic["kinds"])}\n'
    (folder / "topics.toml").write_text(listed, encoding="utf-8")
    (folder / name / "scheme.toml").write_text(scheme, encoding="utf-8")
    said = words if isinstance(words, str) else json.dumps(words)
    (folder / name / "text" / "en.json").write_text(said, encoding="utf-8")
    (folder / name / "mark.svg").write_text("<svg/>", encoding="utf-8")
    return folder


def without(*keys: str) -> object:
    words = json.loads(json.dumps(WORDS))
    inner = words
    for key in keys[:-1]:
        inner = inner[key]
    del inner[keys[-1]]
    return words


def test_a_small_pack_is_taken(tmp_path: Path) -> None:
    loaded = load_packs(write(tmp_path)).find("home")
    assert loaded is not None
    assert loaded.pack.status_as_of == date(2026, 1, 1)
    assert loaded.text("de-AT") is loaded.text("en")


@pytest.mark.parametrize(
    ("change", "file", "key", "fault"),
    [
        (lambda s: s + CRITERION, "home/scheme.toml", "", "criterion given twice: locks"),
        (lambda s: s.replace('"doors"', '"windows"'), "home/scheme.toml", "criteria.locks.topic", "windows"),
        (lambda s: s.replace('kind = "choice"', 'kind = "date"'), "home/scheme.toml", "criteria.locks", "choices go"),
        (lambda s: s.replace('choices = ["two", "none"]\n', ""), "home/scheme.toml", "criteria.locks", "choices go"),
        (lambda s: s.replace('"two", "none"', '"two", "two"'), "home/scheme.toml", "criteria.locks", "given twice"),
        (lambda s: s.replace('no = "none"', 'no = "nil"'), "home/scheme.toml", "criteria.locks", "nil"),
        (lambda s: s.replace('no = "none"', 'colour = "red"'), "home/scheme.toml", "criteria.locks.colour", "Extra"),
        (lambda s: s.replace('no = "none"', 'part_of = "roof"'), "home/scheme.toml", "", "locks is part of roof"),
        (lambda s: s.replace('no = "none"', 'read_from = ["product"]'), "home/scheme.toml", "read_from", "pattern"),
        (
            lambda s: s.replace('{ source = "book", p', '{ source = "film", p'),
            "home/scheme.toml",
            "",
            "locks cites film",
        ),
        (lambda s: s.replace('needs = ["signature"]', "needs = []"), "home/scheme.toml", "needs", "at least 1"),
        (lambda s: s.replace('["signature"]', '["luck"]'), "home/scheme.toml", "needs.0", "size"),
        (lambda s: s.replace('"label-token"', '"my-code.py"'), "home/scheme.toml", "reader", "label-token"),
        (lambda s: s.replace('id = "home"', 'id = "house"'), "home/scheme.toml", "id", "house"),
        (lambda s: s.replace('"1"', "1"), "home/scheme.toml", "version", "string"),
        (lambda s: s + "= =", "home/scheme.toml", "", "line"),
    ],
)
def test_a_broken_scheme_is_refused_with_its_place(
    tmp_path: Path, change: Callable[[str], str], file: str, key: str, fault: str
) -> None:
    assert change(SCHEME) != SCHEME
    packs = load_packs(write(tmp_path, scheme=change(SCHEME)))
    with pytest.raises(PackError) as refused:
        packs.find("home")
    assert refused.value.file.as_posix() == file
    assert key in refused.value.key
    assert fault in refused.value.fault
    assert file in str(refused.value)


@pytest.mark.parametrize(
    ("words", "key", "fault"),
    [
        (without("criteria", "locks"), "criteria.locks", "missing"),
        (without("criteria", "locks", "silent"), "criteria.locks.silent", "required"),
        (without("criteria", "locks", "choices", "none"), "criteria.locks.choices.none", "missing"),
        (without("groups", "house"), "groups.house", "missing"),
        (without("who_checks", "tested"), "who_checks.tested", "missing"),
        (without("about"), "about", "required"),
        ({**WORDS, "not_told": []}, "not_told", "at least 1"),
        ({**WORDS, "groups": {"house": "A", "roof": "B"}}, "groups.roof", "does not have"),
        ({**WORDS, "colour": "red"}, "colour", "Extra"),
        (json.dumps(WORDS).replace('"short"', '"name"'), "name", "given twice"),
        ("{", "", "line 1"),
    ],
)
def test_broken_words_are_refused_with_their_place(tmp_path: Path, words: object, key: str, fault: str) -> None:
    packs = load_packs(write(tmp_path, words=words))
    with pytest.raises(PackError) as refused:
        packs.find("home")
    assert refused.value.file.as_posix() == "home/text/en.json"
    assert refused.value.key == key
    assert fault in refused.value.fault


def test_a_pack_without_its_english_words_is_refused(tmp_path: Path) -> None:
    packs = load_packs(write(tmp_path))
    (tmp_path / "home" / "text" / "en.json").unlink()
    with pytest.raises(PackError, match=r"home/text/en\.json: .*missing"):
        packs.find("home")


def test_one_question_with_a_tile_is_asked_once(tmp_path: Path) -> None:
    write(tmp_path, scheme=SCHEME + CRITERION.replace('"locks"', '"bolts"'))
    topics = tmp_path / "topics.toml"
    topics.write_text(topics.read_text(encoding="utf-8") + "glance = true\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"criteria\.bolts\.topic: doors has a tile and is asked twice"):
        load_packs(tmp_path).find("home")


def test_a_topic_takes_only_the_kinds_it_names(tmp_path: Path) -> None:
    kinds = SCHEME.replace('kind = "choice"\nchoices = ["two", "none"]\nno = "none"', 'kind = "date"')
    with pytest.raises(PackError, match=r"criteria\.locks\.kind: date does not fit doors"):
        load_packs(write(tmp_path, scheme=kinds)).find("home")


def test_a_topic_given_twice_is_refused(tmp_path: Path) -> None:
    topics = write(tmp_path) / "topics.toml"
    topics.write_text(topics.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(PackError, match=r"topics\.toml:6: topic given twice: doors"):
        load_packs(tmp_path)


def test_a_broken_pack_does_not_keep_the_others_from_loading(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="broken", scheme="= =")
    packs = load_packs(tmp_path)
    assert packs.ids == ("broken", "home")
    assert packs.find("home") is not None


def test_scheme_files_are_plain_toml_without_tabs() -> None:
    for path in SCHEMES.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert tomllib.loads(text)
        assert "\t" not in text
