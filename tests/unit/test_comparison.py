"""Labels side by side: what counts as a difference, and what never does."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.comparison import Axis, Comparison, Contrast, Row, compare
from labelviewer.domain.label import Answer, Basis, Grant, Kind, Label, Product, Stated, Value

TOPICS = ("support-end", "passwords", "updates", "data", "help", "how")
KINDS = {
    "support-end": Kind.DATE,
    "passwords": Kind.CHOICE,
    "updates": Kind.YES_NO,
    "data": Kind.LIST,
    "help": Kind.CONTACT,
    "how": Kind.TEXT,
}
YES: dict[Kind, list[Value]] = {
    Kind.DATE: [date(2031, 12, 31), date(2028, 12, 31)],
    Kind.CHOICE: ["unique", "none"],
    Kind.YES_NO: [True],
    Kind.LIST: [("video",), ("video", "audio"), ("audio", "video")],
    Kind.CONTACT: ["mailto:a@a.example", "mailto:b@b.example"],
    Kind.TEXT: ["Ask us", "ask  US", "Read on"],
}
UNANSWERED = (Stated.SILENT, Stated.NOT_ASKED, Stated.UNREADABLE)


def answer(topic: str, stated: Stated, value: Value | None = None, criterion: str | None = None) -> Answer:
    return Answer(criterion or topic, topic, KINDS[topic], stated, value)


def label(*answers: Answer, scheme: str = "a", number: int = 1) -> Label:
    grant = Grant(str(number), date(2026, 3, 1), Basis.TESTED)
    product = Product("iot", f"Product {number}", "Maker")
    return Label("a.example", f"urn:label:a.example:{number}", 1, scheme, "1", product, grant, answers)


def only_row(*answers: Answer) -> Row:
    comparison = compare([label(each, number=number) for number, each in enumerate(answers)], TOPICS)
    assert len(comparison.rows) == 1
    return comparison.rows[0]


def contrast(topic: str, *said: tuple[Stated, Value | None]) -> Contrast:
    return only_row(*(answer(topic, *each) for each in said)).contrast


Y, N, S = Stated.YES, Stated.NO, Stated.SILENT


@pytest.mark.parametrize(
    ("topic", "one", "other", "expected"),
    [
        ("updates", (Y, True), (Y, True), Contrast.SAME),
        ("updates", (Y, True), (N, False), Contrast.DIFFERENT),
        ("updates", (N, False), (N, False), Contrast.SAME),
        ("updates", (Y, True), (S, None), Contrast.GAP),
        ("updates", (N, False), (Stated.UNREADABLE, None), Contrast.GAP),
        ("updates", (S, None), (S, None), Contrast.UNANSWERED),
        ("updates", (S, None), (Stated.UNREADABLE, None), Contrast.UNANSWERED),
        ("support-end", (Y, date(2031, 1, 1)), (Y, date(2031, 1, 1)), Contrast.SAME),
        ("support-end", (Y, date(2031, 1, 1)), (Y, date(2031, 1, 2)), Contrast.DIFFERENT),
        ("support-end", (Y, date(2031, 1, 1)), (N, None), Contrast.DIFFERENT),
        ("data", (Y, ("video", "audio")), (Y, ("audio", "video")), Contrast.SAME),
        ("data", (Y, ("video", "audio")), (Y, ("video",)), Contrast.DIFFERENT),
        ("data", (Y, ("video",)), (N, None), Contrast.DIFFERENT),
        ("passwords", (Y, "unique"), (Y, "none"), Contrast.DIFFERENT),
        ("help", (Y, "mailto:a@a.example"), (Y, "mailto:b@b.example"), Contrast.SAME),
        ("help", (Y, "mailto:a@a.example"), (N, None), Contrast.DIFFERENT),
        ("how", (Y, "Ask us"), (Y, " ask US "), Contrast.SAME),
        ("how", (Y, "Ask us"), (Y, "Read on"), Contrast.DIFFERENT),
    ],
)
def test_two_answers_meet(
    topic: str, one: tuple[Stated, Value | None], other: tuple[Stated, Value | None], expected: Contrast
) -> None:
    assert contrast(topic, one, other) is expected
    assert contrast(topic, other, one) is expected


def test_labels_of_one_scheme_meet_criterion_by_criterion_in_its_order() -> None:
    answers = [answer(topic, S) for topic in reversed(TOPICS)]
    comparison = compare([label(*answers), label(*answers, number=2)], TOPICS)
    assert comparison.axis is Axis.CRITERION
    assert [row.id for row in comparison.rows] == list(reversed(TOPICS))


def test_labels_of_different_schemes_meet_topic_by_topic_in_the_order_that_matters() -> None:
    one = label(answer("updates", Y, True, "u1"), answer("updates", N, False, "u2"), answer("data", S))
    other = label(answer("support-end", Y, date(2031, 1, 1)), answer("updates", Y, True), scheme="b", number=2)
    comparison = compare([one, other], TOPICS)
    assert comparison.axis is Axis.TOPIC
    assert [row.id for row in comparison.rows] == ["support-end", "updates", "data"]
    assert [[cell.stated for cell in row.cells] for row in comparison.rows] == [
        [Stated.NOT_ASKED, Y],
        [Y, Y],
        [S, Stated.NOT_ASKED],
    ]
    assert comparison.rows[1].contrast is Contrast.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((Y, Y), (Y, Y), Contrast.SAME),
        ((Y, N), (Y, N), Contrast.SAME),
        ((Y, Y), (Y, N), Contrast.DIFFERENT),
        ((Y, S), (Y, N), Contrast.SAME),
        ((N, S), (Y, N), Contrast.SAME),
        ((Y, S), (N, N), Contrast.DIFFERENT),
        ((Y, S), (N, S), Contrast.SAME),
        ((S, S), (Y, N), Contrast.GAP),
        ((Y, Stated.NOT_ASKED), (N, N), Contrast.DIFFERENT),
    ],
)
def test_several_answers_are_unlike_where_no_open_question_could_make_them_alike(
    one: tuple[Stated, ...], other: tuple[Stated, ...], expected: Contrast
) -> None:
    labels = [
        label(*(answer("updates", each, None, f"u{at}") for at, each in enumerate(said)), scheme=scheme, number=number)
        for number, (scheme, said) in enumerate((("a", one), ("b", other)))
    ]
    assert compare(labels, TOPICS).rows[0].contrast is expected
    assert compare(labels[::-1], TOPICS).rows[0].contrast is expected


def test_what_a_scheme_does_not_ask_is_not_counted_among_its_questions() -> None:
    asked = label(answer("updates", Y, True, "u1"), answer("updates", Stated.NOT_ASKED, None, "u2"))
    cell = compare([asked, label(scheme="b", number=2)], TOPICS).rows[0].cells[0]
    assert (len(cell.answers), cell.open) == (1, 0)


def test_a_topic_that_nobody_put_in_order_comes_last() -> None:
    comparison = compare([label(answer("data", S)), label(answer("how", S), scheme="b", number=2)], ("how",))
    assert [row.id for row in comparison.rows] == ["how", "data"]


def test_values_of_different_kinds_are_not_weighed_against_each_other() -> None:
    one = label(answer("updates", Y, True))
    other = label(Answer("updates", "updates", Kind.CHOICE, Y, "at-night"), scheme="b", number=2)
    assert compare([one, other], TOPICS).rows[0].contrast is Contrast.SAME


def test_the_same_label_twice_is_the_same_product() -> None:
    assert compare([label(), label()], TOPICS).same_product
    assert not compare([label(), label(number=2)], TOPICS).same_product


# Properties


@st.composite
def answers(draw: st.DrawFn) -> tuple[Answer, ...]:
    made = []
    for topic, kind in KINDS.items():
        stated = draw(st.sampled_from(Stated))
        value = draw(st.sampled_from(YES[kind])) if stated is Y else None
        made.append(answer(topic, stated, value))
    return tuple(made)


@st.composite
def label_lists(draw: st.DrawFn) -> list[Label]:
    schemes = draw(st.sampled_from(["aaaa", "abab", "abca"]))
    columns = draw(st.integers(min_value=2, max_value=4))
    return [label(*draw(answers()), scheme=schemes[number], number=number) for number in range(columns)]


def differing(comparison: Comparison) -> set[str]:
    return {row.id for row in comparison.having(Contrast.DIFFERENT)}


def silenced(of: Label, topics: set[str]) -> Label:
    return replace(
        of,
        answers=tuple(
            replace(each, stated=Stated.SILENT, value=None) if each.topic in topics else each for each in of.answers
        ),
    )


@given(label_lists(), st.sets(st.sampled_from(TOPICS)), st.data())
def test_falling_silent_never_makes_a_difference(labels: list[Label], topics: set[str], data: st.DataObject) -> None:
    before = differing(compare(labels, TOPICS))
    number = data.draw(st.integers(min_value=0, max_value=len(labels) - 1))
    after = differing(compare([*labels[:number], silenced(labels[number], topics), *labels[number + 1 :]], TOPICS))
    assert after <= before


@given(label_lists())
def test_a_silent_column_leaves_the_others_as_they_were(labels: list[Label]) -> None:
    silent = silenced(replace(labels[0], subject="urn:label:a.example:99"), set(TOPICS))
    assert differing(compare([*labels, silent], TOPICS)) == differing(compare(labels, TOPICS))


@given(label_lists())
def test_the_order_of_columns_changes_no_count(labels: list[Label]) -> None:
    counts = {
        tuple(len(compare(list(order), TOPICS).having(each)) for each in Contrast) for order in permutations(labels)
    }
    assert len(counts) == 1


@given(label_lists())
def test_swapping_twice_is_as_before(labels: list[Label]) -> None:
    assert compare(labels[::-1][::-1], TOPICS) == compare(labels, TOPICS)


@given(label_lists())
def test_swapping_swaps_the_cells_and_nothing_else(labels: list[Label]) -> None:
    forth = {row.id: row for row in compare(labels, TOPICS).rows}
    back = {row.id: row for row in compare(labels[::-1], TOPICS).rows}
    assert {key: row.cells[::-1] for key, row in back.items()} == {key: row.cells for key, row in forth.items()}


@given(label_lists())
def test_every_row_has_exactly_one_contrast_and_a_difference_needs_two_who_answer(labels: list[Label]) -> None:
    comparison = compare(labels, TOPICS)
    assert sum(len(comparison.having(each)) for each in Contrast) == len(comparison.rows)
    for row in comparison.having(Contrast.DIFFERENT):
        assert sum(cell.stated not in UNANSWERED for cell in row.cells) >= 2
    for row in comparison.having(Contrast.GAP):
        assert any(cell.stated in UNANSWERED for cell in row.cells)


@given(label_lists())
def test_a_label_beside_itself_does_not_differ(labels: list[Label]) -> None:
    assert differing(compare([labels[0], labels[0]], TOPICS)) == set()
