"""Print, share, carry and ask in the window, by name alone; and comparisons that come back from a file."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.domain.paper import Paper
from labelviewer.ui.viewmodels.places import Want
from tests.pages.test_files import drop, saving_at
from tests.simulator import Authority, tamper
from tests.ui_fixtures import Shopper, open_window, shop_ports, wait_until

A, B = "us-ctm/camera-a", "us-ctm/camera-b"
MENU = "Print or share"


@pytest.fixture
def two(shopper: Shopper) -> Shopper:
    shopper.scan(A, B)
    shopper.press(MENU)
    return shopper


def done(shopper: Shopper) -> None:
    wait_until(lambda: not shopper.program.rooms.share.state.busy)
    shopper.settle()


def press(shopper: Shopper, name: str) -> None:
    shopper.press(name)
    done(shopper)


def into(shopper: Shopper, folder: Path) -> list[Want]:
    wants: list[Want] = []

    def answer(want: Want) -> Path:
        wants.append(want)
        return folder / want.name

    shopper.program.rooms.places.ask = answer
    return wants


def test_two_products_become_a_pdf_of_one_page(two: Shopper, tmp_path: Path) -> None:
    wants = into(two, tmp_path)
    press(two, "Save as PDF")
    (want,) = wants
    (page,) = PdfReader(tmp_path / want.name).pages
    text = " ".join(page.extract_text().split())
    assert "Hearth Camera 2" in text
    assert "Lookout Mini" in text
    assert two.hears(f"Saved as {want.name}.")


def test_the_picture_of_the_page_has_a_code_back_to_each_label(two: Shopper, tmp_path: Path) -> None:
    wants = into(two, tmp_path)
    press(two, "Save as picture")
    seen = CodeReader().read((tmp_path / wants[0].name).read_bytes(), "page.png").sightings
    assert sorted(one.text.rpartition("/")[2] for one in seen) == ["camera-a", "camera-b"]


def test_the_code_on_the_screen_holds_the_words_beside_it(two: Shopper) -> None:
    press(two, "Take it on a phone")
    share = two.program.rooms.share
    assert two.hears("Hearth Camera 2 gets updates 2 years and 6 months longer than Lookout Mini.")
    assert "A code that holds these words" in two.names
    image = share._gallery.requestImage(share.state.code.rpartition("/")[2], None, None)  # type: ignore[arg-type]
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    (seen,) = CodeReader().read(bytes(buffer.data().data()), "code.png").sightings
    assert seen.text == share.property("words")


def test_questions_for_the_shop_are_shown_and_copied(two: Shopper) -> None:
    press(two, "Ask the shop")
    assert two.hears("Is stored data protected?")
    press(two, "Copy the questions")
    assert QGuiApplication.clipboard().text().startswith("Ask the shop")
    assert two.hears("Copied.")


def test_a_key_prints_what_is_on_the_page_and_its_outcome_is_said(shopper: Shopper) -> None:
    printed: list[tuple[Paper, ...]] = []

    def no_paper(papers: tuple[Paper, ...], then: object) -> None:
        printed.append(papers)
        then(False)  # type: ignore[operator]

    share = shopper.program.rooms.share
    share._tools = share._tools._replace(print_out=no_paper)
    shopper.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed == []
    shopper.scan(A)
    shopper.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    done(shopper)
    assert printed[0][0].title == "Hearth Camera 2"
    assert shopper.hears("Nothing was printed")
    shopper.press("Cancel")
    assert not shopper.hears("Nothing was printed")


# Saved comparisons


@pytest.fixture
def saved(shopper_in_shop: Shopper, shop: Authority, tmp_path: Path) -> Path:
    """Of two labels of a shop, by the key; the window goes home afterwards."""
    place = tmp_path / "two.labelcmp"
    shopper_in_shop.follow(shop.code("1"))
    shopper_in_shop.press("Compare Hearth Camera 2 with another product")
    shopper_in_shop.follow(shop.code("2"))
    saving_at(shopper_in_shop, place)
    shopper_in_shop.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    done(shopper_in_shop)
    assert shopper_in_shop.hears("Saved as two.labelcmp.")
    return place


def test_a_saved_comparison_opens_by_a_drop_and_is_checked_again(
    qapp: QGuiApplication, saved: Path, shop: Authority, tmp_path: Path
) -> None:
    with open_window(tmp_path / "other", lambda profile: shop_ports(shop, profile)) as other:
        drop(other, saved)
        assert other.program.shell.state.page == "compare"
        assert other.hears("Lookout Mini")
        assert other.program.rooms.compare.property("count") == 2


def test_a_saved_comparison_takes_the_place_of_the_one_that_is_on(saved: Path, shopper_in_shop: Shopper) -> None:
    drop(shopper_in_shop, saved)
    assert shopper_in_shop.program.rooms.compare.property("count") == 2


def test_a_label_that_was_changed_in_the_file_marks_its_column(saved: Path, shopper_in_shop: Shopper) -> None:
    members = json.loads(saved.read_bytes())
    members["proofs"][1]["token"] = tamper(members["proofs"][1]["token"].encode()).decode()
    saved.write_text(json.dumps(members))
    drop(shopper_in_shop, saved)
    assert shopper_in_shop.hears("Do not trust this label")
    assert shopper_in_shop.hears("Checked: this label is real")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"comparison/1", b"comparison/2", "This label is newer than this app"),
        (b'"proofs"', b'"proof"', "We cannot open this file"),
    ],
)
def test_a_file_that_cannot_be_opened_says_so(
    saved: Path, shopper_in_shop: Shopper, old: bytes, new: bytes, said: str
) -> None:
    saved.write_bytes(saved.read_bytes().replace(old, new))
    shopper_in_shop.program.shell.home()
    drop(shopper_in_shop, saved)
    assert shopper_in_shop.hears(said)


def test_a_file_that_is_gone_says_so(shopper: Shopper, tmp_path: Path) -> None:
    drop(shopper, tmp_path / "gone.labelcmp")
    assert shopper.hears("gone.labelcmp") or shopper.hears("We cannot open")


def test_a_comparison_is_opened_by_a_start_with_its_name(saved: Path, shopper_in_shop: Shopper) -> None:
    shopper_in_shop.program.shell.home()
    shopper_in_shop.settle()
    shopper_in_shop.program.rooms.scan.open_files((saved,))
    shopper_in_shop.settle()
    assert shopper_in_shop.program.shell.state.page == "compare"
