"""The packs ask what their schemes ask: every field, provision, level and recognition that a source names."""

import re
from datetime import date

import pytest

from labelviewer.domain.label import Basis, Kind
from labelviewer.schemes.pack import Strength
from labelviewer.schemes.packs import LoadedPack
from tests.labels import packs, words
from tests.packs.crosswalk import load_crosswalk
from tests.packs.test_packs import EVERY_PACK, PACKS, pack

CMU_FIELDS = {
    "manufacturer": "maker",
    "deviceName": "device-name",
    "modelNumber": "model-number",
    "firmwareVersion": "software-version",
    "updatedOn": "software-date",
    "manufacturedIn": "made-in",
    "securityUpdates": "updates-automatic",
    "securityUpdates, dates": "support-until",
    "accessControl": "access-control",
    "securityOversight": "checked-by",
    "technicalDocumentation, ports and protocols": "paper-ways-in",
    "technicalDocumentation, hardware safety": "paper-hardware",
    "technicalDocumentation, software safety": "paper-software",
    "technicalDocumentation, personal safety": "paper-people",
    "technicalDocumentation, vulnerability disclosure and management": "paper-weak-spots",
    "technicalDocumentation, software and hardware composition list": "paper-parts",
    "technicalDocumentation, encryption and key management": "paper-scrambling",
    "sensorDataTypes": "sensors",
    "sensorDataCollectionMethod": "sensing-how",
    "dataFrequency": "collected-when",
    "otherDataCollected": "other-data",
    "dataPurpose": "data-purpose",
    "dataStorage, on the device": "storage-device",
    "localDataRetention": "kept-device",
    "cloudDataStorage": "storage-cloud",
    "cloudDataRetention": "kept-cloud",
    "dataSharedWith": "shared-with",
    "dataSharingFrequency": "shared-when",
    "dataSoldTo; names of buyers as for sharing, not seen for this field": "sold-to",
    "dataLinkage": "data-linked",
    "dataInference": "data-inferred",
    "childrensDataHandling": "children-data",
    "compliance": "laws-kept",
    "privacyPolicy": "privacy-policy",
    "offlineFunctionality": "works-offline",
    "noDataFunctionality": "works-without-data",
    "physicalActuations": "moves-things",
    "compatiblePlatforms": "works-with",
    "contactPhone": "contact-phone",
    "contactEmail": "contact-email",
}
# How many values a field has besides "not disclosed"; an empty list says none, not shared, not linked.
CMU_VALUES = {
    "sensors": 8,
    "data-purpose": 7,
    "storage-device": 4,
    "storage-cloud": 4,
    "kept-device": 6,
    "kept-cloud": 6,
    "shared-with": 6,
    "collected-when": 6,
    "shared-when": 6,
    "data-linked": 2,
    "checked-by": 2,
}
ETSI = (
    *("5.1-1", "5.1-4", "5.2-1", "5.3-3", "5.3-4", "5.3-6", "5.3-8", "5.3-11", "5.3-13", "5.3-14", "5.3-16"),
    *("5.8-3", "5.9-2", "5.11-1", "5.11-2", "5.11-3", "5.11-4", "5.12-2", "5.12-3", "6-1", "6-3", "6-5"),
)
ETSI_IN_NO_ROW = {"6-3", "6-5"}
PSTI = (
    *("requirement 1", "requirement 2", "requirement 3", "product type and batch", "manufacturer", "representative"),
    *("prepared by or for", "Schedule 1 or Schedule 2", "standard with number", "at first supply"),
    *("name and function", "place of issue", "date of issue"),
)
TRAFICOM = (
    *("key security features", "ecosystem", "secure-use information", "duration of security support"),
    *(
        "access control",
        "software security",
        "data protection, how",
        "data protection, why",
        "data protection, by whom",
    ),
    *("secure transfer and storage", "network services and ecosystem interfaces", "secure defaults"),
)
RECOGNITION = {
    ("sg-cls", "de-bsi"): ("counts-as", ("2", "3", "4"), None, "2022"),
    ("sg-cls", "fi-traficom"): ("counts-as", ("3", "4"), None, "2021-10-07"),
    ("sg-cls", "kr-cic"): ("counts-as", ("3", "4"), "basic", "2025-01-01"),
    ("sg-cls", "uk-psti"): ("counts-as", (), None, "2025-12-04"),
    ("sg-cls", "jp-jcstar"): ("agreed", (), None, "2026-06-01"),
    ("de-bsi", "sg-cls"): ("counts-as", (), "2", "2022"),
    ("fi-traficom", "sg-cls"): ("counts-as", (), "3", "2021-10-07"),
    ("kr-cic", "sg-cls"): ("counts-as", ("basic", "standard"), "3", "2025-01-01"),
    ("uk-psti", "sg-cls"): ("eases", (), "1", "2026-01-01"),
    ("jp-jcstar", "uk-psti"): ("counts-as", ("star-1",), None, "2025-12-04"),
    ("jp-jcstar", "sg-cls"): ("agreed", (), None, "2026-06-01"),
    ("etsi-303645", "uk-psti"): ("eases", (), None, "2024-04-29"),
}


def places(loaded: LoadedPack) -> dict[str, str]:
    """The place that each criterion cites first, and what asks there."""
    return {criterion.cites[0].place or "": criterion.id for criterion in loaded.pack.criteria}


def all_places(loaded: LoadedPack) -> str:
    return "\n".join(cite.place or "" for criterion in loaded.pack.criteria for cite in criterion.cites)


@EVERY_PACK
def test_every_criterion_answers_a_question_that_schemes_share(loaded: LoadedPack) -> None:
    questions = {criterion.id: f"topic.{criterion.topic}.question" for criterion in loaded.pack.criteria}
    assert {name for name, key in questions.items() if not words().knows(key)} == set()


def test_the_cmu_pack_has_every_field_of_the_label() -> None:
    assert places(pack("cmu")) == CMU_FIELDS


def test_the_cmu_pack_has_every_value_and_not_disclosed_everywhere() -> None:
    criteria = {criterion.id: criterion for criterion in pack("cmu").pack.criteria}
    assert {name: len(criteria[name].choices) for name in CMU_VALUES} == CMU_VALUES
    assert {criterion.undisclosed for criterion in criteria.values()} == {"not-disclosed"}


@pytest.mark.parametrize("clause", ETSI)
def test_the_etsi_pack_asks_each_provision_that_a_user_can_notice(clause: str) -> None:
    assert clause in places(pack("etsi-303645"))


def test_the_etsi_pack_asks_nothing_else_and_under_the_topics_of_the_crosswalk() -> None:
    asked = {c.cites[0].place or "": c.topic for c in pack("etsi-303645").pack.criteria}
    assert set(asked) == set(ETSI)
    rows: dict[str, set[str]] = {}
    for row in load_crosswalk(PACKS).rows:
        for place in row.places:
            for clause in place.clauses if place.document == "en-303-645" else ():
                for each in spelled_out(clause):
                    rows.setdefault(each, set()).update(row.topics)
    outside = {clause for clause in asked if clause not in rows}
    assert outside == ETSI_IN_NO_ROW
    assert {clause: topic for clause, topic in asked.items() if clause in rows and topic not in rows[clause]} == {}


def spelled_out(clause: str) -> list[str]:
    """`5.3-1 to 5.3-12` as its twelve clauses."""
    if found := re.fullmatch(r"(.+-)([0-9]+) to \1([0-9]+)", clause):
        return [f"{found[1]}{number}" for number in range(int(found[2]), int(found[3]) + 1)]
    return [clause]


@pytest.mark.parametrize("point", PSTI)
def test_the_uk_pack_asks_each_thing_that_the_statement_must_hold(point: str) -> None:
    assert point in all_places(pack("uk-psti"))


@pytest.mark.parametrize("point", range(1, 10))
def test_the_eu_pack_asks_each_point_of_annex_ii(point: int) -> None:
    assert f"II({point})" in all_places(pack("eu-cra"))


@pytest.mark.parametrize("heading", TRAFICOM)
def test_the_finnish_pack_asks_each_heading_of_the_statement(heading: str) -> None:
    assert heading in all_places(pack("fi-traficom"))


def test_levels_stand_in_the_order_of_their_own_scheme() -> None:
    levels = {loaded.pack.id: [level.id for level in loaded.pack.levels] for loaded in PACKS.all()}
    assert {scheme: order for scheme, order in levels.items() if order} == {
        "sg-cls": ["1", "2", "3", "4"],
        "jp-jcstar": ["star-1", "star-2", "star-3", "star-4"],
        "kr-cic": ["lite", "basic", "standard"],
    }
    for loaded in PACKS.all():
        assert [level.order for level in loaded.pack.levels] == list(range(1, len(loaded.pack.levels) + 1))


def test_a_singapore_label_of_2020_keeps_what_its_level_meant() -> None:
    cls = pack("sg-cls")
    design, standard = cls.criterion("secure-design"), cls.criterion("standard-met")
    assert design is not None
    assert standard is not None
    assert cls.asks(design, "2", "2020")
    assert not cls.asks(design, "2", "2025")
    assert not cls.asks(standard, "3", "2020")
    assert cls.asks(standard, "2", "2025")
    assert cls.level_means("2", "2020") != cls.level_means("2", "2025")


def test_who_recognises_whom_is_told_with_its_date_and_no_more_than_is_known() -> None:
    told = {
        (loaded.pack.id, fact.by): (fact.effect, fact.levels, fact.level, fact.since)
        for loaded in PACKS.all()
        for fact in loaded.pack.recognition
    }
    assert told == RECOGNITION
    assert all(pack(of).text().recognition[by] for of, by in told)


def test_how_long_a_label_counts_is_told_where_a_source_tells_it() -> None:
    told = {loaded.pack.id: loaded.pack.validity for loaded in PACKS.all() if loaded.pack.validity}
    assert {scheme: rule.months for scheme, rule in told.items()} == {
        "de-bsi": 24,
        "fi-traficom": None,
        "jp-jcstar": 24,
        "sg-cls": 36,
        "us-ctm": None,
    }
    assert told["sg-cls"].while_supported
    assert told["fi-traficom"].review_months == 12


def test_a_term_known_from_memory_is_worded_as_such() -> None:
    validity = pack("de-bsi").pack.validity
    assert validity is not None
    assert validity.cites[0].confidence == "recalled-medium"
    assert "not quite sure" in (pack("de-bsi").text().validity or "")


def test_the_finnish_label_is_closed_and_no_day_is_made_up_for_it() -> None:
    closed = pack("fi-traficom").pack.closed
    assert closed is not None
    assert closed.since is None
    assert "no new labels" in (pack("fi-traficom").text().closed or "")


@pytest.mark.parametrize(
    ("scheme", "criterion", "basis", "level", "strength"),
    [
        ("de-bsi", "access-control", Basis.SELF_DECLARED, None, Strength.ON_PAPER),
        ("uk-psti", "default-password", Basis.SELF_DECLARED, None, Strength.SAYS_SO),
        ("sg-cls", "default-password", Basis.CERTIFIED, "4", Strength.ON_PAPER),
        ("sg-cls", "break-in-test", Basis.CERTIFIED, "4", Strength.IN_LAB),
        ("sg-cls", "security-updates", Basis.SELF_DECLARED, "1", Strength.ON_PAPER),
        ("jp-jcstar", "common-rules", Basis.SELF_DECLARED, "star-1", Strength.SAYS_SO),
        ("us-ctm", "data-shared", Basis.CERTIFIED, None, Strength.SAYS_SO),
        ("us-ctm", "default-password", Basis.CERTIFIED, None, Strength.IN_LAB),
        ("nist-iot", "software-update", Basis.TESTED, None, Strength.IN_LAB),
        ("nist-iot", "updates-explained", Basis.TESTED, None, Strength.SAYS_SO),
        ("nist-software", "strong-cryptography", Basis.TESTED, None, Strength.IN_LAB),
        ("nist-software", "secure-process", Basis.TESTED, None, Strength.SAYS_SO),
    ],
)
def test_a_statement_is_no_stronger_than_its_scheme_makes_it(
    scheme: str, criterion: str, basis: Basis, level: str | None, strength: Strength
) -> None:
    asked = pack(scheme).criterion(criterion)
    assert asked is not None
    assert pack(scheme).strength(asked, basis, level) is strength


MAKERS_DEEDS = {
    "after-support",
    "buying-facts",
    "data-sold",
    "data-shared",
    "data-use",
    "flaw-handling",
    "maker-records",
    "parts-list",
    "upkeep",
    "vulnerability-notices",
    "who-checked",
}


@EVERY_PACK
def test_no_lab_is_said_to_have_tested_what_only_the_maker_or_an_office_does(loaded: LoadedPack) -> None:
    levels = [None, *(level.id for level in loaded.pack.levels)]
    tested = {
        criterion.id
        for criterion in loaded.pack.criteria
        for basis in loaded.pack.basis
        for level in levels
        if criterion.topic in MAKERS_DEEDS
        and criterion.kind in (Kind.YES_NO, Kind.CHOICE, Kind.LIST)
        and not criterion.read_from
        and loaded.strength(criterion, basis, level) is Strength.IN_LAB
    }
    assert tested == set()


@EVERY_PACK
def test_every_criterion_stands_under_a_topic_that_is_there_and_takes_its_kind(loaded: LoadedPack) -> None:
    """No reason why none fits has been needed so far: a criterion without a topic is refused."""
    kinds = {topic.id: topic.kinds for topic in packs().topics}
    assert {each.id for each in loaded.pack.criteria if each.kind not in kinds.get(each.topic, ())} == set()


def test_the_german_pages_form_gives_the_number_of_the_label() -> None:
    (form,) = pack("de-bsi").pack.forms
    assert form.seen
    assert "sik-05165" in form.example


def test_every_state_of_a_scheme_has_a_day_on_which_it_was_so() -> None:
    assert all(date(2026, 1, 1) < loaded.pack.status_as_of < date(2026, 12, 31) for loaded in PACKS.all())
