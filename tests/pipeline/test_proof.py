"""Proof files: what was checked can be checked again, and nothing that the file says of itself is believed."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from labelviewer.domain.errors import OfflineError
from labelviewer.domain.report import State
from labelviewer.pipeline.proof import check_proof, is_proof, make_proof
from labelviewer.verify.proof_file import ProofError
from tests import desk
from tests.pipeline.run_world import found
from tests.simulator import NOW, Authority, tamper
from tests.trust_world import LivingWorld

DAY = timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    return LivingWorld(tmp_path)


def proof(world: LivingWorld) -> bytes:
    return make_proof(world.follow(), world.ports())


def changed(data: bytes, **members: Any) -> bytes:
    return json.dumps(json.loads(data) | members).encode()


def test_a_proof_is_checked_again_without_network(world: LivingWorld) -> None:
    data = proof(world)
    asked = len(world.asked_lists)
    world.memory = type(world.memory)()
    world.live = world.start()
    world.live.renew_trust_list()
    look = check_proof(data, world.ports())
    assert is_proof(data)
    assert found(look) == (State.VERIFIED, "V01")
    assert look.proof_made == NOW
    assert len(world.asked_lists) == asked


def test_a_proof_has_the_evidence_and_every_step(world: LivingWorld) -> None:
    members = json.loads(proof(world))
    assert members["token"].encode() == world.office.labels[world.office.address()]
    assert members["status"]["token"].rpartition(".")[0].encode() == world.office.status_list().rpartition(b".")[0]
    assert members["trust_list"]["administrators"][0]["id"] == world.office.id
    assert [step[0] for step in members["found"]["steps"]] == list(range(1, 15))


def test_the_verdict_in_the_file_is_not_believed(world: LivingWorld) -> None:
    forged = changed(proof(world), token=tamper(world.office.label()).decode(), found={"code": "V01", "steps": []})
    assert found(check_proof(forged, world.ports()))[0] is State.TAMPERED


def test_the_trust_list_in_the_file_is_not_believed(world: LivingWorld) -> None:
    evil = Authority(id="evil.example", name="Administrator A")
    forged = changed(proof(world), token=evil.label().decode(), trust_list=evil.trust_list())
    assert found(check_proof(forged, world.ports())) == (State.UNKNOWN_SIGNER, "V04")


def test_a_forged_date_does_not_spare_a_cancelled_key(world: LivingWorld) -> None:
    data = changed(proof(world), fetched_at="2020-01-01T00:00:00Z", made="2020-01-01T00:00:00Z")
    world.change(lambda office: office.compromise(NOW - DAY))
    world.live.renew_trust_list(at_once=True)
    assert found(check_proof(data, world.ports())) == (State.SIGNER_CANCELLED, "V05")


def test_an_old_status_list_in_the_file_does_not_hide_a_withdrawal(world: LivingWorld) -> None:
    data = proof(world)
    world.sleep(DAY)
    world.change(Authority.withdraw)
    world.follow(again=True)
    assert found(check_proof(data, world.ports())) == (State.WITHDRAWN, "V07")


def test_a_proof_grows_old(world: LivingWorld) -> None:
    data = proof(world)
    world.sleep(10 * DAY)
    world.live.renew_trust_list(at_once=True)
    assert found(check_proof(data, world.ports())) == (State.NOT_TODAY, "V08")


def test_a_proof_says_nothing_about_the_box_at_hand(world: LivingWorld) -> None:
    look = check_proof(proof(world), world.ports())
    assert look.report is not None
    assert look.report.findings[8].reason == "no-box"


def test_a_checked_proof_is_not_kept_in_the_library(world: LivingWorld) -> None:
    data = proof(world)
    kept = world.kept()
    check_proof(data, world.ports())
    assert world.kept() == kept


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":"labelviewer-proof/1"}',
        b'{"format":"labelviewer-proof/1","made":"now","token":"x"}',
        b'{"format":"labelviewer-proof/1"',
        b"{}",
    ],
)
def test_a_damaged_proof_is_refused(world: LivingWorld, data: bytes) -> None:
    with pytest.raises(ProofError):
        check_proof(data, world.ports())


@pytest.mark.parametrize("token", ["", "ä.b.c", "a.b.c", "x" * 200_000])
def test_whatever_stands_for_the_token_is_only_unreadable(world: LivingWorld, token: str) -> None:
    assert found(check_proof(changed(proof(world), token=token), world.ports()))[0] is State.UNREADABLE


def test_the_command_saves_a_proof_and_reads_it(tmp_path: Path) -> None:
    place, profile = tmp_path / "proof.json", tmp_path / "profile"
    saved = desk.run("read", desk.sample("us-ctm/camera-a"), "--proof", place, profile=profile)
    assert (saved.status, saved.err) == (0, "")
    again = desk.run("read", place, "--json", "--explain", "--offline", profile=profile)
    assert again.status == 0
    assert again.json["code"] == "V01"
    assert again.json["sample"] is True
    assert len(again.json["findings"]) == 14
    assert "From a proof file of" in " ".join(desk.run("read", place, "--explain", profile=profile).out.split())


def test_the_command_never_writes_over_a_file(tmp_path: Path) -> None:
    place = tmp_path / "proof.json"
    place.write_text("mine")
    answer = desk.run("read", desk.sample("us-ctm/camera-a"), "--proof", place, profile=tmp_path / "profile")
    assert answer.status == 1
    assert place.read_text() == "mine"


def test_a_damaged_proof_is_said_on_the_command_line(tmp_path: Path) -> None:
    place = tmp_path / "proof.json"
    place.write_text('{"format":"labelviewer-proof/1"}')
    answer = desk.run("read", place, profile=tmp_path / "profile")
    assert (answer.status, answer.err.strip()) == (1, "proof.json is a damaged proof file.")


def test_a_newer_proof_asks_for_a_newer_program(tmp_path: Path) -> None:
    place = tmp_path / "proof.json"
    place.write_text('{"format":"labelviewer-proof/2"}')
    assert desk.run("read", place, "--json", profile=tmp_path / "profile").json["code"] == "F11"


# who may sign, on the command line


def test_issuers_are_added_by_their_digits_listed_and_removed(tmp_path: Path, world: LivingWorld) -> None:
    evil = Authority(id="evil.example", name="Corner Shop")
    file = tmp_path / "issuer.json"
    file.write_text(json.dumps({"iss": evil.id, "name": {"en": evil.name}, "keys": evil.entry()["keys"]}))

    def run(*words: object) -> desk.Answer:
        return desk.run("trust", *words, profile=tmp_path / "profile", ports=world.ports)

    shown = run("add", file)
    assert shown.status == 6
    digits = " ".join(line for line in shown.lines if line.replace(" ", "").isdigit())
    assert len(digits.split()) == 12
    assert run("add", file, "--fingerprint", digits[:-1] + "x").status == 1
    assert "added on this computer" not in run("list").out
    assert run("add", file, "--fingerprint", digits.replace(" ", "")).status == 0
    assert "Corner Shop (evil.example), added on this computer" in run("list").lines[-1]
    world.served[evil.code()] = evil.label()
    assert desk.run("read", evil.code(), "--json", profile=tmp_path, ports=world.ports).json["code"] == "V18"
    assert run("remove", evil.id).status == 0
    assert run("remove", evil.id).status == 1
    assert "Corner Shop" not in run("list").out


def test_an_issuer_is_added_by_the_file_on_its_own_site(tmp_path: Path, world: LivingWorld) -> None:
    evil = Authority(id="evil.example", name="Corner Shop")
    own = {"iss": evil.id, "name": {"en": evil.name}, "keys": evil.entry()["keys"]}
    site = "https://evil.example/.well-known/label-issuer.json"
    world.served |= {evil.code(): evil.label(), site: json.dumps(own).encode()}

    def run(*words: object) -> desk.Answer:
        return desk.run(*words, profile=tmp_path / "profile", ports=world.ports)

    assert "labelviewer trust add evil.example" in " ".join(run("read", evil.code(), "--stranger").out.split())
    shown = run("trust", "add", "evil.example")
    assert shown.status == 6
    digits = "".join(line for line in shown.lines if line.replace(" ", "").isdigit())
    assert run("trust", "add", "evil.example", "--fingerprint", digits).status == 0
    added = run("read", evil.code())
    assert "Signed by Corner Shop, added by this shop" in added.out
    assert "trust add" not in added.out
    world.served[site] = json.dumps(own | {"iss": "other.example"}).encode()
    assert run("trust", "add", "evil.example").status == 1
    world.trouble = OfflineError()
    assert run("trust", "add", "evil.example").status == 1


def test_an_issuer_on_the_list_is_not_added(tmp_path: Path, world: LivingWorld) -> None:
    file = tmp_path / "issuer.json"
    keys = Authority(id="evil.example").entry()["keys"]
    file.write_text(json.dumps({"iss": world.office.id, "name": {"en": "x"}, "keys": keys}))
    assert desk.run("trust", "add", file, profile=tmp_path / "profile", ports=world.ports).status == 1


def test_a_renewal_says_whether_it_worked(tmp_path: Path, world: LivingWorld) -> None:
    answer = desk.run("trust", "renew", profile=tmp_path / "profile", ports=world.ports)
    assert answer.status == 0
    assert "Administrator A (a.example), on the list" in answer.out
    offline = desk.run("trust", "renew", profile=tmp_path, ports=lambda: replace(world.ports(), renewal=None))
    assert offline.status == 3


def test_today_nobody_leads(tmp_path: Path) -> None:
    answer = desk.run("trust", "list", "--offline", profile=tmp_path / "profile")
    assert answer.status == 0
    assert answer.out.startswith("Nobody says yet who may sign labels.")


@pytest.mark.parametrize("words", [("list", "more"), ("add",), ("other",)])
def test_other_words_are_explained(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert desk.run("trust", *words, profile=tmp_path / "profile").status == 1


def test_a_stranger_is_asked_with_an_option_alone(tmp_path: Path, world: LivingWorld) -> None:
    evil = Authority(id="evil.example")
    world.served[evil.code()] = evil.label()
    plain = desk.run("read", evil.code(), "--json", profile=tmp_path, ports=world.ports)
    assert plain.json["code"] == "S42"
    asked = desk.run("read", evil.code(), "--json", "--stranger", profile=tmp_path, ports=world.ports)
    assert asked.json["code"] == "V04"
