"""Cameras for tests: real frames through the real sink, session and reader; only the computer's devices are made up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QCamera, QCameraDevice, QVideoFrame

from labelviewer.adapters.camera import Camera, Computer, Device
from labelviewer.resources import SAMPLES

WEBCAM = Device("webcam", "Built-in Webcam")
STICK = Device("stick", "Camera on a Stick")
TABLET = Device("tablet", "Camera at the Back", back=True)

CAMERA_A = "https://samples.labelviewer.example/l/camera-a"
CAMERA_B = "https://samples.labelviewer.example/l/camera-b"


class PretendCamera(QCamera):
    """A camera without a device: it starts, and fails when the test says so."""

    def __init__(self, computer: PretendComputer, device: Device) -> None:
        super().__init__(QCameraDevice(), computer)
        self.device = device
        self.on = False
        self.torch = QCamera.TorchMode.TorchOff
        self.factor = 1.0
        self.focus: QCamera.FocusMode | None = None
        self._computer = computer

    def start(self) -> None:
        self.on = True
        if self.device in self._computer.held_by_others:
            self.errorOccurred.emit(QCamera.Error.CameraError, "device busy")

    def stop(self) -> None:
        self.on = False

    def isTorchModeSupported(self, mode: QCamera.TorchMode) -> bool:
        return self.device in self._computer.with_torch or mode is QCamera.TorchMode.TorchOff

    def setTorchMode(self, mode: QCamera.TorchMode) -> None:
        self.torch = mode

    def torchMode(self) -> QCamera.TorchMode:
        return self.torch

    def maximumZoomFactor(self) -> float:
        return self._computer.zoom

    def zoomFactor(self) -> float:
        return self.factor

    def setZoomFactor(self, factor: float) -> None:
        self.factor = factor

    def isFocusModeSupported(self, mode: QCamera.FocusMode) -> bool:
        return self.device in self._computer.with_focus and mode is QCamera.FocusMode.FocusModeAuto

    def setFocusMode(self, mode: QCamera.FocusMode) -> None:
        self.focus = mode


class PretendComputer(Computer):
    """What is plugged in, held by others or forbidden is up to the test."""

    def __init__(self, *devices: Device) -> None:
        super().__init__()
        self.devices = devices
        self.held_by_others: tuple[Device, ...] = ()
        self.with_torch: tuple[Device, ...] = ()
        self.with_focus: tuple[Device, ...] = ()
        self.zoom = 1.0
        self.video = True
        self.allowed = True
        self.locked: tuple[Device, ...] = ()
        self.undecided = False
        self.cameras: list[PretendCamera] = []
        self.asked: list[Callable[[bool], None]] = []

    def has_video(self) -> bool:
        return self.video

    def inputs(self) -> tuple[Device, ...]:
        return self.devices

    def open(self, device: Device) -> QCamera:
        camera = PretendCamera(self, device)
        self.cameras.append(camera)
        return camera

    def may_use(self, device: Device) -> bool:
        return device not in self.locked

    def ask(self, then: Callable[[bool], None]) -> None:
        if self.undecided:
            self.asked.append(then)
        else:
            then(self.allowed)

    def plug(self, *devices: Device) -> None:
        """From now on exactly these are there."""
        self.devices = devices
        self.inputs_changed.emit()

    @property
    def running(self) -> list[Device]:
        """Those whose light is on."""
        return [camera.device for camera in self.cameras if camera.on]


def make_camera(computer: PretendComputer) -> Callable[[], Camera]:
    return lambda: Camera(computer)


def code(sample: str = "us-ctm/camera-a") -> QImage:
    return QImage(str(SAMPLES / sample / "code.png"))


def box(sample: str = "us-ctm/camera-a") -> QImage:
    return QImage(str(SAMPLES / sample / "box.jpg"))


def frame_of(image: QImage) -> QVideoFrame:
    return QVideoFrame(image.convertToFormat(QImage.Format.Format_RGBA8888))


def plain(level: int = 128, width: int = 640, height: int = 360) -> QImage:
    """One gray all over."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(level, level, level))
    return image


def desk(width: int = 1280, height: int = 720) -> QImage:
    """What a camera sees without a box: shades, edges, no code."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for place in range(8):
        painter.fillRect(
            QRectF(width * place / 8, 0, width / 8, height), QColor(70 + 20 * place, 90 + 12 * place, 110 + 8 * place)
        )
    painter.fillRect(QRectF(width * 0.1, height * 0.6, width * 0.8, height * 0.1), QColor(20, 18, 16))
    painter.fillRect(QRectF(width * 0.05, height * 0.1, width * 0.35, height * 0.5), QColor(235, 235, 230))
    painter.end()
    return image


def held(
    side: float = 360,
    *,
    sample: str = "us-ctm/camera-a",
    x: float | None = None,
    y: float | None = None,
    blur: int = 1,
    darkness: float = 0,
    glare: float = 0,
    width: int = 1280,
    height: int = 720,
) -> QImage:
    """A code of so many pixels, held in front of the desk: in the middle, or with its left upper corner at x, y."""
    image = desk(width, height)
    painter = QPainter(image)
    left = (width - side) / 2 if x is None else x
    top = (height - side) / 2 if y is None else y
    smooth = Qt.TransformationMode.SmoothTransformation
    small = code(sample).scaled(int(side), int(side), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    painter.drawImage(QRectF(left, top, side, side), small)
    if glare:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(QRectF(width / 2 - glare, height / 2 - glare, 2 * glare, 2 * glare))
    painter.fillRect(image.rect(), QColor(0, 0, 0, int(255 * darkness)))
    painter.end()
    if blur > 1:
        shrunk = image.scaled(width // blur, height // blur, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return shrunk.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return image
