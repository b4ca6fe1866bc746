"""The camera through QtMultimedia: frames to gray pixels, and what went wrong by the code of its message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

from labelviewer.domain.sighting import Still
from labelviewer.pipeline.limits import STILL_SIDE

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraDevice

NO_CAMERA = "S01"
BUSY = "S04"
UNPLUGGED = "S05"
BLACK = "S06"
FIRST_FRAME_MILLISECONDS = 5_000


@dataclass(frozen=True, slots=True)
class GrayFrame:
    """8-bit gray; rows are `row_bytes` apart. The pixels are a copy: the frame's own memory goes with the frame."""

    pixels: bytes
    width: int
    height: int
    row_bytes: int


def to_gray(frame: QVideoFrame) -> GrayFrame | None:
    """None where the frame cannot be read."""
    image = frame.toImage()
    if image.isNull():
        return None
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return GrayFrame(bytes(gray.constBits()), gray.width(), gray.height(), gray.bytesPerLine())


def to_still(frame: QVideoFrame) -> Still:
    """The frame as a picture to show."""
    image = frame.toImage().convertToFormat(QImage.Format.Format_RGB888)
    if max(image.width(), image.height()) > STILL_SIDE:
        image = image.scaled(STILL_SIDE, STILL_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    row = image.width() * 3
    pixels = memoryview(image.constBits())
    lines = (pixels[y * image.bytesPerLine() : y * image.bytesPerLine() + row] for y in range(image.height()))
    return Still(image.width(), image.height(), b"".join(lines))


class Camera(QObject):
    """One camera at a time. `framed` carries a QVideoFrame; `failed` the code of a message."""

    framed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._inputs_changed)
        self._session = QMediaCaptureSession(self)
        self._camera: QCamera | None = None
        self._chosen = 0
        self._wanted = False
        self._patience = QTimer(self, singleShot=True, interval=FIRST_FRAME_MILLISECONDS)
        self._patience.timeout.connect(lambda: self._fail(BLACK))
        self.sink = QVideoSink(self)
        self._watch(self.sink)

    def show_on(self, output: QObject) -> None:
        """Frames go to a QML VideoOutput; it brings a sink of its own."""
        self._session.setVideoOutput(output)
        sink = output.property("videoSink")
        if isinstance(sink, QVideoSink):
            self.sink = sink
            self._watch(sink)

    def start(self) -> None:
        self._wanted = True
        inputs = QMediaDevices.videoInputs()
        if not inputs:
            self.failed.emit(NO_CAMERA)
            return
        self._open(inputs[self._chosen % len(inputs)])

    def stop(self) -> None:
        self._wanted = False
        self._close()

    def use_next(self) -> None:
        self._chosen += 1
        self._close()
        self.start()

    def _open(self, device: QCameraDevice) -> None:
        self._close()
        camera = QCamera(device, self)
        camera.errorOccurred.connect(self._refused)
        self._camera = camera
        self._session.setCamera(camera)
        camera.start()
        self._patience.start()

    def _close(self) -> None:
        self._patience.stop()
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            self._camera.deleteLater()
            self._camera = None

    def _watch(self, sink: QVideoSink) -> None:
        sink.videoFrameChanged.connect(self._take)

    def _take(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self._patience.stop()
            self.framed.emit(frame)

    def _refused(self, error: QCamera.Error) -> None:
        if error is not QCamera.Error.NoError:
            self._fail(BUSY)

    def _inputs_changed(self) -> None:
        if not self._wanted:
            return
        if not QMediaDevices.videoInputs():
            self._fail(UNPLUGGED)
        elif self._camera is None:
            self.start()

    def _fail(self, code: str) -> None:
        self._close()
        self.failed.emit(code)
