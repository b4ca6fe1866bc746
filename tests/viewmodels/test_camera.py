"""The live camera: real frames through the real sink, session and reader; only the computer's devices are made up."""

from collections.abc import Callable, Sequence
from typing import Never

import pytest
import zxingcpp
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame

from labelviewer.adapters.camera import Camera, Device
from labelviewer.app import EYES
from labelviewer.domain.sighting import Reading
from labelviewer.ui.jobs import OneThread
from labelviewer.ui.live import CameraState, Memory, Phase
from labelviewer.ui.viewmodels.camera import CameraViewModel
from labelviewer.words.catalogue import Words
from tests.cameras import (
    CAMERA_A,
    CAMERA_B,
    STICK,
    TABLET,
    WEBCAM,
    PretendComputer,
    code,
    desk,
    frame_of,
    held,
    make_camera,
    plain,
)
from tests.ui_fixtures import Crank, codes_picture, ring, run_events, wait_until

pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve)", "No RHI backend", extend=True)


class View:
    """The view model, the computer with its cameras, and what was found, said and remembered."""

    def __init__(self, words: Words, crank: Crank, *devices: Device) -> None:
        self.crank = crank
        self.computer = PretendComputer(*devices)
        self.camera = Camera(self.computer)
        self.kept = [""]
        memory = Memory(lambda: self.kept[-1], self.kept.append)
        self.model = CameraViewModel(lambda: self.camera, EYES, memory, words, crank)
        self.found: list[Reading] = []
        self.said: list[str] = []
        self.model.found.connect(self.found.append)
        self.model.announced.connect(lambda text, _alarming: self.said.append(text))

    @property
    def phase(self) -> Phase:
        return self.model.state.phase

    @property
    def code(self) -> str:
        return self.model.state.code

    def see(self, image: QImage) -> None:
        self.camera.sink.setVideoFrame(frame_of(image))

    def look_at(self, *images: QImage) -> None:
        for image in images:
            self.see(image)
            self.crank.turn_all()

    def timer(self, name: str) -> QTimer:
        (timer,) = (each for each in self.model.findChildren(QTimer) if each.objectName() == name)
        return timer


def with_stripes() -> QImage:
    """A box with a price barcode below its code."""
    stripes = zxingcpp.create_barcode("4006381333931", zxingcpp.BarcodeFormat.EAN13).to_image(scale=3)
    height, width = stripes.shape
    image = held(360, y=20)
    painter = QPainter(image)
    painter.fillRect(440, 420, width + 60, height + 40, Qt.GlobalColor.white)
    painter.drawImage(470, 440, QImage(bytes(stripes), width, height, width, QImage.Format.Format_Grayscale8))  # type: ignore[call-overload]
    painter.end()
    return image


@pytest.fixture
def view(words: Words, crank: Crank) -> View:
    view = View(words, crank, WEBCAM)
    view.model.start()
    return view


def test_two_equal_reads_make_a_find(view: View) -> None:
    view.look_at(code())
    assert view.found == []
    view.look_at(code())
    (reading,) = view.found
    assert [seen.text for seen in reading.sightings] == [CAMERA_A]
    assert len(reading.still.rgb) == reading.still.width * reading.still.height * 3


def test_a_find_freezes_the_picture_and_lets_the_device_go(view: View) -> None:
    view.look_at(code(), code())
    assert view.phase is Phase.FROZEN
    assert view.computer.running == []
    view.look_at(code())
    assert len(view.found) == 1


def test_that_a_code_was_found_is_said_only_if_the_label_keeps_the_shopper_waiting(view: View) -> None:
    view.look_at(code(), code())
    assert (view.said, view.model.state.late) == ([], False)
    ring(view.timer("late"))
    assert (view.said, view.model.state.late) == ([view.model._words.say("camera.found")], True)
    view.model.start()
    view.look_at(code(), code())
    view.model.stop()
    assert not view.timer("late").isActive()


def test_two_different_reads_are_no_find(view: View) -> None:
    view.look_at(code(), code("us-ctm/camera-b"), code())
    assert view.found == []


def test_a_second_code_that_comes_and_goes_does_not_hold_up_the_first(view: View) -> None:
    both = codes_picture("us-ctm/camera-a", "us-ctm/camera-b")
    view.look_at(both, codes_picture("us-ctm/camera-a"))
    (reading,) = view.found
    assert [seen.text for seen in reading.sightings] == [CAMERA_A]


def test_two_codes_that_stay_are_both_found(view: View) -> None:
    both = codes_picture("us-ctm/camera-a", "us-ctm/camera-b")
    view.look_at(codes_picture("us-ctm/camera-a"), both)
    assert view.found == []
    view.look_at(both)
    (reading,) = view.found
    assert [seen.text for seen in reading.sightings] == [CAMERA_A, CAMERA_B]


def test_the_price_barcode_beside_the_code_is_found_with_it(view: View) -> None:
    view.look_at(with_stripes(), with_stripes())
    (reading,) = view.found
    assert [seen.text for seen in reading.sightings] == [CAMERA_A, "4006381333931"]


def test_an_empty_frame_between_starts_over(view: View) -> None:
    view.look_at(code(), plain(), code())
    assert view.found == []
    view.look_at(code())
    assert len(view.found) == 1


def test_the_outline_goes_round_the_code_and_goes_with_it(view: View) -> None:
    view.look_at(held(360))
    (outline,) = view.model.property("outlines")
    assert len(outline) == 4
    assert all(0.3 < corner["x"] < 0.7 and 0.2 < corner["y"] < 0.8 for corner in outline)
    view.look_at(desk())
    assert view.model.property("outlines") == []


@pytest.mark.fault("C1")
def test_of_new_frames_only_the_newest_waits_while_one_is_looked_at(view: View) -> None:
    for _ in range(5):
        view.see(desk())
    assert view.crank.waiting == 1
    view.see(code())
    view.crank.turn_all()
    assert view.model.state.last == {CAMERA_A}


@pytest.mark.fault("C1")
def test_a_bad_frame_does_not_make_the_camera_deaf(view: View) -> None:
    for bad in (QVideoFrame(), "no frame at all"):
        view.camera.framed.emit(bad)
        view.crank.turn_all()
    view.look_at(code(), code())
    assert len(view.found) == 1


def test_a_camera_that_was_stopped_finds_nothing(view: View) -> None:
    view.look_at(code())
    view.see(code())
    view.model.stop()
    view.crank.turn_all()
    assert view.found == []
    assert view.phase is Phase.OFF
    assert view.computer.running == []
    view.model.start()
    view.look_at(code(), code())
    assert len(view.found) == 1


HINTS: dict[str, tuple[Callable[[], QImage], str]] = {
    "dark": (lambda: plain(40), "S10"),
    "blurred": (lambda: held(blur=16), "S11"),
    "cut off": (lambda: held(400, x=-140), "S15"),
    "nothing": (desk, "S18"),
}


@pytest.mark.parametrize("scene", HINTS)
def test_what_would_help_is_said_after_a_while_without_a_code(view: View, scene: str) -> None:
    make, hint = HINTS[scene]
    view.look_at(make())
    assert view.model.property("message") is None
    ring(view.timer("hint"))
    view.look_at(make())
    assert view.model.property("message")["code"] == hint
    assert view.phase is Phase.LIVE
    assert len(view.said) == 1


def test_a_hint_goes_when_a_code_is_read_or_the_shopper_has_read_it(view: View) -> None:
    ends: tuple[Callable[[], None], ...] = (lambda: view.look_at(code()), lambda: view.model.keepTrying())
    for end in ends:
        ring(view.timer("hint"))
        view.look_at(desk())
        assert view.code
        end()
        assert not view.code


def test_no_hint_comes_once_the_camera_is_off(view: View) -> None:
    view.model.stop()
    assert not view.timer("hint").isActive()
    assert view.model.property("message") is None


@pytest.mark.fault("C1")
def test_without_a_camera_the_message_says_so_and_one_that_comes_is_used(words: Words, crank: Crank) -> None:
    view = View(words, crank)
    view.model.start()
    assert (view.phase, view.code) == (Phase.FAILED, "S01")
    view.computer.plug(WEBCAM)
    assert view.phase is Phase.LIVE
    assert view.computer.running == [WEBCAM]


@pytest.mark.fault("C1")
def test_without_qtmultimedia_only_the_camera_is_off(words: Words, crank: Crank) -> None:
    def missing() -> Never:
        raise ImportError("libpulse.so.0")

    model = CameraViewModel(missing, EYES, Memory(str, lambda _camera: None), words, crank)
    model.start()
    assert model.property("message")["code"] == "S07"
    model.stop()
    model.nextCamera()
    assert model.state.phase is Phase.FAILED


def test_without_the_part_that_plays_video_only_the_camera_is_off(words: Words, crank: Crank) -> None:
    view = View(words, crank, WEBCAM)
    view.computer.video = False
    view.model.start()
    assert view.code == "S07"


@pytest.mark.fault("C1")
@pytest.mark.parametrize("frames", [[], [plain(0), plain(8)]], ids=["none", "black"])
def test_a_camera_without_a_picture_is_said_after_a_while(view: View, frames: Sequence[QImage]) -> None:
    view.look_at(*frames)
    ring(view.timer("patience"))
    assert (view.phase, view.code) == (Phase.FAILED, "S06")
    assert view.computer.running == []


@pytest.mark.fault("C1")
def test_a_camera_whose_pictures_stop_is_opened_once_more_and_then_given_up(view: View) -> None:
    """As after the computer slept. The timer starts anew, so it is not hurried."""
    view.look_at(desk())
    view.timer("patience").timeout.emit()
    assert (view.phase, view.said) == (Phase.LIVE, [])
    assert len(view.computer.cameras) == 2
    assert view.computer.running == [WEBCAM]
    view.timer("patience").timeout.emit()
    assert (view.phase, view.code) == (Phase.FAILED, "S06")


def test_a_lens_that_is_covered_meanwhile_is_said_and_no_other_picture_waited_for(view: View) -> None:
    view.look_at(desk(), plain(0))
    ring(view.timer("patience"))
    assert (view.phase, view.code) == (Phase.FAILED, "S06")
    assert len(view.computer.cameras) == 1
    assert view.computer.running == []


def test_a_picture_ends_the_worry_about_a_black_one(view: View) -> None:
    view.timer("patience").setInterval(60_000)
    view.look_at(desk())
    assert view.timer("patience").remainingTime() > 50_000


@pytest.mark.fault("C1")
def test_a_camera_that_was_unplugged_is_said_and_used_again_when_it_is_back(view: View) -> None:
    view.computer.plug()
    assert (view.phase, view.code) == (Phase.FAILED, "S05")
    view.computer.plug(WEBCAM)
    assert view.phase is Phase.LIVE
    view.look_at(code(), code())
    assert len(view.found) == 1


def refuse_twice(view: View) -> None:
    view.model.start()
    run_events()
    (second,) = (each for each in view.camera.findChildren(QTimer) if each.isActive())
    ring(second)
    run_events()


@pytest.mark.fault("C1")
def test_a_camera_that_another_program_holds_is_tried_twice(words: Words, crank: Crank) -> None:
    view = View(words, crank, WEBCAM)
    view.computer.held_by_others = (WEBCAM,)
    refuse_twice(view)
    assert (view.phase, view.code) == (Phase.FAILED, "S04")
    assert len(view.computer.cameras) == 2
    view.computer.held_by_others = ()
    view.model.start()
    assert view.phase is Phase.LIVE


SYSTEMS = {"darwin": "S02", "win32": "S03", "linux": "S08"}


@pytest.mark.fault("C1")
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_camera_that_the_system_keeps_from_us_is_said(words: Words, crank: Crank, system: str) -> None:
    view = View(words, crank, WEBCAM)
    view.computer.platform = system
    view.computer.held_by_others = view.computer.locked = (WEBCAM,)
    view.model.start()
    run_events()
    assert view.code == SYSTEMS[system]
    assert view.computer.running == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_shopper_is_asked_for_permission_where_the_system_wants_it(words: Words, crank: Crank, system: str) -> None:
    view = View(words, crank, WEBCAM)
    view.computer.platform = system
    view.computer.undecided = True
    view.model.start()
    assert view.phase is Phase.STARTING
    assert view.computer.running == []
    (answer,) = view.computer.asked
    answer(False)
    assert view.code == SYSTEMS[system]
    view.model.start()
    view.computer.asked[-1](True)
    assert view.computer.running == [WEBCAM]


def test_the_device_is_let_go_a_while_after_another_window_got_the_keyboard(view: View) -> None:
    view.model._follow_attention(Qt.ApplicationState.ApplicationInactive)
    ring(view.timer("away"))
    assert view.phase is Phase.AWAY
    assert view.computer.running == []
    view.model._follow_attention(Qt.ApplicationState.ApplicationActive)
    assert view.computer.running == [WEBCAM]


def test_a_camera_that_comes_back_while_nobody_is_there_is_let_go_again(view: View) -> None:
    view.model._follow_attention(Qt.ApplicationState.ApplicationInactive)
    view.computer.plug()
    ring(view.timer("away"))
    assert view.code == "S05"
    view.computer.plug(WEBCAM)
    assert view.computer.running == [WEBCAM]
    wait_until(lambda: view.phase is Phase.AWAY)
    assert view.computer.running == []


def test_a_short_look_at_another_window_costs_nothing(view: View) -> None:
    view.model._follow_attention(Qt.ApplicationState.ApplicationInactive)
    view.model._follow_attention(Qt.ApplicationState.ApplicationActive)
    assert not view.timer("away").isActive()
    assert len(view.computer.cameras) == 1


def test_the_camera_that_was_chosen_is_remembered(words: Words, crank: Crank) -> None:
    view = View(words, crank, WEBCAM, STICK)
    view.model.start()
    assert view.computer.running == [WEBCAM]
    view.model.nextCamera()
    assert view.computer.running == [STICK]
    assert view.kept[-1] == STICK.id
    view.model.stop()
    view.model.start()
    assert view.computer.running == [STICK]
    names = [(each["name"], each["inUse"]) for each in view.model.property("cameras")]
    assert names == [(WEBCAM.name, False), (STICK.name, True)]


def test_one_camera_is_no_choice(view: View) -> None:
    assert view.model.property("cameras") == []


def test_a_camera_that_can_focus_comes_before_one_that_cannot(words: Words, crank: Crank) -> None:
    view = View(words, crank, WEBCAM, STICK)
    view.computer.with_focus = (STICK,)
    view.model.start()
    assert view.computer.running == [STICK]


def test_only_a_camera_that_looks_at_the_shopper_is_mirrored(words: Words, crank: Crank) -> None:
    for device, mirrored in ((WEBCAM, True), (TABLET, False)):
        view = View(words, crank, device)
        view.model.start()
        assert view.model.property("mirrored") is mirrored


def test_light_and_zoom_are_offered_where_there_are_any(words: Words, crank: Crank) -> None:
    view = View(words, crank, WEBCAM)
    view.computer.with_torch = (WEBCAM,)
    view.computer.zoom = 1.5
    view.model.start()
    assert view.model.property("hasLight")
    view.model.switchLight(True)
    assert view.model.property("light")
    assert view.model.property("hasZoom")
    assert not view.model.property("canZoomOut")
    for _ in range(4):
        view.model.zoom(True)
    assert view.model.state.gear.zoom == 1.5
    assert not view.model.property("canZoomIn")


def test_a_plain_camera_offers_neither(view: View) -> None:
    assert not view.model.property("hasLight")
    assert not view.model.property("hasZoom")


@pytest.mark.parametrize("what", ["S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"])
def test_every_failure_of_a_camera_offers_a_way_on(view: View, what: str) -> None:
    view.camera.failed.emit(what)
    assert view.model.property("message")["primary"] is not None
    view.model.start()
    assert view.model.property("message") is None
    assert view.phase is Phase.LIVE


def test_with_a_real_thread_frames_are_read(words: Words) -> None:
    thread, found = OneThread("frames"), list[Reading]()
    camera = make_camera(PretendComputer(WEBCAM))()
    model = CameraViewModel(lambda: camera, EYES, Memory(str, lambda _camera: None), words, thread)
    model.found.connect(found.append)
    model.start()
    camera.sink.setVideoFrame(frame_of(code()))
    wait_until(lambda: model.state.last == {CAMERA_A})
    camera.sink.setVideoFrame(frame_of(code()))
    wait_until(lambda: bool(found))
    assert thread.close()


def test_a_look_for_a_hint_reads_half_the_size_for_both_take_long() -> None:
    for looks in range(6):
        state = CameraState(Phase.LIVE, looks=looks, near_miss=looks % 2 == 1, studying=True)
        assert state.question.study
        assert not state.question.full
    assert CameraState(Phase.LIVE, near_miss=True).question.full
