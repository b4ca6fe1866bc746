"""From a camera's pictures to the label in the real window: a recorded clip is the camera, and a display shows it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QMediaCaptureSession,
    QMediaFormat,
    QMediaPlayer,
    QMediaRecorder,
    QVideoFrame,
    QVideoFrameInput,
)

from labelviewer.adapters.camera import Camera
from labelviewer.ui.live import Phase
from labelviewer.ui.viewmodels.shell import Page
from tests.cameras import WEBCAM, PretendComputer, desk, frame_of, held
from tests.e2e.world import ROOT
from tests.ui_fixtures import Shopper, open_window, wait_until

FRAME_MICROSECONDS = 33_333
RECORDING_MILLISECONDS = 10
ACCENT = "#0060b8"
WITHOUT_A_SCREEN = ("No RHI backend", "decoder", "recording", "muxer", "Input #0", "Metadata", "Duration", "Stream")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.qt_log_ignore("Couldn't (load|resolve)", "No RHI backend", "No HW decoder", extend=True),
]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


def record(file: Path, pictures: list[QImage]) -> None:
    """A clip at 30 frames a second; skips where nothing here can encode one."""
    kind = QMediaFormat(QMediaFormat.FileFormat.MPEG4)
    kind.setVideoCodec(QMediaFormat.VideoCodec.MPEG4)
    if not kind.isSupported(QMediaFormat.ConversionMode.Encode):
        pytest.skip("this computer has no encoder for a clip")
    session, recorder, source = QMediaCaptureSession(), QMediaRecorder(), QVideoFrameInput()
    session.setVideoFrameInput(source)
    session.setRecorder(recorder)
    recorder.setMediaFormat(kind)
    recorder.setQuality(QMediaRecorder.Quality.VeryHighQuality)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(file)))
    recorder.setAutoStop(True)
    sent = 0

    def send() -> None:
        """One at a time: the encoder drops what it has no room for."""
        nonlocal sent
        if sent == len(pictures):
            pace.stop()
            source.sendVideoFrame(QVideoFrame())
            return
        frame = frame_of(pictures[sent])
        frame.setStartTime(sent * FRAME_MICROSECONDS)
        frame.setEndTime((sent + 1) * FRAME_MICROSECONDS)
        sent += source.sendVideoFrame(frame)

    pace = QTimer(interval=RECORDING_MILLISECONDS)
    pace.timeout.connect(send)
    source.readyToSendVideoFrame.connect(lambda: None if sent == len(pictures) else pace.start())
    recorder.record()
    wait_until(lambda: sent == len(pictures) and recorder.recorderState() is QMediaRecorder.RecorderState.StoppedState)
    assert file.stat().st_size > 0


@pytest.fixture(scope="module")
def clip(qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk; a box comes closer, at first out of focus; and it is held still."""
    file = tmp_path_factory.mktemp("clip") / "box.mp4"
    coming = [held(120 + 20 * step, blur=8, width=960, height=540) for step in range(8)]
    record(file, [*[desk(960, 540)] * 8, *coming, *[held(300, width=960, height=540)] * 14])
    return file


@pytest.fixture
def camera(qapp: QGuiApplication) -> Camera:
    return Camera(PretendComputer(WEBCAM))


@pytest.fixture
def shopper(camera: Camera, tmp_path: Path) -> Iterator[Shopper]:
    with open_window(tmp_path, make_camera=lambda: camera, expected=WITHOUT_A_SCREEN) as shopper:
        yield shopper


def test_a_clip_of_a_box_that_is_held_up_leads_to_its_label(shopper: Shopper, camera: Camera, clip: Path) -> None:
    shopper.press("Use the camera")
    player = QMediaPlayer()
    player.setVideoSink(camera.sink)
    player.setSource(QUrl.fromLocalFile(str(clip)))
    player.play()
    wait_until(lambda: shopper.program.shell.state.page is Page.LABEL)
    player.stop()
    shopper.settle()
    assert shopper.hears("Hearth Camera 2")
    assert shopper.program.rooms.camera.state.phase is Phase.OFF
    assert shopper.program.shell.state.trail == (Page.START, Page.CAMERA, Page.LABEL)


def test_the_way_back_leads_to_a_live_camera(shopper: Shopper, camera: Camera) -> None:
    shopper.press("Use the camera")
    for _ in range(2):
        camera.sink.setVideoFrame(frame_of(held()))
        wait_until(lambda: bool(shopper.program.rooms.camera.state.last))
    wait_until(lambda: shopper.program.shell.state.page is Page.LABEL)
    shopper.press("Back")
    assert shopper.program.rooms.camera.state.phase is Phase.LIVE


def test_what_would_help_is_on_the_page_and_keep_trying_takes_it_away(shopper: Shopper, camera: Camera) -> None:
    shopper.press("Use the camera")
    model = shopper.program.rooms.camera
    model._want_hint()
    camera.sink.setVideoFrame(frame_of(held(400, x=-140)))
    wait_until(lambda: model.state.code != "")
    shopper.settle()
    assert shopper.hears("Hold the box a bit farther away")
    shopper.press("Keep trying")
    assert not shopper.hears("Hold the box a bit farther away")
    assert model.state.phase is Phase.LIVE
    assert shopper.program.shell.state.page is Page.CAMERA


@pytest.mark.fault("C1")
def test_a_camera_that_goes_leaves_the_other_ways_in(shopper: Shopper, camera: Camera) -> None:
    shopper.press("Use the camera")
    computer = camera._computer
    assert isinstance(computer, PretendComputer)
    computer.plug()
    shopper.settle()
    assert shopper.hears("The camera was unplugged")
    assert {"Open a picture", "Paste", "Type the address"} <= set(shopper.names)
    computer.plug(WEBCAM)
    shopper.settle()
    assert not shopper.hears("The camera was unplugged")
    assert shopper.program.rooms.camera.state.phase is Phase.LIVE


def test_details_of_a_failure_are_copied_and_shown(shopper: Shopper, camera: Camera) -> None:
    computer = camera._computer
    assert isinstance(computer, PretendComputer)
    computer.video = False
    shopper.press("Use the camera")
    shopper.press("Copy details for support")
    assert shopper.hears("| S07")
    assert "S07" in QGuiApplication.clipboard().text()


def test_the_live_picture_is_mirrored_for_the_eye_and_the_outline_stays_on_the_code(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("xvfb-run"):
        pytest.skip("a live picture without a screen of one's own needs xvfb-run")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", sys.executable, "-m", "tests.e2e.live_page"]
    shown = subprocess.run(
        [*command, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "QT_QUICK_BACKEND"}, "QT_QPA_PLATFORM": "xcb"},
    )
    assert shown.returncode == 0, shown.stderr
    on_the_code = {"paper": "#ffffff", "outline": [ACCENT] * 3}
    assert json.loads(shown.stdout) == {
        "webcam": {"mirrored": True, **on_the_code},
        "tablet": {"mirrored": False, **on_the_code},
    }
