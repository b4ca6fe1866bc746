"""Which page is on, what the way back is, and which labels wait to be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, assert_never, runtime_checkable

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import Facts, LabelViewerError
from labelviewer.present.notice import Deed
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.ui.viewmodels.bundles import BundlesViewModel
    from labelviewer.ui.viewmodels.camera import CameraViewModel
    from labelviewer.ui.viewmodels.choose import ChooseViewModel
    from labelviewer.ui.viewmodels.compare import CompareViewModel
    from labelviewer.ui.viewmodels.export import ExportViewModel
    from labelviewer.ui.viewmodels.hand_scanner import HandScannerViewModel
    from labelviewer.ui.viewmodels.history import HistoryViewModel
    from labelviewer.ui.viewmodels.label import LabelViewModel
    from labelviewer.ui.viewmodels.language import LanguageViewModel
    from labelviewer.ui.viewmodels.notice import NoticeViewModel
    from labelviewer.ui.viewmodels.places import PlacesViewModel
    from labelviewer.ui.viewmodels.preferences import PreferencesViewModel
    from labelviewer.ui.viewmodels.proof import ProofViewModel
    from labelviewer.ui.viewmodels.reading import ReadingViewModel
    from labelviewer.ui.viewmodels.samples import SamplesViewModel
    from labelviewer.ui.viewmodels.scan import Brought, ScanViewModel
    from labelviewer.ui.viewmodels.screen_area import ScreenAreaViewModel
    from labelviewer.ui.viewmodels.share import ShareViewModel
    from labelviewer.ui.viewmodels.support import SupportViewModel
    from labelviewer.ui.viewmodels.things import ThingsViewModel
    from labelviewer.ui.viewmodels.trust import TrustViewModel
    from labelviewer.words.catalogue import Words


class Page(StrEnum):
    START = "start"
    SAMPLES = "samples"
    ADDRESS = "address"
    CAMERA = "camera"
    CHOOSE = "choose"
    LABEL = "label"
    COMPARE = "compare"
    HISTORY = "history"
    NOTICE = "notice"
    SCANNER = "scanner"
    TRUST = "trust"
    BUNDLE = "bundle"
    LANGUAGE = "language"
    GLOSSARY = "glossary"
    SETTINGS = "settings"
    HELP = "help"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class ShellState:
    """`trail` ends with the page that is on. `adding`: the next label joins the comparison."""

    trail: tuple[Page, ...] = (Page.START,)
    adding: bool = False

    @property
    def page(self) -> Page:
        return self.trail[-1]

    def at(self, page: Page) -> ShellState:
        """One step on; a page that is on the way already is gone back to."""
        known = self.trail.index(page) if page in self.trail else len(self.trail)
        return replace(self, trail=(*self.trail[:known], page))


@dataclass(frozen=True, slots=True)
class Rooms:
    """The view models of the pages."""

    scan: ScanViewModel
    choose: ChooseViewModel
    label: LabelViewModel
    compare: CompareViewModel
    history: HistoryViewModel
    samples: SamplesViewModel
    camera: CameraViewModel
    notice: NoticeViewModel
    scanner: HandScannerViewModel
    screen: ScreenAreaViewModel
    places: PlacesViewModel
    proof: ProofViewModel
    share: ShareViewModel
    trust: TrustViewModel
    bundles: BundlesViewModel
    language: LanguageViewModel
    things: ThingsViewModel
    exporter: ExportViewModel
    preferences: PreferencesViewModel
    support: SupportViewModel
    reading: ReadingViewModel


@runtime_checkable
class Speaks(Protocol):
    """A view model with words of its own."""

    def speak(self, words: Words) -> None: ...


class ShellViewModel(QObject):
    changed = Signal()
    pictureWanted = Signal()
    announced = Signal(str, bool)

    def __init__(
        self, rooms: Rooms, open_system_settings: Callable[[str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = ShellState()
        self._rooms = rooms
        self._open_system_settings = open_system_settings
        rooms.scan.finished.connect(self._arrive)
        rooms.scan.changed.connect(self._rest_camera_while_busy)
        rooms.scan.stopped.connect(self._look_again)
        rooms.choose.chosen.connect(rooms.scan.choose)
        rooms.history.opened.connect(self._take_kept)
        rooms.history.claimed.connect(rooms.things.own)
        rooms.things.opened.connect(self._take_kept)
        rooms.history.compared.connect(self._compare_all)
        rooms.camera.found.connect(self._take_frame)
        rooms.scanner.followed.connect(self._follow_scanner)
        rooms.scanner.warned.connect(self._interrupt)
        rooms.scanner.recovered.connect(self._scanner_is_back)
        rooms.screen.taken.connect(rooms.scan.take_in)
        rooms.notice.lookedUp.connect(rooms.scan.followTyped)
        rooms.screen.refused.connect(self._screen_refused)
        rooms.trust.trustChanged.connect(self.recheck)
        rooms.bundles.began.connect(lambda: self._become(self.state.at(Page.BUNDLE)))
        rooms.bundles.imported.connect(self.recheck)
        rooms.scan.brought.connect(self._take_file)
        rooms.camera.announced.connect(self.announced)
        rooms.compare.announced.connect(self._tell)
        for read in (rooms.label, rooms.compare, rooms.notice):
            read.changed.connect(rooms.reading.stop)

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.state.page

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        return len(self.state.trail) > 1

    @Property(bool, notify=changed)
    def adding(self) -> bool:
        """The shopper is looking for another product to compare."""
        return self.state.adding

    @Property(QVARIANT, notify=changed)
    def invitation(self) -> Any:
        """The message above the ways in while another product is looked for."""
        return self._invite() if self.state.adding else None

    @Property(QVARIANT, notify=changed)
    def waiting(self) -> Any:
        """What to do where there are not yet two products to compare."""
        return self._invite()

    def _invite(self) -> Any:
        return as_map(self._rooms.compare.invitation())

    @Slot()
    def back(self) -> None:
        if self._rooms.scan.state.busy:
            self._rooms.scan.stop()
        elif len(self.state.trail) > 1:
            self._become(replace(self.state, trail=self.state.trail[:-1]))

    @Slot()
    def home(self) -> None:
        self._rooms.scan.forget_typed()
        self._become(ShellState())

    @Slot()
    def newComparison(self) -> None:
        self._rooms.compare.clear()
        self._become(ShellState(adding=True))

    @Slot()
    def compareThis(self) -> None:
        """The label on the page joins the comparison; the next one is looked for, or both are shown."""
        inspection = self._rooms.label.inspection
        if inspection is not None and inspection.label is not None:
            self._join((inspection,))

    @Slot()
    def stopAdding(self) -> None:
        self._rooms.compare.clear()
        self._become(replace(self.state, adding=False))

    @Slot(int)
    def dropWaiting(self, column: int) -> None:
        """One that waits for another is not to be compared after all."""
        self._rooms.compare.remove(column)
        if not self._rooms.compare.state.inspections:
            self.stopAdding()
        self.changed.emit()

    @Slot(str)
    def goTo(self, page: str) -> None:
        match Page(page):
            case Page.HISTORY:
                self._rooms.history.refresh()
                self._rooms.things.refresh()
            case Page.SAMPLES:
                self._rooms.samples.load()
            case Page.TRUST:
                self._rooms.trust.refresh()
            case Page.SETTINGS:
                self._rooms.preferences.seek("")
            case Page.SUPPORT:
                self._rooms.support.refresh()
            case _:
                pass
        self._become(self.state.at(Page(page)))

    @Slot()
    def offerSigner(self) -> None:
        """The signer of the label on the page, by its own file; added only after its digits were compared."""
        inspection = self._rooms.label.inspection
        if inspection is not None and inspection.own_word:
            self._rooms.trust.offer(inspection.own_word, "label-issuer.json")
            self._become(self.state.at(Page.TRUST))

    @Slot()
    def readScreen(self) -> None:
        """A code that is shown by another program."""
        self._rooms.screen.start()

    @Slot()
    def addAnother(self) -> None:
        """The next label that is read joins the comparison, whatever way it comes in."""
        self._become(ShellState(adding=True))

    @Slot(str)
    def addFrom(self, page: str) -> None:
        """The same from one page alone; back leads to the comparison."""
        self._become(ShellState((Page.START, Page.COMPARE)))
        self.goTo(page)
        self._become(replace(self.state, adding=True))

    @Slot(str, str)
    def act(self, deed: str, code: str) -> None:  # noqa: C901 - one line a deed
        """What the buttons of the message `code` do."""
        rooms = self._rooms
        match Deed(deed):
            case Deed.SCAN | Deed.DISMISS if self.state.page is Page.CAMERA:
                rooms.camera.keepTrying()
            case given if self.state.page is Page.COMPARE and self._act_on_comparison(given, code):
                pass
            case Deed.SCAN:
                self.goTo(Page.CAMERA if Page.CAMERA in self.state.trail else Page.START)
            case Deed.OPEN_PICTURE:
                self.pictureWanted.emit()
            case Deed.PASTE:
                rooms.scan.paste()
            case Deed.TYPE_ADDRESS:
                self.goTo(Page.ADDRESS)
            case Deed.TRY_SAMPLE:
                self.goTo(Page.SAMPLES)
            case Deed.USE_CAMERA:
                self.goTo(Page.CAMERA)
            case Deed.SET_UP_SCANNER:
                self.goTo(Page.SCANNER)
            case Deed.CHOOSE_CAMERA:
                rooms.camera.nextCamera()
            case Deed.OPEN_SYSTEM_SETTINGS:
                self._open_system_settings(code)
            case Deed.GO_AHEAD if code == "S30":
                rooms.scanner.useFixed()
            case Deed.TRY_AGAIN if code == "S24":
                rooms.screen.start()
            case Deed.TRY_AGAIN if code == "S32":
                rooms.scanner.connectPort()
            case Deed.GO_AHEAD:
                rooms.scan.goAhead()
            case Deed.ASK_STRANGER:
                rooms.notice.follow_stranger(rooms.scan.ask_stranger)
            case Deed.TRY_AGAIN:
                self._try_again()
            case Deed.KEEP_WAITING:
                rooms.scan.keepWaiting()
            case Deed.STOP:
                rooms.scan.stop()
            case Deed.SHOW_FACTS:
                rooms.label.reveal()
            case Deed.SHOW_TEXT | Deed.SHOW_DETAILS | Deed.SHOW_PLACE | Deed.SHOW_ADVICE | Deed.SHOW_MEANING:
                (rooms.label if self.state.page is Page.LABEL else rooms.notice).unfold(deed, code)
            case Deed.SHOW_CHECKS:
                rooms.label.unfold(deed, code)
            case Deed.SHOW_SAVED:
                self.goTo(Page.HISTORY)
            case Deed.SHOW_SAVED_COPY:
                self._show_saved_copy()
            case Deed.COMPARE:
                self.compareThis()
            case Deed.COPY_DETAILS:
                self._copy_details(code)
            case Deed.DISMISS:
                self.back()
            case unknown:
                assert_never(unknown)

    def _act_on_comparison(self, deed: Deed, code: str) -> bool:
        """Whether that button means something of its own beside a comparison."""
        compare = self._rooms.compare
        match deed:
            case Deed.SCAN:
                self.addAnother()
            case Deed.SHOW_SAVED:
                self.addFrom(Page.HISTORY)
            case Deed.SHOW_FACTS:
                compare.showOnlyDifferences(False)
            case Deed.SHOW_MEANING:
                compare.tellMore(code)
            case Deed.DISMISS:
                compare.putAway(code)
            case Deed.TRY_AGAIN:
                compare.recheck()
            case _:
                return False
        return True

    def _try_again(self) -> None:
        match self.state.page:
            case Page.CAMERA:
                self._rooms.camera.start()
            case Page.LABEL:
                self._rooms.label.check_again(self._rooms.scan.check_again)
            case _:
                self._rooms.scan.again()

    def _arrive(self, inspections: tuple[Inspection, ...]) -> None:
        labels = tuple(each for each in inspections if each.report is not None and each.label is not None)
        if len(inspections) > 1 and labels:
            self._compare_all(labels)
            return
        inspection = inspections[0]
        if inspection.needs_choice:
            self._rooms.choose.show(inspection)
            self._become(self.state.at(Page.CHOOSE))
        elif inspection.report is None:
            self._fail(inspection)
        elif self.state.adding and labels:
            self._join(labels)
        else:
            self._show(inspection)

    def _show(self, inspection: Inspection) -> None:
        self._rooms.label.show(inspection)
        self._become(replace(self.state.at(Page.LABEL), adding=False))
        self.announced.emit(self._rooms.label.announcement, self._rooms.label.alarming)

    def _fail(self, inspection: Inspection) -> None:
        self._rooms.notice.show(inspection)
        self._become(self.state.at(Page.NOTICE))
        self.announced.emit(self._rooms.notice.announcement, self._rooms.notice.alarming)

    def warn(self, code: str, facts: Facts) -> None:
        """A message that is no failure of a scan."""
        self._rooms.notice.show_message(code, facts)
        self._become(self.state.at(Page.NOTICE))

    def tell_damage(self, damage: LabelViewerError) -> None:
        """It was found while nobody asked; the list on the screen is the one that was set aside."""
        self._interrupt(damage.code, damage.facts)
        self._rooms.things.refresh()
        self._rooms.history.refresh()

    def _interrupt(self, code: str, facts: Facts) -> None:
        """A message that nobody asked for is read out."""
        self._rooms.screen.cancel()
        self.warn(code, facts)
        self.announced.emit(self._rooms.notice.announcement, self._rooms.notice.alarming)

    def _screen_refused(self) -> None:
        self._interrupt("S24", {})

    def _follow_scanner(self, text: str) -> None:
        self._rooms.screen.cancel()
        self._rooms.scan.follow(text)

    def _scanner_is_back(self) -> None:
        if self.state.page is Page.NOTICE and self._rooms.notice.code == "S32":
            self.back()

    def recheck(self) -> None:
        """What we know about trust has changed: every page that shows a verdict takes the new one."""
        self._rooms.label.recheck()
        self._rooms.compare.recheck()
        self._rooms.things.refresh()
        if self.state.page is Page.HISTORY:
            self._rooms.history.refresh()

    def speak(self, words: Words) -> None:
        """Everything that is shown, in another language."""
        for room in (getattr(self._rooms, field.name) for field in fields(self._rooms)):
            if isinstance(room, Speaks):
                room.speak(words)
        self.changed.emit()

    def crash(self) -> None:
        self.warn("A05", {})

    def _tell(self, text: str) -> None:
        self.announced.emit(text, False)

    def _take_kept(self, inspection: Inspection) -> None:
        if self.state.adding and inspection.report is not None and inspection.label is not None:
            self._join((inspection,))
        else:
            self._show(inspection)

    def _join(self, inspections: tuple[Inspection, ...]) -> None:
        compare = self._rooms.compare
        compare.add(inspections)
        if compare.ready:
            self._become(ShellState(trail=(Page.START, Page.COMPARE)))
            self.announced.emit(compare.announcement, False)
        else:
            self._become(ShellState(adding=True))

    def _compare_all(self, inspections: tuple[Inspection, ...]) -> None:
        """Several at once: a comparison of their own, or more for the one that is added to."""
        if not self.state.adding:
            self._rooms.compare.clear()
        self._join(inspections)

    def _show_saved_copy(self) -> None:
        inspection = self._rooms.notice.inspection
        if inspection is None or inspection.report is None:
            self.goTo(Page.HISTORY)
        else:
            self._show(inspection)

    def _take_file(self, brought: Brought) -> None:
        """A file that is no picture, opened like one."""
        if brought.is_bundle:
            self._rooms.bundles.bring_in(brought.path)
            return
        if brought.compared:
            self._reopen(brought.compared)
            return
        self._rooms.trust.offer(brought.data, brought.path.name)
        self._become(self.state.at(Page.TRUST))

    def _reopen(self, inspections: tuple[Inspection, ...]) -> None:
        """A saved comparison takes the place of the one that is on; a label of it that cannot be read is said."""
        labels = tuple(each for each in inspections if each.report is not None and each.label is not None)
        if len(labels) > 1:
            self._rooms.compare.clear()
            self._join(labels)
        else:
            self._arrive(next(((each,) for each in inspections if each.label is None), inspections[:1]))

    def _take_frame(self, reading: object) -> None:
        self._rooms.scan.follow_reading(reading)  # type: ignore[arg-type]

    def _rest_camera_while_busy(self) -> None:
        """What the camera itself has found stays to be seen."""
        if self._rooms.scan.state.busy:
            self._rooms.reading.stop()
        if self._rooms.scan.state.busy and not self._rooms.camera.state.frozen:
            self._rooms.camera.stop()

    def _look_again(self) -> None:
        if self.state.page is Page.CAMERA:
            self._rooms.camera.start()

    def _copy_details(self, code: str) -> None:
        """The notice page shows what was copied; a page that only quotes a message leads there."""
        if self.state.page is not Page.NOTICE:
            self.warn(code, {})
        self._rooms.notice.copyDetails()

    def _become(self, new: ShellState) -> None:
        if new.page is Page.COMPARE:
            new = replace(new, adding=False)
        old, self.state = self.state, new
        if new.page is not Page.CAMERA:
            self._rooms.camera.stop()
        if new.page is not old.page:
            self._rooms.reading.stop()
        if new != old:
            self.changed.emit()
