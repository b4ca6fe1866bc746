"""The camera through QtMultimedia: which one, how it is opened, and what went wrong by the code of its message."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QMediaFormat,
    QVideoFrame,
    QVideoSink,
)

from labelviewer.domain.camera import CameraName, Gear

NO_CAMERA: Final = "S01"
BUSY: Final = "S04"
UNPLUGGED: Final = "S05"
NO_VIDEO: Final = "S07"
SECOND_TRY_MILLISECONDS: Final = 700

_FORBIDDEN: Final = {"darwin": "S02", "win32": "S03"}
_FORBIDDEN_ELSEWHERE: Final = "S08"
_ENOUGH: Final = (1280, 720)
_PLENTY: Final = 1920 * 1080  # more pixels cost more time than they read codes
_FLUENT: Final = 24.0  # frames a second
_CLOSE_FIRST: Final = (QCamera.FocusMode.FocusModeAutoNear, QCamera.FocusMode.FocusModeAuto)
_CONSENT: Final = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"


@dataclass(frozen=True, slots=True)
class Format:
    """How a camera can deliver: pixels, and frames a second at most."""

    width: int
    height: int
    rate: float


@dataclass(frozen=True, slots=True)
class Device:
    """`back`: it looks away from the screen."""

    id: str
    name: str
    back: bool = False


def best_format(formats: Sequence[Format]) -> int | None:
    """The place of the one to ask for: fluent, at least 1280x720, as large as is of use; None leaves it to Qt."""

    def worth(place: int) -> tuple[bool, bool, int]:
        each = formats[place]
        area = each.width * each.height
        large = each.width >= _ENOUGH[0] and each.height >= _ENOUGH[1]
        return large, each.rate >= _FLUENT, area if area <= _PLENTY else -area

    return max(range(len(formats)), key=worth, default=None)


def choose(devices: Sequence[Device], preferred: str, can_focus: Callable[[Device], bool]) -> Device | None:
    """The one used last; else the first that can focus, away from the screen before towards it; else the first."""
    known = [each for each in devices if each.id == preferred]
    if known:
        return known[0]
    if len(devices) < 2:
        return next(iter(devices), None)
    return max(devices, key=lambda each: (can_focus(each), each.back))


def forbidden(platform: str) -> str:
    """The message about a system that keeps its cameras from us; each has its switch in another place."""
    return _FORBIDDEN.get(platform, _FORBIDDEN_ELSEWHERE)


class Computer(QObject):
    """The cameras of this computer, and whether they may be used. `platform` is as Python calls it."""

    inputs_changed = Signal()
    platform = sys.platform

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.inputs_changed)

    def has_video(self) -> bool:
        """False where the part of Qt that plays and records is missing."""
        return bool(QMediaFormat().supportedFileFormats(QMediaFormat.ConversionMode.Decode))

    def inputs(self) -> tuple[Device, ...]:
        back = QCameraDevice.Position.BackFace
        return tuple(Device(_id(each), each.description(), each.position() is back) for each in _inputs())

    def can_focus(self, device: Device) -> bool:
        camera = self.open(device)
        able = any(camera.isFocusModeSupported(mode) for mode in _CLOSE_FIRST)
        camera.deleteLater()
        return able

    def open(self, device: Device) -> QCamera:
        """Not started yet; set to what reads codes best."""
        source = next((each for each in _inputs() if _id(each) == device.id), QCameraDevice())
        camera = QCamera(source, self)
        offered = source.videoFormats()
        place = best_format(
            [Format(each.resolution().width(), each.resolution().height(), each.maxFrameRate()) for each in offered]
        )
        if place is not None:
            camera.setCameraFormat(offered[place])
        return camera

    def may_use(self, device: Device) -> bool:
        """Whether the system lets us, as far as it says; where starting fails, this tells why."""
        if sys.platform == "win32":
            return not any(_says_deny(f"{_CONSENT}\\webcam{part}") for part in ("", "\\NonPackaged"))
        return not device.id.startswith("/dev/") or os.access(device.id, os.R_OK | os.W_OK)

    def ask(self, then: Callable[[bool], None]) -> None:
        """Ask the shopper where the system wants it, and only now; `then` hears whether we may."""
        application = QCoreApplication.instance()
        assert application is not None
        permission = QCameraPermission()
        granted = Qt.PermissionStatus.Granted
        status = application.checkPermission(permission)
        if status is Qt.PermissionStatus.Undetermined:
            application.requestPermission(permission, self, lambda answer: then(answer.status() is granted))
        else:
            then(status is granted)


class Camera(QObject):
    """One camera at a time, wanted from `start` to `stop`: it comes back by itself when it is plugged in again.

    `framed` carries a QVideoFrame; `failed` the code of a message; `changed` says that `gear` is another.
    """

    opened = Signal()
    framed = Signal(object)
    failed = Signal(str)
    changed = Signal()

    def __init__(self, computer: Computer | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._computer = computer or Computer(self)
        self._computer.inputs_changed.connect(self._inputs_changed)
        self._session = QMediaCaptureSession(self)
        self._camera: QCamera | None = None
        self._device: Device | None = None
        self._preferred = ""
        self._wanted = False
        self._refusals = 0
        self._left: tuple[Device, ...] = ()
        self._second_try = QTimer(self, singleShot=True, interval=SECOND_TRY_MILLISECONDS)
        self._second_try.timeout.connect(self._open)
        self._shown_on: QVideoSink | None = None
        self.gear = Gear()
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._take)
        self._session.setVideoSink(self.sink)

    def show_on(self, output: QObject) -> None:
        """Frames are passed on to a QML VideoOutput; it keeps the last one when the camera stops."""
        sink = output.property("videoSink")
        self._shown_on = sink if isinstance(sink, QVideoSink) else None
        if self._shown_on is not None:
            self._shown_on.destroyed.connect(self._hide)

    def show(self, frame: QVideoFrame) -> None:
        if self._shown_on is not None:
            self._shown_on.setVideoFrame(frame)

    def start(self, preferred: str) -> None:
        """Open the camera of this id, or the best one there is."""
        self._close()
        self._preferred = preferred
        self._refusals = 0
        self._wanted = True
        if not self._computer.has_video():
            self._fail(NO_VIDEO)
        elif not self._computer.inputs():
            self._fail(NO_CAMERA)
        else:
            self._computer.ask(self._permitted)

    def stop(self) -> None:
        self._wanted = False
        self._close()

    def light(self, on: bool) -> None:
        if self._camera is not None and self.gear.has_torch:
            torch = QCamera.TorchMode
            self._camera.setTorchMode(torch.TorchOn if on else torch.TorchOff)
            self._describe()

    def zoom_to(self, factor: float) -> None:
        if self._camera is not None:
            self._camera.setZoomFactor(min(max(factor, 1.0), self.gear.max_zoom))
            self._describe()

    def _permitted(self, granted: bool) -> None:
        if self._wanted and granted:
            self._open()
        elif self._wanted:
            self._fail(forbidden(self._computer.platform))

    def _open(self) -> None:
        self._close()
        device = choose(self._computer.inputs(), self._preferred, self._computer.can_focus)
        if device is None:
            self._fail(NO_CAMERA)
            return
        camera = self._computer.open(device)
        camera.errorOccurred.connect(
            lambda error, _text: self._refused(camera, error), Qt.ConnectionType.QueuedConnection
        )
        self._camera, self._device = camera, device
        self._session.setCamera(camera)
        for mode in _CLOSE_FIRST:
            if camera.isFocusModeSupported(mode):
                camera.setFocusMode(mode)
                break
        camera.start()
        self._describe()
        self.opened.emit()

    def _close(self) -> None:
        self._second_try.stop()
        if self._camera is not None:
            camera, self._camera, self._device = self._camera, None, None
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            camera.deleteLater()

    def _describe(self) -> None:
        """What can be done now, for those who watch."""
        cameras = tuple(CameraName(each.id, each.name) for each in self._computer.inputs())
        camera, device = self._camera, self._device
        gear = Gear(cameras)
        if camera is not None and device is not None:
            torch = QCamera.TorchMode.TorchOn
            has_torch = camera.isTorchModeSupported(torch)
            gear = Gear(
                cameras,
                chosen=device.id,
                mirrored=not device.back,
                has_torch=has_torch,
                torch=has_torch and camera.torchMode() is torch,
                zoom=camera.zoomFactor(),
                max_zoom=camera.maximumZoomFactor(),
            )
        if gear != self.gear:
            self.gear = gear
            self.changed.emit()

    def _take(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self._wanted:
            self.show(frame)
            self.framed.emit(frame)

    def _hide(self) -> None:
        self._shown_on = None

    def _refused(self, camera: QCamera, error: QCamera.Error) -> None:
        if camera is not self._camera or error is QCamera.Error.NoError or self._device is None:
            return
        device = self._device
        self._close()
        self._refusals += 1
        if device not in self._computer.inputs():
            self._preferred = device.id
            self._fail(UNPLUGGED)
        elif not self._computer.may_use(device):
            self._fail(forbidden(self._computer.platform))
        elif self._refusals > 1:
            self._fail(BUSY)
        else:
            self._second_try.start()

    def _inputs_changed(self) -> None:
        inputs = self._computer.inputs()
        if self._device is not None and self._device not in inputs:
            self._preferred = self._device.id
            self._fail(UNPLUGGED)
        elif self._wanted and self._camera is None and set(inputs) - set(self._left):
            self.start(self._preferred)
        self._describe()

    def _fail(self, code: str) -> None:
        """What is plugged in from now on is tried by itself."""
        self._left = self._computer.inputs()
        self._close()
        self._describe()
        self.failed.emit(code)


def _inputs() -> list[QCameraDevice]:
    return list(QMediaDevices.videoInputs())


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _says_deny(key: str) -> bool:
    return bool(QSettings(key, QSettings.Format.NativeFormat).value("Value") == "Deny")
