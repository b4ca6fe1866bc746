"""Takes the pictures of the README and the guide from the real window, on the bundled samples."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtQuick import QQuickItem, QQuickWindow

from labelviewer.adapters.profile import find_profile
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.speech import Speech
from labelviewer.app import Program, build
from labelviewer.cli.ports import compose
from labelviewer.pipeline.run import inspect_code
from labelviewer.resources import LANGUAGES, SAMPLES, WORDS
from labelviewer.ui import intake
from labelviewer.words.catalogue import load_words
from labelviewer.words.languages import Tongues, offered
from tests.desk import ports_of
from tests.simulator import Authority

SETTLE_MILLISECONDS = 350
LIVE = "camera"


@dataclass(frozen=True, slots=True)
class Shot:
    """`reach` leads the window to what is to be seen. Sizes in pixels; `tall` shows the whole page."""

    name: str
    reach: Callable[[Program], None]
    theme: str = "light"
    text_percent: int = 100
    width: int = 1120
    height: int = 800
    tall: bool = False
    language: str = "en"


def sample(*paths: str) -> Callable[[Program], None]:
    return lambda program: program.rooms.scan.open_files(tuple(SAMPLES / path / "box.jpg" for path in paths))


def follow(text: str) -> Callable[[Program], None]:
    return lambda program: program.rooms.scan.follow(text)


def go(page: str) -> Callable[[Program], None]:
    return lambda program: program.shell.goTo(page)


def two_codes(program: Program) -> None:
    """One picture with the codes of two samples."""
    picture = QImage(900, 480, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    for place, path in enumerate(("us-ctm/camera-a", "us-ctm/camera-b")):
        painter.drawImage(QRect(40 + 440 * place, 50, 380, 380), QImage(str(SAMPLES / path / "code.png")))
    painter.end()
    program.rooms.scan.take_in(intake.Picture(intake.png(picture)))


def without_a_code(program: Program) -> None:
    """The upper part of a box, from which the label is missing."""
    picture = QImage(900, 480, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(picture)
    box = QImage(str(SAMPLES / "us-ctm" / "camera-a" / "box.jpg"))
    painter.drawImage(QRect(0, 0, 900, 480), box, QRect(box.width() // 4, box.height() // 8, box.width() // 2, 260))
    painter.end()
    program.rooms.scan.take_in(intake.Picture(intake.png(picture)))


def checks(program: Program) -> None:
    """The drawer with every step of the check."""
    sample("us-ctm/camera-tampered")(program)
    wait_until_idle(program)
    program.shell.act("show-checks", "V03")


def first_of_two(program: Program) -> None:
    """One label waits to be compared with another."""
    sample("us-ctm/camera-a")(program)
    wait_until_idle(program)
    program.shell.compareThis()


def compared(*paths: str, pin: int | None = None, prices: tuple[str, ...] = ()) -> Callable[[Program], None]:
    """Side by side, with one as the reference and prices typed."""

    def reach(program: Program) -> None:
        program.rooms.compare.clear()
        sample(*paths)(program)
        wait_until_idle(program)
        for column, price in enumerate(prices):
            program.rooms.compare.typePrice(column, price)
        if pin is not None:
            program.rooms.compare.pin(pin)

    return reach


def sharing(deed: str, *paths: str) -> Callable[[Program], None]:
    """The menu below the page, open at one of its panels."""

    def reach(program: Program) -> None:
        sample(*paths)(program)
        wait_until_idle(program)
        program.rooms.share.act("compare" if len(paths) > 1 else "label", deed)
        while program.rooms.share.state.busy:
            settle(20)

    return reach


class EveryTongue(Speech):
    """Qt's pretended voice, as if it spoke all our languages; held, so that the picture stands still."""

    languages = frozenset(offered(LANGUAGES))


def read_aloud(reach: Callable[[Program], None], sentence: int) -> Callable[[Program], None]:
    """Reading is held at one sentence of the page, with its second word marked."""

    def read(program: Program) -> None:
        reach(program)
        wait_until_idle(program)
        reading = program.rooms.reading
        reading._make_speech = lambda: EveryTongue("mock")  # noqa: SLF001
        reading.read(program.shell.state.page, "")
        reading.pause()
        settle()
        text = reading.state.passages[sentence].text
        start = text.find(" ") + 1
        word = (start, len(text[start:].split()[0]))
        reading._become(replace(reading.state, at=sentence, word=word, between=True))  # noqa: SLF001

    return read


def nothing(_program: Program) -> None:
    """The first page."""


THREE = ("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes")
FOUR = (*THREE, "us-ctm/router-unsupported")
MIXED = ("us-ctm/camera-a", "nist-iot/thermostat", "us-ctm/camera-tampered", "jp-jcstar/camera-star-3")


def things(program: Program) -> None:
    """Two things are owned. Samples are nobody's, so an issuer in memory lends its labels; come last: they stay."""
    soon = {"criterion": "support-until", "value": "2027-01-31", "as_of": "2026-03-01"}
    shop = Authority().publish("1", claims=[soon]).publish("2", product={"name": "Lookout Mini"}, claims=[])
    ports = ports_of(shop, library=Path(tempfile.mkdtemp()) / "library.db")
    rooms = program.rooms
    rooms.things._ports = rooms.history._ports = lambda: ports  # noqa: SLF001
    for number in ("1", "2"):
        rooms.things.own(inspect_code(shop.code(number), ports))
        settle()
    program.shell.goTo("history")
    settle()


SHOTS = (
    Shot("start", nothing),
    Shot("start-dark", nothing, theme="dark"),
    Shot("samples", go("samples"), height=1000),
    Shot("label", sample("us-ctm/camera-a"), tall=True),
    Shot("label-dark", sample("us-ctm/camera-a"), theme="dark"),
    Shot("label-200", sample("us-ctm/camera-a"), text_percent=200),
    Shot("label-read", read_aloud(sample("us-ctm/camera-a"), 14)),
    Shot("label-read-narrow", read_aloud(sample("us-ctm/camera-a"), 5), width=480, height=900),
    Shot("compare-read-ar", read_aloud(sample("us-ctm/camera-a", "us-ctm/camera-b"), 6), language="ar"),
    Shot("label-narrow", sample("us-ctm/camera-a"), width=480, height=900),
    Shot("label-tampered", sample("us-ctm/camera-tampered")),
    Shot("label-cancelled", sample("us-ctm/camera-withdrawn")),
    Shot("label-old", sample("us-ctm/camera-old")),
    Shot("label-unsupported", sample("us-ctm/router-unsupported"), height=1000),
    Shot("label-claim", sample("nist-iot/thermostat"), height=1000),
    Shot("label-software", sample("nist-software/passwords-a"), height=1000),
    Shot("compare", sample("us-ctm/camera-a", "us-ctm/camera-b"), height=1000),
    Shot("compare-dark", sample("us-ctm/camera-a", "us-ctm/camera-b"), theme="dark", height=1000),
    Shot("compare-200", sample("us-ctm/camera-a", "us-ctm/camera-b"), text_percent=200, height=1000),
    Shot("compare-narrow", sample("us-ctm/camera-a", "us-ctm/camera-b"), width=480, height=900),
    Shot("compare-schemes", sample("us-ctm/camera-a", "nist-iot/thermostat"), height=1000),
    Shot("compare-three", compared(*THREE, prices=("129.90", "79", "cheap")), tall=True),
    Shot("compare-four", compared(*FOUR, pin=1), width=1600, height=1000),
    Shot("compare-four-dark", compared(*FOUR, pin=0), theme="dark", height=1000),
    Shot("compare-four-narrow", compared(*FOUR, pin=0), width=480, height=900),
    Shot("compare-four-200", compared(*FOUR), text_percent=200, height=1000),
    Shot("compare-four-ar", compared(*FOUR, pin=0), language="ar", height=1000),
    Shot("compare-mixed", compared(*MIXED), width=1280, tall=True),
    Shot("settings", go("settings"), tall=True),
    Shot("settings-dark", go("settings"), theme="dark"),
    Shot("settings-200", go("settings"), text_percent=200),
    Shot("settings-narrow", go("settings"), width=480, height=900),
    Shot("settings-ar", go("settings"), language="ar"),
    Shot("help", go("help"), tall=True),
    Shot("help-narrow", go("help"), width=480, height=900),
    Shot("support", go("support")),
    Shot("start-ar", nothing, language="ar"),
    Shot("label-ar", sample("us-ctm/camera-a"), language="ar", height=1000),
    Shot("label-de", sample("us-ctm/camera-a"), language="de", width=480, height=1000),
    Shot("compare-ar", sample("us-ctm/camera-a", "us-ctm/camera-b"), language="ar", height=1000),
    Shot("compare-es", sample("us-ctm/camera-a", "us-ctm/camera-b"), language="es", height=1000),
    Shot("samples-fr", go("samples"), language="fr", height=1000),
    Shot("glossary", go("glossary"), height=1000),
    Shot("glossary-de", go("glossary"), language="de", height=1000),
    Shot("language", go("language"), height=620),
    Shot("trust", go("trust"), height=800),
    Shot("failure-no-code", without_a_code, height=760),
    Shot("failure-unknown-site", follow("https://shop.example.org/l/1"), height=620),
    Shot("failure-unsafe-link", follow("http://samples.labelviewer.example/l/camera-a"), height=620),
    Shot("failure-price-barcode", follow("4006381333931"), height=620),
    Shot("failure-camera", go("camera"), height=620),
    Shot("history-empty", go("history"), height=620),
    Shot("address", go("address"), height=620),
    Shot("scanner", go("scanner"), tall=True),
    Shot("choose", two_codes),
    Shot("checks", checks, height=1000),
    Shot("compare-first", first_of_two),
    Shot("compare-phone", sharing("phone", "us-ctm/camera-a", "us-ctm/camera-b"), height=1240),
    Shot("compare-phone-ar", sharing("phone", "us-ctm/camera-a", "us-ctm/camera-b"), language="ar", height=1240),
    Shot("compare-ask", sharing("ask", "us-ctm/camera-b", "uk-psti/plug"), height=1240),
    Shot("label-phone-narrow", sharing("phone", "us-ctm/camera-a"), width=480, tall=True),
    Shot("my-labels", things, tall=True),
    Shot("my-labels-dark", things, theme="dark", height=1000),
    Shot("my-labels-200", things, text_percent=200, height=1000),
    Shot("my-labels-narrow", things, width=480, tall=True),
    Shot("my-labels-ar", things, language="ar", height=1000),
)

SHOWN = {
    LIVE, "start", "samples", "label-read", "choose", "scanner", "label", "label-dark", "label-200", "label-tampered",
    "label-unsupported", "compare", "compare-four", "compare-phone", "my-labels", "settings", "help",
    "failure-no-code", "failure-unknown-site", "failure-unsafe-link", "failure-camera",
}  # fmt: skip


def take_live(folder: Path) -> Path:
    """The live camera is drawn on a display alone, so another process takes it, under Xvfb."""
    path = folder / f"{LIVE}.png"
    display = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    program = Path(__file__).with_name("live_picture.py")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", sys.executable, str(program), str(path.resolve())]
    subprocess.run(command, check=True, env=display, timeout=60)
    return path


def pictures_are_there(window: QQuickWindow) -> bool:
    images = (item for item in visible_items(window.contentItem()) if item.inherits("QQuickImage"))
    return all(item.property("progress") == 1 or item.property("source").isEmpty() for item in images)


def settle(milliseconds: int = SETTLE_MILLISECONDS) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until_idle(program: Program) -> None:
    settle(50)
    while program.rooms.scan.state.busy:
        settle(20)
    settle()


def page_height(program: Program) -> int:
    """How tall the window would have to be to show the whole page."""
    heights = [
        int(item.property("contentHeight") + program.window.height() - item.height())
        for item in visible_items(program.window.contentItem())
        if item.inherits("QQuickFlickable")
    ]
    return max(heights, default=0)


def visible_items(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from visible_items(child)


def take(program: Program, shot: Shot, folder: Path) -> Path:
    program.shell.stopAdding()
    program.shell.home()
    while program.settings.state.text_percent > shot.text_percent:
        program.settings.smallerText()
    while program.settings.state.text_percent < shot.text_percent:
        program.settings.biggerText()
    program.settings.setTheme(shot.theme)
    program.rooms.language.choose(shot.language)
    program.window.resize(shot.width, shot.height)
    shot.reach(program)
    wait_until_idle(program)
    if shot.tall:
        program.window.resize(shot.width, page_height(program))
        settle()
    while not pictures_are_there(program.window):
        settle(50)
    path = folder / f"{shot.name}.png"
    program.window.grabWindow().save(str(path))
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--only", default="", help="names of pictures, with commas between")
    parser.add_argument("--all", action="store_true", help="those too that no page of the documentation shows")
    options = parser.parse_args()
    wanted = set(filter(None, options.only.split(","))) or (set() if options.all else SHOWN)
    options.to.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        profile = find_profile(Path(folder))
        tongues = Tongues(offered(LANGUAGES), partial(load_words, WORDS))
        ports = partial(compose, profile, CodeReader(), offline=True)
        program = build(ports, profile, load_words(WORDS), tongues=tongues)
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                print(take(program, shot, options.to))
        program.close()
    del application
    if (not wanted or LIVE in wanted) and shutil.which("xvfb-run"):
        print(take_live(options.to))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
