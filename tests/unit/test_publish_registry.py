"""A registry on disk: what is signed, what is left alone, and what a reader sees whatever stops the publisher."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from labelviewer.domain.report import State
from labelviewer.publish import files, registry
from labelviewer.publish.index import Index
from labelviewer.publish.office import Office, adopt_key, new_key, open_office, switch_key
from labelviewer.publish.problem import PublishError
from labelviewer.publish.registry import build, check, set_state
from labelviewer.publish.status import ENTRIES, Status
from tests.labels import packs
from tests.registries import NOW, copy, new_office, no_secret, payload, public_pem, source, state, states, write

ROOT = Path(__file__).parents[2]
IDS = [f"2026-{number:04}" for number in range(1, 9)]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "office")
    for label_id in IDS:
        write(made, source(label_id))
    return made


def publish(office: Office, now: Any = NOW, **more: Any) -> registry.Published:
    return build(office, packs(), now, no_secret, **more)


def test_what_was_published_holds_for_a_reader(office: Office) -> None:
    done = publish(office)
    assert sorted(done.signed) == IDS
    assert done.problems == []
    assert states(office, IDS) == {State.VERIFIED}
    assert json.loads((office.served / "status" / "index.json").read_bytes()) == {
        "status_lists": [office.status_uri(1)]
    }


def test_a_second_run_signs_nothing(office: Office) -> None:
    publish(office)
    before = {path: path.read_bytes() for path in office.served.rglob("*.jwt")}
    done = publish(office, LATER)
    assert (done.signed, done.unchanged, done.lists) == ([], len(IDS), [])
    assert {path: path.read_bytes() for path in office.served.rglob("*.jwt")} == before


def test_a_changed_source_becomes_a_new_version_at_the_same_place_of_the_list(office: Office) -> None:
    publish(office)
    first = payload(office, IDS[0])
    changed = source(IDS[0])
    changed["product"]["name"] = "Hearth Camera 2b"
    write(office, changed)
    assert publish(office, LATER).signed == [IDS[0]]
    second = payload(office, IDS[0])
    assert (first["ver"], second["ver"]) == (1, 2)
    assert second["product"]["name"] == "Hearth Camera 2b"
    assert second["status"] == first["status"]
    assert state(office, IDS[0], LATER) is State.VERIFIED


def test_a_source_that_was_only_touched_is_left_alone(office: Office) -> None:
    publish(office)
    write(office, source(IDS[0]))
    assert publish(office, LATER).signed == []
    assert payload(office, IDS[0])["ver"] == 1


def test_a_faulty_source_keeps_its_old_label_in_force_and_stops_nobody_else(office: Office) -> None:
    publish(office)
    broken, good = source(IDS[0]), source(IDS[1])
    broken["claims"][0]["value"] = "soon"
    good["product"]["name"] = "Other"
    write(office, broken)
    write(office, good)
    done = publish(office, LATER)
    assert done.signed == [IDS[1]]
    assert [problem.code for problem in done.problems] == ["value-date"]
    assert payload(office, IDS[0])["ver"] == 1
    assert state(office, IDS[0], LATER) is State.VERIFIED


def test_a_source_that_is_gone_is_said_and_its_label_stays(office: Office) -> None:
    publish(office)
    (office.labels / f"{IDS[0]}.json").unlink()
    assert publish(office, LATER).gone == [f"{IDS[0]}.json"]
    assert state(office, IDS[0], LATER) is State.VERIFIED


def test_a_source_that_moved_is_the_same_label(office: Office) -> None:
    publish(office)
    (office.labels / "cameras").mkdir()
    (office.labels / f"{IDS[0]}.json").rename(office.labels / "cameras" / "label.json")
    done = publish(office, LATER)
    assert (done.problems, done.gone) == ([], [])
    assert publish(office, LATER).gone == []


def test_two_sources_cannot_have_one_number(office: Office) -> None:
    write(office, source(IDS[0]), "again.json")
    done = publish(office)
    assert [problem.code for problem in done.problems] == ["same-number"]
    assert sorted(done.signed) == IDS


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "one after the other"])
def test_two_numbers_that_differ_in_capitals_alone_do_not_share_a_file(office: Office, *, together: bool) -> None:
    """Where the disk of a web server knows no capitals, the second label would lie over the first."""
    write(office, source("AB-7"), "1.json")
    first = [] if together else publish(office).signed
    write(office, source("ab-7"), "2.json")
    count, found = check(office, packs(), NOW)
    assert (count, [problem.code for problem in found]) == (len(IDS) + 2, ["number-case"])
    done = publish(office)
    assert [problem.code for problem in done.problems] == ["number-case"]
    made = [file.stem for file in (office.served / "l").iterdir() if file.stem.lower() == "ab-7"]
    assert len(made) == 1
    assert made[0] in [*first, *done.signed]
    assert publish(office).signed == []
    assert state(office, made[0]) is State.VERIFIED


@pytest.mark.parametrize(("value", "seen"), [(Status.WITHDRAWN, State.WITHDRAWN), (Status.SUSPENDED, State.SUSPENDED)])
def test_a_label_is_withdrawn_or_put_on_hold_and_restored(office: Office, value: Status, seen: State) -> None:
    publish(office)
    set_state(office, packs(), LATER, no_secret, IDS[2], value)
    assert state(office, IDS[2], LATER) is seen
    assert states(office, IDS[:2] + IDS[3:], LATER) == {State.VERIFIED}
    write(office, source(IDS[2], links=[]))
    publish(office, LATER)
    assert state(office, IDS[2], LATER) is seen, "a new version changes nothing about that"
    set_state(office, packs(), LATER, no_secret, IDS[2], Status.VALID)
    assert state(office, IDS[2], LATER) is State.VERIFIED


def test_a_number_that_was_never_published_cannot_be_withdrawn(office: Office) -> None:
    publish(office)
    with pytest.raises(PublishError) as refused:
        set_state(office, packs(), LATER, no_secret, "2026-9999", Status.WITHDRAWN)
    assert refused.value.problem.code == "no-such-label"


def test_places_in_the_list_are_random_and_never_given_twice(office: Office) -> None:
    publish(office)
    places = [payload(office, label_id)["status"]["status_list"]["idx"] for label_id in IDS]
    assert len(set(places)) == len(IDS)
    assert places != sorted(places) or max(places) - min(places) > 1_000
    assert all(0 <= place < ENTRIES for place in places)


def test_a_full_list_is_followed_by_the_next(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labelviewer.publish.index.FULL", 5)
    done = publish(office)
    assert done.lists == [1, 2]
    uris = {payload(office, label_id)["status"]["status_list"]["uri"] for label_id in IDS}
    assert uris == {office.status_uri(1), office.status_uri(2)}
    assert states(office, IDS) == {State.VERIFIED}


def test_status_lists_are_signed_again_before_they_end(office: Office) -> None:
    publish(office)
    assert publish(office, NOW + timedelta(days=3)).lists == []
    assert publish(office, NOW + timedelta(days=4)).lists == [1]
    assert publish(office, NOW + timedelta(days=4, hours=1), resign=True).lists == [1], "and whenever asked"


def test_labels_are_signed_again_before_they_run_out(office: Office) -> None:
    publish(office)
    soon = NOW + timedelta(days=office.registry.label_days - office.registry.renew_days + 1)
    assert sorted(publish(office, soon).signed) == IDS
    assert state(office, IDS[0], soon) is State.VERIFIED
    assert payload(office, IDS[0])["ver"] == 2


def test_a_label_ends_with_the_day_until_which_it_may_be_used(office: Office) -> None:
    limited = source(IDS[0])
    limited["grant"]["valid_until"] = "2026-12-31"
    write(office, limited)
    publish(office)
    assert payload(office, IDS[0])["exp"] == 1798761600  # 2027-01-01T00:00:00Z


def test_after_a_change_of_keys_everything_is_signed_by_the_new_one(office: Office) -> None:
    publish(office)
    office, key = new_key(office, "label", "ES256", LATER, None)
    assert publish(office, LATER).signed == [], "the lead administrator has to list it first"
    office = switch_key(office, key.kid, LATER)
    assert states(office, IDS, LATER) == {State.VERIFIED}, "what the old key signed stays good"
    assert sorted(publish(office, LATER, resign=True).signed) == IDS
    assert states(office, IDS, LATER) == {State.VERIFIED}
    assert publish(office, LATER, resign=True).signed == []


@pytest.mark.parametrize("alg", ["Ed25519", "ES256"])
def test_a_key_behind_an_address_signs_through_the_library_s_signers(tmp_path: Path, alg: Any) -> None:
    from labelviewer.publish.keys import generate, save

    secret = generate(alg)
    place = tmp_path / "token.pem"
    place.write_bytes(save(secret))
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", f"file2:{place}", public_pem(secret), NOW)
    office = switch_key(office, key.kid, NOW)
    write(office, source(IDS[0]))
    publish(office)
    assert state(office, IDS[0]) is State.VERIFIED
    place.write_bytes(save(generate(alg)))
    write(office, source(IDS[0], links=[]))
    from labelviewer.publish.signer import SigningError

    with pytest.raises(SigningError):
        publish(office, LATER)
    assert state(office, IDS[0], LATER) is State.VERIFIED


def test_a_signer_whose_signature_does_not_hold_writes_nothing(office: Office) -> None:
    from labelviewer.publish.signer import Signer, SigningError

    good, _ = office.open("label", no_secret)
    liar = Signer(good.alg, good.jwk, lambda message: good.sign(message + b" "))
    with pytest.raises(SigningError):
        liar.signature(b"message")


def test_key_files_are_for_their_owner_alone_and_never_written_over(office: Office) -> None:
    if os.name != "posix":
        pytest.skip("file modes are a matter of POSIX systems")
    pems = list((office.folder / "keys").glob("*.pem"))
    assert len(pems) == 2
    assert {path.stat().st_mode & 0o777 for path in pems} == {0o600}
    assert (office.folder / "keys").stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileExistsError):
        files.put_secret(pems[0], b"")


def test_a_file_whose_writing_stops_is_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "1.jwt"
    files.put(path, b"old")
    with pytest.raises(TypeError):
        files.put(path, cast(bytes, None))
    assert path.read_bytes() == b"old"


def test_a_second_publisher_is_refused(office: Office) -> None:
    with Index(office.index), pytest.raises(PublishError) as refused:
        publish(office)
    assert refused.value.problem.code == "busy"


class Stopped(BaseException):
    """The machine went away."""


def stop_after(writes: int, put: Callable[..., None]) -> Callable[..., None]:
    left = writes

    def write_one(*arguments: Any, **more: Any) -> None:
        nonlocal left
        if not left:
            raise Stopped
        left -= 1
        put(*arguments, **more)

    return write_one


def test_stopped_after_any_write_the_registry_holds_and_the_next_run_ends_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(office)
    set_state(office, packs(), NOW, no_secret, IDS[7], Status.WITHDRAWN)
    for label_id in IDS[:4]:
        write(office, source(label_id, links=[]))
    new = [f"2027-{number:04}" for number in range(3)]
    for label_id in new:
        write(office, source(label_id))
    monkeypatch.setattr("labelviewer.publish.index.FULL", 9)  # a new list has to begin
    put, stops = files.put, 0
    for writes in range(100):
        copied = copy(office, tmp_path / f"copy-{writes}")
        monkeypatch.setattr(files, "put", stop_after(writes, put))
        try:
            publish(copied, LATER)
        except Stopped:
            stops += 1
        else:
            break
        finally:
            monkeypatch.setattr(files, "put", put)
        there = sorted(path.stem for path in (copied.served / "l").glob("[!.]*.jwt"))
        assert set(IDS) <= set(there)
        assert states(copied, set(there) - {IDS[7]}, LATER) == {State.VERIFIED}
        assert state(copied, IDS[7], LATER) is State.WITHDRAWN
        versions = {label_id: payload(copied, label_id)["ver"] for label_id in there}
        publish(copied, LATER)
        assert states(copied, [*IDS[:7], *new], LATER) == {State.VERIFIED}
        assert all(payload(copied, label_id)["ver"] >= ver for label_id, ver in versions.items())
        places = [tuple(payload(copied, label_id)["status"]["status_list"].values()) for label_id in [*IDS, *new]]
        assert len(set(places)) == len(places)
    assert stops >= 10


KILLED = """
import sys
from pathlib import Path
from labelviewer.publish import files
from labelviewer.publish.office import open_office
from labelviewer.publish.registry import build
from tests.labels import packs
from tests.registries import hours_later, no_secret
office = open_office(Path(sys.argv[1]))
put = files.put
def told(*arguments, **more):
    print("put", flush=True)
    put(*arguments, **more)
files.put = told
build(office, packs(), hours_later(int(sys.argv[2])), no_secret, resign=True)
print("done", flush=True)
"""
LABELS = 100
KILLS = [1, 2, 3, 4, *range(5, LABELS, 4), LABELS + 1, LABELS + 2, LABELS + 3]  # so many files were begun


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a matter of POSIX systems")
def test_killed_at_any_moment_the_registry_holds(office: Office) -> None:
    ids = {*IDS, *(f"2027-{number:04}" for number in range(LABELS))}
    for label_id in ids - set(IDS):
        write(office, source(label_id))
    publish(office)
    killed = 0
    for turn, begun in enumerate(KILLS, start=1):
        for label_id in ids - set(IDS):
            write(office, source(label_id, links=[{"rel": "support", "href": f"https://a.example/{turn}"}]))
        command = [sys.executable, "-P", "-c", KILLED, str(office.folder), str(turn)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            assert [run.stdout.readline() for _ in range(begun)] == [b"put\n"] * begun
            run.send_signal(signal.SIGKILL)
        killed += run.returncode == -signal.SIGKILL
        now = NOW + timedelta(hours=turn)
        assert {path.stem for path in (office.served / "l").glob("[!.]*.jwt")} == ids
        assert states(office, ids, now) == {State.VERIFIED}
    assert killed >= 20, f"of {len(KILLS)}"
    end = NOW + timedelta(hours=len(KILLS) + 1)
    publish(open_office(office.folder), end)
    assert states(office, ids, end) == {State.VERIFIED}
    places = [tuple(payload(office, label_id)["status"]["status_list"].values()) for label_id in ids]
    assert len(set(places)) == len(places)
