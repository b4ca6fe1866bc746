"""My labels, worked by name alone and by keys: owning, alerts, finding, undoing, exporting."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.feed_file import FeedFile
from labelviewer.adapters.profile import Profile
from labelviewer.pipeline.ports import KeptFeed
from labelviewer.pipeline.run import Ports
from tests.accessibility import by_name
from tests.attack_feed import entry, feed
from tests.labels import words
from tests.simulator import NOW, Authority
from tests.ui_fixtures import Shopper, open_window, shop_ports, wait_until

SOON = {"criterion": "support-until", "value": "2027-01-31", "as_of": "2026-03-01"}
ATTACKED, ENDING = "Attackers use a weak spot in this product", "Updates end in 7 months"
CAMERA, MINI = "Hearth Camera 2", "Lookout Mini"


def scan_both(shopper: Shopper, shop: Authority) -> None:
    for number in ("1", "2"):
        shopper.follow(shop.code(number))
    shopper.press("My labels")
    shopper.wait_for(f"Open {CAMERA}")


def test_a_label_is_owned_from_its_page_and_outlives_the_list(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    shopper.follow(shop.code("1"))
    shopper.press(f"I own this: {CAMERA}")
    wait_until(lambda: f"I own this: {CAMERA}" not in shopper.names)
    assert shopper.hears("Yours since")
    shopper.press("My labels")
    shopper.wait_for("Clear the list")
    shopper.press("Clear the list")
    shopper.wait_for("Removed: 1 label")
    assert f"Open {CAMERA}, which I own" in shopper.names
    shopper.press(f"{CAMERA} is no longer mine")
    shopper.wait_for(words().say("history.empty.title"))


def test_the_checklist_keeps_its_ticks(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    shopper.follow(shop.code("1"))
    title = words().say("heading.checklist")
    assert title not in shopper.names
    shopper.press(f"I own this: {CAMERA}")
    shopper.wait_for(title)
    task = next(name for name in shopper.names if name.startswith("Choose a new, long password"))
    shopper.press(task)
    wait_until(lambda: shopper.program.rooms.things.property("done") == ["default-password"])
    shopper.go("start")
    shopper.follow(shop.code("1"))
    assert f"CheckBox: {task} [x]" in shopper.outline


def test_a_sample_has_no_button_to_own_it(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    assert f"I own this: {CAMERA}" not in shopper.names


def test_what_was_removed_is_put_back_by_button_and_by_key(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)
    shopper.press(f"Remove {CAMERA} from the list")
    shopper.wait_for("Undo")
    shopper.press("Undo")
    shopper.wait_for(f"Open {CAMERA}")
    shopper.press("Clear the list")
    shopper.wait_for(words().say("history.empty.title"))
    shopper.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shopper.wait_for(f"Open {MINI}")


def test_labels_are_found_by_typing_after_ctrl_f(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)
    shopper.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    shopper.type("look")
    wait_until(lambda: f"Open {CAMERA}" not in shopper.names)
    assert f"Open {MINI}" in shopper.names
    shopper.type("xx")
    shopper.wait_for(words().say("history.nothing-found"))
    shopper.go("start")
    shopper.press("My labels")
    shopper.wait_for(f"Open {CAMERA}")


def test_the_order_is_chosen_by_name(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)

    def order() -> list[str]:
        return [name for name in shopper.names if name in (f"Open {CAMERA}", f"Open {MINI}")]

    assert order() == [f"Open {MINI}", f"Open {CAMERA}"]
    shopper.press("By name")
    assert order() == [f"Open {CAMERA}", f"Open {MINI}"]
    assert "By name, in use" in shopper.names
    shopper.press("Only what needs attention")
    shopper.wait_for(words().say("history.nothing-found"))


def alarmed(shop: Authority, profile: Profile) -> Ports:
    """Its updates end soon, and it is in the catalogue of known attacks that came today."""
    shelf = FeedFile(profile.attacks)
    shelf.keep_feed(KeptFeed(feed(entry("Acme Home Ltd", "HC-2")), NOW))
    return replace(shop_ports(shop, profile), feeds=shelf)


def test_alerts_are_counted_on_every_page_told_and_hidden(qapp: QGuiApplication, tmp_path: Path) -> None:
    shop = Authority().publish("1", claims=[SOON])
    with open_window(tmp_path, lambda profile: alarmed(shop, profile)) as shopper:
        shopper.follow(shop.code("1"))
        shopper.press(f"I own this: {CAMERA}")
        wait_until(lambda: shopper.program.rooms.things.state.alerts != ())
        shopper.go("start")
        assert by_name(shopper.tree, "My labels").description == "1 alert"
        shopper.press("My labels")
        shopper.wait_for(f"Hide this alert about {CAMERA}: {ENDING}")
        assert not shopper.hears("Attackers use")
        shopper.program.settings.setKnownAttacks(True)
        shopper.program.rooms.things.refresh()
        shopper.wait_for(f"{CAMERA}. {ATTACKED}")
        assert shopper.hears("CVE-2026-0001")
        for alert in (ATTACKED, ENDING):
            shopper.press(f"Hide this alert about {CAMERA}: {alert}")
            wait_until(lambda alert=alert: f"{CAMERA}. {alert}" not in shopper.names)  # type: ignore[misc]
        assert by_name(shopper.tree, "My labels").description == ""


def test_it_is_asked_once_whether_to_look_for_known_attacks(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)
    title = words().say("attacks.ask.title")
    assert title not in shopper.names
    shopper.press(f"I own this: {CAMERA}")
    shopper.wait_for(title)
    shopper.press("No, do not look")
    wait_until(lambda: title not in shopper.names)
    assert "Look for known attacks" in shopper.names
    assert shopper.program.settings.state.known_attacks == "off"


def test_everything_owned_is_checked_again_and_both_lists_are_saved(
    shopper_in_shop: Shopper, shop: Authority, tmp_path: Path
) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)
    shopper.press(f"I own this: {CAMERA}")
    shopper.wait_for("Check all again")
    shopper.press("Check all again")
    shopper.wait_for("Checked again: 1 label")
    shopper.program.rooms.places.ask = lambda want: tmp_path / want.name
    shopper.press("Save as a table")
    shopper.wait_for("Saved as my-labels.csv.")
    shopper.press("Save as data")
    shopper.wait_for("Saved as my-labels.json.")
    assert (tmp_path / "my-labels.csv").read_bytes().count(b"Acme") == 3


@pytest.mark.fault("D2")
def test_a_list_that_cannot_be_saved_is_said(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    scan_both(shopper, shop)
    shopper.program.rooms.places.ask = lambda _want: Path("/nowhere/my-labels.csv")
    shopper.press("Save as a table")
    shopper.wait_for("We could not save it there")
