"""Any two to four labels of any packs side by side: silence neither helps nor hurts, and order changes no fact."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labelviewer.domain.comparison import Contrast
from labelviewer.domain.label import Answer, Grant, Kind, Label, Product, Stated, Value
from labelviewer.present.compare_page import ComparePage, CompareRow, compare_page
from labelviewer.present.notice import Tone
from labelviewer.schemes.pack import Criterion, Pack
from tests.conftest import ROUNDS
from tests.labels import TODAY, inspection, packs, words

NAMES = ("Amber", "Birch", "Cedar", "Dahlia")
DAYS = (date(2024, 1, 31), TODAY, date(2028, 12, 31), date(2031, 12, 31))
TEXTS = ("Ask us", "ask  US", "Read on", "Word " * 40)

PALETTES = (tuple(Stated), (Stated.YES, Stated.NO), (Stated.YES, Stated.NO, Stated.SILENT))

many = settings(max_examples=20 * ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))


def value(criterion: Criterion, dice: Random) -> Value:
    match criterion.kind:
        case Kind.YES_NO:
            return True
        case Kind.DATE:
            return dice.choice(DAYS)
        case Kind.CHOICE:
            return dice.choice([each for each in criterion.choices if each != criterion.no])
        case Kind.LIST:
            return tuple(dice.sample(criterion.choices, dice.randint(1, min(3, len(criterion.choices)))))
        case Kind.CONTACT:
            return dice.choice(("mailto:a@a.example", "mailto:b@b.example"))
        case Kind.LINK:
            return dice.choice(("https://a.example/", "https://b.example/"))
        case Kind.TEXT:
            return dice.choice(TEXTS)


def answer(criterion: Criterion, palette: Sequence[Stated], dice: Random) -> Answer:
    stated = dice.choice(palette)
    unfit = stated is Stated.UNDISCLOSED and not criterion.undisclosed
    unfit = unfit or (stated is Stated.NO and criterion.kind is Kind.CHOICE and criterion.no is None)
    if unfit:
        stated = Stated.SILENT
    said = Answer(criterion.id, criterion.topic, criterion.kind, stated)
    match stated, criterion.kind:
        case Stated.YES, _:
            return replace(said, value=value(criterion, dice))
        case Stated.NO, Kind.YES_NO:
            return replace(said, value=False)
        case Stated.NO, Kind.CHOICE:
            return replace(said, value=criterion.no)
        case _:
            return said


def label(pack: Pack, number: int, palette: Sequence[Stated], dice: Random) -> Label:
    level = dice.choice(pack.levels).id if pack.levels else None
    grant = Grant(str(number), date(2026, 3, 1), dice.choice(pack.basis), level=level)
    product = Product("iot", NAMES[number], "Maker", category="camera")
    said = tuple(answer(criterion, palette, dice) for criterion in pack.criteria)
    return Label("a.example", f"urn:label:a.example:{number}", 1, pack.id, pack.version, product, grant, said)


@st.composite
def shelves(draw: st.DrawFn) -> tuple[Label, ...]:
    """Two to four products under any packs, some under one scheme."""
    chosen = draw(st.lists(st.sampled_from([each.pack for each in packs().all()]), min_size=2, max_size=4))
    palette = draw(st.sampled_from(PALETTES))
    dice = Random(draw(st.integers(min_value=0, max_value=2**32)))
    return tuple(label(pack, number, palette, dice) for number, pack in enumerate(chosen))


def page(of: Sequence[Label]) -> ComparePage:
    return compare_page([inspection(each) for each in of], words(), packs(), TODAY)


def rows(of: ComparePage) -> dict[str, CompareRow]:
    return {row.id: row for group in of.groups for row in group.rows}


def tokens(sentence: str) -> Counter[str]:
    """The words of a sentence in any order: "A and B" says the same as "B and A"."""
    return Counter(re.findall(r"\w+", sentence))


def silenced(of: Label, criteria: set[str]) -> Label:
    return replace(
        of,
        answers=tuple(
            replace(each, stated=Stated.SILENT, value=None)
            if each.criterion in criteria and each.stated is not Stated.NOT_ASKED
            else each
            for each in of.answers
        ),
    )


@st.composite
def fallen_silent(draw: st.DrawFn) -> tuple[tuple[Label, ...], tuple[Label, ...], int]:
    """A shelf, the shelf after one label has left out some claims, and which label that was."""
    before = draw(shelves())
    number = draw(st.integers(min_value=0, max_value=len(before) - 1))
    dice = Random(draw(st.integers(min_value=0, max_value=2**32)))
    left_out = {each.criterion for each in before[number].answers if dice.random() < 0.5}
    after = (*before[:number], silenced(before[number], left_out), *before[number + 1 :])
    return before, after, number


@many
@given(fallen_silent())
def test_a_claim_left_out_never_makes_a_difference(case: tuple[tuple[Label, ...], tuple[Label, ...], int]) -> None:
    before, after, _ = case
    then, now = rows(page(before)), rows(page(after))
    assert then.keys() == now.keys()
    assert {key for key, row in now.items() if row.differs} <= {key for key, row in then.items() if row.differs}


@many
@given(fallen_silent())
def test_a_claim_left_out_changes_no_word_about_the_others(
    case: tuple[tuple[Label, ...], tuple[Label, ...], int],
) -> None:
    before, after, number = case
    then, now = rows(page(before)), rows(page(after))
    for key, row in now.items():
        cells = [cell for at, cell in enumerate(row.cells) if at != number]
        earlier = [cell for at, cell in enumerate(then[key].cells) if at != number]
        assert [(cell.text, cell.detail, cell.tone) for cell in cells] == [
            (cell.text, cell.detail, cell.tone) for cell in earlier
        ]


@many
@given(shelves(), st.data())
def test_who_answers_nothing_is_in_no_sentence_and_leaves_the_others_as_they_were(
    shelf: tuple[Label, ...], data: st.DataObject
) -> None:
    number = data.draw(st.integers(min_value=0, max_value=len(shelf) - 1))
    mute = silenced(shelf[number], {each.criterion for each in shelf[number].answers})
    after = page((*shelf[:number], mute, *shelf[number + 1 :]))
    assert not any(NAMES[number] in sentence for sentence in after.sentences)
    shown = {key: row.sentence for key, row in rows(after).items() if row.sentence}
    assert not any(NAMES[number] in sentence for sentence in shown.values())
    others = [each for each in shelf if each is not shelf[number]]
    if len(others) > 1 and (len({each.scheme for each in others}) > 1) == (len({each.scheme for each in shelf}) > 1):
        alone = {key: row.sentence for key, row in rows(page(others)).items() if row.sentence}
        assert shown == alone


@many
@given(fallen_silent())
def test_a_claim_left_out_never_looks_like_good_or_bad_news(
    case: tuple[tuple[Label, ...], tuple[Label, ...], int],
) -> None:
    """The tone of a cell may go back to neutral; it never gets better or worse by saying less."""
    before, after, number = case
    then, now = rows(page(before)), rows(page(after))
    neutral = (Tone.INFO, Tone.SILENT)
    for key, row in now.items():
        was, tone = then[key].cells[number].tone, row.cells[number].tone
        assert tone is was or tone in neutral


@many
@given(shelves())
def test_the_order_of_columns_changes_no_fact(shelf: tuple[Label, ...]) -> None:
    first = page(shelf)
    known = rows(first)
    for order in list(permutations(range(len(shelf))))[1:6]:
        other = page([shelf[at] for at in order])
        found = rows(other)
        assert found.keys() == known.keys()
        for key, row in found.items():
            assert row.cells == tuple(known[key].cells[at] for at in order)
            assert row.contrast is known[key].contrast
            assert tokens(row.sentence) == tokens(known[key].sentence)
        assert [tokens(each) for each in other.sentences] == [tokens(each) for each in first.sentences]
        assert other.summary == first.summary
        assert set(other.schemes) == set(first.schemes)
        assert {each.code for each in other.notices} == {each.code for each in first.notices}


@many
@given(shelves())
def test_swapping_twice_is_as_before_and_once_turns_the_columns_round(shelf: tuple[Label, ...]) -> None:
    assert page(shelf[::-1][::-1]) == page(shelf)
    assert page(shelf[::-1]).columns == page(shelf).columns[::-1]


@many
@given(shelves())
def test_not_stated_and_not_asked_and_not_disclosed_are_told_apart(shelf: tuple[Label, ...]) -> None:
    silences = {
        Stated.SILENT: "Not stated",
        Stated.NOT_ASKED: "This scheme does not ask",
        Stated.UNDISCLOSED: "Not disclosed",
        Stated.UNREADABLE: "Could not read",
    }
    same_scheme = len({each.scheme for each in shelf}) == 1
    for key, row in rows(page(shelf)).items():
        for of, cell in zip(shelf, row.cells, strict=True):
            said = [each for each in of.answers if key == (each.criterion if same_scheme else each.topic)]
            asked = {each.stated for each in said} - {Stated.NOT_ASKED} or {Stated.NOT_ASKED}
            if len(asked) == 1 and (stated := asked.copy().pop()) in silences:
                assert cell.text == silences[stated]


@many
@given(shelves())
def test_rows_are_counted_once(shelf: tuple[Label, ...]) -> None:
    of = page(shelf)
    assert of.different + of.gaps + of.same + of.unanswered == len(rows(of))
    for row in rows(of).values():
        if row.contrast is Contrast.UNANSWERED:
            assert {cell.tone for cell in row.cells} == {Tone.SILENT}


@many
@given(shelves(), st.data())
def test_the_order_of_the_others_changes_no_fact_beside_a_reference(
    shelf: tuple[Label, ...], data: st.DataObject
) -> None:
    reference = data.draw(st.integers(min_value=0, max_value=len(shelf) - 1))
    first = held(shelf, reference)
    known = rows(first)
    for order in list(permutations(range(len(shelf))))[1:6]:
        other = held([shelf[at] for at in order], order.index(reference))
        assert other.summary == first.summary
        for key, row in rows(other).items():
            assert row.cells == tuple(known[key].cells[at] for at in order)
            assert row.contrast is known[key].contrast
            assert tokens(row.sentence) == tokens(known[key].sentence)


@many
@given(shelves())
def test_a_difference_from_the_reference_is_one_between_two_products_and_the_reference_is_named_first(
    shelf: tuple[Label, ...],
) -> None:
    of, free = held(shelf, 0), rows(page(shelf))
    for key, row in rows(of).items():
        assert not row.cells[0].unlike
        assert row.differs == any(cell.unlike for cell in row.cells)
        if row.differs:
            assert free[key].differs
            unlike = [NAMES[at] for at, cell in enumerate(row.cells) if cell.unlike]
            like = [NAMES[at] for at, cell in enumerate(row.cells) if at and not cell.unlike]
            worded_otherwise = not any(name in row.sentence for name in NAMES)
            assert worded_otherwise or all(name in row.sentence for name in (NAMES[0], *unlike))
            assert not any(name in row.sentence for name in like)
        elif free[key].differs:
            assert row.contrast is Contrast.GAP
        else:
            assert row.contrast is free[key].contrast


@many
@given(fallen_silent(), st.booleans())
def test_a_claim_left_out_never_makes_a_difference_from_the_reference(
    case: tuple[tuple[Label, ...], tuple[Label, ...], int], by_topic: bool
) -> None:
    before, after, _ = case
    then, now = (rows(held(each, 0, by_topic=by_topic)) for each in (before, after))
    assert then.keys() == now.keys()
    assert {key for key, row in now.items() if row.differs} <= {key for key, row in then.items() if row.differs}


@many
@given(shelves())
def test_by_topic_no_answer_is_lost(shelf: tuple[Label, ...]) -> None:
    of = held(shelf, None, by_topic=True)
    assert of.by_topic
    assert of.can_switch == (len({each.scheme for each in shelf}) == 1)
    topics = {said.topic for each in shelf for said in each.answers}
    assert set(rows(of)) == topics


def held(of: Sequence[Label], reference: int | None, *, by_topic: bool = False) -> ComparePage:
    inspections = [inspection(each) for each in of]
    return compare_page(inspections, words(), packs(), TODAY, reference=reference, by_topic=by_topic)
