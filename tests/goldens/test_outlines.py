"""What each page reads out, line by line, as it was last looked at and found good.

A change shows as a difference between two texts; fonts and machines make none. To accept what is there now, run this
file with LABELVIEWER_GOLDENS=write and look at what git says.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui_fixtures import open_window
from tests.ui_pages import ports_for, reach

OUTLINES = Path(__file__).parent / "outlines"
LOOKED_AT = (
    "start",
    "start while adding",
    "samples",
    "address",
    "choose",
    "label",
    "label tampered",
    "label with checks",
    "compare",
    "compare schemes",
    "compare four",
    "compare with one left",
    "history",
    "no code",
)


@pytest.mark.parametrize("page", LOOKED_AT)
def test_a_page_reads_as_it_did(qapp: QGuiApplication, tmp_path: Path, page: str) -> None:
    golden = OUTLINES / f"{page.replace(' ', '-')}.txt"
    with open_window(tmp_path, ports_for(page)) as shopper:
        reach(page, shopper)
        outline = shopper.outline
    if os.environ.get("LABELVIEWER_GOLDENS") == "write":
        golden.write_text(outline, encoding="utf-8", newline="\n")
    assert outline.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_every_outline_belongs_to_a_page() -> None:
    assert {golden.stem for golden in OUTLINES.glob("*.txt")} == {page.replace(" ", "-") for page in LOOKED_AT}
