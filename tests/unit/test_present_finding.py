"""Finding an answer on a label page."""

from datetime import date

import pytest

from labelviewer.present.criteria import CriterionGroup
from labelviewer.present.finding import found
from labelviewer.present.label_page import label_page
from labelviewer.present.notice import Tone
from tests import labels

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def groups() -> tuple[CriterionGroup, ...]:
    return label_page(labels.inspection(), labels.words(), labels.packs(), TODAY).groups


def all_of(groups: tuple[CriterionGroup, ...]) -> tuple[str, ...]:
    return tuple(row.id for group in groups for row in group.rows)


def test_nothing_sought_shows_all_in_their_order(groups: tuple[CriterionGroup, ...]) -> None:
    assert found(groups, "", attention=False) == found(groups, "  ", attention=False) == all_of(groups)


def test_every_word_must_be_there_in_any_order_and_size(groups: tuple[CriterionGroup, ...]) -> None:
    both = found(groups, "update SECURITY", attention=False)
    assert both == found(groups, "security  Update", attention=False)
    assert set(both) == set(found(groups, "security", attention=False)) & set(found(groups, "update", attention=False))
    assert 0 < len(both) < len(all_of(groups))
    assert found(groups, "security zebra", attention=False) == ()


@pytest.mark.parametrize("typed", ["pässwörd", "PASSWORD", "ｐａｓｓｗｏｒｄ"])
def test_accents_and_forms_of_letters_do_not_matter(groups: tuple[CriterionGroup, ...], typed: str) -> None:
    assert found(groups, typed, attention=False) == found(groups, "password", attention=False) != ()


def test_what_needs_attention_says_no_or_nothing_or_warns(groups: tuple[CriterionGroup, ...]) -> None:
    tones = {row.id: row.tone for group in groups for row in group.rows}
    shown = found(groups, "", attention=True)
    assert 0 < len(shown) < len(tones)
    assert {tones[row] for row in shown} <= {Tone.WARN, Tone.DANGER, Tone.SILENT}
    assert not {tones[row] for row in tones.keys() - set(shown)} & {Tone.WARN, Tone.DANGER, Tone.SILENT}
