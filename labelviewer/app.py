"""The window, put together: builds everything, owns the order of shutting down; only the command line imports it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from labelviewer import __version__
from labelviewer.adapters.files import read_picture_file
from labelviewer.pipeline.limits import RENEWAL_EVERY
from labelviewer.resources import SAMPLES
from labelviewer.ui import intake
from labelviewer.ui.crash import CrashReporter
from labelviewer.ui.gallery import PROVIDER as CODES
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.jobs import OneThread, once
from labelviewer.ui.looking import Eyes
from labelviewer.ui.opening import SETTINGS, Opening, open_window
from labelviewer.ui.stills import PROVIDER as STILLS
from labelviewer.ui.stills import Stills
from labelviewer.ui.system_settings import open_system_settings
from labelviewer.ui.upkeep import Upkeep
from labelviewer.ui.viewmodels.camera import CameraViewModel, Memory
from labelviewer.ui.viewmodels.choose import ChooseViewModel
from labelviewer.ui.viewmodels.compare import CompareViewModel
from labelviewer.ui.viewmodels.hand_scanner import HandScannerViewModel, Kit
from labelviewer.ui.viewmodels.history import HistoryViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.notice import NoticeViewModel
from labelviewer.ui.viewmodels.samples import SamplesViewModel
from labelviewer.ui.viewmodels.scan import ScanViewModel
from labelviewer.ui.viewmodels.screen_area import ScreenAreaViewModel
from labelviewer.ui.viewmodels.shell import Page, Rooms, ShellViewModel
from labelviewer.ui.wedge_filter import WedgeFilter

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame
    from PySide6.QtQuick import QQuickWindow

    from labelviewer.adapters.camera import Camera
    from labelviewer.adapters.profile import Profile
    from labelviewer.adapters.qr_reader import Seen
    from labelviewer.adapters.scanner_serial import SerialScanner
    from labelviewer.domain.camera import GrayFrame
    from labelviewer.domain.hand_scanner import SerialPort
    from labelviewer.domain.sighting import Still
    from labelviewer.pipeline.ports import PictureReader
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.engine import Engine
    from labelviewer.ui.jobs import Executor
    from labelviewer.ui.viewmodels.camera import Camera as CameraPort
    from labelviewer.ui.viewmodels.screen_area import Screen
    from labelviewer.ui.viewmodels.settings import SettingsViewModel
    from labelviewer.words.catalogue import Words


class Drops(QObject):
    """Takes what is dropped anywhere on the window: the same kinds as the clipboard."""

    def __init__(self, take_in: Callable[[intake.Intake], None], parent: QObject) -> None:
        super().__init__(parent)
        self._take_in = take_in

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002
        if not isinstance(event, QDropEvent):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._take_in(intake.take(event.mimeData()))
        return True


@dataclass(frozen=True, slots=True)
class Program:
    """The window with its view models. Close it before the QGuiApplication goes."""

    window: QQuickWindow
    shell: ShellViewModel
    rooms: Rooms
    settings: SettingsViewModel
    crash: CrashReporter
    engine: Engine
    threads: tuple[OneThread, ...]
    wedge: WedgeFilter
    upkeep: Upkeep

    def close(self) -> None:
        self.upkeep.stop()
        self.wedge.stop()
        self.rooms.scanner.stop()
        self.rooms.screen.cancel()
        self.rooms.scan.stop()
        self.rooms.camera.stop()
        for thread in self.threads:
            thread.close()
        self.engine.close()
        self.crash.close()


def build(
    make_ports: Callable[[], Ports],
    profile: Profile,
    words: Words,
    make_camera: Callable[[], CameraPort] | None = None,
) -> Program:
    """The whole program at once; its window is on the screen when this returns."""
    return furnish(open_window(profile.config / SETTINGS, words), make_ports, profile, words, make_camera)


def furnish(
    opened: Opening,
    make_ports: Callable[[], Ports],
    profile: Profile,
    words: Words,
    make_camera: Callable[[], CameraPort] | None = None,
) -> Program:
    """Everything behind the first page. `make_ports` runs on the worker, when first needed."""
    opened.engine.guard()
    work, frames, idle = OneThread("inspections"), OneThread("frames"), OneThread("upkeep")
    crash = CrashReporter(profile.state)
    settings = opened.settings
    all_ports = once(make_ports)

    def ports() -> Ports:
        """Without the library where the shopper wants nothing kept."""
        return all_ports() if settings.state.keep_history else replace(all_ports(), keeper=None)

    def renew() -> bool:
        renewal = all_ports().renewal
        return renewal is not None and renewal.renew_all()

    memory = Memory(lambda: settings.state.camera, settings.setCamera)
    camera = CameraViewModel(make_camera or _make_camera, EYES, memory, words, frames)
    gallery, stills = Gallery(), Stills()
    opened.engine.provide(CODES, gallery)
    opened.engine.provide(STILLS, stills)
    scanner = HandScannerViewModel(SCANNERS, settings, gallery, words)
    screen = ScreenAreaViewModel(_make_screen, opened.window, gallery)
    rooms = _rooms(ports, all_ports, words, stills, work, camera, scanner, screen)
    shell = ShellViewModel(rooms, open_system_settings)
    upkeep = Upkeep(renew, RENEWAL_EVERY, idle, opened.window)
    upkeep.renewed.connect(shell.recheck)
    upkeep.start()
    for failing in (rooms.scan, rooms.history, upkeep):
        failing.crashed.connect(crash.report)
    crash.crashed.connect(shell.crash)
    for setting in opened.odd[:1]:
        shell.warn("A09", {"key": setting.key, "value": setting.value})
    views = {name: getattr(rooms, name) for name in Rooms.__dataclass_fields__}
    opened.door.open({"shell": shell, **views})
    opened.window.installEventFilter(Drops(rooms.scan.take_in, opened.window))
    wedge = WedgeFilter(lambda: scanner.manner, opened.window, opened.window)
    wedge.scanned.connect(scanner.hear_keys)
    if settings.state.scanner_port:
        QTimer.singleShot(0, scanner.connectPort)
    return Program(opened.window, shell, rooms, settings, crash, opened.engine, (work, frames, idle), wedge, upkeep)


def run(
    opened: Opening,
    make_ports: Callable[[PictureReader], Ports],
    profile: Profile,
    words: Words,
    files: Sequence[Path] = (),
    *,
    samples: bool = False,
) -> int:
    """Stay until the window is closed. `samples` starts on "Try a sample"."""
    from labelviewer.adapters.picture_worker import WorkerReader

    with closing(WorkerReader()) as pictures:
        pictures.warm()
        program = furnish(opened, lambda: make_ports(pictures), profile, words)
        if files:
            program.rooms.scan.open_files(tuple(files))
        elif samples:
            program.shell.goTo(Page.SAMPLES)
        status = opened.application.exec()
        program.close()
    return status


def _rooms(
    ports: Callable[[], Ports],
    all_ports: Callable[[], Ports],
    words: Words,
    stills: Stills,
    work: Executor,
    camera: CameraViewModel,
    scanner: HandScannerViewModel,
    screen: ScreenAreaViewModel,
) -> Rooms:
    return Rooms(
        scan=ScanViewModel(ports, read_picture_file, SAMPLES, words, work),
        choose=ChooseViewModel(all_ports, words, stills),
        label=LabelViewModel(all_ports, words),
        compare=CompareViewModel(all_ports, words),
        history=HistoryViewModel(all_ports, words, work),
        samples=SamplesViewModel(SAMPLES),
        camera=camera,
        notice=NoticeViewModel(words, __version__, stills),
        scanner=scanner,
        screen=screen,
    )


def _make_camera() -> Camera:
    """QtMultimedia is asked for only now; where it is missing, that part alone is off."""
    from labelviewer.adapters.camera import Camera

    return Camera()


def _make_scanner() -> SerialScanner:
    """QtSerialPort, like QtDBus below, is asked for when somebody wants it."""
    from labelviewer.adapters.scanner_serial import SerialScanner

    return SerialScanner()


def _serial_ports() -> tuple[SerialPort, ...]:
    from labelviewer.adapters.scanner_serial import serial_ports

    return serial_ports()


def _draw_code(text: str) -> QImage:
    from labelviewer.adapters.qr_writer import png_bytes

    return QImage.fromData(png_bytes(text))


def _make_screen() -> Screen:
    from labelviewer.adapters.screen import ScreenGrabber, ScreenPortal, needs_portal

    return ScreenPortal() if needs_portal(QGuiApplication.platformName(), os.environ) else ScreenGrabber()


def _gray_of(frame: QVideoFrame) -> AbstractContextManager[GrayFrame | None]:
    from labelviewer.adapters.camera import gray_of

    return gray_of(frame)


def _read(gray: GrayFrame, *, price_barcodes: bool = False) -> Seen:
    from labelviewer.adapters.qr_reader import CodeReader

    return CodeReader().read_frame(
        gray.pixels,
        gray.width,
        gray.height,
        row_bytes=gray.row_bytes,
        pixel_bytes=gray.step,
        price_barcodes=price_barcodes,
    )


def _freeze(frame: QVideoFrame) -> Still:
    from labelviewer.adapters.camera import to_still

    return to_still(frame)


EYES = Eyes(_gray_of, _read, partial(_read, price_barcodes=True), _freeze)
SCANNERS = Kit(_make_scanner, _serial_ports, _draw_code)
