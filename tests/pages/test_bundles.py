"""Files of many labels in the window: in, stopped, gone on with and out, while everything else still works."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import Profile
from labelviewer.domain.imported import Imported
from labelviewer.pipeline import bundle as bundles
from labelviewer.pipeline.run import Ports
from tests.accessibility import Role, walk
from tests.pages.test_files import drop
from tests.simulator import Authority
from tests.ui_fixtures import Shopper, open_window, shop_ports, wait_until

OFFICE = Authority().publish("1")
NUMBERS = [f"2026-{number:06}" for number in range(30)]
HEAD = b"lvbundle 1\n"
LINES = [b"label " + OFFICE.label(OFFICE.document(number)) + b"\n" for number in NUMBERS]


class Gate:
    """Holds an import after some labels, as a slow disk would."""

    def __init__(self) -> None:
        self.reached, self.open = Event(), Event()


@pytest.fixture
def shopper(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Shopper]:
    with open_window(tmp_path / "window", lambda profile: shop_ports(OFFICE, profile)) as shopper:
        yield shopper


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "labels.lvbundle"
    file.write_bytes(HEAD + b"".join(LINES))
    return file


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """An import stands still after its first ten labels, until the gate opens."""
    gate = Gate()
    monkeypatch.setattr(bundles, "BATCH", 10)
    import_bundle = bundles.import_bundle

    def slowly(*given: object, **options: object) -> Imported:
        tell = options["on_progress"]

        def on_progress(done: int, total: int) -> None:
            tell(done, total)  # type: ignore[operator]
            gate.reached.set()
            gate.open.wait(10)

        return import_bundle(*given, **options | {"on_progress": on_progress})  # type: ignore[arg-type]

    monkeypatch.setattr(bundles, "import_bundle", slowly)
    return gate


def kept(shopper: Shopper) -> int:
    library = Library(shopper.profile.library, shop_ports(OFFICE, shopper.profile).clock)
    return sum(library.find(OFFICE.code(number)) is not None for number in NUMBERS)


def progress(shopper: Shopper) -> list[str]:
    return [node.name for node in walk(shopper.tree) if node.role is Role.ProgressBar]


def test_a_dropped_file_of_labels_comes_in(shopper: Shopper, file: Path) -> None:
    drop(shopper, file)
    shopper.wait_for("Labels that are saved now: 30")
    assert kept(shopper) == 30
    assert progress(shopper) == []


def test_it_is_known_by_what_is_in_it_and_not_by_its_name(shopper: Shopper, file: Path) -> None:
    drop(shopper, file.rename(file.with_suffix(".txt")))
    shopper.wait_for("Labels that are saved now: 30")


def test_a_forged_label_stays_out_and_that_is_said(shopper: Shopper, file: Path) -> None:
    forged = b"label " + Authority(id="evil.example").label() + b"\n"
    file.write_bytes(HEAD + LINES[0] + forged)
    drop(shopper, file)
    shopper.wait_for("Labels that are saved now: 1")
    assert shopper.hears("left out, because no one we know signed them: 1")


def test_the_window_stays_alive_and_says_how_far_it_is(shopper: Shopper, file: Path, held: Gate) -> None:
    drop(shopper, file)
    wait_until(held.reached.is_set)
    wait_until(lambda: progress(shopper) not in ([], ["Bringing in labels.lvbundle 0 percent"]))
    (said,) = progress(shopper)
    assert 0 < int(said.split()[-2]) < 100
    shopper.follow(OFFICE.code("1"))
    assert shopper.hears("Checked: this label is real")
    shopper.go("bundle")
    assert progress(shopper) == [said]
    held.open.set()
    shopper.wait_for("Labels that are saved now: 30")


def test_stopped_it_keeps_what_came_in_and_goes_on_from_there(shopper: Shopper, file: Path, held: Gate) -> None:
    drop(shopper, file)
    wait_until(held.reached.is_set)
    shopper.press("Stop")
    held.open.set()
    shopper.wait_for("We stopped. What came in so far is saved.")
    assert kept(shopper) == 10
    shopper.press("Go on with the file")
    shopper.wait_for("Labels that are saved now: 30")
    assert shopper.hears("We went on where the last import of this file stopped.")
    assert kept(shopper) == 30


def test_closing_the_window_stops_an_import_without_damage(
    qapp: QGuiApplication, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "BATCH", 10)
    with open_window(tmp_path / "two", lambda profile: shop_ports(OFFICE, profile)) as first:
        drop(first, file)
    with open_window(tmp_path / "two", lambda profile: shop_ports(OFFICE, profile)) as second:
        drop(second, file)
        second.wait_for("Labels that are saved now: 30")
        assert kept(second) == 30


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hello\n", "other.lvbundle is not a file of labels."),
        (b"lvbundle 2\n", "other.lvbundle was made for a newer labelviewer. Update this one first."),
        (HEAD + LINES[0] + LINES[1][:-9], "other.lvbundle ends too early. What is there is saved."),
    ],
)
def test_what_is_no_good_file_says_so(shopper: Shopper, tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "other.lvbundle"
    file.write_bytes(data)
    drop(shopper, file)
    wait_until(lambda: shopper.hears(said))


def test_a_file_that_is_gone_says_so(shopper: Shopper, tmp_path: Path) -> None:
    drop(shopper, tmp_path / "gone.lvbundle")
    shopper.wait_for("We cannot open that file")


def test_saved_labels_go_out_and_come_in_elsewhere(shopper: Shopper, qapp: QGuiApplication, tmp_path: Path) -> None:
    place = tmp_path / "mine.lvbundle"
    shopper.program.rooms.places.ask = lambda _want: place
    shopper.follow(OFFICE.code("1"))
    shopper.press("My labels")
    shopper.press("Files of labels")
    shopper.press("Save all labels in a file")
    shopper.wait_for("Labels in mine.lvbundle: 1")
    with open_window(tmp_path / "other", lambda profile: shop_ports(OFFICE, profile)) as other:
        drop(other, place)
        other.wait_for("Labels that are saved now: 1")


def test_a_place_that_takes_no_file_is_said(shopper: Shopper) -> None:
    shopper.program.rooms.places.ask = lambda _want: Path("/nowhere/mine.lvbundle")
    shopper.go("bundle")
    shopper.press("Save all labels in a file")
    shopper.wait_for("We could not save it there")
    assert shopper.hears("Choose another folder. /nowhere is full or gone, or it does not let us write.")


def test_where_nothing_is_kept_nothing_comes_in(qapp: QGuiApplication, tmp_path: Path, file: Path) -> None:
    def ports(profile: Profile) -> Ports:
        return replace(shop_ports(OFFICE, profile), keeper=None)

    with open_window(tmp_path / "window", ports) as shopper:
        drop(shopper, file)
        shopper.wait_for("Nothing is saved on this computer, so there is nothing to fill.")
