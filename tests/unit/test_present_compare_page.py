"""The compare page: differences in sentences, silence kept out of them, hidden facts kept hidden."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.comparison import Contrast
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.present.compare_page import ComparePage, compare_page
from labelviewer.present.notice import Tone
from tests.labels import CAMERA_CLAIMS, TODAY, inspection, label, packs, words

OTHER_CLAIMS = CAMERA_CLAIMS | {
    "support-until": "2028-12-31",
    "updates-automatic": False,
    "data-collected": ["video"],
    "default-password": "cannot-be-changed",
}


def page(*of: Inspection, today: date = TODAY, show_hidden: bool = False) -> ComparePage:
    return compare_page(of, words(), packs(), today, show_hidden=show_hidden)


def camera(name: str = "Hearth Camera 2", state: State = State.VERIFIED, /, **claims: Any) -> Inspection:
    """A camera with these claims instead of the usual ones; None leaves one out."""
    changed = CAMERA_CLAIMS | {key.replace("_", "-"): value for key, value in claims.items()}
    said = {key: value for key, value in changed.items() if value is not None}
    return inspection(label(name, claims=said, number=name.replace(" ", "-")), state)


def sentence(of: ComparePage, criterion: str) -> str:
    return next(row.sentence for group in of.groups for row in group.rows if row.id == criterion)


def codes(of: ComparePage) -> list[str]:
    return [each.code for each in of.notices]


A, B, C = camera("A"), camera("B"), camera("C")


def test_two_cameras_read_like_this() -> None:
    of = page(camera("Hearth Camera 2"), inspection(label("Peep Cam", claims=OTHER_CLAIMS, number="2")))
    assert of.sentences == (
        "Hearth Camera 2 gets updates 3 years longer than Peep Cam.",
        "Password it comes with: Hearth Camera 2 says “You can change it”. Peep Cam says “It cannot be changed”.",
        "Hearth Camera 2 gets updates by itself. Peep Cam does not get updates by itself.",
    )
    assert (of.different, of.gaps) == (4, 0)
    assert of.differences_caption == "4 differences"
    assert of.folded_caption == "7 the same and 7 that no label answers"
    assert of.summary == "4 differences, 7 the same and 7 that no label answers."
    assert of.notices == ()
    assert sentence(of, "data-collected") == ("Hearth Camera 2 collects video and sound. Peep Cam collects only video.")


@pytest.mark.parametrize(
    ("criterion", "one", "other", "said"),
    [
        ("support-until", "2031-12-31", "2031-12-01", "A gets updates 30 days longer than B."),
        ("support-until", "2028-12-31", "2031-12-31", "B gets updates 3 years longer than A."),
        (
            "support-until",
            "2031-12-31",
            "unsupported",
            "A gets updates until 31 December 2031. B gets no promise of updates.",
        ),
        (
            "support-until",
            "2025-12-31",
            "2031-12-31",
            "Updates for A ended on 31 December 2025. B gets updates until 31 December 2031.",
        ),
        ("updates-automatic", False, True, "B gets updates by itself. A does not get updates by itself."),
        ("sbom", False, True, "Software parts list: B says yes. A says no."),
        ("data-collected", ["video"], ["audio"], "A collects video. B collects sound."),
        ("data-collected", [], ["video"], "A collects nothing. B collects video."),
        (
            "updates-how",
            "Ask us.",
            "Look in the app.",
            "How to get updates: A says “Ask us.”. B says “Look in the app.”.",
        ),
        ("updates-how", "Ask us. " * 20, "No.", "How to get updates: the answers are not worded alike."),
    ],
)
def test_a_difference_is_one_sentence(criterion: str, one: object, other: object, said: str) -> None:
    of = page(camera("A", **{criterion: one}), camera("B", **{criterion: other}))
    assert sentence(of, criterion) == said


def test_those_who_say_the_same_share_a_sentence() -> None:
    of = page(A, camera("B", updates_automatic=False), C)
    assert sentence(of, "updates-automatic") == "A and C get updates by themselves. B does not get updates by itself."
    of = page(A, camera("B", support_until="2028-12-31"), C)
    assert sentence(of, "support-until") == (
        "A and C get updates until 31 December 2031. B gets updates until 31 December 2028."
    )


def test_who_does_not_answer_is_not_in_the_sentence() -> None:
    of = page(A, camera("B", updates_automatic=False), camera("C", updates_automatic=None))
    assert sentence(of, "updates-automatic") == "A gets updates by itself. B does not get updates by itself."


@pytest.mark.parametrize("criterion", sorted(CAMERA_CLAIMS))
def test_silence_is_a_gap_and_never_a_difference(criterion: str) -> None:
    of = page(A, camera("B", **{criterion: None}))
    row = next(row for group in of.groups for row in group.rows if row.id == criterion)
    assert (row.contrast, row.sentence) == (Contrast.GAP, "")
    assert row.cells[1].tone is Tone.SILENT
    assert row.cells[1].word == "Not stated"
    assert (of.different, of.sentences) == (0, ())


@given(st.permutations([A, camera("B", updates_automatic=False), camera("C", sbom=None, hbom=True)]))
def test_the_order_of_columns_changes_only_their_order(of: list[Inspection]) -> None:
    one, other = page(*of), page(A, camera("B", updates_automatic=False), camera("C", sbom=None, hbom=True))
    assert (one.different, one.gaps, one.same, one.summary) == (other.different, other.gaps, other.same, other.summary)
    assert {column.product for column in one.columns} == {column.product for column in other.columns}


def test_rows_keep_the_schemes_groups_and_none_is_lost() -> None:
    of = page(A, B)
    loaded = packs().find("us-ctm")
    assert loaded is not None
    assert [group.title for group in of.groups] == list(loaded.text().groups.values())
    rows = [row for group in of.groups for row in group.rows]
    assert len(rows) == len(loaded.pack.criteria) == of.different + of.gaps + of.same + of.unanswered


def test_a_cell_says_whose_it_is_to_those_who_cannot_see_the_table() -> None:
    of = page(A, camera("B", updates_automatic=False))
    row = next(row for group in of.groups for row in group.rows if row.id == "updates-automatic")
    assert [cell.spoken for cell in row.cells] == ["A: Yes", "B: No"]


def test_the_end_of_updates_says_how_long_that_is() -> None:
    row = page(A, B).groups[0].rows[0]
    assert row.cells[0].detail == "5 years and 1 month left"


def test_products_of_one_name_are_told_apart() -> None:
    twin = inspection(label("A", claims=OTHER_CLAIMS, number="twin"))
    of = page(A, twin)
    assert sentence(of, "updates-automatic") == "A (1) gets updates by itself. A (2) does not get updates by itself."


# Messages


def test_nothing_that_differs_is_said() -> None:
    of = page(A, camera("B", sbom=None))
    assert codes(of) == ["C04"]
    assert of.notices[0].body == "They say the same on 10 facts. On 1 fact, not all of them answer."
    assert of.differences_caption == "No differences"


def test_the_same_label_twice_is_said_instead() -> None:
    assert codes(page(A, A)) == ["C05"]


def test_different_kinds_of_product_are_said() -> None:
    router = inspection(label("R", category="router", number="r"))
    of = page(A, router)
    assert "C02" in codes(of)
    assert of.notices[0].body.startswith("You compare a camera and a router.")


@pytest.mark.parametrize(
    ("state", "marked", "unchecked"),
    [
        (State.VERIFIED, False, False),
        (State.NOT_SIGNED, True, False),
        (State.ADDED_BY_SHOP, True, False),
        (State.NOT_TODAY, True, False),
        (State.SUSPENDED, True, False),
        (State.EXPIRED, True, False),
        (State.WITHDRAWN, True, False),
        (State.UNKNOWN_SIGNER, True, True),
        (State.CLOCK_WRONG, True, True),
        (State.TAMPERED, True, True),
    ],
)
def test_a_column_that_was_not_checked_is_marked_as_a_column(state: State, marked: bool, unchecked: bool) -> None:
    of = page(A, camera("B", state))
    assert bool(of.columns[1].warning) == marked
    assert of.columns[0].warning == ""
    assert ("C07" in codes(of)) == unchecked
    assert of.columns[1].standing


# Hidden columns


@pytest.mark.parametrize("state", [state for state in State if state.hides_facts])
def test_a_hidden_column_shows_nothing_and_makes_no_difference(state: State) -> None:
    of = page(A, camera("Secret", state, updates_automatic=False, support_until="2028-12-31"))
    cells = [row.cells[1] for group in of.groups for row in group.rows]
    assert {(cell.text, cell.tone, cell.detail) for cell in cells} == {("Not shown", Tone.SILENT, "")}
    assert of.different == 0
    assert of.sentences == ()


def test_a_hidden_column_shows_when_asked() -> None:
    of = page(A, camera("B", State.EXPIRED, updates_automatic=False), show_hidden=True)
    assert of.different == 1
    assert of.columns[1].warning


@pytest.mark.parametrize("state", [State.TAMPERED, State.SIGNER_CANCELLED])
def test_an_unproven_column_has_no_name(state: State) -> None:
    of = page(A, camera("Zyzzyva", state))
    assert of.columns[1].product == "A label we could not prove"
    assert of.columns[1].maker == ""
    assert "Zyzzyva" not in repr(of)


# Different schemes


def thermostat(**claims: Any) -> Inspection:
    said = {key.replace("_", "-"): value for key, value in claims.items()}
    return inspection(label("Thermo", scheme="nist-iot", claims=said, number="t", category="thermostat"))


def test_labels_of_two_schemes_meet_on_what_both_ask() -> None:
    of = page(camera("A", support_until="2031-12-31"), thermostat(**{"support-until": "2028-12-31"}))
    assert [group.id for group in of.groups] == ["shared", "alone"]
    assert "C03" in codes(of)
    shared = of.groups[0].rows
    assert shared[0].name == "End of security updates"
    assert shared[0].sentence == "A gets updates 3 years longer than Thermo."
    assert of.sentences[0] == shared[0].sentence


def test_what_only_one_scheme_asks_stands_apart_and_never_differs() -> None:
    of = page(A, thermostat())
    for row in of.groups[1].rows:
        assert not row.differs
        assert "This scheme does not ask" in [cell.text for cell in row.cells]


def test_several_answers_in_one_cell_are_all_there_to_read() -> None:
    of = page(camera("A", hbom=False, sbom=True), thermostat())
    parts = next(row for row in of.groups[0].rows if row.id == "parts-list")
    assert parts.cells[0].text == "Partly: 1 of 2"
    assert parts.cells[0].detail == "Hardware parts list: No\nSoftware parts list: Yes"


def test_terms_come_from_the_questions_and_not_from_what_makers_write() -> None:
    of = page(camera("A backup", report_to="mailto:backup@a.example"), thermostat())
    assert all("backup" not in [term.term for term in group.terms] for group in of.groups)
    parts = next(row for row in of.groups[0].rows if row.id == "parts-list")
    assert "parts list" in [term.term for term in parts.terms]
    for group in of.groups:
        assert set(group.terms) == {term for row in group.rows for term in row.terms}
        assert len(set(group.terms)) == len(group.terms)
        assert group.with_rows(group.rows[:1]).terms == group.rows[0].terms


def test_every_row_of_every_pair_of_schemes_has_words() -> None:
    software = inspection(label("S", scheme="nist-software", claims={}, number="s", kind="software"))
    for pair in ((A, software), (thermostat(), software), (A, thermostat(), software)):
        for group in page(*pair).groups:
            assert group.title
            for row in group.rows:
                assert row.name
                assert row.line
                assert all(cell.text and cell.word and cell.spoken for cell in row.cells)


def test_a_difference_in_part_says_in_which_part() -> None:
    of = page(camera("A", hbom=False, sbom=True), thermostat(**{"parts-list": False}))
    parts = next(row for row in of.groups[0].rows if row.id == "parts-list")
    assert parts.sentence == "Parts list: A says yes to 1 of 2. Thermo says no."


def test_what_is_only_worded_otherwise_comes_last() -> None:
    of = page(
        camera("A", updates_how="Ask us.", sbom=True),
        camera("B", updates_how="Look in the app.", sbom=False),
    )
    assert of.sentences == (
        "Software parts list: A says yes. B says no.",
        "How to get updates: A says “Ask us.”. B says “Look in the app.”.",
    )


def test_four_columns_fit() -> None:
    of = page(A, B, C, replace(thermostat()))
    assert len(of.columns) == 4
    assert all(len(row.cells) == 4 for group in of.groups for row in group.rows)


# A reference product


def held(*inspections: Inspection, reference: int = 0) -> ComparePage:
    return compare_page(inspections, words(), packs(), TODAY, reference=reference)


def test_three_sentences_stay_true_for_three_and_four() -> None:
    early, late = camera("Early", support_until="2028-12-31"), camera("Late", support_until="2033-12-31")
    silent = camera("Silent", support_until=None)
    assert sentence(page(A, early, silent), "support-until") == "A gets updates 3 years longer than Early."
    assert sentence(page(A, early, late), "support-until") == (
        "A gets updates until 31 December 2031. Early gets updates until 31 December 2028. "
        "Late gets updates until 31 December 2033."
    )
    like = camera("Like")
    assert sentence(page(A, early, like, silent), "support-until") == (
        "A and Like get updates until 31 December 2031. Early gets updates until 31 December 2028."
    )


def test_beside_a_reference_every_other_one_is_told_by_the_time_between() -> None:
    early, late = camera("Early", support_until="2028-12-31"), camera("Late", support_until="2033-12-31")
    assert sentence(held(A, early, late, camera("Like")), "support-until") == (
        "A gets updates 3 years longer than Early. Late gets updates 2 years longer than A."
    )


def test_the_reference_is_named_first_though_it_says_no() -> None:
    of = held(A, camera("B", sbom=False), reference=1)
    assert sentence(of, "sbom") == "Software parts list: B says no. A says yes."
    assert sentence(page(A, camera("B", sbom=False)), "sbom") == "Software parts list: A says yes. B says no."


def test_who_differs_only_from_others_is_no_difference_from_the_reference() -> None:
    of = held(camera("A", sbom=None), camera("B", sbom=True), camera("C", sbom=False))
    (row,) = [row for group in of.groups for row in group.rows if row.id == "sbom"]
    assert row.contrast is Contrast.GAP
    assert not row.folded
    assert row.sentence == ""
    assert "C04" not in codes(of)
    assert of.differences_caption == "No differences from A"


def test_the_reference_is_named_wherever_it_is_held_against() -> None:
    of = held(A, inspection(label("B", claims=OTHER_CLAIMS, number="2")))
    assert of.differences_heading == "What differs most from A"
    assert of.differences_caption == "4 differences from A"
    assert of.summary.startswith("4 differences from A")
    assert [column.reference for column in of.columns] == [True, False]
    assert of.columns[0].spoken == "A, My reference product, Checked: this label is real"
    differing = [row for group in of.groups for row in group.rows if row.differs]
    assert {row.cells[1].unlike for row in differing} == {"Differs"}
    assert all("Differs from A" in row.cells[1].told for row in differing)


def test_rows_of_one_scheme_can_be_topics() -> None:
    other = inspection(label("B", claims=OTHER_CLAIMS, number="2"))
    of = compare_page([A, other], words(), packs(), TODAY, by_topic=True)
    assert of.by_topic
    assert of.can_switch
    assert [group.title for group in of.groups] == ["By topic"]
    assert "C03" not in codes(of)
    assert of.sentences[0] == page(A, other).sentences[0]
    assert not page(A, thermostat()).can_switch
