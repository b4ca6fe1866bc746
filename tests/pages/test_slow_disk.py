"""A disk that stands still, or rots: the window goes on, and says what it could not keep."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters import library_file
from labelviewer.adapters.library import Library
from labelviewer.adapters.library_patience import Patience
from labelviewer.adapters.profile import Profile
from labelviewer.pipeline.run import Ports
from tests.simulator import Authority
from tests.ui_fixtures import Shopper, open_window, run_events, shop_ports, wait_until

CAMERA = "Hearth Camera 2"
DAMAGED = "We could not read your saved list"


@dataclass
class Disk:
    """Stands still until it is let go on; meanwhile time passes only when it is told to."""

    goes_on: Event = field(default_factory=Event)
    is_asked: Event = field(default_factory=Event)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.patience = Patience(8.0, lambda: self.seconds)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk, connect = Disk(), library_file.connect
    disk.goes_on.set()

    def connect_in_time(*place: Any, **how: Any) -> sqlite3.Connection:
        if not disk.goes_on.is_set():
            disk.is_asked.set()
            assert disk.goes_on.wait(60)
        return connect(*place, **how)

    monkeypatch.setattr(library_file, "connect", connect_in_time)
    yield disk
    disk.goes_on.set()


@pytest.fixture
def shopper(qapp: QGuiApplication, tmp_path: Path, shop: Authority, disk: Disk) -> Iterator[Shopper]:
    def make_ports(profile: Profile) -> Ports:
        ports = shop_ports(shop, profile)
        return replace(ports, keeper=Library(profile.library, ports.clock, patience=disk.patience))

    with open_window(tmp_path, make_ports) as shopper:
        yield shopper


@pytest.mark.fault("D8")
def test_while_the_disk_stands_still_the_window_draws_and_answers(
    shopper: Shopper, shop: Authority, disk: Disk
) -> None:
    """No second passes for the library, and a hundred heartbeats of the window do."""
    shopper.follow(shop.code("1"))
    shopper.press("My labels")
    shopper.wait_for(f"Open {CAMERA}")
    disk.goes_on.clear()
    shopper.program.shell.goTo("start")
    shopper.program.rooms.scan.follow(shop.code("2"))
    wait_until(disk.is_asked.is_set)

    beats: list[None] = []
    heart = QTimer(interval=0)
    heart.timeout.connect(lambda: beats.append(None))
    heart.start()
    wait_until(lambda: len(beats) > 100)
    heart.stop()
    assert shopper.program.rooms.scan.state.busy, "the disk still stands still"
    shopper.draw()
    for page in ("history", "trust", "language", "start"):
        shopper.program.shell.goTo(page)
        run_events()
        shopper.draw()
        assert shopper.program.shell.state.page == page
    assert shopper.program.rooms.scan.state.busy

    disk.seconds = 10
    wait_until(lambda: shopper.hears("it was not kept"))
    assert shopper.hears("Lookout Mini"), "the label came all the same"
    disk.goes_on.set()
    wait_until(lambda: all(call.ended for call in disk.patience._hanging))
    shopper.go("history")
    shopper.wait_for(f"Open {CAMERA}")


@pytest.mark.fault("D4")
def test_damage_that_is_found_while_nobody_asks_is_said(shopper: Shopper, shop: Authority) -> None:
    shopper.follow(shop.code("1"))
    library = shopper.profile.library
    with closing(sqlite3.connect(library)) as db:
        [root] = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'token_label'").fetchone()
    with library.open("r+b") as file:
        file.seek((root - 1) * 4_096 + 8)
        file.write(b"\xff" * 64)
    library.with_name("library.looked").unlink(missing_ok=True)
    shopper.program.shell.goTo("start")
    shopper.program.upkeep.look()
    shopper.wait_for(DAMAGED)
    shopper.go("history")
    shopper.wait_for(f"Open {CAMERA}")
