"""The JSON answer is what its description says, for every way a reading can end."""

import re
from pathlib import Path
from typing import Any

import pytest

from labelviewer.cli.exit_status import WORST_FIRST
from labelviewer.domain.label import Basis, Kind, Stated
from labelviewer.domain.report import Standing
from tests.desk import run, sample

PAGE = (Path(__file__).parents[2] / "docs" / "json-output.md").read_text("utf-8")
FACTS = ("real", "current", "who_says", "product")

Record = dict[str, Any]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def members(heading: str) -> list[str]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    "source",
    [
        sample("us-ctm/camera-a"),
        sample("us-ctm/camera-old"),
        sample("us-ctm/camera-tampered"),
        sample("nist-software/passwords-a"),
        "https://unknown.example.org/",
        "nowhere.jpg",
        "4006381333931",
    ],
)
def test_every_answer_has_the_members_that_are_described(profile: Path, source: object) -> None:
    answer = run("read", "--json", "--explain", source, profile=profile)
    assert answer.out.isascii()
    record: Record = answer.json
    assert list(record) == members("One label")
    assert record["exit_status"] == answer.status
    assert record["source"] == str(source)
    assert record["code"] == record["message"]["code"]
    for fact in FACTS:
        assert {"says", "detail"} <= record[fact].keys()


def test_four_facts_are_four_members(profile: Path) -> None:
    def facts(name: str) -> list[Record]:
        record = run("read", "--json", sample(name), profile=profile).json
        return [record[fact] for fact in FACTS]

    real, current, who, product = facts("us-ctm/camera-a")
    assert (real["answer"], current["answer"], who["basis"]) == ("yes", "yes", "tested")
    assert (product["matches_box"], product["matches_barcode"]) == ("yes", "unknown")
    real, current, who, product = facts("us-ctm/camera-old")
    assert (real["answer"], current["answer"], who["basis"]) == ("yes", "no", "tested")
    real, current, who, product = facts("us-ctm/camera-tampered")
    assert (real["answer"], current["answer"], who["basis"], product["name"]) == ("no", "unknown", None, None)
    assert facts("nist-iot/thermostat")[2]["basis"] == "self-declared"


def test_claims_and_findings_use_the_words_of_the_description(profile: Path) -> None:
    record = run("read", "--json", "--explain", sample("us-ctm/camera-a"), profile=profile).json
    assert len(record["claims"]) == 18
    assert {claim["kind"] for claim in record["claims"]} <= {kind.value for kind in Kind}
    assert {claim["stated"] for claim in record["claims"]} <= {stated.value for stated in Stated}
    assert [finding["step"] for finding in record["findings"]] == list(range(1, 15))
    for word in (*Kind, *Stated, *Standing, *Basis):
        assert f"`{word.value}`" in PAGE


def test_steps_are_told_only_when_asked_for(profile: Path) -> None:
    assert run("read", "--json", sample("us-ctm/camera-a"), profile=profile).json["findings"] is None


def test_hidden_facts_are_null_until_they_are_asked_for(profile: Path) -> None:
    hidden = run("read", "--json", "--explain", sample("us-ctm/camera-withdrawn"), profile=profile).json
    assert (hidden["facts_hidden"], hidden["claims"]) == (True, None)
    asked = run("read", "--json", "--anyway", sample("us-ctm/camera-withdrawn"), profile=profile).json
    assert (asked["facts_hidden"], len(asked["claims"]), asked["exit_status"]) == (False, 18, 5)


def test_several_sources_make_a_list_in_their_order(profile: Path) -> None:
    answer = run("read", "--json", sample("us-ctm/camera-a"), "nowhere.jpg", profile=profile)
    assert [record["exit_status"] for record in answer.json] == [0, 1]
    assert answer.status == 1


def test_a_comparison_has_the_members_that_are_described(profile: Path) -> None:
    pair = (sample("us-ctm/camera-a"), sample("us-ctm/camera-b"))
    short = run("compare", "--json", *pair, profile=profile).json
    long = run("compare", "--json", "--explain", *pair, profile=profile).json
    lost = run("compare", "--json", pair[0], "nowhere.jpg", profile=profile).json
    for record in (short, long, lost):
        assert list(record) == members("A comparison")
    assert (len(short["rows"]), len(long["rows"])) == (4, 18)
    assert {row["contrast"] for row in long["rows"]} == {"different", "same", "unanswered"}
    assert (lost["columns"], lost["rows"], lost["exit_status"]) == (None, [], 1)


def test_the_doctor_has_the_members_that_are_described(profile: Path) -> None:
    assert list(run("doctor", "--json", profile=profile).json) == members("The doctor")


def test_the_order_of_the_worst_is_the_one_described() -> None:
    told = PAGE.split("in this order:")[1]
    assert [int(number) for number in re.findall(r"(\d+) \(", told)] == [status.value for status in WORST_FIRST]
