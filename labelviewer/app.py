"""The window, put together: builds everything, owns the order of shutting down; only the command line imports it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, qVersion
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from labelviewer import __version__
from labelviewer.adapters.files import read_beginning, read_picture_file, reading, write_file, writing
from labelviewer.adapters.print_dialog import PrintDialog
from labelviewer.domain.errors import KeepError
from labelviewer.pipeline.limits import RENEWAL_EVERY
from labelviewer.resources import SAMPLES
from labelviewer.ui import intake
from labelviewer.ui.crash import CrashReporter
from labelviewer.ui.gallery import PROVIDER as CODES
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.jobs import OneThread, once
from labelviewer.ui.live import Memory
from labelviewer.ui.looking import Eyes
from labelviewer.ui.opening import SETTINGS, Opening, open_window
from labelviewer.ui.speaking import system_languages
from labelviewer.ui.stills import PROVIDER as STILLS
from labelviewer.ui.stills import Stills
from labelviewer.ui.system_settings import open_system_settings, open_web_page
from labelviewer.ui.undying import keep_constants
from labelviewer.ui.upkeep import Upkeep
from labelviewer.ui.viewmodels.bundles import BundleFiles, BundlesViewModel
from labelviewer.ui.viewmodels.camera import CameraViewModel
from labelviewer.ui.viewmodels.choose import ChooseViewModel
from labelviewer.ui.viewmodels.compare import CompareViewModel
from labelviewer.ui.viewmodels.export import ExportViewModel
from labelviewer.ui.viewmodels.hand_scanner import HandScannerViewModel, Kit
from labelviewer.ui.viewmodels.history import HistoryViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.language import LanguageViewModel
from labelviewer.ui.viewmodels.notice import NoticeViewModel
from labelviewer.ui.viewmodels.places import PlacesViewModel
from labelviewer.ui.viewmodels.preferences import PreferencesViewModel
from labelviewer.ui.viewmodels.proof import ProofViewModel
from labelviewer.ui.viewmodels.reading import ReadingViewModel
from labelviewer.ui.viewmodels.samples import SamplesViewModel
from labelviewer.ui.viewmodels.scan import ScanViewModel
from labelviewer.ui.viewmodels.screen_area import ScreenAreaViewModel
from labelviewer.ui.viewmodels.share import ShareViewModel, Tools
from labelviewer.ui.viewmodels.shell import Page, Rooms, ShellViewModel
from labelviewer.ui.viewmodels.support import Computer, SupportViewModel
from labelviewer.ui.viewmodels.things import ThingsViewModel
from labelviewer.ui.viewmodels.trust import TrustViewModel
from labelviewer.ui.wedge_filter import WedgeFilter
from labelviewer.words.languages import Tongues, only

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame
    from PySide6.QtQuick import QQuickWindow

    from labelviewer.adapters.camera import Camera
    from labelviewer.adapters.first_window import FirstWindow, Note
    from labelviewer.adapters.profile import Profile
    from labelviewer.adapters.qr_reader import Seen
    from labelviewer.adapters.scanner_serial import SerialScanner
    from labelviewer.adapters.speech import Speech
    from labelviewer.domain.camera import GrayFrame
    from labelviewer.domain.hand_scanner import SerialPort
    from labelviewer.domain.paper import Paper
    from labelviewer.domain.sighting import Still
    from labelviewer.pipeline.ports import PictureReader
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.jobs import Executor
    from labelviewer.ui.live import Camera as CameraPort
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
    opened: Opening
    threads: tuple[OneThread, ...]
    wedge: WedgeFilter
    upkeep: Upkeep
    printer: PrintDialog

    def close(self) -> None:
        self.upkeep.stop()
        self.printer.close()
        self.wedge.stop()
        self.rooms.reading.stop()
        self.rooms.scanner.stop()
        self.rooms.screen.cancel()
        self.rooms.scan.stop()
        self.rooms.bundles.stop()
        self.rooms.things.stop()
        self.rooms.camera.stop()
        for thread in self.threads:
            thread.close()
        self.opened.close()
        self.crash.close()


def build(
    make_ports: Callable[[], Ports],
    profile: Profile,
    words: Words,
    make_camera: Callable[[], CameraPort] | None = None,
    tongues: Tongues | None = None,
) -> Program:
    """The whole program at once; its window is on the screen when this returns. Without `tongues`: in these words."""
    opened = open_window(profile.config / SETTINGS, words, tongues or only(words))
    return furnish(opened, make_ports, profile, make_camera)


def furnish(
    opened: Opening,
    make_ports: Callable[[], Ports],
    profile: Profile,
    make_camera: Callable[[], CameraPort] | None = None,
) -> Program:
    """Everything behind the first page. `make_ports` runs on the worker, when first needed."""
    keep_constants()
    opened.engine.guard()
    work, frames, idle, bulk = (OneThread(name) for name in ("inspections", "frames", "upkeep", "bundles"))
    crash = CrashReporter(profile.state)
    settings, words = opened.settings, opened.speaker.words
    all_ports = once(make_ports)

    def ports() -> Ports:
        """Without the library where the shopper wants nothing kept."""
        return all_ports() if settings.state.keep_history else replace(all_ports(), keeper=None)

    def renew() -> bool:
        renewal = all_ports().renewal
        news = renewal is not None and renewal.renew_all()
        return _renew_attacks(all_ports(), settings) or news

    def look_over() -> None:
        from labelviewer.pipeline.ports import LookedOver

        if isinstance(keeper := all_ports().keeper, LookedOver):
            keeper.look_over()

    memory = Memory(lambda: settings.state.camera, settings.setCamera)
    camera = CameraViewModel(make_camera or _make_camera, EYES, memory, words, frames)
    gallery, stills = Gallery(), Stills()
    opened.engine.provide(CODES, gallery)
    opened.engine.provide(STILLS, stills)
    scanner = HandScannerViewModel(SCANNERS, settings, gallery, words)
    screen = ScreenAreaViewModel(_make_screen, opened.window, gallery)
    language = LanguageViewModel(opened.tongues, system_languages, opened.say, settings, words)
    printer = PrintDialog(_letter, parent=opened.window)
    support = SupportViewModel(lambda: _look_around(profile), crash.last_fault, words)
    rooms = _rooms(
        ports,
        all_ports,
        words,
        stills,
        work,
        camera,
        scanner,
        screen,
        language,
        settings,
        printer,
        gallery,
        support,
        bulk,
    )
    shell = ShellViewModel(rooms, open_system_settings)
    opened.speaker.spoken.connect(shell.speak)
    upkeep = Upkeep(renew, look_over, RENEWAL_EVERY, idle, opened.window)
    upkeep.renewed.connect(shell.recheck)
    upkeep.damaged.connect(shell.tell_damage)
    upkeep.start()
    rooms.things.start()
    for failing in (
        rooms.scan,
        rooms.history,
        rooms.things,
        rooms.exporter,
        rooms.proof,
        rooms.share,
        rooms.trust,
        rooms.bundles,
        upkeep,
    ):
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
    threads = (work, frames, idle, bulk)
    return Program(opened.window, shell, rooms, settings, crash, opened, threads, wedge, upkeep, printer)


def run(
    opened: Opening,
    make_ports: Callable[[PictureReader], Ports],
    profile: Profile,
    first: FirstWindow,
    given: Note,
) -> int:
    """Stay until the window is closed. What later starts are given comes in by `first`."""
    from labelviewer.adapters.picture_worker import WorkerReader

    with closing(WorkerReader()) as pictures:
        pictures.warm()
        program = furnish(opened, lambda: make_ports(pictures), profile)
        _take(program, given)
        first.came.connect(lambda note: _come_forward(program, note))
        first.listen()
        status = opened.application.exec()
        first.close()
        program.close()
    return status


def _come_forward(program: Program, note: Note) -> None:
    if program.window.windowStates() & Qt.WindowState.WindowMinimized:
        program.window.showNormal()
    program.window.raise_()
    program.window.requestActivate()
    _take(program, note)


def _take(program: Program, note: Note) -> None:
    """The same ways in as a drop and the field for typing."""
    if note.files:
        program.rooms.scan.open_files(tuple(map(Path, note.files)))
    elif note.link:
        program.rooms.scan.followTyped(note.link)
    elif note.samples:
        program.shell.goTo(Page.SAMPLES)


def _rooms(
    ports: Callable[[], Ports],
    all_ports: Callable[[], Ports],
    words: Words,
    stills: Stills,
    work: Executor,
    camera: CameraViewModel,
    scanner: HandScannerViewModel,
    screen: ScreenAreaViewModel,
    language: LanguageViewModel,
    settings: SettingsViewModel,
    printer: PrintDialog,
    gallery: Gallery,
    support: SupportViewModel,
    bulk: Executor | None = None,
) -> Rooms:
    """`bulk` takes what lasts for minutes."""
    label, places, compare = LabelViewModel(all_ports, words), PlacesViewModel(), CompareViewModel(all_ports, words)
    tools = Tools(_pdf, _picture, printer.ask, _draw_words, write_file)
    history = HistoryViewModel(all_ports, words, work)
    notice = NoticeViewModel(words, __version__, stills, open_web_page, lambda: support.details)
    things = ThingsViewModel(all_ports, label, settings, words, work, bulk or work)
    return Rooms(
        scan=ScanViewModel(ports, read_picture_file, SAMPLES, words, work, _is_bundle),
        choose=ChooseViewModel(all_ports, words, stills),
        label=label,
        compare=compare,
        history=history,
        samples=SamplesViewModel(SAMPLES, words),
        camera=camera,
        notice=notice,
        scanner=scanner,
        screen=screen,
        places=places,
        proof=ProofViewModel(label, all_ports, write_file, places, words, work),
        share=ShareViewModel(label, compare, all_ports, tools, gallery, places, words, work),
        trust=TrustViewModel(all_ports, read_picture_file, places, words, work),
        bundles=BundlesViewModel(all_ports, BundleFiles(reading, writing), places, words, bulk or work),
        language=language,
        things=things,
        exporter=ExportViewModel(
            things, history, lambda: all_ports().clock.now(), write_file, places, __version__, words, work
        ),
        preferences=PreferencesViewModel(settings, language, scanner, words),
        support=support,
        reading=ReadingViewModel(
            _make_speech,
            {Page.LABEL: label.passages, Page.COMPARE: compare.passages, Page.NOTICE: notice.passages},
            words,
        ),
    )


def _renew_attacks(ports: Ports, settings: SettingsViewModel) -> bool:
    """Once a day, for who said yes and owns something; whether there is a newer list."""
    from labelviewer.pipeline.attacks import known_attacks, look_for_attacks
    from labelviewer.pipeline.belongings import things_of

    shelf = things_of(ports)
    if settings.state.known_attacks != "on" or ports.feeds is None or shelf is None:
        return False
    try:
        if not shelf.things():
            return False
    except KeepError:
        return False
    held = known_attacks(ports.feeds).fetched_at
    return look_for_attacks(ports.feeds, ports.fetcher, ports.clock.now()).fetched_at != held


def _look_around(profile: Profile) -> Computer:
    from labelviewer.adapters.computer import folders, parts, programs

    return Computer(programs(f"Qt {qVersion()} ({QGuiApplication.platformName()})"), parts(), folders(profile))


def _is_bundle(path: Path) -> bool:
    from labelviewer.pipeline.bundle import is_bundle

    return path.suffix == ".lvbundle" or is_bundle(read_beginning(path))


def _make_camera() -> Camera:
    """QtMultimedia is asked for only now; where it is missing, that part alone is off."""
    from labelviewer.adapters.camera import Camera

    return Camera()


def _make_speech() -> Speech | None:
    """None where this computer has no voice, or the part of Qt for it is not there."""
    try:
        from labelviewer.adapters.speech import Speech
    except ImportError:
        return None
    speech = Speech()
    return speech if speech.ready else None


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


def _draw_words(text: str) -> QImage:
    from labelviewer.adapters.pictures import png
    from labelviewer.adapters.qr_writer import words_picture

    return QImage.fromData(png(words_picture(text, module_pixels=CODE_PIXELS)))


def _letter() -> bool:
    from labelviewer.adapters.printing import LETTER, sheet_for

    return sheet_for(system_languages()) == LETTER


def _pdf(papers: tuple[Paper, ...]) -> bytes:
    from labelviewer.adapters.printing import pdf, sheet_for

    return pdf(papers, sheet_for(system_languages()))


def _picture(papers: tuple[Paper, ...]) -> bytes:
    from labelviewer.adapters.printing import picture, sheet_for

    return picture(papers, sheet_for(system_languages()))


def _make_screen() -> Screen:
    from labelviewer.adapters.screen import ScreenGrabber, ScreenPortal, needs_portal

    return ScreenPortal() if needs_portal(QGuiApplication.platformName(), os.environ) else ScreenGrabber()


def _gray_of(frame: QVideoFrame) -> AbstractContextManager[GrayFrame | None]:
    from labelviewer.adapters.camera_frames import gray_of

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
    from labelviewer.adapters.camera_frames import to_still

    return to_still(frame)


CODE_PIXELS = 4  # for a module: the fullest code fits the narrowest window, and phones read it off any screen
EYES = Eyes(_gray_of, _read, partial(_read, price_barcodes=True), _freeze)
SCANNERS = Kit(_make_scanner, _serial_ports, _draw_code)
