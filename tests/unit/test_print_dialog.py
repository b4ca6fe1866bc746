"""The print dialog lives in a process of its own; what became of it comes back."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.print_dialog import PROGRAM, PrintDialog
from labelviewer.domain.paper import Entry, Head, Line, Paper, Part
from labelviewer.domain.paper_form import from_bytes, to_bytes
from tests.ui_fixtures import wait_until

START = "import sys; sys.path[:] = sys.argv[2:]; from labelviewer.ui.undying import keep_constants; keep_constants(); "

# The real child, with a person who chooses a file in place of the dialog.
TO_FILE = START + (
    "from labelviewer.adapters import print_child as child\n"
    "def ask(printer):\n"
    "    printer.setOutputFileName({file!r})\n"
    "    return {agrees}\n"
    "child.dialog = ask\n"
    "child.serve()"
)

PAPER = Paper(
    "Side by side",
    "24 November 2026",
    "de",
    False,
    (Head("Größe <b>", ("كاميرا",), "https://labelviewer.example/l/1", "caption"),) * 3,
    (Part("Rows", (Line("Row", (Entry("Yes", "✓"),) * 3),), ("text",), ticked=True),),
    ("foot",),
    wide=True,
)


def asked(program: str, *, letter: bool = False) -> bool | None:
    heard: list[bool | None] = []
    dialog = PrintDialog(lambda: letter, program)
    dialog.ask((PAPER,), heard.append)
    wait_until(lambda: bool(heard))
    dialog.close()
    return heard[0]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("letter", "sides"), [(False, (842, 595)), (True, (792, 612))])
def test_pages_reach_the_printer_as_they_are(tmp_path: Path, letter: bool, sides: tuple[int, int]) -> None:
    file = tmp_path / "out.pdf"
    assert asked(TO_FILE.format(file=str(file), agrees=True), letter=letter) is True
    (page,) = PdfReader(file).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == sides
    assert "Größe <b>" in " ".join(page.extract_text().split())


@pytest.mark.usefixtures("qapp")
def test_who_closes_the_dialog_prints_nothing(tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    assert asked(TO_FILE.format(file=str(file), agrees=False)) is None
    assert not file.exists()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("place", ["/nowhere/out.pdf"])
def test_a_printer_that_takes_nothing_is_said(place: str) -> None:
    assert asked(TO_FILE.format(file=place, agrees=True)) is False


@pytest.mark.usefixtures("qapp")
def test_a_system_without_print_support_is_said() -> None:
    assert asked("raise SystemExit(1)") is False


@pytest.mark.usefixtures("qapp")
def test_a_dialog_that_is_open_is_not_opened_twice_and_goes_with_the_window(qapp: QGuiApplication) -> None:
    heard: list[bool | None] = []
    dialog = PrintDialog(program="import time; time.sleep(60)")
    dialog.ask((PAPER,), heard.append)
    dialog.ask((PAPER,), heard.append)
    assert heard == [None]
    dialog.close()
    assert heard == [None]


# The real dialog, pressed by its own keys.
REAL = START + (
    "from PySide6.QtCore import QTimer\n"
    "from PySide6.QtPrintSupport import QPrintDialog\n"
    "from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton\n"
    "from labelviewer.adapters import print_child as child\n"
    "def close():\n"
    "    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog) and w.isVisible()]\n"
    "    [w.reject() for w in dialogs]\n"
    "    dialogs or QTimer.singleShot(50, close)\n"
    "ask = child.dialog\n"
    "def watched(printer):\n"
    "    QTimer.singleShot(50, close)\n"
    "    return ask(printer)\n"
    "child.dialog = watched\n"
    "child.serve()"
)


@pytest.mark.usefixtures("qapp")
def test_the_real_dialog_opens_and_can_be_left() -> None:
    assert asked(REAL) is None


def test_pages_travel_whole() -> None:
    assert from_bytes(to_bytes((PAPER, PAPER))) == (PAPER, PAPER)
    with pytest.raises(ValueError, match="heads"):
        from_bytes(json.dumps([{"title": "x"}]).encode())


def test_the_program_of_the_child_is_the_real_one() -> None:
    assert PROGRAM.startswith(START)
