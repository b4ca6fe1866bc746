"""What somebody owns is checked again and asked for anew, without a trace in the history."""

from dataclasses import replace
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.domain.errors import OfflineError
from labelviewer.domain.report import State
from labelviewer.pipeline.belongings import ask_again, look_over, thing_from, things_of
from labelviewer.pipeline.run import Ports, inspect_code, inspect_picture
from tests.desk import SAMPLES, MemorySite, MemoryTrust, ports_of, without_network
from tests.simulator import Authority


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def at(ports: Ports, authority: Authority) -> Ports:
    return replace(ports, fetcher=MemorySite(authority), trust=MemoryTrust(authority))


def owning(authority: Authority, path: Path) -> Ports:
    """Looked at, owned, and gone from the history."""
    ports = ports_of(authority, library=path)
    thing = thing_from(inspect_code(authority.code(), ports), ports)
    shelf = things_of(ports)
    assert thing is not None
    assert shelf is not None
    assert ports.keeper is not None
    shelf.own(thing)
    ports.keeper.clear_history()
    return ports


def test_what_is_owned_is_checked_with_the_trust_of_today(path: Path) -> None:
    authority = Authority().publish()
    ports = owning(authority, path)
    (owned,) = look_over(without_network(ports, OfflineError()))
    assert owned.inspection.report is not None
    assert owned.inspection.report.state is State.VERIFIED
    (cancelled,) = look_over(at(ports, authority.withdraw()))
    assert cancelled.inspection.report is not None
    assert cancelled.inspection.report.state is State.WITHDRAWN


def test_asked_anew_its_label_takes_the_place_of_the_old_one_and_the_history_stays_empty(path: Path) -> None:
    authority = Authority().publish()
    ports = at(owning(authority, path), authority.publish(ver=4))
    (owned,) = look_over(ports)
    asked = ask_again(owned.thing, ports)
    assert asked.problem is None
    (newer,) = look_over(ports)
    assert (newer.thing.version, newer.thing.number) == (4, owned.thing.number)
    assert ports.keeper is not None
    assert ports.keeper.history() == ()


@pytest.mark.fault("N11")
def test_an_older_or_another_label_does_not_take_its_place(path: Path) -> None:
    authority = Authority().publish()
    ports = owning(authority, path)
    (owned,) = look_over(ports)
    for other in (authority.publish(ver=2), authority.publish(sub="urn:label:a.example:other")):
        ask_again(owned.thing, at(ports, other))
        assert look_over(ports)[0].thing == owned.thing


@pytest.mark.fault("N1")
def test_offline_it_stays_and_the_problem_is_said(path: Path) -> None:
    authority = Authority().publish()
    ports = without_network(owning(authority, path), OfflineError())
    (owned,) = look_over(ports)
    asked = ask_again(owned.thing, ports)
    assert isinstance(asked.problem, OfflineError)
    assert asked.label is not None
    assert look_over(ports)[0].thing == owned.thing


def test_a_newer_label_that_was_scanned_meanwhile_counts_for_what_is_owned(path: Path) -> None:
    authority = Authority().publish()
    ports = owning(authority, path)
    (owned,) = look_over(ports)
    later = replace(authority, now=authority.now.replace(day=3)).publish(ver=5)
    scanned = ports_of(later, library=path)
    inspect_code(later.code(), scanned, again=True)
    (newer,) = look_over(scanned)
    assert (newer.thing.version, newer.thing.since) == (5, owned.thing.since)


def test_a_sample_and_what_could_not_be_read_are_nobodys(path: Path) -> None:
    ports = ports_of(Authority(), library=path)
    picture = SAMPLES / "us-ctm" / "camera-a" / "box.jpg"
    assert thing_from(inspect_picture(picture.read_bytes(), "box.jpg", ports), ports) is None
    assert thing_from(inspect_code("nonsense", ports), ports) is None


def test_without_a_library_nothing_is_owned() -> None:
    assert look_over(ports_of(Authority())) == ()


def test_a_library_is_a_place_for_things(path: Path) -> None:
    ports = ports_of(Authority(), library=path)
    assert isinstance(ports.keeper, Library)
    assert things_of(ports) is ports.keeper
