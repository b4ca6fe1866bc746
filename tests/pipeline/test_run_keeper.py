"""What is kept, what of it counts later, and that a bad disk costs no answer."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError, NotAnsweringError, OfflineError
from labelviewer.domain.evidence import Evidence
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.ports import Keeper
from labelviewer.pipeline.run import inspect_code, is_signed, reopen
from labelviewer.present.label_page import label_page
from tests.labels import packs, words
from tests.pipeline.run_world import World, found, problem
from tests.simulator import DAY, NUMBER, Authority, tamper

ISSUER = "a.example"
SUBJECT = f"urn:label:a.example:{NUMBER}"
VERIFIED = (State.VERIFIED, "V01")
OLDER = (State.NOT_TODAY, "V08")
NOBODY = 65_534


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def seen_version(world: World) -> int:
    return world.library.highest_version(ISSUER, SUBJECT)


def serve(world: World, token: bytes) -> Inspection:
    """Scan the code on a later day, when the site has another token."""
    world.wait(2 * DAY)
    world.office = world.office.publish(token=token)
    return world.follow()


# What is kept


def test_the_evidence_is_kept_as_it_came(world: World) -> None:
    inspection = world.follow()
    (visit,) = world.library.history()
    assert visit.evidence == inspection.evidence
    assert visit.at == world.at
    assert world.library.find(world.office.code()) == inspection.evidence
    assert seen_version(world) == 3


def test_where_nothing_may_be_kept_the_answer_is_the_same(world: World) -> None:
    kept = world.follow()
    unkept = inspect_code(world.office.code(), replace(world.ports(), keeper=None))
    assert (found(kept), kept.label, kept.evidence) == (found(unkept), unkept.label, unkept.evidence)
    assert unkept.not_kept is None


@pytest.mark.parametrize(
    "token",
    [b"", b"<html>", b"a.b.c", Authority().label()[:-1], Authority().sign_anything({"iss": ISSUER})],
    ids=["nothing", "a web page", "dots", "cut", "no label"],
)
def test_what_cannot_be_read_is_not_kept(world: World, token: bytes) -> None:
    world.office = world.office.publish(token=token)
    inspection = world.follow()
    assert "F12" in (problem(inspection), inspection.report and inspection.report.code)
    assert inspection.label is None
    assert not world.path.exists()


def test_a_strange_header_over_a_good_label_is_not_kept(world: World) -> None:
    good = world.office.label()
    header = b"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoiYS5leGFtcGxlLTIwMjYiLCJ0eXAiOiJsYWJlbCtqd3QiLCJqa3UiOiJ4In0"
    world.office = world.office.publish(token=header + good[good.index(b".") :])
    inspection = world.follow()
    assert found(inspection) == (State.UNREADABLE, "F12")
    assert not world.path.exists()


@pytest.mark.parametrize(
    ("flaw", "state"),
    [
        (lambda a: a.withdraw(), State.WITHDRAWN),
        (lambda a: a.put_on_hold(), State.SUSPENDED),
        (lambda a: a.publish(exp=int((a.now - DAY).timestamp())), State.EXPIRED),
        (lambda a: a.remove(date(2026, 5, 1)), State.SIGNER_CANCELLED),
        (lambda a: a.publish(token=tamper(a.label())), State.TAMPERED),
        (lambda a: a.publish(token=a.label(a.document("2026-000999"))), State.DOES_NOT_MATCH),
    ],
)
def test_bad_news_is_kept_too(world: World, flaw: Callable[[Authority], Authority], state: State) -> None:
    world.office = flaw(world.office)
    inspection = world.follow()
    assert inspection.report is not None
    assert inspection.report.state is state
    assert world.kept() == [world.office.labels[world.office.address()]]


# Versions


@pytest.mark.fault("N11")
@pytest.mark.threat("T16")
def test_an_older_version_than_was_seen_is_not_todays(world: World) -> None:
    good = world.office.label(ver=5)
    assert found(serve(world, good)) == VERIFIED
    inspection = serve(world, world.office.label(ver=4))
    assert found(inspection) == OLDER
    assert seen_version(world) == 5
    assert found(serve(world, good)) == VERIFIED


def test_a_newer_version_takes_the_place_of_the_older(world: World) -> None:
    older = world.office.label(ver=3)
    assert found(serve(world, older)) == VERIFIED
    (visit,) = world.library.history()
    assert found(serve(world, world.office.label(ver=4))) == VERIFIED
    assert seen_version(world) == 4
    assert found(reopen(visit.evidence, world.ports())) == OLDER


@pytest.mark.fault("N11")
def test_what_one_code_showed_is_there_for_the_other_codes_that_the_label_names(world: World) -> None:
    """One label, two codes on its box."""
    codes = [world.office.code(), world.office.code("second")]
    assert found(world.follow(codes[0])) == VERIFIED
    newer = world.office.label(ver=4, carriers=codes)
    world.office = world.office.publish(token=newer).publish("second", newer)
    assert found(world.follow(codes[1])) == VERIFIED
    asked = len(world.asked)
    inspection = world.follow(codes[0])
    assert found(inspection) == VERIFIED
    assert inspection.evidence is not None
    assert inspection.evidence.token == newer
    assert len(world.asked) == asked


FORGED: dict[str, Callable[[Authority], bytes]] = {
    "changed after it was signed": lambda a: tamper(a.label(), ver=999),
    "signed by a key that is not the issuer's": lambda a: a.sign_anything(
        a.document(ver=999), key=Authority(id="evil.example").label_key
    ),
    "signed by a key that nobody knows": lambda a: a.sign_anything(a.document(ver=999), kid="unlisted"),
    "signed by the status key": lambda a: a.sign_anything(a.document(ver=999), key=a.status_key, kid=a.status_kid),
}


@pytest.mark.threat("T16")
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_version_cannot_make_the_real_label_look_old(
    world: World, forged: Callable[[Authority], bytes]
) -> None:
    token = forged(world.office)
    inspection = serve(world, token)
    assert inspection.report is not None
    assert inspection.report.state in (State.TAMPERED, State.UNKNOWN_SIGNER)
    assert not is_signed(inspection.report)
    assert world.kept() == [token]
    assert seen_version(world) == 0
    assert found(serve(world, world.office.label(ver=1))) == VERIFIED


@pytest.mark.threat("T19")
def test_a_stolen_key_cannot_make_the_real_label_look_old_once_it_was_cancelled(world: World) -> None:
    cancelled = replace(world.office, key_state="compromised")
    world.office = cancelled
    inspection = serve(world, cancelled.label(ver=999))
    assert found(inspection) == (State.SIGNER_CANCELLED, "V05")
    assert inspection.report is not None
    assert not is_signed(inspection.report)
    assert seen_version(world) == 0


def test_a_version_counts_from_the_day_on_which_its_signer_is_listed(world: World) -> None:
    token = world.office.label(ver=7)
    world.office = world.office.publish(token=token)
    world.library.keep(world.office.evidence(token), issuer=ISSUER, subject=SUBJECT, version=0)
    assert seen_version(world) == 0
    assert found(world.follow()) == VERIFIED
    assert seen_version(world) == 7
    assert found(serve(world, world.office.label(ver=6))) == OLDER


# Bad disks


class Disk:
    """A world with its library on a disk of its own."""

    def __init__(self, world: World) -> None:
        self.world = world

    def scan(self, keeper: Keeper | None = None) -> Inspection:
        return inspect_code(self.world.office.code(), self.world.ports(keeper))


def shown(inspection: Inspection) -> None:
    assert found(inspection) == VERIFIED
    assert inspection.label is not None
    assert inspection.problem is None


def alerts(inspection: Inspection, world: World) -> list[str]:
    return [alert.code for alert in label_page(inspection, words(), packs(), world.at.date()).alerts]


@pytest.fixture
def disk(world: World) -> Disk:
    """Something is kept already, but for another code."""
    world.office = world.office.publish("other")
    assert world.follow(world.office.code("other")).not_kept is None
    return Disk(world)


def fill(library: Library, world: World, size: int) -> None:
    for number in range(1_000):
        token = str(number).encode() * size
        try:
            library.keep(world.office.evidence(token), issuer="b", subject="b", version=0)
        except CannotSaveError:
            return
    pytest.fail("it never was full")


@pytest.mark.fault("D1")
def test_a_full_library_costs_the_history_alone(disk: Disk) -> None:
    full = Library(disk.world.path, disk.world, max_bytes=12 * 4_096)
    for size in (1_000, 100, 10):
        fill(full, disk.world, size)
    before = disk.world.kept()
    inspection = disk.scan(full)
    shown(inspection)
    assert isinstance(inspection.not_kept, CannotSaveError)
    assert inspection.not_kept.facts == {"place": str(disk.world.path)}
    assert "C09" in alerts(inspection, disk.world)
    assert disk.world.kept() == before


@pytest.mark.fault("D3")
def test_a_locked_library_costs_the_history_alone(disk: Disk) -> None:
    with closing(sqlite3.connect(disk.world.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        inspection = disk.scan()
        shown(inspection)
        assert isinstance(inspection.not_kept, CannotSaveError)
        other.execute("ROLLBACK")
    shown(disk.scan())
    assert len(disk.world.kept()) == 2


@pytest.mark.fault("D8")
def test_a_disk_that_was_pulled_out_costs_the_history_alone(world: World, tmp_path: Path) -> None:
    home = tmp_path / "disk"
    library = Library(home / "data" / "library.db", world)
    ports = world.ports(library)
    assert found(inspect_code(world.office.code(), ports)) == VERIFIED
    home.rename(tmp_path / "drawer")
    inspection = inspect_code(world.office.code(), ports)
    assert found(inspection) == VERIFIED
    assert isinstance(inspection.not_kept, CannotSaveError)
    (tmp_path / "drawer").rename(home)
    assert inspect_code(world.office.code(), ports).not_kept is None
    assert len(library.history()) == 2


@pytest.mark.fault("D2")
def test_a_place_that_is_no_folder_costs_the_history_alone(world: World) -> None:
    (world.folder / "file").write_text("in the way")
    inspection = Disk(world).scan(Library(world.folder / "file" / "library.db", world))
    shown(inspection)
    assert isinstance(inspection.not_kept, CannotSaveError)


@pytest.fixture
def another_user() -> Iterator[Callable[[Path], None]]:
    """Takes the right to write away, even from root."""
    if os.name != "posix":
        pytest.skip("folder rights work differently here")
    locked: list[Path] = []

    def lock(folder: Path) -> None:
        for above in folder.parents:
            if not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)
        for each in (*folder.iterdir(), folder):
            each.chmod(0o555 if each.is_dir() else 0o444)
        locked.append(folder)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)

    yield lock
    if os.getuid() == 0:
        os.seteuid(0)
    for folder in locked:
        folder.chmod(0o755)


@pytest.mark.fault("D2")
def test_a_read_only_folder_is_read_and_costs_the_history_alone(
    world: World, another_user: Callable[[Path], None]
) -> None:
    world.follow()
    world.wait(2 * DAY)
    packs(), words()
    another_user(world.folder)
    online = world.follow()
    shown(online)
    assert isinstance(online.not_kept, CannotSaveError)
    world.trouble = OfflineError()
    offline = world.follow()
    assert found(offline) == (State.NOT_TODAY, "F01")
    assert offline.not_kept is None


def test_a_hidden_label_that_was_not_kept_says_so_too(world: World) -> None:
    (world.folder / "file").write_text("in the way")
    world.office = world.office.withdraw()
    inspection = Disk(world).scan(Library(world.folder / "file" / "library.db", world))
    assert found(inspection) == (State.WITHDRAWN, "V07")
    assert alerts(inspection, world) == ["C09"]


def spoil(path: Path) -> None:
    path.write_bytes(b"no database " * 1_000)


@pytest.mark.fault("D4")
def test_a_damaged_library_is_said_once_and_the_label_is_kept_in_the_new_one(disk: Disk) -> None:
    spoil(disk.world.path)
    inspection = disk.scan()
    shown(inspection)
    assert isinstance(inspection.not_kept, LibraryDamagedError)
    place = Path(str(inspection.not_kept.facts["place"]))
    assert place.read_bytes().startswith(b"no database")
    assert "A07" in alerts(inspection, disk.world)
    assert len(disk.world.kept()) == 1
    assert disk.scan().not_kept is None


def test_a_library_damaged_while_the_site_is_down_is_said_beside_that(disk: Disk) -> None:
    spoil(disk.world.path)
    disk.world.trouble = NotAnsweringError(host="labels.a.example")
    inspection = disk.scan()
    assert inspection.problem is disk.world.trouble
    assert isinstance(inspection.not_kept, LibraryDamagedError)


def test_a_library_damaged_when_a_label_is_opened_is_said(world: World) -> None:
    world.follow()
    (visit,) = world.library.history()
    spoil(world.path)
    inspection = reopen(visit.evidence, world.ports())
    shown(inspection)
    assert isinstance(inspection.not_kept, LibraryDamagedError)


def test_damage_that_is_found_while_a_flawed_copy_is_checked_is_not_forgotten(world: World) -> None:
    class Worn(Library):
        worn = True

        def highest_version(self, issuer: str, subject: str) -> int:
            if self.worn:
                self.worn = False
                raise LibraryDamagedError(place="aside")
            return super().highest_version(issuer, subject)

    world.follow()
    world.office = world.office.withdraw()
    inspection = inspect_code(world.office.code(), world.ports(Worn(world.path, world)))
    assert found(inspection) == (State.WITHDRAWN, "V07")
    assert isinstance(inspection.not_kept, LibraryDamagedError)


@pytest.mark.fault("D4")
def test_what_is_intact_in_a_damaged_library_is_still_the_saved_copy(world: World) -> None:
    world.follow()
    newer = world.office.label(ver=4)
    assert found(serve(world, newer)) == VERIFIED
    with closing(sqlite3.connect(world.path)) as db:
        db.execute("UPDATE token SET bytes = zeroblob(9) WHERE version = 4")
        db.commit()
    world.wait(2 * DAY)
    world.trouble = OfflineError()
    inspection = world.follow()
    assert found(inspection) == (State.NOT_TODAY, "F01")
    assert isinstance(inspection.not_kept, LibraryDamagedError)
    assert inspection.label is not None
    assert inspection.label.version == 3


class Moody(Library):
    """Works, but for one question."""

    def __init__(self, world: World, question: str) -> None:
        super().__init__(world.path, world)
        self._question = question

    def find(self, address: str) -> Evidence | None:
        self._may_refuse("find")
        return super().find(address)

    def highest_version(self, issuer: str, subject: str) -> int:
        self._may_refuse("highest_version")
        return super().highest_version(issuer, subject)

    def keep(self, evidence: Evidence, *, issuer: str, subject: str, version: int) -> None:
        self._may_refuse("keep")
        super().keep(evidence, issuer=issuer, subject=subject, version=version)

    def _may_refuse(self, question: str) -> None:
        if question == self._question:
            raise CannotSaveError(place="there")


@pytest.mark.parametrize(("question", "said"), [("find", False), ("highest_version", False), ("keep", True)])
def test_only_what_was_not_kept_is_said_not_to_be(world: World, question: str, said: bool) -> None:
    inspection = Disk(world).scan(Moody(world, question))
    shown(inspection)
    assert (inspection.not_kept is not None) == said
    assert len(world.kept()) == (not said)
