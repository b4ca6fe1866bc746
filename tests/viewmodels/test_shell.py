"""Which page is on, the way back, and that no button leads nowhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QWindow

from labelviewer import app
from labelviewer.adapters.camera import Camera
from labelviewer.adapters.print_dialog import PrintDialog
from labelviewer.domain.errors import UnknownSiteError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.run import Ports
from labelviewer.present.notice import Deed
from labelviewer.resources import SAMPLES
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.live import Memory
from labelviewer.ui.settings import Settings
from labelviewer.ui.stills import Stills
from labelviewer.ui.viewmodels.camera import CameraViewModel
from labelviewer.ui.viewmodels.hand_scanner import HandScannerViewModel
from labelviewer.ui.viewmodels.language import LanguageViewModel
from labelviewer.ui.viewmodels.screen_area import ScreenAreaViewModel
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.shell import Page, Rooms, ShellState, ShellViewModel
from labelviewer.ui.viewmodels.support import Computer, SupportViewModel
from labelviewer.words.catalogue import Words
from labelviewer.words.languages import only
from tests.cameras import WEBCAM, PretendComputer
from tests.labels import CODE, inspection, label
from tests.ui_fixtures import Crank

CAMERA_A = "https://samples.labelviewer.example/l/camera-a"
CAMERA_B = "https://samples.labelviewer.example/l/camera-b"


def no_multimedia() -> Never:
    raise ImportError


@dataclass
class World:
    shell: ShellViewModel
    rooms: Rooms
    crank: Crank
    opened_settings: list[str] = field(default_factory=list)
    announced: list[tuple[str, bool]] = field(default_factory=list)
    pictures_wanted: int = 0

    def on(self, page: Page) -> bool:
        return self.shell.state.page is page

    def went(self, *pages: Page) -> bool:
        """Whether the way back is this one, from the first page to the one that is on."""
        return self.shell.state.trail == pages

    def scan(self, *samples: str) -> None:
        self.rooms.scan.open_files(tuple(SAMPLES / sample / "box.jpg" for sample in samples))
        self.crank.turn_all()

    def follow(self, text: str) -> None:
        self.rooms.scan.follow(text)
        self.crank.turn_all()

    def want_picture(self) -> None:
        self.pictures_wanted += 1


@pytest.fixture
def world(ports: Ports, words: Words, crank: Crank) -> World:
    return world_with(no_multimedia, ports, words, crank)


def world_with(make_camera: Callable[[], Camera], ports: Ports, words: Words, crank: Crank) -> World:
    camera = CameraViewModel(make_camera, app.EYES, Memory(str, lambda _device: None), words, crank)
    gallery = Gallery()
    settings = SettingsViewModel(Path("/nowhere/settings.json"), Settings())
    scanner = HandScannerViewModel(app.SCANNERS, settings, gallery, words)
    screen = ScreenAreaViewModel(app._make_screen, QWindow(), gallery)
    language = LanguageViewModel(only(words), list, lambda _words: None, settings, words)
    support = SupportViewModel(lambda: Computer((), (), ()), str, words)
    models = (camera, scanner, screen, language, settings, PrintDialog(), gallery, support)
    rooms = app._rooms(lambda: ports, lambda: ports, words, Stills(), crank, *models)
    opened: list[str] = []

    def open_settings(code: str) -> bool:
        opened.append(code)
        return True

    shell = ShellViewModel(rooms, open_settings)
    world = World(shell, rooms, crank, opened)
    shell.announced.connect(lambda text, alarming: world.announced.append((text, alarming)))
    shell.pictureWanted.connect(world.want_picture)
    return world


# every deed


def on_label(state: State = State.TAMPERED) -> Callable[[World], None]:
    return lambda world: world.shell._show(inspection(state=state))


def on_failure(world: World) -> None:
    world.follow("WIFI:T:WPA;S:home;P:secret;;")


def on_stranger(world: World) -> None:
    """Nobody was asked yet, but the whole address is there to be read."""
    world.follow("https://shop.example.org/l/1")
    assert world.rooms.notice.code == "S42"
    assert world.rooms.notice.property("scannedText") == "https://shop.example.org/l/1"


def nowhere(_world: World) -> None:
    """On the first page."""


def asking(world: World) -> None:
    world.rooms.scan.follow(CAMERA_A)


def clipboard_has(text: str) -> Callable[[World], None]:
    return lambda _world: QGuiApplication.clipboard().setText(text)


def camera_failed(world: World) -> None:
    world.shell.goTo(Page.CAMERA)


def camera_then_failure(world: World) -> None:
    camera_failed(world)
    on_failure(world)


Before = Callable[[World], None]
After = Callable[[World], bool]

DEEDS: dict[str, tuple[Deed, Before, After]] = {
    "scan": (Deed.SCAN, on_failure, lambda world: world.on(Page.START)),
    "scan, from the camera": (
        Deed.SCAN,
        camera_then_failure,
        lambda world: world.on(Page.CAMERA),
    ),
    "open a picture": (Deed.OPEN_PICTURE, nowhere, lambda world: world.pictures_wanted == 1),
    "paste": (Deed.PASTE, clipboard_has(CAMERA_A), lambda world: world.on(Page.LABEL)),
    "type an address": (Deed.TYPE_ADDRESS, on_failure, lambda world: world.on(Page.ADDRESS)),
    "try a sample": (
        Deed.TRY_SAMPLE,
        on_failure,
        lambda world: world.on(Page.SAMPLES) and bool(world.rooms.samples.state),
    ),
    "use the camera": (Deed.USE_CAMERA, nowhere, lambda world: world.on(Page.CAMERA)),
    "set up a scanner": (Deed.SET_UP_SCANNER, nowhere, lambda world: world.on(Page.SCANNER)),
    "choose another camera": (Deed.CHOOSE_CAMERA, camera_failed, lambda world: world.on(Page.CAMERA)),
    "open the system's settings": (
        Deed.OPEN_SYSTEM_SETTINGS,
        on_failure,
        lambda world: world.opened_settings == ["S41"],
    ),
    "try again": (Deed.TRY_AGAIN, on_failure, lambda world: world.on(Page.NOTICE) and len(world.announced) == 2),
    "check a label again": (
        Deed.TRY_AGAIN,
        on_label(),
        lambda world: world.on(Page.NOTICE) and world.rooms.notice.code == "S42",
    ),
    "try the camera again": (Deed.TRY_AGAIN, camera_failed, lambda world: world.rooms.camera.state.code == "S07"),
    "go ahead": (Deed.GO_AHEAD, on_failure, lambda world: len(world.announced) == 2),
    "ask a stranger": (
        Deed.ASK_STRANGER,
        on_stranger,
        lambda world: world.rooms.notice.code == "F02",
    ),
    "keep waiting": (Deed.KEEP_WAITING, asking, lambda world: world.on(Page.LABEL)),
    "stop": (Deed.STOP, asking, lambda world: world.on(Page.START) and not world.rooms.scan.state.busy),
    "see the facts": (Deed.SHOW_FACTS, on_label(), lambda world: world.rooms.label.state.revealed),
    "see what a code says": (
        Deed.SHOW_TEXT,
        on_failure,
        lambda world: "WIFI:" in world.rooms.notice.property("scannedText"),
    ),
    "see details": (Deed.SHOW_DETAILS, on_failure, lambda world: "S41" in world.rooms.notice.property("details")),
    "see the steps of the check": (
        Deed.SHOW_CHECKS,
        on_label(),
        lambda world: world.rooms.label.property("checksOpen"),
    ),
    "see what it means": (
        Deed.SHOW_MEANING,
        on_label(),
        lambda world: world.rooms.label.state.unfolded == ("show-meaning", "S41"),
    ),
    "see what is saved": (Deed.SHOW_SAVED, on_failure, lambda world: world.on(Page.HISTORY)),
    "see the saved copy": (Deed.SHOW_SAVED_COPY, on_failure, lambda world: world.on(Page.HISTORY)),
    "see where labels sit": (Deed.SHOW_PLACE, on_failure, lambda world: world.rooms.notice.property("showsPlace")),
    "see advice": (
        Deed.SHOW_ADVICE,
        on_label(),
        lambda world: world.rooms.label.state.unfolded == ("show-advice", "S41"),
    ),
    "compare": (Deed.COMPARE, on_label(State.VERIFIED), lambda world: world.shell.state == ShellState(adding=True)),
    "copy details": (
        Deed.COPY_DETAILS,
        on_failure,
        lambda world: QGuiApplication.clipboard().text() == world.rooms.notice.property("details") != "",
    ),
    "go back": (Deed.DISMISS, on_failure, lambda world: world.on(Page.START)),
}


def test_every_deed_is_in_the_table() -> None:
    assert {deed for deed, _, _ in DEEDS.values()} == set(Deed)


@pytest.mark.parametrize("deed", DEEDS)
def test_no_button_leads_nowhere(world: World, deed: str) -> None:
    does, before, after = DEEDS[deed]
    before(world)
    world.shell.act(does, "S41")
    world.crank.turn_all()
    assert after(world)


def test_more_is_told_for_every_message_whose_button_promises_it(words: Words) -> None:
    promised = {
        f"more.{way['deed']}.{code}"
        for code, message in words.messages.items()
        for way in (message.get("primary"), message.get("secondary"))
        if way and way["deed"] in {Deed.SHOW_ADVICE, Deed.SHOW_MEANING}
    }
    assert promised
    assert {key for key in promised if not words.knows(key)} == set()


# pages and the way back


def test_the_window_opens_on_the_first_page(world: World) -> None:
    assert world.went(Page.START)
    assert not world.shell.property("canGoBack")


def test_back_leads_one_page_back_and_stops_at_the_first(world: World) -> None:
    world.shell.goTo(Page.SAMPLES)
    world.scan("us-ctm/camera-a")
    assert world.went(Page.START, Page.SAMPLES, Page.LABEL)
    world.shell.back()
    assert world.went(Page.START, Page.SAMPLES)
    world.shell.back()
    world.shell.back()
    assert world.went(Page.START)


def test_a_page_that_is_on_the_way_is_gone_back_to(world: World) -> None:
    for page in (Page.SAMPLES, Page.HISTORY, Page.SAMPLES):
        world.shell.goTo(page)
    assert world.went(Page.START, Page.SAMPLES)


def test_back_stops_what_is_looked_up_and_stays(world: World) -> None:
    world.shell.goTo(Page.ADDRESS)
    world.rooms.scan.follow(CAMERA_A)
    world.shell.back()
    world.crank.turn_all()
    assert world.went(Page.START, Page.ADDRESS)
    assert not world.rooms.scan.state.busy


def test_home_leads_to_the_first_page(world: World) -> None:
    world.scan("us-ctm/camera-a")
    world.shell.home()
    assert world.shell.state == ShellState()


# what arrives


def test_a_label_is_shown_and_announced(world: World) -> None:
    world.scan("us-ctm/camera-a")
    assert world.on(Page.LABEL)
    assert world.announced == [("Label found: Hearth Camera 2. Checked: this label is real.", False)]


def test_a_danger_is_announced_as_one(world: World) -> None:
    world.scan("us-ctm/camera-tampered")
    ((text, alarming),) = world.announced
    assert alarming
    assert "Brightmoor" not in text


def test_a_failure_is_shown_and_announced(world: World) -> None:
    world.follow("https://shop.example.org/l/1")
    assert world.on(Page.NOTICE)
    assert world.rooms.notice.code == "S42"
    assert len(world.announced) == 1


def test_a_second_failure_does_not_lengthen_the_way_back(world: World) -> None:
    for _ in range(3):
        world.follow("https://shop.example.org/l/1")
    assert world.went(Page.START, Page.NOTICE)


def test_several_codes_are_offered_and_the_chosen_one_is_shown(world: World) -> None:
    from labelviewer.ui.intake import Picture, png
    from tests.ui_fixtures import codes_picture

    world.rooms.scan.take_in(Picture(png(codes_picture("us-ctm/camera-a", "us-ctm/camera-b"))))
    world.crank.turn_all()
    assert world.on(Page.CHOOSE)
    reading = world.rooms.choose.state.reading
    assert reading is not None
    number = [seen.text for seen in reading.sightings].index(CAMERA_B) + 1
    world.rooms.choose.choose(number)
    world.crank.turn_all()
    assert world.on(Page.LABEL)
    world.shell.back()
    assert world.on(Page.CHOOSE)


# comparing


def test_two_pictures_at_once_are_compared(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    assert world.went(Page.START, Page.COMPARE)
    assert world.announced == [("4 differences, 13 the same and 1 that no label answers.", False)]


def test_one_label_then_another_are_compared(world: World) -> None:
    world.scan("us-ctm/camera-a")
    world.shell.compareThis()
    assert world.shell.state == ShellState(adding=True)
    assert world.shell.property("invitation")["code"] == "C01"
    world.scan("us-ctm/camera-b")
    assert world.on(Page.COMPARE)
    assert not world.shell.state.adding


def test_a_failure_while_adding_keeps_the_first_product(world: World) -> None:
    world.scan("us-ctm/camera-a")
    world.shell.compareThis()
    world.follow("https://shop.example.org/l/1")
    assert world.on(Page.NOTICE)
    assert world.shell.state.adding
    world.scan("us-ctm/camera-b")
    assert world.on(Page.COMPARE)


def test_adding_is_stopped(world: World) -> None:
    world.scan("us-ctm/camera-a")
    world.shell.compareThis()
    world.shell.stopAdding()
    assert world.rooms.compare.state.inspections == ()
    assert world.shell.property("invitation") is None
    world.scan("us-ctm/camera-b")
    assert world.on(Page.LABEL)


def test_a_new_comparison_forgets_the_old_one(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.shell.newComparison()
    assert world.rooms.compare.state.inspections == ()
    assert world.shell.state.adding


def test_a_removed_column_is_asked_for_anew(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.rooms.compare.remove(0)
    world.shell.addAnother()
    assert world.shell.state == ShellState(adding=True)
    world.scan("us-ctm/router-unsupported")
    assert world.on(Page.COMPARE)


def test_two_more_pictures_at_once_are_a_comparison_of_their_own(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.scan("us-ctm/speaker-notes", "us-ctm/camera-b")
    assert len(world.rooms.compare.state.inspections) == 2
    world.shell.addAnother()
    world.scan("us-ctm/camera-a", "us-ctm/router-unsupported")
    assert len(world.rooms.compare.state.inspections) == 4


@pytest.mark.parametrize("page", [Page.HISTORY, Page.SAMPLES])
def test_another_one_is_added_from_a_page_and_back_leads_to_the_comparison(world: World, page: Page) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.shell.addFrom(page)
    assert world.shell.state == ShellState((Page.START, Page.COMPARE, page), adding=True)
    world.shell.back()
    assert world.shell.state == ShellState((Page.START, Page.COMPARE))
    world.shell.addFrom(page)
    third = inspection(label("Third"))
    world.rooms.history.opened.emit(third)
    assert world.on(Page.COMPARE)
    assert world.rooms.compare.state.inspections[-1] is third


def test_the_next_one_that_is_scanned_is_the_third(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.shell.addAnother()
    world.scan("us-ctm/router-unsupported")
    assert world.on(Page.COMPARE)
    assert len(world.rooms.compare.state.inspections) == 3


def test_one_that_waits_is_dropped_and_the_others_wait_on(world: World) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.shell.addAnother()
    world.shell.dropWaiting(0)
    assert world.rooms.compare.property("count") == 1
    assert world.shell.state.adding
    world.shell.dropWaiting(0)
    assert not world.shell.state.adding


ON_A_COMPARISON: dict[str, Callable[[World], bool]] = {
    "show-facts": lambda world: not world.rooms.compare.state.only_differences,
    "dismiss": lambda world: world.on(Page.COMPARE) and world.rooms.compare.state.put_away == {"C02"},
    "show-meaning": lambda world: world.rooms.compare.state.unfolded == "C02",
    "show-saved": lambda world: world.on(Page.HISTORY) and world.shell.state.adding,
    "scan": lambda world: world.shell.state == ShellState(adding=True),
    "try-again": lambda world: world.on(Page.COMPARE) and len(world.rooms.compare.state.inspections) == 2,
}


@pytest.mark.parametrize("deed", ON_A_COMPARISON)
def test_what_the_buttons_of_a_message_do_beside_a_comparison(world: World, deed: str) -> None:
    world.scan("us-ctm/camera-a", "us-ctm/camera-b")
    world.shell.act(deed, "C02")
    assert ON_A_COMPARISON[deed](world)


def test_two_of_my_labels_are_compared_whatever_was_there(world: World) -> None:
    world.rooms.compare.add((inspection(),))
    pair = (inspection(label("One")), inspection(label("Two")))
    world.rooms.history.compared.emit(pair)
    assert world.rooms.compare.state.inspections == pair
    assert world.on(Page.COMPARE)


def test_one_of_my_labels_is_opened(world: World) -> None:
    world.shell.goTo(Page.HISTORY)
    world.rooms.history.opened.emit(inspection())
    assert world.went(Page.START, Page.HISTORY, Page.LABEL)


def without_facts() -> Inspection:
    """Checked, but nothing that could be read as a label."""
    broken = inspection(state=State.UNREADABLE)
    return Inspection(evidence=broken.evidence, report=broken.report)


def test_what_has_no_facts_to_compare_is_shown_instead(world: World) -> None:
    world.rooms.compare.add((inspection(),))
    world.shell._become(ShellState(adding=True))
    world.shell._arrive((without_facts(),))
    assert world.on(Page.LABEL)


def test_what_has_no_facts_is_left_out_of_several(world: World) -> None:
    world.shell._arrive((inspection(label("One")), without_facts(), inspection(label("Two"))))
    assert world.on(Page.COMPARE)
    assert len(world.rooms.compare.state.inspections) == 2


def test_the_product_of_a_changed_label_is_not_named_while_another_is_looked_for(world: World, words: Words) -> None:
    world.shell._arrive((inspection(state=State.TAMPERED), Inspection(problem=UnknownSiteError(host="x.example"))))
    assert world.rooms.compare.property("names") == [words.say("page.unproven")]


# the camera


@pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)
@pytest.mark.parametrize(
    "leave",
    [
        lambda world: world.shell.back(),
        lambda world: world.shell.home(),
        lambda world: world.shell.goTo(Page.HISTORY),
        lambda world: world.shell.newComparison(),
        lambda world: world.follow("https://shop.example.org/l/1"),
        lambda world: world.scan("us-ctm/camera-a"),
        lambda world: world.shell.crash(),
    ],
)
def test_the_camera_is_off_once_its_page_is_left(
    ports: Ports, words: Words, crank: Crank, leave: Callable[[World], None]
) -> None:
    computer = PretendComputer(WEBCAM)
    world = world_with(lambda: Camera(computer), ports, words, crank)
    world.shell.goTo(Page.CAMERA)
    world.rooms.camera.start()
    assert computer.running
    leave(world)
    assert not world.on(Page.CAMERA)
    assert computer.running == []


# other ends


def test_a_bug_is_said_and_the_rest_stays(world: World) -> None:
    world.scan("us-ctm/camera-a")
    world.shell.crash()
    assert world.on(Page.NOTICE)
    assert world.rooms.notice.code == "A05"
    world.shell.back()
    assert world.on(Page.LABEL)


def test_checking_a_label_again_asks_for_its_code(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(world.rooms.scan, "check_again", asked.append)
    world.shell._show(inspection())
    world.shell.act(Deed.TRY_AGAIN, "")
    assert asked == [CODE]


def test_pictures_of_the_chooser_are_opened(world: World) -> None:
    world.rooms.scan.openPictures([QUrl.fromLocalFile(str(Path(SAMPLES, "us-ctm/camera-a/box.jpg")))])
    world.crank.turn_all()
    assert world.on(Page.LABEL)
