"""The list of who may sign, carried in a file of labels: out by the command, in by the command and by the window."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.library import Library
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.adapters.tuf_lead import TufLead
from labelviewer.domain.errors import OfflineError
from labelviewer.pipeline.run import Ports
from labelviewer.pipeline.trusting import LiveTrust, Sources
from labelviewer.resources import TRUST
from tests import desk
from tests.labels import packs
from tests.pages.test_files import drop
from tests.pipeline.test_trust_list import TODAY, Clock, trust_list
from tests.tuf_world import LeadOffice
from tests.ui_fixtures import open_window

TAKEN = "The file brought a newer list of who may sign labels. It is in use now."
Made = Callable[[], Ports]


def program(folder: Path, office: LeadOffice) -> Made:
    """A program with a library and a cache of its own, whose lead is `office`."""
    folder.mkdir(exist_ok=True)
    clock = Clock()
    library = Library(folder / "library.db", clock)
    lead = TufLead(office.lead, office, folder / "trust")
    live = LiveTrust(Sources(BundledTrust(TRUST), library, clock, office, office, lead))
    return lambda: Ports(clock, CodeReader(), office, live, packs(), library, live, live, live)


@pytest.fixture
def office() -> LeadOffice:
    one = LeadOffice()
    one.publish(trust_list(2, "a.example"), days={"timestamp": 5})
    return one


@pytest.fixture
def file(tmp_path: Path, office: LeadOffice) -> Path:
    """What a computer with a network writes."""
    ports = program(tmp_path / "online", office)
    profile, file = tmp_path / "profile", tmp_path / "stick.lvbundle"
    assert desk.run("trust", "renew", profile=profile, ports=ports).status == 0
    assert desk.run("bundle", "export", file, profile=profile, ports=ports).status == 0
    return file


@pytest.fixture
def kiosk(tmp_path: Path, office: LeadOffice) -> Made:
    alone = LeadOffice(keys=office.keys)
    alone.trouble, alone.first_root = OfflineError(), office.first_root
    return program(tmp_path / "kiosk", alone)


def is_listed_and_as_old_as_its_confirmation(kiosk: Made) -> bool:
    trust = kiosk().trust.trust()
    names = [one.id for one in trust.published.administrators]
    return names == ["a.example"] and abs(trust.confirmed - (TODAY - timedelta(days=2))) < timedelta(minutes=10)  # type: ignore[operator]


@pytest.mark.threat("T17")
def test_the_command_brings_it_in(tmp_path: Path, file: Path, kiosk: Made) -> None:
    assert "a.example" not in desk.run("trust", "list", profile=tmp_path, ports=kiosk).out
    taken = desk.run("bundle", "import", file, profile=tmp_path, ports=kiosk)
    assert (taken.status, TAKEN in " ".join(taken.lines)) == (0, True)
    assert "a.example" in desk.run("trust", "list", profile=tmp_path, ports=kiosk).out
    assert is_listed_and_as_old_as_its_confirmation(kiosk)


@pytest.mark.threat("T17")
def test_the_window_brings_it_in(qapp: QGuiApplication, tmp_path: Path, file: Path, kiosk: Made) -> None:
    with open_window(tmp_path / "window", lambda _profile: kiosk()) as shopper:
        drop(shopper, file)
        shopper.wait_for(TAKEN)
        shopper.go("history")
        shopper.press("Who may sign labels")
        shopper.wait_for("The list")
        assert shopper.hears("a.example")
    assert is_listed_and_as_old_as_its_confirmation(kiosk)


@pytest.mark.threat("T21")
def test_another_lead_counts_for_nothing_at_either(tmp_path: Path, file: Path) -> None:
    stranger = LeadOffice()
    stranger.trouble = OfflineError()
    other = program(tmp_path / "other", stranger)
    taken = desk.run("bundle", "import", file, profile=tmp_path, ports=other)
    assert TAKEN not in " ".join(taken.lines)
    assert "a.example" not in desk.run("trust", "list", profile=tmp_path, ports=other).out
