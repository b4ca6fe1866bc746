"""Two to four columns: put in order, pinned, taken out and brought back, always consistently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.inspection import Inspection
from labelviewer.ui.viewmodels.columns import AT_MOST, Columns
from tests.labels import inspection, label

A, B, C, D, E = (inspection(label(name, number=name)) for name in "ABCDE")
ALL = (A, B, C, D)


def names(columns: Columns) -> str:
    return "".join(each.label.product.name for each in columns.shown if each.label)


def of(names: str, *, pinned: bool = False) -> Columns:
    by_name = dict(zip("ABCDE", (A, B, C, D, E), strict=True))
    return Columns(tuple(by_name[name] for name in names), pinned)


@pytest.mark.parametrize(
    ("before", "pinned", "place", "by", "after"),
    [
        ("ABCD", False, 0, 1, "BACD"),
        ("ABCD", False, 2, -1, "ACBD"),
        ("ABCD", False, 0, -1, "ABCD"),
        ("ABCD", False, 3, 1, "ABCD"),
        ("ABCD", True, 0, 1, "ABCD"),
        ("ABCD", True, 1, -1, "ABCD"),
        ("ABCD", True, 1, 1, "ACBD"),
        ("AB", False, 7, 1, "AB"),
        ("AB", False, -1, 1, "AB"),
    ],
)
def test_a_column_moves_by_one_and_never_before_the_reference(
    before: str, pinned: bool, place: int, by: int, after: str
) -> None:
    assert names(of(before, pinned=pinned).moved(place, by)) == after


@pytest.mark.parametrize(
    ("before", "pinned", "after", "can"),
    [("AB", False, "BA", True), ("ABC", False, "CBA", True), ("AB", True, "AB", False), ("ABCD", True, "ADCB", True)],
)
def test_swapping_turns_round_all_but_the_reference(before: str, pinned: bool, after: str, can: bool) -> None:
    columns = of(before, pinned=pinned)
    assert names(columns.swapped()) == after
    assert columns.can_swap == can == (columns.swapped() != columns)


def test_the_reference_comes_to_the_left_and_another_takes_its_place() -> None:
    pinned = of("ABCD").with_pin(2)
    assert (names(pinned), pinned.pinned) == ("CABD", True)
    other = pinned.with_pin(3)
    assert (names(other), other.pinned) == ("DCAB", True)
    free = other.with_pin(0)
    assert (names(free), free.pinned) == ("DCAB", False)


def test_the_reference_that_is_taken_out_is_the_reference_again_when_it_comes_back() -> None:
    out = of("ABC", pinned=True).without(0)
    assert (names(out), out.pinned) == ("BC", False)
    back = out.undone()
    assert (names(back), back.pinned) == ("ABC", True)


def test_an_old_reference_comes_back_beside_a_new_one() -> None:
    back = of("ABC", pinned=True).without(0).with_pin(1).undone()
    assert (names(back), back.pinned) == ("CAB", True)


def test_a_fifth_pushes_out_the_oldest_that_is_not_the_reference() -> None:
    columns = of("ABCD", pinned=True).with_more((E,))
    assert names(columns) == "ACDE"
    assert columns.out[-1].inspection is B
    assert not columns.can_undo
    assert names(columns.without(3).undone()) == "ACDE"


columns = st.builds(
    lambda order, count, pinned: Columns(tuple(order[:count]), pinned),
    st.permutations(ALL),
    st.integers(min_value=2, max_value=AT_MOST),
    st.booleans(),
)
places = st.integers(min_value=-1, max_value=AT_MOST)
steps = st.one_of(
    st.tuples(st.just("moved"), places, st.sampled_from((-1, 1))),
    st.tuples(st.just("without"), places),
    st.tuples(st.just("with_pin"), places),
    st.tuples(st.just("swapped")),
    st.tuples(st.just("undone")),
)


@given(columns, st.lists(steps, max_size=12))
def test_nothing_is_lost_or_doubled_whatever_is_done(before: Columns, done: list[tuple[str, ...]]) -> None:
    after = before
    for name, *arguments in done:
        after = getattr(after, name)(*arguments)
        everything = [*after.shown, *(each.inspection for each in after.out)]
        assert sorted(map(id, everything)) == sorted(map(id, before.shown))
        assert len(after.shown) <= AT_MOST
        assert after.shown or not after.pinned


@given(columns, places)
def test_undo_brings_back_what_was_there(before: Columns, place: int) -> None:
    out = before.without(place)
    if out != before:
        assert out.undone() == before


@given(columns, st.lists(places, max_size=4))
def test_undoing_every_removal_brings_back_the_first_order(before: Columns, removed: list[int]) -> None:
    after = before
    for place in removed:
        after = after.without(place)
    while after.can_undo:
        after = after.undone()
    assert after.shown == before.shown


@given(columns)
def test_swapping_twice_is_as_before(before: Columns) -> None:
    assert before.swapped().swapped() == before


@given(columns, places, st.sampled_from((-1, 1)))
def test_moving_there_and_back_is_as_before(before: Columns, place: int, by: int) -> None:
    moved = before.moved(place, by)
    if moved != before:
        assert moved.moved(place + by, -by) == before


@given(columns, st.lists(steps.filter(lambda step: step[0] in ("moved", "swapped")), max_size=6))
def test_the_reference_stays_on_the_left(before: Columns, done: list[tuple[str, ...]]) -> None:
    after = pinned = Columns(before.shown, pinned=True)
    for name, *arguments in done:
        after = getattr(after, name)(*arguments)
    assert after.shown[0] is pinned.shown[0]
    assert after.pinned


def test_what_is_added_stands_at_the_end() -> None:
    more: tuple[Inspection, ...] = (B, C)
    assert names(of("A").with_more(more)) == "ABC"
