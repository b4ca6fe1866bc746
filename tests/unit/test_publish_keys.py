"""Keys through their lives: on a token that asks for its PIN, typed passphrases, stolen, retired, replaced."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from securesystemslib.signer import SIGNER_FOR_URI_SCHEME, CryptoSigner, Key, SecretsHandler, Signature, Signer

from labelviewer.cli.exit_status import Exit
from labelviewer.domain.report import State
from labelviewer.publish import files, lead
from labelviewer.publish.key_states import compromise, compromise_listed, replace_lead_key, retire
from labelviewer.publish.keys import generate, load
from labelviewer.publish.lead import Lead
from labelviewer.publish.office import Office, adopt_key, new_key, open_office, switch_key
from labelviewer.publish.problem import PublishError
from labelviewer.publish.registry import build
from labelviewer.publish.signer import SigningError
from labelviewer.verify.trust import load_trust_list
from tests.labels import packs
from tests.registries import NOW, new_office, no_secret, payload, public_pem, source, state, write
from tests.unit.test_publish_lead import add, read
from tests.unit.test_publish_registry import Stopped, stop_after

ROOT = Path(__file__).parents[2]
LATER = NOW + timedelta(days=1)
PIN = "273 801"


class Token(Signer):
    """A hardware token: its key never leaves it, it asks for a PIN, and it can be pulled out."""

    plugged: ClassVar[dict[str, Any]] = {}

    def __init__(self, uri: str, key: Key) -> None:
        self.uri, self.key = uri, key

    @property
    def public_key(self) -> Key:
        return self.key

    @classmethod
    def from_priv_key_uri(cls, uri: str, public_key: Key, secrets_handler: SecretsHandler | None = None) -> "Token":
        if uri not in cls.plugged:
            raise OSError("no such token")
        assert secrets_handler is not None
        if secrets_handler("PIN") != PIN:
            raise ValueError("wrong PIN")
        return cls(uri, public_key)

    def sign(self, payload: bytes) -> Signature:
        if self.uri not in self.plugged:
            raise OSError("the token was pulled out")
        return CryptoSigner(self.plugged[self.uri]).sign(payload)


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Token]]:
    monkeypatch.setitem(SIGNER_FOR_URI_SCHEME, "token", Token)
    Token.plugged.clear()
    yield Token
    Token.plugged.clear()


def pin(_kid: str) -> bytes:
    return PIN.encode()


@pytest.mark.parametrize("alg", ["Ed25519", "ES256"])
def test_a_token_signs_labels_once_its_pin_was_given(tmp_path: Path, token: type[Token], alg: Any) -> None:
    token.plugged["token:1"] = generate(alg)
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", "token:1", public_pem(token.plugged["token:1"]), NOW)
    office = switch_key(office, key.kid, NOW)
    write(office, source())
    asked: list[str] = []

    def ask(kid: str) -> bytes:
        asked.append(kid)
        return pin(kid)

    assert build(office, packs(), NOW, ask).signed == ["2026-0001"]
    assert asked == [key.kid]
    assert state(office, "2026-0001") is State.VERIFIED
    assert not any(PIN in path.read_text("utf-8", "replace") for path in office.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (lambda token: token.plugged.clear(), "no such token"),
        (lambda token: token.plugged.update({"token:1": generate("Ed25519")}), "^$"),
    ],
    ids=["pulled out", "another one"],
)
def test_a_token_in_trouble_changes_nothing(tmp_path: Path, token: type[Token], trouble: Any, said: str) -> None:
    token.plugged["token:1"] = generate("Ed25519")
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", "token:1", public_pem(token.plugged["token:1"]), NOW)
    office = switch_key(office, key.kid, NOW)
    write(office, source())
    build(office, packs(), NOW, pin)
    before = (office.served / "l" / "2026-0001.jwt").read_bytes()
    write(office, source(links=[]))
    with pytest.raises(SigningError, match="wrong PIN"):
        build(office, packs(), LATER, lambda _kid: b"1234")
    trouble(token)
    with pytest.raises(SigningError, match=said):
        build(office, packs(), LATER, pin)
    assert (office.served / "l" / "2026-0001.jwt").read_bytes() == before


def test_an_address_of_no_known_kind_is_said(tmp_path: Path) -> None:
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", "nothing:1", public_pem(generate("Ed25519")), NOW)
    with pytest.raises(SigningError, match="nothing"):
        build(switch_key(office, key.kid, NOW), packs(), NOW, pin)


@pytest.fixture
def one(tmp_path: Path) -> Lead:
    made = lead.found(tmp_path / "lead", "Example Lead", "https://lead.example/", NOW, None)
    add(made, new_office(tmp_path / "office", now=NOW).record_members(NOW))
    return made


def test_the_lead_signs_by_tokens_too(one: Lead, token: type[Token], tmp_path: Path) -> None:
    members = dict(one.members)
    members["uris"] = {}
    for number in (1, 2):
        address = f"token:{number}"
        token.plugged[address] = load((one.folder / "keys" / f"targets-{number}.pem").read_bytes())
        members["uris"][f"targets-{number}"] = address
    for path in (one.folder / "keys").glob("targets-*.pem"):
        path.unlink()
    with_tokens = Lead(one.folder, members)
    assert lead.sign(with_tokens, NOW, pin) == 1
    assert load_trust_list(read(with_tokens, tmp_path / "reader", at=NOW)).serial == 1
    with pytest.raises(PublishError) as refused:
        lead.sign(with_tokens, NOW, lambda _name: b"1234")
    assert refused.value.problem.code == "key-not-opened"


# stolen and retired


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "labels")
    write(made, source())
    build(made, packs(), NOW, no_secret)
    return made


@pytest.mark.threat("T19")
def test_a_stolen_key_cancels_what_it_signed_and_the_next_key_signs_it_anew(office: Office) -> None:
    kid = office.signing("label").kid
    office = compromise(office, kid, NOW - timedelta(days=1))
    assert state(office, "2026-0001", LATER) is State.SIGNER_CANCELLED
    with pytest.raises(PublishError) as refused:
        build(office, packs(), LATER, no_secret)
    assert refused.value.problem.code == "no-key"
    office, fresh = new_key(open_office(office.folder), "label", "Ed25519", LATER, None)
    assert build(office, packs(), LATER, no_secret, resign=True).signed == ["2026-0001"]
    assert state(office, "2026-0001", LATER) is State.VERIFIED
    assert payload(office, "2026-0001")["ver"] == 2
    with pytest.raises(PublishError):
        switch_key(office, kid, LATER)
    assert fresh.kid != kid


def test_a_retired_key_signs_no_more_and_its_labels_hold(office: Office) -> None:
    kid = office.signing("label").kid
    office = retire(office, kid, LATER)
    assert state(office, "2026-0001", LATER) is State.VERIFIED
    with pytest.raises(PublishError):
        office.signing("label")
    with pytest.raises(PublishError):
        retire(office, kid, LATER)
    assert open_office(office.folder).keys == office.keys


@pytest.mark.parametrize(
    "change", [lambda office: retire(office, "no", NOW), lambda office: compromise(office, "no", NOW)]
)
def test_a_key_that_is_not_there_is_said(office: Office, change: Any) -> None:
    with pytest.raises(PublishError) as refused:
        change(office)
    assert refused.value.problem.code == "no-such-key"


@pytest.mark.threat("T19")
def test_the_lead_cancels_a_key_whether_its_office_says_so_or_not(one: Lead, tmp_path: Path) -> None:
    kid = load_trust_list(lead.trust_list(one, 1, NOW)).administrators[0].keys[0].kid
    compromise_listed(one, "labels.office.example", kid, NOW)
    lead.sign(one, NOW, no_secret)
    (listed,) = load_trust_list(read(one, tmp_path / "reader", at=NOW)).administrators
    assert {key.kid: (key.state, key.compromised_since) for key in listed.keys}[kid] == ("compromised", NOW)


@pytest.mark.parametrize("names", [("labels.office.example", "x"), ("x", "x"), ("../administrators/x", "x"), ("", "")])
def test_a_key_that_nobody_listed_is_said(one: Lead, names: tuple[str, str]) -> None:
    before = {path: path.read_bytes() for path in one.folder.rglob("*.json")}
    with pytest.raises(PublishError) as refused:
        compromise_listed(one, *names, NOW)
    assert refused.value.problem.code == "no-such-key"
    assert {path: path.read_bytes() for path in one.folder.rglob("*.json")} == before


# the lead's own keys


@pytest.mark.threat("T21")
@pytest.mark.parametrize("name", ["root-1", "targets-2", "snapshot-1", "timestamp-1"])
def test_a_key_of_the_lead_is_replaced_and_old_and_new_readers_follow(one: Lead, tmp_path: Path, name: str) -> None:
    lead.sign(one, NOW, no_secret)
    read(one, tmp_path / "old", at=NOW)
    fresh, version = replace_lead_key(one, name, NOW, no_secret, None)
    assert version == 2
    (one.folder / "keys" / f"{name}.pem").unlink()
    again = lead.open_lead(one.folder)
    role = name.partition("-")[0]
    assert name not in again.members["roles"][role]
    assert fresh in again.members["roles"][role]
    lead.sign(again, NOW, no_secret)
    lead.rotate(again, NOW, no_secret)
    for reader in ("old", "new"):
        assert load_trust_list(read(again, tmp_path / reader, at=NOW)).serial >= 2


@pytest.mark.threat("T21")
def test_all_root_keys_can_be_replaced_one_after_the_other(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    for number in range(1, 6):
        replace_lead_key(lead.open_lead(one.folder), f"root-{number}", NOW, no_secret, None)
        (one.folder / "keys" / f"root-{number}.pem").unlink()
    assert load_trust_list(read(one, tmp_path / "reader", at=NOW)).serial == 1
    assert set(lead.open_lead(one.folder).members["roles"]["root"]) == {f"root-{number}" for number in range(6, 11)}


def test_the_root_key_that_goes_signs_once_more_where_no_more_than_three_are_at_hand(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    for number in (4, 5):
        (one.folder / "keys" / f"root-{number}.pem").unlink()
    assert replace_lead_key(one, "root-1", NOW, no_secret, None) == ("root-6", 2)
    assert load_trust_list(read(one, tmp_path / "reader", at=NOW)).serial == 1


def test_without_enough_root_keys_no_key_is_replaced_and_nothing_changes(one: Lead) -> None:
    for number in (1, 2, 3):
        (one.folder / "keys" / f"root-{number}.pem").unlink()
    before = {path: path.read_bytes() for path in one.folder.rglob("*") if path.is_file()}
    for name in ("root-4", "timestamp-1"):
        with pytest.raises(PublishError) as refused:
            replace_lead_key(one, name, NOW, no_secret, None)
        assert refused.value.problem.code == "too-few-keys"
    with pytest.raises(PublishError):
        replace_lead_key(one, "king-1", NOW, no_secret, None)
    assert {path: path.read_bytes() for path in one.folder.rglob("*") if path.is_file()} == before


# what is typed

TYPIST = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
SECRET = "five words nobody may see"


def typed(folder: Path, words: list[str], *answers: str) -> tuple[int, str]:
    """On a terminal; each answer once a question stands there."""
    program = [sys.executable, "-P", "-m", "labelviewer", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, *program],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        out = b""
        for answer in answers:
            while not out.rstrip(b"\r\n").endswith(b": "):
                piece = run.stdout.read1(1)  # type: ignore[attr-defined]
                if not piece:
                    break
                out += piece
            out += b"|"
            run.stdin.write(answer.encode() + b"\n")
            run.stdin.flush()
        out += run.stdout.read()
        return run.wait(30), out.decode()


@pytest.mark.skipif(os.name != "posix", reason="terminals of this kind are a matter of POSIX systems")
def test_a_passphrase_is_typed_unseen_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    init = [
        "publish",
        "init",
        "--folder",
        "o",
        "--issuer",
        "labels.office.example",
        "--name",
        "N",
        "--scheme",
        "us-ctm",
    ]
    status, said = typed(tmp_path, init, SECRET, "something else")
    assert (status, "not alike" in said) == (Exit.USAGE, True)
    assert not (tmp_path / "o").exists()
    status, said = typed(tmp_path, init, SECRET, SECRET)
    assert status == 0, said
    build = ["publish", "build", "--folder", "o"]
    status, wrong = typed(tmp_path, build, "five words that are wrong")
    assert (status, "Is the passphrase right?" in wrong) == (Exit.USAGE, True)
    status, right = typed(tmp_path, build, SECRET, SECRET)
    assert status == 0, right
    status, empty = typed(tmp_path, build, "")
    assert (status, "A passphrase is needed" in empty) == (Exit.USAGE, True)
    assert SECRET not in said + right
    assert "that are wrong" not in wrong
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in data for data in files)


# stopped on the way


def stops(one: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Lead], object]) -> Iterator[Lead]:
    """The lead as it is found after a stop before the first write, the second, and so on, until nothing stops it."""
    put = files.put
    for writes in range(20):
        copied = tmp_path / f"copy-{writes}"
        shutil.copytree(one.folder, copied)
        monkeypatch.setattr(files, "put", stop_after(writes, put))
        try:
            act(lead.open_lead(copied))
        except Stopped:
            monkeypatch.setattr(files, "put", put)
            yield lead.open_lead(copied)
        else:
            assert writes >= 4
            return
        finally:
            monkeypatch.setattr(files, "put", put)
    raise AssertionError("it never ended")


def test_a_list_whose_signing_stops_leaves_the_old_one_and_the_next_run_ends_it(
    one: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead.sign(one, NOW, no_secret)
    for stopped in stops(one, tmp_path, monkeypatch, lambda at: lead.sign(at, NOW, no_secret)):
        place = stopped.folder / "readers"
        place.mkdir()
        assert load_trust_list(read(stopped, place / "between", at=NOW)).serial == 1
        lead.daily(stopped, NOW, no_secret)
        assert load_trust_list(read(stopped, place / "between", at=NOW)).serial >= 1
        serial = lead.sign(stopped, NOW, no_secret)
        for reader in ("between", "new"):
            assert load_trust_list(read(stopped, place / reader, at=NOW)).serial == serial >= 2


@pytest.mark.parametrize("name", ["root-1", "targets-1", "timestamp-1"])
def test_a_key_whose_replacing_stops_is_replaced_by_the_next_run(
    one: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lead.sign(one, NOW, no_secret)
    read(one, tmp_path / "old", at=NOW)

    def act(at: Lead) -> None:
        replace_lead_key(at, name, NOW, no_secret, None)
        lead.sign(lead.open_lead(at.folder), NOW, no_secret)

    for stopped in stops(one, tmp_path, monkeypatch, act):
        left = [each for each in stopped.members["roles"][name.partition("-")[0]] if each == name]
        if left:
            replace_lead_key(stopped, name, NOW, no_secret, None)
        again = lead.open_lead(stopped.folder)
        serial = lead.sign(again, NOW, no_secret)
        shutil.copytree(tmp_path / "old", stopped.folder / "old")
        for reader in ("old", "new"):
            assert load_trust_list(read(again, stopped.folder / reader, at=NOW)).serial == serial
