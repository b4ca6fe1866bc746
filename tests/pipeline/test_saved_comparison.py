"""Saved comparisons: every label in them is checked again, and a damaged file is no answer."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from labelviewer.domain.errors import NewerLabelError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.saved_comparison import can_be_saved, check_comparison, is_comparison, make_comparison
from labelviewer.verify import bounds
from labelviewer.verify.proof_file import ProofError
from tests import desk
from tests.pipeline.run_world import found
from tests.simulator import NOW, Authority, tamper
from tests.trust_world import LivingWorld

DAY = timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    return LivingWorld(tmp_path)


def saved(world: LivingWorld, count: int = 2) -> bytes:
    return make_comparison([world.follow() for _ in range(count)], world.ports())


def members(data: bytes) -> dict[str, Any]:
    return dict(json.loads(data))


def written(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_comparison_is_opened_and_checked_again_without_network(world: LivingWorld, count: int) -> None:
    data = saved(world, count)
    world.memory = type(world.memory)()
    world.live = world.start()
    world.live.renew_trust_list()
    asked = len(world.asked_lists)
    looks = check_comparison(data, world.ports())
    assert is_comparison(data)
    assert [found(look) for look in looks] == [(State.VERIFIED, "V01")] * count
    assert {look.proof_made for look in looks} == {NOW}
    assert len(world.asked_lists) == asked


def test_what_changed_since_is_seen(world: LivingWorld) -> None:
    data = saved(world)
    world.sleep(DAY)
    world.change(Authority.withdraw)
    world.follow(again=True)
    assert [found(look)[0] for look in check_comparison(data, world.ports())] == [State.WITHDRAWN] * 2


def test_a_label_that_was_changed_in_the_file_is_found_out_and_the_other_one_holds(world: LivingWorld) -> None:
    value = members(saved(world))
    value["proofs"][1]["token"] = tamper(world.office.label()).decode()
    looks = check_comparison(written(value), world.ports())
    assert [found(look)[0] for look in looks] == [State.VERIFIED, State.TAMPERED]


def test_a_verdict_in_the_file_is_not_believed(world: LivingWorld) -> None:
    evil = Authority(id="evil.example", name="Administrator A")
    value = members(saved(world))
    value["proofs"][0] |= {"token": evil.label().decode(), "found": {"code": "V01"}, "trust_list": evil.trust_list()}
    assert found(check_comparison(written(value), world.ports())[0])[0] is State.UNKNOWN_SIGNER


@pytest.mark.parametrize(
    "change",
    [
        {"format": "labelviewer-comparison/2"},
        {"proofs": [{"format": "labelviewer-proof/2"}, {"format": "labelviewer-proof/2"}]},
    ],
)
def test_a_newer_form_is_told_apart_from_damage(world: LivingWorld, change: dict[str, Any]) -> None:
    with pytest.raises(NewerLabelError):
        check_comparison(written(members(saved(world)) | change), world.ports())


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something-else/1"},
        {"format": 1},
        {"made": "yesterday"},
        {"made": "2026-11-24T12:00:00"},
        {"proofs": []},
        {"proofs": {}},
        {"proofs": [1, 2]},
        {"proofs": None},
    ],
)
def test_a_damaged_file_is_no_comparison(world: LivingWorld, change: dict[str, Any]) -> None:
    with pytest.raises(ProofError):
        check_comparison(written(members(saved(world)) | change), world.ports())


def test_one_label_and_five_are_no_comparison(world: LivingWorld) -> None:
    value = members(saved(world))
    for proofs in (value["proofs"][:1], value["proofs"] * 2 + value["proofs"][:1]):
        with pytest.raises(ProofError):
            check_comparison(written(value | {"proofs": proofs}), world.ports())


def test_what_is_too_big_is_refused_before_it_is_read(world: LivingWorld) -> None:
    data = saved(world)
    padded = data + b" " * (bounds.COMPARISON - len(data) + 1)
    assert check_comparison(padded[: bounds.COMPARISON], world.ports())
    with pytest.raises(ProofError, match="too-big"):
        check_comparison(padded, world.ports())


def test_half_a_file_is_damaged_wherever_it_was_cut(world: LivingWorld) -> None:
    data = saved(world)
    for place in range(0, len(data) - 1, 997):
        with pytest.raises(ProofError):
            check_comparison(data[:place], world.ports())


def test_only_labels_that_were_checked_can_be_saved(world: LivingWorld) -> None:
    look = world.follow()
    assert can_be_saved([look, look])
    assert not can_be_saved([look])
    assert not can_be_saved([look] * 5)
    assert not can_be_saved([look, Inspection()])
    assert not can_be_saved([look, replace(look, evidence=None)])


A, B = desk.sample("us-ctm/camera-a"), desk.sample("us-ctm/camera-b")


def test_the_command_saves_a_comparison_and_opens_it_again(tmp_path: Path) -> None:
    file = tmp_path / "two.labelcmp"
    first = desk.run("compare", A, B, "--save", file, "--offline", profile=tmp_path)
    again = desk.run("compare", file, "--offline", profile=tmp_path / "other")
    assert (first.status, again.status) == (0, 0)
    assert again.out == first.out
    read = desk.run("read", file, "--offline", "--json", profile=tmp_path)
    assert [one["state"] for one in read.json] == ["verified", "verified"]


def test_a_saved_comparison_takes_further_labels(tmp_path: Path) -> None:
    file = tmp_path / "two.labelcmp"
    desk.run("compare", A, B, "--save", file, "--offline", profile=tmp_path)
    three = desk.run("compare", file, desk.sample("nist-iot/thermostat"), "--offline", "--json", profile=tmp_path)
    assert len(three.json["columns"]) == 3
    five = desk.run("compare", file, file, A, "--offline", profile=tmp_path)
    assert five.status == 1
    assert "two to four" in five.err


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    file = tmp_path / "two.labelcmp"
    desk.run("compare", A, B, "--save", file, "--offline", profile=tmp_path)
    data = file.read_bytes()
    assert "cannot be written" in desk.run("compare", A, B, "--save", file, "--offline", profile=tmp_path).err
    assert file.read_bytes() == data
    file.write_bytes(data[:-100])
    cut = desk.run("compare", file, "--offline", profile=tmp_path)
    assert (cut.status, cut.err) == (1, "two.labelcmp is a damaged comparison.\n")
    missing = desk.run("compare", tmp_path / "none.labelcmp", "--offline", profile=tmp_path)
    assert missing.status == 1
    file.write_bytes(data.replace(b"comparison/1", b"comparison/2"))
    newer = desk.run("read", file, "--offline", profile=tmp_path)
    assert (newer.status, "newer" in newer.out) == (6, True)
    alone = desk.run("read", A, "--save", file, profile=tmp_path)
    assert alone.err.startswith("--save goes with compare.")
    one = desk.run("compare", A, tmp_path / "none.jpg", "--save", tmp_path / "n", "--offline", profile=tmp_path)
    assert (one.status, (tmp_path / "n").exists()) == (1, False)
