"""The system's print dialog, in a process of its own: it belongs to Qt Widgets, which the window does without."""

import sys
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication

from labelviewer.adapters import printing
from labelviewer.domain.paper import Paper
from labelviewer.domain.paper_form import from_bytes

PRINTED: Final = 0
CANCELLED: Final = 3
FAILED: Final = 4

Ask = Callable[[QPrinter], bool]


def serve() -> None:
    """Arguments: `A4` or `letter`. The pages come on standard input, what became of them is the exit status."""
    papers = from_bytes(sys.stdin.buffer.read())
    sheet = printing.LETTER if sys.argv[1] == "letter" else printing.A4
    application = QApplication(sys.argv[:1])
    application.setApplicationName("labelviewer")
    translator = QTranslator()
    language = papers[0].language
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    application.setLayoutDirection(QLocale(language).textDirection())
    sys.exit(print_out(papers, sheet, dialog))


def dialog(printer: QPrinter) -> bool:
    asking = QPrintDialog(printer)
    asking.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    return asking.exec() == QPrintDialog.DialogCode.Accepted


def print_out(papers: Sequence[Paper], sheet: printing.Sheet, ask: Ask) -> int:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    laid = printing.laid_out(papers, sheet)
    printer.setDocName(laid.paper.title)
    printing.set_page(printer, laid, sheet)
    if not ask(printer):
        return CANCELLED
    if not printing.draw(laid, printer, printer.resolution()):
        return FAILED
    return FAILED if printer.printerState() is QPrinter.PrinterState.Error else PRINTED
