"""The window, put together: builds everything, owns the order of shutting down; only the command line imports it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QDropEvent, QGuiApplication

from labelviewer import __version__
from labelviewer.adapters.files import read_picture_file
from labelviewer.resources import SAMPLES
from labelviewer.ui import intake
from labelviewer.ui.crash import CrashReporter
from labelviewer.ui.engine import Engine
from labelviewer.ui.jobs import OneThread
from labelviewer.ui.settings import load_settings
from labelviewer.ui.stills import Stills
from labelviewer.ui.system_settings import open_system_settings
from labelviewer.ui.viewmodels.camera import CameraViewModel, Eyes
from labelviewer.ui.viewmodels.choose import ChooseViewModel
from labelviewer.ui.viewmodels.compare import CompareViewModel
from labelviewer.ui.viewmodels.history import HistoryViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.notice import NoticeViewModel
from labelviewer.ui.viewmodels.samples import SamplesViewModel
from labelviewer.ui.viewmodels.scan import ScanViewModel
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.shell import Page, Rooms, ShellViewModel
from labelviewer.ui.viewmodels.words import WordsViewModel

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame
    from PySide6.QtQuick import QQuickWindow

    from labelviewer.adapters.camera import Camera
    from labelviewer.adapters.profile import Profile
    from labelviewer.adapters.qr_reader import Seen
    from labelviewer.domain.sighting import Still
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.jobs import Executor
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

    def close(self) -> None:
        self.rooms.camera.stop()
        self.rooms.scan.stop()
        for thread in self.threads:
            thread.close()
        self.engine.close()
        self.crash.close()


def build(
    make_ports: Callable[[], Ports],
    profile: Profile,
    words: Words,
    eyes: Eyes | None = None,
) -> Program:
    """Build the window; it is on the screen when this returns. `make_ports` runs on the worker, when first needed."""
    work, frames = OneThread("inspections"), OneThread("frames")
    crash = CrashReporter(profile.state)
    stored, odd = load_settings(profile.config / "settings.json")
    settings = SettingsViewModel(profile.config / "settings.json", stored)
    all_ports = cache(make_ports)

    def ports() -> Ports:
        """Without the library where the shopper wants nothing kept."""
        return all_ports() if settings.state.keep_history else replace(all_ports(), keeper=None)

    stills = Stills()
    rooms = _rooms(ports, all_ports, words, stills, work, frames, eyes or Eyes(_make_camera, _look, _freeze))
    shell = ShellViewModel(rooms, open_system_settings)
    for failing in (rooms.scan, rooms.history):
        failing.crashed.connect(crash.report)
    crash.crashed.connect(shell.crash)
    for setting in odd[:1]:
        shell.warn("A09", {"key": setting.key, "value": setting.value})
    spoken = WordsViewModel(words)
    engine = Engine(stills)
    views = {name: getattr(rooms, name) for name in Rooms.__dataclass_fields__}
    window = engine.show({"shell": shell, "settings": settings, "words": spoken, **views})
    spoken.setParent(shell)
    window.installEventFilter(Drops(rooms.scan.take_in, window))
    return Program(window, shell, rooms, settings, crash, engine, (work, frames))


def run(
    make_ports: Callable[[], Ports],
    profile: Profile,
    words: Words,
    pictures: Sequence[Path] = (),
    *,
    samples: bool = False,
) -> int:
    """Open the window and stay until it is closed. `samples` starts on "Try a sample"."""
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("labelviewer")
    QCoreApplication.setApplicationVersion(__version__)
    program = build(make_ports, profile, words)
    if pictures:
        program.rooms.scan.open_files(tuple(pictures))
    elif samples:
        program.shell.goTo(Page.SAMPLES)
    status = application.exec()
    program.close()
    return status


def _rooms(
    ports: Callable[[], Ports],
    all_ports: Callable[[], Ports],
    words: Words,
    stills: Stills,
    work: Executor,
    frames: Executor,
    eyes: Eyes,
) -> Rooms:
    return Rooms(
        scan=ScanViewModel(ports, read_picture_file, SAMPLES, words, work),
        choose=ChooseViewModel(all_ports, words, stills),
        label=LabelViewModel(all_ports, words),
        compare=CompareViewModel(all_ports, words),
        history=HistoryViewModel(all_ports, words, work),
        samples=SamplesViewModel(SAMPLES),
        camera=CameraViewModel(eyes, words, frames),
        notice=NoticeViewModel(words, __version__, stills),
    )


def _make_camera() -> Camera:
    """QtMultimedia is asked for only now; where it is missing, that part alone is off."""
    from labelviewer.adapters.camera import Camera

    return Camera()


def _look(frame: QVideoFrame) -> Seen | None:
    from labelviewer.adapters.camera import to_gray
    from labelviewer.adapters.qr_reader import CodeReader

    gray = to_gray(frame)
    if gray is None:
        return None
    return CodeReader().read_frame(gray.pixels, gray.width, gray.height, row_bytes=gray.row_bytes)


def _freeze(frame: QVideoFrame) -> Still:
    from labelviewer.adapters.camera import to_still

    return to_still(frame)
