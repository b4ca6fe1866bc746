"""Frames of every kind become the same gray pixels; formats and devices are chosen by a table."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from labelviewer.adapters.camera import Computer, Device, Format, best_format, choose
from labelviewer.adapters.camera_frames import gray_of, to_still
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.domain.camera import GrayFrame
from labelviewer.pipeline.limits import STILL_SIDE
from tests.cameras import CAMERA_A, STICK, TABLET, WEBCAM, code, frame_of, held, plain

pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve)", "No RHI backend", extend=True)

Pixels = QVideoFrameFormat.PixelFormat
Fill = Callable[[GrayFrame, memoryview], None]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


def luma_of(image: QImage) -> bytes:
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return b"".join(
        bytes(gray.constScanLine(y))[: gray.width()]  # type: ignore[call-overload]
        for y in range(gray.height())
    )


def frame_as(pixels: Pixels, image: QImage) -> QVideoFrame:
    """Its gray as a camera of this kind delivers it; the colours are none."""
    width, height = image.width(), image.height()
    frame = QVideoFrame(QVideoFrameFormat(QSize(width, height), pixels))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    packed = {Pixels.Format_YUYV: (0, 2), Pixels.Format_UYVY: (1, 2)}
    first, step = packed.get(pixels, (0, 1))
    memory, row = frame.bits(0), frame.bytesPerLine(0)
    assert isinstance(memory, memoryview)
    luma = luma_of(image)
    for y in range(height):
        start = y * row + first
        memory[start : start + width * step - (step - 1) : step] = luma[y * width : (y + 1) * width]
    frame.unmap()
    return frame


def pixels_of(name: str) -> Pixels:
    return getattr(Pixels, f"Format_{name}")  # type: ignore[no-any-return]


PLANAR = ["Y8", "NV12", "NV21", "YUV420P", "YUV422P", "YV12", "YUYV", "UYVY"]


@pytest.mark.parametrize("name", PLANAR)
def test_gray_is_taken_from_the_frame_where_it_lies_apart(name: str) -> None:
    image = held(300, width=640, height=480)
    with gray_of(frame_as(pixels_of(name), image)) as gray:
        assert gray is not None
        assert isinstance(gray.pixels, memoryview)
        assert gray.height >= image.height() - 1
        assert b"".join(map(gray.row, range(gray.height))) == luma_of(image)[: gray.height * gray.width]


@pytest.mark.parametrize("name", [*PLANAR, "colours"])
def test_a_code_is_read_from_every_kind_of_frame_at_either_size(name: str) -> None:
    image = held(400, width=1280, height=720)
    frame = frame_of(image) if name == "colours" else frame_as(pixels_of(name), image)
    with gray_of(frame) as gray:
        assert gray is not None
        for each in (gray, gray.half):
            seen = CodeReader().read_frame(
                each.pixels, each.width, each.height, row_bytes=each.row_bytes, pixel_bytes=each.step
            )
            assert [sighting.text for sighting in seen.sightings] == [CAMERA_A]


def test_pixels_that_are_held_too_long_are_an_error_and_no_crash() -> None:
    with gray_of(frame_as(Pixels.Format_NV12, plain())) as gray:
        assert gray is not None
    with pytest.raises(ValueError, match="released"):
        gray.row(0)


def test_a_frame_that_is_turned_is_turned_back_before_it_is_read() -> None:
    image = held(300, width=640, height=480, x=20, y=40)
    shape = QVideoFrameFormat(QSize(640, 480), Pixels.Format_NV12)
    shape.setRotation(QtVideo.Rotation.Clockwise90)
    turned = QVideoFrame(shape)
    assert turned.map(QVideoFrame.MapMode.WriteOnly)
    memory = turned.bits(0)
    assert isinstance(memory, memoryview)
    memory[:] = luma_of(image)
    turned.unmap()
    with gray_of(turned) as gray:
        assert gray is not None
        assert (gray.width, gray.height) == (480, 640)
        assert isinstance(gray.pixels, bytes)


def test_a_frame_without_pixels_is_none() -> None:
    with gray_of(QVideoFrame()) as gray:
        assert gray is None


@pytest.mark.parametrize(("width", "height"), [(640, 360), (641, 361), (3, 2), (1920, 1080), (1080, 1920)])
def test_a_still_has_whole_rows_and_is_no_larger_than_it_is_shown(width: int, height: int) -> None:
    still = to_still(frame_of(plain(90, width, height)))
    assert len(still.rgb) == still.width * still.height * 3
    assert max(still.width, still.height) <= STILL_SIDE
    assert set(still.rgb) == {90}
    assert abs(still.width / still.height - width / height) < 0.01


VGA, HD, FULL, HUGE = (640, 480), (1280, 720), (1920, 1080), (3840, 2160)


@pytest.mark.parametrize(
    ("formats", "wanted"),
    [
        ([], None),
        ([(*VGA, 30.0)], 0),
        ([(*VGA, 30.0), (*HD, 30.0)], 1),
        ([(*HD, 30.0), (*FULL, 30.0)], 1),
        ([(*FULL, 5.0), (*HD, 30.0)], 1),
        ([(*VGA, 60.0), (*HD, 10.0)], 1),
        ([(*HUGE, 30.0), (*HD, 30.0)], 1),
        ([(*HUGE, 30.0), (*VGA, 30.0)], 0),
        ([(1280, 480, 30.0), (*HD, 25.0)], 1),
    ],
)
def test_the_format_is_fluent_and_large_but_no_larger_than_is_of_use(
    formats: list[tuple[int, int, float]], wanted: int | None
) -> None:
    assert best_format([Format(*each) for each in formats]) == wanted


@pytest.mark.parametrize(
    ("devices", "preferred", "focusing", "wanted"),
    [
        ([], "", [], None),
        ([WEBCAM], "stick", [], WEBCAM),
        ([WEBCAM, STICK], "stick", [], STICK),
        ([WEBCAM, STICK], "", [], WEBCAM),
        ([WEBCAM, STICK], "", [STICK], STICK),
        ([WEBCAM, TABLET], "", [], TABLET),
        ([WEBCAM, TABLET], "", [WEBCAM], WEBCAM),
        ([WEBCAM, STICK], "gone", [WEBCAM, STICK], WEBCAM),
    ],
)
def test_the_camera_used_last_comes_first_then_one_that_can_focus(
    devices: list[Device], preferred: str, focusing: list[Device], wanted: Device | None
) -> None:
    assert choose(devices, preferred, lambda each: each in focusing) == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux alone")
def test_a_device_that_we_may_not_open_is_told_from_one_that_is_busy(qapp: QGuiApplication, tmp_path: Path) -> None:
    computer = Computer()
    assert computer.may_use(Device("/dev/null", "open to all"))
    assert not computer.may_use(Device("/dev/no-such-camera", "not ours"))
    assert computer.may_use(Device("usb:1", "no file"))


def test_permission_is_there_where_the_system_has_no_say(qapp: QGuiApplication) -> None:
    heard: list[bool] = []
    if sys.platform == "linux":
        Computer().ask(heard.append)
        assert heard == [True]


WITHOUT_BACKEND = """
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
application.setLibraryPaths([])
from labelviewer.adapters.camera import Camera, Computer
heard = []
camera = Camera()
camera.failed.connect(heard.append)
camera.start("")
print(heard)
"""


def test_without_the_plug_in_that_plays_video_the_message_says_so() -> None:
    """In a program of its own: the plug-in is looked for once."""
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_BACKEND],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.stdout.strip() == "['S07']", ended.stderr


def test_a_code_held_still_is_the_same_in_both_sizes() -> None:
    with gray_of(frame_of(code())) as gray:
        assert gray is not None
        assert gray.half.row(2) == gray.row(4)[::2][: gray.half.width]
        assert gray.half.column(2) == gray.column(4)[::2][: gray.half.height]
