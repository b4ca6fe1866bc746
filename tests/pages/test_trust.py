"""Who may sign labels, by name alone: the list, and a signer added here, shown, removed and put back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from labelviewer.verify.issuer import fingerprint, load_issuer
from tests.accessibility import by_name
from tests.pages.test_files import drop
from tests.simulator import Authority
from tests.trust_world import LivingWorld
from tests.ui_fixtures import Shopper, open_window

SIGNER = Authority(id="own.example", name="The Corner Shop")
FILE = json.dumps({"iss": SIGNER.id, "name": {"en": SIGNER.name}, "keys": SIGNER.entry()["keys"]}).encode()
GROUPS = fingerprint(load_issuer(FILE))
ADD, FIELD = "Add this signer", "The 60 digits that the signer told you"
REMOVE = "Remove The Corner Shop, own.example"
LINE = "The Corner Shop  ·  own.example"


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    world = LivingWorld(tmp_path / "world")
    world.served[SIGNER.code()] = SIGNER.label()
    return world


@pytest.fixture
def shopper(qapp: QGuiApplication, tmp_path: Path, world: LivingWorld) -> Iterator[Shopper]:
    with open_window(tmp_path / "window", lambda _profile: world.ports()) as shopper:
        yield shopper


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "label-issuer.json"
    file.write_bytes(FILE)
    return file


def compare(shopper: Shopper, digits: str) -> None:
    by_name(shopper.tree, FIELD).item.setProperty("text", digits)
    shopper.settle()


def add(shopper: Shopper, file: Path) -> None:
    drop(shopper, file)
    shopper.wait_for(FIELD)
    compare(shopper, " ".join(GROUPS))
    shopper.press(ADD)
    shopper.wait_for(REMOVE)


def test_the_list_says_who_leads_how_old_it_is_and_who_is_on_it(shopper: Shopper) -> None:
    shopper.go("history")
    shopper.press("Who may sign labels")
    shopper.wait_for("The list")
    assert shopper.hears("says who may sign labels. List 43 is of")
    assert shopper.hears("It is ")
    assert "Administrator A  ·  a.example" in shopper.names
    assert "Nobody was added here." in shopper.names


def test_a_signer_is_added_only_with_the_same_sixty_digits(shopper: Shopper, world: LivingWorld, file: Path) -> None:
    drop(shopper, file)
    shopper.wait_for("Add The Corner Shop?")
    assert shopper.hears(", ".join(GROUPS))
    assert not by_name(shopper.tree, ADD).enabled
    compare(shopper, "0" * 60)
    shopper.press(ADD)
    shopper.wait_for("These are not the same digits. Nothing was added.")
    assert world.live.issuers() == []
    compare(shopper, " ".join(GROUPS))
    shopper.press(ADD)
    shopper.wait_for("The Corner Shop was added. Its labels show “added by this shop”.")
    assert list(world.live.issuers()) == [FILE]
    assert LINE in shopper.names


def test_a_signer_that_is_left_is_not_added(shopper: Shopper, world: LivingWorld, file: Path) -> None:
    drop(shopper, file)
    shopper.wait_for(FIELD)
    shopper.press("Do not add it")
    assert FIELD not in shopper.names
    assert world.live.issuers() == []


def test_removing_can_be_undone_by_button_and_by_key(shopper: Shopper, world: LivingWorld, file: Path) -> None:
    add(shopper, file)
    shopper.press(REMOVE)
    shopper.wait_for("The Corner Shop was removed.")
    assert world.live.issuers() == []
    shopper.press("Undo: add the signer again")
    shopper.wait_for("The signer is back.")
    assert list(world.live.issuers()) == [FILE]
    shopper.press(REMOVE)
    shopper.wait_for("The Corner Shop was removed.")
    shopper.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shopper.wait_for("The signer is back.")
    assert list(world.live.issuers()) == [FILE]


def test_a_label_of_an_unknown_signer_leads_there_and_takes_its_new_state(
    shopper: Shopper, world: LivingWorld, file: Path
) -> None:
    shopper.follow(SIGNER.code())
    shopper.press("Ask it anyway")
    assert shopper.hears("We do not know who signed this")
    shopper.press("Show details")
    shopper.press("Who may sign labels")
    add(shopper, file)
    shopper.press("Back")
    assert shopper.hears("Signed by The Corner Shop, added by this shop")
    assert not shopper.hears("Checked: this label is real")


def test_the_file_on_the_signers_own_site_is_offered_with_its_digits(shopper: Shopper, world: LivingWorld) -> None:
    world.served[f"https://{SIGNER.id}/.well-known/label-issuer.json"] = FILE
    shopper.follow(SIGNER.code())
    shopper.press("Ask it anyway")
    assert shopper.hears("We do not know who signed this")
    shopper.press("Show details")
    shopper.press(ADD)
    shopper.wait_for("Add The Corner Shop?")
    assert shopper.hears(", ".join(GROUPS))
    assert world.live.issuers() == []
    compare(shopper, "".join(GROUPS))
    shopper.press(ADD)
    shopper.wait_for(REMOVE)
    assert list(world.live.issuers()) == [FILE]
    shopper.press("Back")
    assert shopper.hears("Signed by The Corner Shop, added by this shop")
    assert ADD not in shopper.names


def test_a_signer_without_a_file_of_its_own_is_not_offered(shopper: Shopper) -> None:
    shopper.follow(SIGNER.code())
    shopper.press("Ask it anyway")
    shopper.press("Show details")
    assert ADD not in shopper.names


def test_a_listed_signer_needs_no_adding(shopper: Shopper, world: LivingWorld, tmp_path: Path) -> None:
    file = tmp_path / "listed.json"
    file.write_bytes(json.dumps(json.loads(FILE) | {"iss": world.office.id}).encode())
    drop(shopper, file)
    shopper.wait_for("The Corner Shop is on our list already. Nothing was added.")
    assert FIELD not in shopper.names


def test_a_file_that_names_no_signer_says_so(shopper: Shopper, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(b"{}")
    shopper.program.rooms.places.ask = lambda _want: file
    shopper.go("history")
    shopper.press("Who may sign labels")
    shopper.press("Add a signer from its file")
    shopper.wait_for("other.json does not say who signs and with which keys.")


def test_a_newer_list_can_be_asked_for(shopper: Shopper, world: LivingWorld) -> None:
    shopper.go("history")
    shopper.press("Who may sign labels")
    serial = world.serial
    shopper.press("Look for a newer list")
    shopper.wait_for("There was a newer list. It is in use now.")
    assert world.serial > serial
