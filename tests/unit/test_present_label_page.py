"""The label page: four facts in every state, nothing hidden shown, silence never green."""

import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.errors import (
    CannotSaveError,
    NewerLabelError,
    NoCodeFoundError,
    NotALabelError,
    NotAnsweringError,
    OfflineError,
)
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import Finding, Standing, State, Step
from labelviewer.domain.scanned import KINDS, OtherText
from labelviewer.domain.sighting import Reading, Still
from labelviewer.present.label_page import LabelPage, Tile, label_page
from labelviewer.present.notice import Tone, notice_for
from labelviewer.present.proof import check_lines
from tests.labels import CAMERA_CLAIMS, MESSAGES, TODAY, inspection, label, packs, report, words

SECRET = "Zyzzyva Nine"
FACTLESS = (State.NOT_A_LABEL, State.REFUSED_ADDRESS, State.UNKNOWN_SITE, State.COULD_NOT_CHECK, State.UNREADABLE)


def page(of: Inspection, *, today: date = TODAY, show_hidden: bool = False) -> LabelPage:
    return label_page(of, words(), packs(), today, show_hidden=show_hidden)


def texts(value: Any) -> list[str]:
    """Everything that is to be read, however deep."""
    match value:
        case str():
            return [value]
        case tuple():
            return [text for each in value for text in texts(each)]
        case _ if is_dataclass(value):
            return [text for field in fields(value) for text in texts(getattr(value, field.name))]
        case _:
            return []


def tile(of: LabelPage, topic: str) -> Tile:
    return next(each for each in of.tiles if each.topic == topic)


def with_claims(**claims: Any) -> Inspection:
    changed = CAMERA_CLAIMS | {key.replace("_", "-"): value for key, value in claims.items()}
    return inspection(label(claims={key: value for key, value in changed.items() if value is not None}))


# The whole page of one label


def test_a_checked_label_reads_like_this() -> None:
    of = page(inspection())
    assert (of.headline.title, of.headline.body) == (
        "Checked: this label is real",
        "Example Label Office signed it. We checked it on 24 November 2026.",
    )
    assert [(fact.question, fact.answer, fact.detail) for fact in of.facts][:2] == [
        ("Is it real?", "Yes", "Example Label Office signed it, and nothing was changed since."),
        ("Is it current?", "Yes", "Checked on 24 November 2026. The label runs until 24 February 2028."),
    ]
    assert of.facts[2].answer == "Tested by Lab X"
    assert of.facts[2].detail == "Example Label Office gave the label on 1 March 2026."
    assert of.facts[3].answer == "Hearth Camera 2 by Acme Home Ltd"
    assert [(each.topic, each.answer, each.detail, each.word, each.tone) for each in of.tiles] == [
        ("support-end", "Until 31 December 2031", "5 years and 1 month left", "Stated", Tone.OK),
        ("default-password", "You can change it", "", "Stated", Tone.OK),
        ("updates-automatic", "Yes", "", "Yes", Tone.OK),
        ("data-collected", "Video and sound", "", "Stated", Tone.INFO),
        ("report-problem", "labels@labelviewer.example", "", "Stated", Tone.INFO),
    ]
    assert of.timeline is not None
    assert of.timeline.sentence == "Security updates run until 31 December 2031. 5 years and 1 month left."
    assert of.came_from == "From labelviewer.example, fetched on 24 November 2026."
    assert of.announcement == "Label found: Hearth Camera 2. Checked: this label is real."
    assert len(of.checks) == len(Step)


def test_every_criterion_of_the_scheme_is_on_the_page_with_all_its_words() -> None:
    rows = [row for group in page(inspection()).groups for row in group.rows]
    loaded = packs().find("us-ctm")
    assert loaded is not None
    assert [row.id for row in rows] == [criterion.id for criterion in loaded.pack.criteria]
    for row in rows:
        assert all((row.name, row.line, row.says, row.word, row.means, row.why, row.do, row.not_mean, row.source))
        assert row.name in row.more_caption


def test_how_far_the_product_was_looked_into_is_said_of_what_a_lab_could_test() -> None:
    rows = {row.id: row for group in page(inspection()).groups for row in group.rows}
    assert rows["default-password"].strength == "A lab tested this product."
    assert rows["data-collected"].strength == "The maker says so itself."
    assert rows["support-until"].strength == ""


# Four facts


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("show_hidden", [False, True])
def test_every_state_answers_the_four_questions(state: State, show_hidden: bool) -> None:
    of = page(inspection(None, state), show_hidden=show_hidden)
    assert [fact.key for fact in of.facts] == ["real", "current", "says-who", "product"]
    for fact in of.facts:
        assert fact.question.endswith("?")
        assert fact.answer
        assert fact.detail


@pytest.mark.parametrize("state", State)
def test_only_a_good_signature_is_called_real_and_only_a_fresh_check_current(state: State) -> None:
    real, current, _, _ = page(inspection(None, state)).facts
    assert (real.tone is Tone.OK) == (state in (State.VERIFIED, State.NOT_TODAY))
    assert (current.tone is Tone.OK) == (state is State.VERIFIED)


@pytest.mark.parametrize("state", State)
def test_without_a_signature_that_fits_nothing_is_called_real(state: State) -> None:
    unsigned = Finding(Step.SIGNATURE, Standing.UNKNOWN, "no-key")
    of = page(inspection(None, state, unsigned), show_hidden=True)
    assert of.facts[0].tone is not Tone.OK
    assert not of.facts[0].answer.startswith("Yes") or state is State.ADDED_BY_SHOP
    assert of.facts[2].tone is not Tone.OK
    assert of.facts[3].tone is not Tone.OK


@pytest.mark.parametrize(
    ("basis", "answer", "tone"),
    [
        ("tested", "Tested by Lab X", Tone.OK),
        ("certified", "Certified by Example Label Office", Tone.OK),
    ],
)
def test_who_says_so_is_who_checked_it(basis: str, answer: str, tone: Tone) -> None:
    fact = page(inspection(label(basis=basis))).facts[2]
    assert (fact.answer, fact.tone) == (answer, tone)


def test_the_makers_own_claim_is_said_to_be_one_twice() -> None:
    of = page(inspection(label(scheme="nist-iot", basis="self-declared", claims={})))
    assert of.facts[2].answer == "The maker’s own claim"
    assert of.facts[2].tone is Tone.INFO
    assert "No outside lab tested this." in of.facts[2].detail
    assert "V11" in [alert.code for alert in of.alerts]


@pytest.mark.parametrize(
    ("carrier", "barcode", "detail", "tone"),
    [
        ((Standing.HELD, "listed"), (Standing.HELD, "listed"), "The code and the price barcode both belong", Tone.OK),
        ((Standing.HELD, "listed"), (Standing.NOT_ASKED, "no-barcode"), "The code belongs to this label.", Tone.OK),
        ((Standing.NOT_ASKED, "no-box"), (Standing.NOT_ASKED, "no-barcode"), "Not compared with a box.", Tone.INFO),
    ],
)
def test_which_product_says_what_was_compared(
    carrier: tuple[Standing, str], barcode: tuple[Standing, str], detail: str, tone: Tone
) -> None:
    found = (Finding(Step.CARRIER, *carrier), Finding(Step.BARCODE, *barcode))
    fact = page(inspection(None, State.VERIFIED, *found)).facts[3]
    assert fact.detail.startswith(detail)
    assert fact.tone is tone


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("V08", "We know it was good on 20 November 2026."),
        ("V09", "Our list of signers is from 20 November 2026"),
        ("F01", "This is a saved copy from 20 November 2026."),
    ],
)
def test_why_it_was_not_checked_today_is_said(code: str, detail: str) -> None:
    of = inspection(None, State.NOT_TODAY)
    assert of.report is not None
    of = replace(of, report=replace(of.report, code=code))
    assert page(of).facts[1].detail.startswith(detail)


# Verdict before facts


@pytest.mark.parametrize("state", [state for state in State if state.hides_facts])
def test_hidden_facts_are_nowhere_on_the_page(state: State) -> None:
    secret = label("Hearth Camera 2", claims={"support-until": "2033-03-03", "updates-how": SECRET})
    of = page(inspection(secret, state))
    assert of.facts_hidden
    assert (of.tiles, of.timeline, of.groups, of.alerts, of.not_told) == ((), None, (), (), ())
    assert not [text for text in texts(of) if SECRET in text or "2033" in text]


@pytest.mark.parametrize("state", [state for state in State if state.hides_facts])
def test_hidden_facts_come_when_asked_for(state: State) -> None:
    of = page(inspection(None, state), show_hidden=True)
    assert not of.facts_hidden
    assert of.tiles
    assert of.groups
    assert of.product == "Hearth Camera 2"
    assert of.headline.code == MESSAGES[state][0]


@pytest.mark.parametrize("state", [State.TAMPERED, State.SIGNER_CANCELLED, State.UNREADABLE])
def test_not_even_a_name_is_taken_from_a_document_that_proved_nothing(state: State) -> None:
    of = page(inspection(label(SECRET, maker=SECRET), state))
    assert (of.product, of.maker) == ("", "")
    assert not [text for text in texts(of) if SECRET in text]


def test_an_unproven_label_on_hold_of_its_own_facts_names_no_product() -> None:
    unsigned = Finding(Step.SIGNATURE, Standing.UNKNOWN, "no-key")
    of = page(inspection(label(SECRET), State.EXPIRED, unsigned))
    assert not [text for text in texts(of) if SECRET in text]


# Answers


def test_silence_is_never_green_and_never_red() -> None:
    of = page(inspection(label(claims={})))
    for each in of.tiles:
        if each.topic != "report-problem":
            assert (each.tone, each.word, each.answer) == (Tone.SILENT, "Not stated", "Not stated")
    rows = [row for group in of.groups for row in group.rows if row.says == "Not stated"]
    assert len(rows) > 5
    assert {row.tone for row in rows} == {Tone.SILENT}
    assert of.timeline is None


def test_what_a_scheme_does_not_ask_is_said_to_be_that() -> None:
    of = page(inspection(label(scheme="nist-software", claims={}, kind="software")))
    asked = packs().find("nist-software")
    assert asked is not None
    topics = {criterion.topic for criterion in asked.pack.criteria}
    unasked = [each for each in of.tiles if each.topic not in topics]
    assert unasked
    for each in unasked:
        assert (each.tone, each.word) == (Tone.SILENT, "This scheme does not ask")


def test_an_answer_that_cannot_be_read_is_said_to_be_that() -> None:
    of = page(with_claims(updates_automatic="maybe"))
    each = tile(of, "updates-automatic")
    assert (each.tone, each.word) == (Tone.SILENT, "Could not read")


@pytest.mark.parametrize(
    ("claims", "topic", "answer", "tone", "word"),
    [
        ({"updates_automatic": False}, "updates-automatic", "No", Tone.WARN, "No"),
        ({"default_password": "cannot-be-changed"}, "default-password", "It cannot be changed", Tone.WARN, "No"),
        ({"data_collected": []}, "data-collected", "Nothing", Tone.INFO, "None"),
        ({"support_until": "2026-11-23"}, "support-end", "Ended on 23 November 2026", Tone.DANGER, "Ended"),
        ({"support_until": "2026-11-24"}, "support-end", "Until 24 November 2026", Tone.WARN, "Ends soon"),
        ({"support_until": "2027-11-23"}, "support-end", "Until 23 November 2027", Tone.WARN, "Ends soon"),
        ({"support_until": "2027-11-24"}, "support-end", "Until 24 November 2027", Tone.OK, "Stated"),
        ({"support_until": "unsupported"}, "support-end", "No updates promised", Tone.DANGER, "No"),
    ],
)
def test_a_tile_says_its_answer(claims: dict[str, Any], topic: str, answer: str, tone: Tone, word: str) -> None:
    each = tile(page(with_claims(**claims)), topic)
    assert (each.answer, each.tone, each.word) == (answer, tone, word)


def test_what_favours_no_is_green_for_none() -> None:
    rows = {
        shared: next(
            row
            for group in page(with_claims(data_shared=shared_with)).groups
            for row in group.rows
            if row.id == "data-shared"
        )
        for shared, shared_with in (("nobody", []), ("buyers", ["data-buyers"]))
    }
    assert (rows["nobody"].tone, rows["nobody"].says) == (Tone.OK, "Nobody")
    assert rows["buyers"].tone is Tone.WARN


def test_text_from_a_label_is_made_harmless() -> None:
    hostile = "\x1b[31mred\u202e{issuer}\n" + "x" * 300
    of = page(inspection(label(hostile, maker=hostile, claims={"updates-how": hostile}), State.UNKNOWN_SIGNER))
    assert not [text for text in texts(of) if {"\x1b", "\u202e"} & set(text)]
    assert len(of.product) <= 120


def test_a_bare_yes_says_what_it_is_a_yes_to() -> None:
    loaded = packs().find("nist-iot")
    assert loaded is not None
    asked = next(each for each in loaded.pack.criteria if each.topic == "default-password")
    of = page(inspection(label(scheme="nist-iot", claims={asked.id: True})))
    assert tile(of, "default-password").answer == f"{loaded.text().criteria[asked.id].name}: Yes"


def test_claims_without_words_are_counted_among_what_is_not_told() -> None:
    of = page(inspection(label(claims={"made-of-cheese": True, "has-a-lid": False})))
    assert of.not_told[0] == "It says 2 more things that we have no words for yet."


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.EXPIRED, State.SUSPENDED, State.CLOCK_WRONG])
def test_nothing_about_a_label_that_is_not_in_force_is_green(state: State) -> None:
    assert Tone.OK not in [fact.tone for fact in page(inspection(None, state)).facts]


# Time


@pytest.mark.parametrize(
    ("claims", "code", "said"),
    [
        ({"support_until": "2026-11-23"}, "V13", "Updates ended on 23 November 2026."),
        ({"support_until": "unsupported"}, "V13", "The maker promises no updates."),
        ({"support_until": "2027-03-01"}, "V14", "After 1 March 2027"),
    ],
)
def test_updates_that_end_are_an_alert(claims: dict[str, Any], code: str, said: str) -> None:
    alert = page(with_claims(**claims)).alerts[0]
    assert alert.code == code
    assert alert.body.startswith(said)


@pytest.mark.parametrize("claims", [{"support_until": "2031-12-31"}, {"support_until": None}])
def test_updates_that_last_or_are_not_stated_are_no_alert(claims: dict[str, Any]) -> None:
    assert not {"V13", "V14"} & {alert.code for alert in page(with_claims(**claims)).alerts}


def test_the_end_of_updates_counts_the_months_in_words() -> None:
    assert page(with_claims(support_until="2027-03-01")).alerts[0].title == "Updates end in 3 months"


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_the_timeline_stays_on_its_line(today: date) -> None:
    timeline = page(inspection(), today=today).timeline
    assert timeline is not None
    assert 0.0 <= timeline.elapsed <= 1.0
    assert timeline.sentence.startswith("Security updates")


def test_support_that_ended_before_it_began_is_over() -> None:
    timeline = page(with_claims(support_until="2026-01-01")).timeline
    assert timeline is not None
    assert timeline.elapsed == 1.0
    assert timeline.sentence == "Security updates ended on 1 January 2026, 10 months ago."


def test_the_last_day_of_support_is_not_over() -> None:
    timeline = page(with_claims(support_until=TODAY.isoformat())).timeline
    assert timeline is not None
    assert timeline.left == "Ends today"


def test_a_moment_serves_as_today() -> None:
    assert page(inspection(), today=datetime(2026, 11, 24, 12, tzinfo=UTC)) == page(inspection())


# Alerts


def test_facts_that_are_missing_are_counted() -> None:
    alerts = {alert.code: alert for alert in page(inspection()).alerts}
    assert "did not give" in alerts["F13"].body


@pytest.mark.parametrize(
    ("reason", "code"), [("ageing", "V09"), ("trust-list-old", "V09"), ("status-old", "V08"), ("saved-copy", "F01")]
)
def test_lists_that_grow_old_are_a_note_where_they_are_not_the_headline(reason: str, code: str) -> None:
    aged = Finding(Step.FRESHNESS, Standing.UNKNOWN, reason, {"date": date(2026, 11, 1)})
    assert code in [alert.code for alert in page(inspection(None, State.VERIFIED, aged)).alerts]


def test_a_headline_is_not_repeated_as_a_note() -> None:
    aged = Finding(Step.FRESHNESS, Standing.UNKNOWN, "status-old", {"date": date(2026, 11, 1)})
    of = page(inspection(None, State.NOT_TODAY, aged))
    assert of.headline.code == "V08"
    assert "V08" not in [alert.code for alert in of.alerts]


def test_a_disk_that_refused_is_a_note_beside_the_result() -> None:
    of = page(replace(inspection(), not_kept=CannotSaveError(place="/full")))
    assert of.headline.code == "V01"
    assert "C09" in [alert.code for alert in of.alerts]


def test_a_saved_copy_says_so_and_why() -> None:
    saved = replace(inspection(), saved=True)
    late = page(replace(saved, problem=NotAnsweringError(host="labelviewer.example")))
    assert late.came_from.startswith("A saved copy from labelviewer.example")
    assert "F04" in [alert.code for alert in late.alerts]
    offline = page(replace(saved, problem=OfflineError()))
    assert "F02" not in [alert.code for alert in offline.alerts]


def test_a_sample_wears_its_ribbon_over_any_state() -> None:
    for state in (State.VERIFIED, State.TAMPERED):
        ribbon = page(inspection(None, state, sample=True)).ribbon
        assert ribbon is not None
        assert ribbon.code == "V12"
    assert page(inspection()).ribbon is None


# Headlines and announcements


@pytest.mark.parametrize("state", State)
def test_the_headline_is_what_the_check_found(state: State) -> None:
    assert page(inspection(None, state)).headline.code == MESSAGES[state][0]


def test_a_problem_is_the_headline_where_there_was_no_check() -> None:
    assert notice_for(words(), Inspection(problem=NoCodeFoundError())).code == "S20"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_label_is_named(kind: str) -> None:
    scanned = OtherText("...", kind)
    said = notice_for(words(), Inspection(scanned=scanned, problem=NotALabelError(kind=f"kind.{kind}")))
    assert said.body == f"It holds {words().say(f'kind.{kind}')}. We did not open it."


def test_several_codes_are_a_choice() -> None:
    several = Inspection(reading=Reading((), 0, Still(1, 1, b"\0\0\0")))
    assert notice_for(words(), several).tone is Tone.CHOICE


def test_a_label_too_new_to_read_says_so_unless_the_check_refused_it() -> None:
    newer = NewerLabelError()
    for state, code in ((State.VERIFIED, "F11"), (State.TAMPERED, "V03")):
        assert notice_for(words(), Inspection(report=report(state), problem=newer)).code == code


def test_an_inspection_of_nothing_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without choice"):
        notice_for(words(), Inspection())


@pytest.mark.parametrize("state", State)
def test_what_is_announced_ends_like_a_sentence_and_leads_with_the_danger(state: State) -> None:
    of = page(inspection(None, state))
    assert of.announcement.endswith((".", "?"))
    assert of.headline.title in of.announcement
    assert of.announcement.startswith("Label found") == (
        of.headline.tone is not Tone.DANGER and bool(of.product) and not of.facts_hidden
    )


# How we checked


def test_a_check_that_broke_is_marked_and_worded() -> None:
    lines = {line.number: line for line in check_lines(report(State.TAMPERED), words())}
    assert lines[5].tone is Tone.DANGER
    assert lines[5].outcome == "The signature does not fit: something was changed."
    assert lines[6].tone is Tone.OK


@pytest.mark.parametrize(
    ("standing", "tone"),
    [
        (Standing.HELD, Tone.OK),
        (Standing.BROKEN, Tone.DANGER),
        (Standing.UNKNOWN, Tone.WARN),
        (Standing.NOT_ASKED, Tone.SILENT),
    ],
)
def test_only_a_check_that_held_is_green(standing: Standing, tone: Tone) -> None:
    line = check_lines(report(State.VERIFIED, Finding(Step.CARRIER, standing, "no-box")), words())[8]
    assert line.tone is tone


def test_the_words_and_pages_load_without_pydantic() -> None:
    code = (
        "import sys, labelviewer.present.label_page, labelviewer.present.compare_page, labelviewer.words.catalogue;"
        "sys.exit(sorted({'pydantic', 'cryptography', 'PIL', 'urllib3', 'PySide6'} & sys.modules.keys()).__repr__()"
        " if {'pydantic', 'cryptography', 'PIL', 'urllib3', 'PySide6'} & sys.modules.keys() else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("days", "answer", "tone"),
    [(0, "As of today", Tone.INFO), (1, "Not looked up today", Tone.WARN), (400, "Not looked up today", Tone.WARN)],
)
def test_an_unsigned_label_is_as_old_as_the_day_its_site_showed_it(days: int, answer: str, tone: Tone) -> None:
    look = inspection(None, State.NOT_SIGNED)
    assert look.evidence is not None
    at = look.evidence.fetched_at - timedelta(days=days)
    current = page(replace(look, evidence=replace(look.evidence, fetched_at=at))).facts[1]
    assert (current.answer, current.tone) == (answer, tone)
    assert days == 0 or "showed it on" in current.detail


def test_an_unsigned_label_is_never_said_to_be_real_tested_or_matching() -> None:
    look = inspection(label(basis="certified"), State.NOT_SIGNED, Finding(Step.CARRIER, Standing.HELD, "listed"))
    real, _, who, product = page(look).facts
    assert (real.answer, real.tone) == ("We cannot tell", Tone.INFO)
    assert who.detail == "Nobody signed it."
    assert product.detail == "The label says so. We could not prove it."
