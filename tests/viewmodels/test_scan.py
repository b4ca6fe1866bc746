"""Every way in takes the same path; only the newest counts, and no failure leaves the shopper waiting."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.files import read_picture_file
from labelviewer.domain.errors import LabelViewerError, NotAnsweringError
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import State
from labelviewer.domain.sighting import Reading
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched, Keeper
from labelviewer.pipeline.run import Ports
from labelviewer.resources import SAMPLES
from labelviewer.ui import intake
from labelviewer.ui.jobs import OneThread
from labelviewer.ui.viewmodels.scan import SLOW_MILLISECONDS, ScanState, ScanViewModel
from labelviewer.words.catalogue import Words
from tests.simulator import Authority
from tests.ui_fixtures import Crank, codes_picture, ring, wait_until

CAMERA_A = "https://samples.labelviewer.example/l/camera-a"
CAMERA_B = "https://samples.labelviewer.example/l/camera-b"


class Scan:
    """A scan view model and all that came out of it."""

    def __init__(self, ports: Ports, words: Words, crank: Crank) -> None:
        self.asked = 0
        self.ports = ports
        self.model = ScanViewModel(self._ask_for_ports, read_picture_file, SAMPLES, words, crank)
        self.crank = crank
        self.results: list[tuple[Inspection, ...]] = []
        self.bugs: list[Exception] = []
        self.states: list[ScanState] = []
        self.model.finished.connect(self.results.append)
        self.model.crashed.connect(self.bugs.append)
        self.titles: list[str] = []
        self.model.changed.connect(lambda: self.states.append(self.model.state))
        self.model.changed.connect(lambda: self.titles.append(self.model.property("waiting")["title"]))

    def _ask_for_ports(self) -> Ports:
        self.asked += 1
        return self.ports

    def result(self) -> Inspection:
        self.crank.turn_all()
        ((inspection,),) = self.results
        return inspection


@pytest.fixture
def scan(ports: Ports, words: Words, crank: Crank) -> Scan:
    return Scan(ports, words, crank)


def product(inspection: Inspection) -> str:
    assert inspection.label is not None
    return inspection.label.product.name


WAYS: dict[str, Callable[[ScanViewModel], None]] = {
    "a file": lambda model: model.open_files((SAMPLES / "us-ctm/camera-a/box.jpg",)),
    "chosen files": lambda model: model.openPictures([QUrl.fromLocalFile(str(SAMPLES / "us-ctm/camera-a/code.png"))]),
    "a sample": lambda model: model.trySample("us-ctm/camera-a"),
    "pixels": lambda model: model.take_in(intake.Picture(intake.png(codes_picture("us-ctm/camera-a")))),
    "text": lambda model: model.take_in(intake.Text(CAMERA_A)),
    "dropped files": lambda model: model.take_in(intake.Files((SAMPLES / "us-ctm/camera-a/box.jpg",))),
    "an address": lambda model: model.follow(CAMERA_A),
    "a code asked again": lambda model: model.check_again(CAMERA_A),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_leads_to_the_same_label(scan: Scan, way: str) -> None:
    WAYS[way](scan.model)
    assert product(scan.result()) == "Hearth Camera 2"
    assert scan.model.state == ScanState()


def test_what_is_on_the_clipboard_is_taken(scan: Scan) -> None:
    QGuiApplication.clipboard().setText(CAMERA_A)
    scan.model.paste()
    assert product(scan.result()) == "Hearth Camera 2"


def test_an_empty_clipboard_is_said_at_once(scan: Scan) -> None:
    QGuiApplication.clipboard().clear()
    scan.model.paste()
    assert scan.crank.waiting == 0
    problem = scan.result().problem
    assert problem is not None
    assert problem.code == "S23"
    assert scan.states == []


def test_a_frozen_camera_frame_takes_the_same_path(scan: Scan) -> None:
    data = (SAMPLES / "us-ctm/camera-a/box.jpg").read_bytes()
    reading: Reading = scan.ports.pictures.read(data, "frame")
    scan.model.follow_reading(reading)
    inspection = scan.result()
    assert product(inspection) == "Hearth Camera 2"
    assert inspection.reading is not None


def test_one_of_several_codes_is_followed_with_its_picture(scan: Scan) -> None:
    data = intake.png(codes_picture("us-ctm/camera-a", "us-ctm/camera-b"))
    scan.model.take_in(intake.Picture(data))
    both = scan.result()
    assert both.needs_choice
    assert both.reading is not None
    scan.results.clear()
    scan.model.choose(CAMERA_B, both.reading)
    chosen = scan.result()
    assert product(chosen) == "Lookout Mini"
    assert chosen.reading is both.reading


def test_several_pictures_are_inspected_in_their_order(scan: Scan) -> None:
    scan.model.open_files(tuple(SAMPLES / f"us-ctm/{name}/box.jpg" for name in ("camera-b", "camera-a")))
    scan.crank.turn_all()
    (inspections,) = scan.results
    assert [product(each) for each in inspections] == ["Lookout Mini", "Hearth Camera 2"]


def test_one_unreadable_picture_does_not_spoil_the_others(scan: Scan) -> None:
    scan.model.open_files((Path("nowhere.png"), SAMPLES / "us-ctm/camera-a/box.jpg"))
    scan.crank.turn_all()
    ((lost, good),) = scan.results
    assert isinstance(lost.problem, LabelViewerError)
    assert lost.problem.code == "S48"
    assert product(good) == "Hearth Camera 2"


def test_the_latest_job_wins(scan: Scan) -> None:
    scan.model.follow(CAMERA_A)
    scan.model.follow(CAMERA_B)
    assert product(scan.result()) == "Lookout Mini"


def test_nothing_is_composed_before_it_is_needed(scan: Scan) -> None:
    assert scan.asked == 0
    scan.model.follow(CAMERA_A)
    assert scan.asked == 0
    scan.crank.turn()
    assert scan.asked == 1


def test_each_stage_is_told_and_the_site_is_named_while_it_is_asked(scan: Scan) -> None:
    scan.model.trySample("us-ctm/camera-a")
    scan.crank.turn_all()
    seen = [(state.busy, state.stage, state.host) for state in scan.states]
    assert seen == [
        (True, Stage.READING, ""),
        (True, Stage.LOOKING_UP, "samples.labelviewer.example"),
        (True, Stage.CHECKING, ""),
        (False, Stage.READING, ""),
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_is_read_first_and_an_address_is_looked_up_at_once(scan: Scan, words: Words, way: str) -> None:
    is_text = way in ("text", "an address", "a code asked again")
    said = words.say("stage.looking-up" if is_text else "stage.reading")
    for start in (WAYS[way], ScanViewModel.again):
        start(scan.model)
        assert scan.model.property("waiting")["title"] == said
        scan.crank.turn_all()


def test_waiting_is_said_in_words_of_its_stage(scan: Scan, words: Words) -> None:
    assert scan.model.property("waiting")["title"] == words.say("stage.reading")
    scan.model._become(replace(scan.model.state, stage=Stage.LOOKING_UP))
    assert scan.model.property("waiting") == {"title": words.say("stage.looking-up"), "body": "", "slow": False}


class Slow:
    """Lets the test look at the view model while the site is asked."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._meanwhile = meanwhile

    def fetch(self, address: object, **_how: object) -> object:
        self._meanwhile()
        raise NotAnsweringError(host="samples.labelviewer.example")


def test_after_five_seconds_it_says_that_a_site_keeps_us_waiting(scan: Scan) -> None:
    timer = scan.model._slow
    assert timer.interval() == SLOW_MILLISECONDS == 5_000
    said: list[dict[str, object]] = []

    def meanwhile() -> None:
        ring(timer)
        said.append(scan.model.property("waiting"))
        scan.model.keepWaiting()
        said.append(scan.model.property("waiting"))
        assert timer.isActive()
        assert timer.interval() == 0 or timer.interval() == SLOW_MILLISECONDS

    scan.ports = replace(scan.ports, fetcher=Slow(meanwhile))  # type: ignore[arg-type]
    scan.model.follow(CAMERA_A)
    problem = scan.result().problem
    assert problem is not None
    assert problem.code == "F04"
    assert said[0]["slow"] is True
    assert "samples.labelviewer.example" in str(said[0]["body"])
    assert said[1]["slow"] is False
    assert not timer.isActive()


def test_a_picture_that_takes_long_is_not_blamed_on_a_site(scan: Scan) -> None:
    scan.model.trySample("us-ctm/camera-a")
    assert not scan.model._slow.isActive()
    scan.model._mark_slow()
    assert not scan.model.state.slow


def test_stopping_ends_the_waiting_and_drops_the_answer(scan: Scan) -> None:
    scan.model.follow(CAMERA_A)
    scan.model.stop()
    assert not scan.model.state.busy
    scan.crank.turn_all()
    assert scan.results == []
    assert not scan.model.state.busy


def test_the_last_question_is_asked_again(scan: Scan) -> None:
    scan.model.follow(CAMERA_A)
    scan.result()
    scan.results.clear()
    scan.model.again()
    assert scan.model.state.busy
    assert product(scan.result()) == "Hearth Camera 2"


def test_there_is_nothing_to_ask_again_at_first(scan: Scan) -> None:
    scan.model.again()
    assert scan.crank.waiting == 0
    assert not scan.model.state.busy


def test_checking_again_asks_the_site_even_where_a_copy_is_fresh(
    shop_world: Ports, shop: Authority, words: Words, crank: Crank
) -> None:
    asked: list[str] = []
    fetch = shop_world.fetcher.fetch

    class Counting:
        def fetch(self, address: object, **how: object) -> object:
            asked.append(str(address))
            return fetch(address, **how)  # type: ignore[arg-type]

    scan = Scan(replace(shop_world, fetcher=Counting()), words, crank)  # type: ignore[arg-type]
    for _ in range(2):
        scan.model.follow(shop.code("1"))
        crank.turn_all()
    assert len(asked) == 1
    scan.model.check_again(shop.code("1"))
    crank.turn_all()
    assert len(asked) == 2


@pytest.mark.fault("U2")
def test_a_bug_ends_the_waiting_and_is_reported(scan: Scan) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    scan.ports = replace(scan.ports, fetcher=Slow(bug))  # type: ignore[arg-type]
    scan.model.follow(CAMERA_A)
    scan.crank.turn_all()
    assert not scan.model.state.busy
    assert [type(error) for error in scan.bugs] == [ZeroDivisionError]
    assert scan.results == []


def test_with_a_real_thread_the_answer_arrives(ports: Ports, words: Words) -> None:
    thread = OneThread("inspections")
    model = ScanViewModel(lambda: ports, read_picture_file, SAMPLES, words, thread)
    results: list[tuple[Inspection, ...]] = []
    model.finished.connect(results.append)
    model.trySample("us-ctm/camera-tampered")
    wait_until(lambda: bool(results))
    ((inspection,),) = results
    assert inspection.report is not None
    assert inspection.report.state is State.TAMPERED
    assert thread.close()


PICTURE = "https://shop.example.org/box.png"


def asked_hosts(scan: Scan) -> list[str]:
    """From now on the site of pictures answers with the box, and each question for one is noted."""
    asked: list[str] = []
    body = (SAMPLES / "us-ctm/camera-a/box.jpg").read_bytes()

    class Web:
        def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: object) -> Fetched:
            asked.append(address.host)
            if address.host == "shop.example.org":
                return Fetched(body, "image/jpeg", address)
            fetched: Fetched = labels.fetch(address, accept=accept, max_bytes=max_bytes, is_known=is_known)
            return fetched

    labels: Any = scan.ports.fetcher
    scan.ports = replace(scan.ports, fetcher=Web())
    return asked


def test_a_picture_on_the_web_is_fetched_only_after_asking(scan: Scan) -> None:
    asked = asked_hosts(scan)
    scan.model.take_in(intake.WebPicture(PICTURE))
    assert scan.crank.waiting == 0
    problem = scan.result().problem
    assert problem is not None
    assert (problem.code, problem.facts) == ("S25", {"host": "shop.example.org"})
    scan.model.again()
    assert scan.crank.waiting == 0
    assert asked == []
    scan.results.clear()
    scan.model.goAhead()
    assert product(scan.result()) == "Hearth Camera 2"
    assert asked[0] == "shop.example.org"


def test_going_ahead_counts_for_the_newest_offer_alone(scan: Scan) -> None:
    asked = asked_hosts(scan)
    scan.model.take_in(intake.WebPicture(PICTURE))
    scan.model.follow(CAMERA_B)
    scan.crank.turn_all()
    scan.results.clear()
    scan.model.goAhead()
    assert product(scan.result()) == "Lookout Mini"
    assert "shop.example.org" not in asked


@pytest.mark.parametrize(
    ("address", "code"),
    [("http://shop.example.org/box.png", "S44"), ("https://127.0.0.1/box.png", "S46"), ("https://nas/box.png", "S46")],
)
def test_a_picture_where_none_may_be_fetched_is_refused_without_asking(scan: Scan, address: str, code: str) -> None:
    scan.model.take_in(intake.WebPicture(address))
    problem = scan.result().problem
    assert problem is not None
    assert problem.code == code
    scan.model.goAhead()
    assert scan.crank.waiting == 0


def test_whoever_waits_for_the_library_is_told(scan: Scan, words: Words) -> None:
    class Rebuilding:
        def is_rebuilding(self) -> bool:
            return True

    def read_file(path: Path) -> bytes:
        """On the worker: by now it is known whose library is asked."""
        scan.model._glance.timeout.emit()
        return read_picture_file(path)

    scan.model._read_file = read_file
    scan.ports = replace(scan.ports, keeper=cast(Keeper, Rebuilding()))
    scan.model.open_files((SAMPLES / "us-ctm/camera-a/box.jpg",))
    assert scan.model._glance.isActive()
    assert scan.result().label is not None
    assert any(state.rebuilding for state in scan.states)
    assert not scan.model.state.rebuilding
    assert not scan.model._glance.isActive()
    assert words.say("stage.rebuilding") in scan.titles
