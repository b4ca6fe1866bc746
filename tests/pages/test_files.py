"""Proof files in the window, by name alone: saved, opened again, and what is said where that cannot be."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from labelviewer.ui.viewmodels.places import Want
from tests.simulator import Authority, tamper
from tests.ui_fixtures import Shopper, mime, open_window, shop_ports, wait_until

SAVE = "Save the proof file"


def saving_at(shopper: Shopper, place: Path) -> list[Want]:
    wants: list[Want] = []

    def answer(want: Want) -> Path:
        wants.append(want)
        return place

    shopper.program.rooms.places.ask = answer
    return wants


def drop(shopper: Shopper, *paths: Path) -> None:
    data: QMimeData = mime(urls=tuple(QUrl.fromLocalFile(str(path)) for path in paths))
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QGuiApplication.sendEvent(shopper.program.window, event)
    shopper.settle()


@pytest.fixture
def proof(shopper_in_shop: Shopper, shop: Authority, tmp_path: Path) -> Path:
    place = tmp_path / "mine.json"
    shopper_in_shop.follow(shop.code("1"))
    saving_at(shopper_in_shop, place)
    shopper_in_shop.press("How we checked")
    shopper_in_shop.press(SAVE)
    shopper_in_shop.wait_for("Saved as mine.json.")
    return place


def test_the_drawer_saves_a_proof_file(proof: Path) -> None:
    members = json.loads(proof.read_bytes())
    assert members["format"] == "labelviewer-proof/1"
    assert members["found"]["code"] == "V01"
    assert [each.name for each in proof.parent.iterdir() if each.name.startswith(".")] == []


def test_a_proof_file_is_named_by_us_and_not_by_the_label(shopper_in_shop: Shopper, shop: Authority) -> None:
    wants = saving_at(shopper_in_shop, Path("/nowhere/x.json"))
    shopper_in_shop.follow(shop.code("1"))
    shopper_in_shop.press("How we checked")
    shopper_in_shop.press(SAVE)
    (want,) = wants
    assert want.saving
    assert len(want.name.removeprefix("label-proof-").removesuffix(".json")) == 12


def test_a_place_that_takes_no_file_is_said_and_can_be_left(shopper_in_shop: Shopper, shop: Authority) -> None:
    saving_at(shopper_in_shop, Path("/nowhere/x.json"))
    shopper_in_shop.follow(shop.code("1"))
    shopper_in_shop.press("How we checked")
    shopper_in_shop.press(SAVE)
    shopper_in_shop.wait_for("We could not save it there")
    shopper_in_shop.press("Continue")
    assert "We could not save it there" not in shopper_in_shop.names
    assert shopper_in_shop.hears("Checked: this label is real")


def test_a_dropped_proof_is_checked_again_and_says_where_it_comes_from(
    qapp: QGuiApplication, proof: Path, shop: Authority, tmp_path: Path
) -> None:
    with open_window(tmp_path / "other", lambda profile: shop_ports(shop, profile)) as other:
        drop(other, proof)
        assert other.hears("Checked: this label is real")
        assert other.hears("Not compared with a box")
        other.press("How we checked")
        assert other.hears("From a proof file of")


def test_a_changed_proof_is_not_believed(proof: Path, shopper_in_shop: Shopper) -> None:
    members = json.loads(proof.read_bytes())
    proof.write_text(json.dumps(members | {"token": tamper(members["token"].encode()).decode()}))
    drop(shopper_in_shop, proof)
    assert shopper_in_shop.hears("Do not trust this label")


def test_a_damaged_proof_says_so(shopper: Shopper, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(b'{"format": "labelviewer-proof/1", "made": 1}')
    drop(shopper, file)
    assert shopper.hears("We cannot open this file")


def test_what_was_said_of_one_label_is_not_said_of_the_next(
    proof: Path, shopper_in_shop: Shopper, shop: Authority
) -> None:
    shopper_in_shop.follow(shop.code("2"))
    wait_until(lambda: "Saved as mine.json." not in shopper_in_shop.names)
