"""What the pages make of levels, recognition, closed schemes and "Not disclosed", from box to words."""

import pytest

from label_samples.boxes import SAMPLES, Sample
from labelviewer.domain.inspection import Inspection
from labelviewer.present.compare_page import ComparePage, compare_page
from labelviewer.present.label_page import LabelPage, label_page
from labelviewer.present.notice import Tone
from tests.labels import words
from tests.packs.test_packs import PACKS
from tests.packs.test_samples import NOW, inspected
from tests.readability import grade


def inspection(path: str) -> Inspection:
    return inspected(next(sample for sample in SAMPLES if sample.path == path))


def page(path: str) -> LabelPage:
    return label_page(inspection(path), words(), PACKS, NOW.date())


def compared(*paths: str) -> ComparePage:
    return compare_page([inspection(path) for path in paths], words(), PACKS, NOW.date())


def test_a_level_is_told_in_the_words_of_its_scheme_and_its_time() -> None:
    new, old = page("sg-cls/lock-level-4").scheme_facts, page("sg-cls/lock-2020").scheme_facts
    assert new[0] == "Level 4 of 4: At level 4, a lab also tried to break in, by a set plan."
    assert old[0].startswith("Level 2 of 4: Under the rules of 2020")
    assert old[1].startswith("On newer labels, this level means something else. At level 2")
    assert not any("On newer labels" in said for said in new)
    assert any(said.startswith("Finland has taken levels 3 and 4") for said in new)
    assert not any("Finland" in said for said in old)


def test_recognition_is_told_only_for_the_levels_it_is_about() -> None:
    assert any("Singapore treats" in said for said in page("kr-cic/cleaner-standard").scheme_facts)
    assert not any("Singapore treats" in said for said in page("kr-cic/cleaner-lite").scheme_facts)


def test_a_closed_scheme_says_so_on_its_labels() -> None:
    assert any("no new labels" in said for said in page("fi-traficom/hub").scheme_facts)


def test_a_pack_without_such_facts_tells_none() -> None:
    assert page("nist-iot/thermostat").scheme_facts == ()


def test_hidden_facts_hide_what_the_level_means_as_well() -> None:
    assert page("us-ctm/camera-tampered").scheme_facts == ()


def test_what_only_a_higher_level_asks_counts_as_not_asked() -> None:
    rows = {row.id: row for group in page("jp-jcstar/fan-star-1").groups for row in group.rows}
    assert rows["looked-at-by-others"].word == "This scheme does not ask"
    assert rows["looked-at-by-others"].tone is Tone.SILENT


def test_not_disclosed_is_told_from_not_stated_on_the_page() -> None:
    rows = {row.id: row for group in page("cmu/feeder-quiet").groups for row in group.rows}
    assert (rows["sold-to"].says, rows["sold-to"].tone) == ("Not disclosed", Tone.WARN)
    assert rows["sold-to"].means == "The maker does not tell if it sells your data. It may do so."
    assert rows["privacy-policy"].says == "Not stated"


def test_not_disclosed_beside_an_answer_is_a_difference_in_both_orders() -> None:
    for paths in (("cmu/feeder-open", "cmu/feeder-quiet"), ("cmu/feeder-quiet", "cmu/feeder-open")):
        rows = {row.id: row for group in compared(*paths).groups for row in group.rows}
        assert rows["sold-to"].differs
        assert {cell.text for cell in rows["sold-to"].cells} == {"Not sold", "Not disclosed"}
        assert "Nibble Feeder does not disclose it." in rows["sold-to"].sentence


def test_levels_of_two_schemes_stand_side_by_side_in_their_own_words() -> None:
    columns = compared("sg-cls/lock-level-4", "jp-jcstar/camera-star-3").columns
    assert [column.scheme for column in columns] == ["Singapore label: Level 4 of 4", "JC-STAR: STAR-3"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_a_whole_page_reads_at_grade_six(sample: Sample) -> None:
    of = label_page(inspected(sample), words(), PACKS, NOW.date(), show_hidden=True)
    rows = [row for group in of.groups for row in group.rows]
    told = [of.headline.body, of.scheme_about, *of.scheme_facts, *of.not_told]
    told += [fact.detail for fact in of.facts] + [check.outcome for check in of.checks]
    told += [said for row in rows for said in (row.line, row.means, row.why, row.do, row.not_mean)]
    assert len(told) > 20
    assert grade(" ".join(told)) <= 6


def test_the_numbers_of_two_labels_are_no_difference_worth_a_sentence() -> None:
    page = compared("sg-cls/lock-2020", "sg-cls/lock-level-4")
    assert page.sentences
    assert not any("SAMPLE-2026" in said for said in page.sentences)
    assert any(row.id == "registration-number" and row.differs for group in page.groups for row in group.rows)
