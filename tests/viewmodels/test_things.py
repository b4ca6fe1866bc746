"""What somebody owns: told of what changed for the worse, asked for anew, stopped, hidden and given away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from labelviewer.adapters.feed_file import FeedFile
from labelviewer.adapters.profile import Profile
from labelviewer.domain.errors import CannotSaveError, LabelViewerError, NotAnsweringError, OfflineError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.attacks import FEED
from labelviewer.pipeline.ports import Fetched, Thing
from labelviewer.pipeline.run import Ports, inspect_code
from labelviewer.ui.jobs import OneThread
from labelviewer.ui.settings import Settings, load_settings
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.owned import ThingsState
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.things import ThingsViewModel
from labelviewer.words.catalogue import Words
from tests.attack_feed import entry, feed
from tests.desk import MemorySite, MemoryTrust
from tests.simulator import Authority
from tests.ui_fixtures import Crank, wait_until

SOON = {"criterion": "support-until", "value": "2027-01-31", "as_of": "2026-03-01"}
ENDED = {"criterion": "support-until", "value": "2026-05-01", "as_of": "2026-03-01"}
FOUND = feed(entry("Acme Home Ltd", "HC-2"))


@dataclass
class Net:
    """What the issuer serves, and the catalogue of known attacks; counts who asks for what."""

    shop: MemorySite
    feed: bytes | LabelViewerError = FOUND
    fed: int = 0
    asked: int = 0

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        if address != FEED:
            self.asked += 1
            return self.shop.fetch(address, accept=accept, max_bytes=max_bytes, is_known=is_known)
        self.fed += 1
        if isinstance(self.feed, LabelViewerError):
            raise self.feed
        return Fetched(self.feed, "application/json", address)


@dataclass
class World:
    model: ThingsViewModel
    label: LabelViewModel
    ports: Ports
    net: Net
    settings: SettingsViewModel
    crank: Crank
    bulk: Crank

    def turn(self) -> None:
        while self.crank.waiting or self.bulk.waiting:
            self.bulk.turn_all()
            self.crank.turn_all()

    def look_up(self, authority: Authority, number: str = "1") -> Inspection:
        return inspect_code(authority.code(number), self.ports)

    def own(self, authority: Authority, number: str = "1") -> None:
        self.model.own(self.look_up(authority, number))
        self.turn()

    def serve(self, authority: Authority) -> None:
        """From now on the issuer says this."""
        self.ports = replace(self.ports, trust=MemoryTrust(authority))
        self.net.shop = MemorySite(authority)

    def again(self) -> None:
        self.model.refresh()
        self.turn()

    @property
    def codes(self) -> list[str]:
        return [alert.code for alert in self.model.state.alerts]

    def shows(self, name: str) -> Any:
        return self.model.property(name)


@pytest.fixture
def world(shop_world: Ports, shop: Authority, profile: Profile, words: Words, crank: Crank) -> World:
    net = Net(MemorySite(shop))
    ports = replace(shop_world, fetcher=net, feeds=FeedFile(profile.attacks))
    settings, bulk = SettingsViewModel(profile.config / "settings.json", Settings()), Crank()
    worlds: list[World] = []

    def now() -> Ports:
        return worlds[0].ports

    label = LabelViewModel(now, words)
    model = ThingsViewModel(now, label, settings, words, crank, bulk)
    worlds.append(World(model, label, ports, net, settings, crank, bulk))
    return worlds[0]


def test_nothing_is_owned_at_first(world: World) -> None:
    world.again()
    assert world.model.state == ThingsState()
    assert (world.shows("badge"), world.shows("count"), world.shows("asks")) == ("", 0, False)


def test_what_is_owned_stays_when_the_history_is_cleared(world: World, shop: Authority) -> None:
    world.own(shop)
    assert world.ports.keeper is not None
    world.ports.keeper.clear_history()
    world.again()
    (row,) = world.shows("rows")
    assert (row["product"], row["standing"]) == ("Hearth Camera 2", "Checked: this label is real")
    assert row["when"].startswith("Yours since")


def test_the_label_on_the_page_is_owned_once(world: World, shop: Authority) -> None:
    assert not world.shows("ownable")
    world.label.show(world.look_up(shop))
    assert world.shows("ownable")
    assert world.shows("yours") == ""
    world.model.ownShown()
    world.turn()
    assert not world.shows("ownable")
    assert world.shows("yours").startswith("Yours since")


def test_a_sample_is_not_owned(ports: Ports, world: World) -> None:
    world.label.show(inspect_code("https://samples.labelviewer.example/l/camera-a", ports))
    assert not world.shows("ownable")
    world.model.ownShown()
    world.turn()
    assert world.model.state.rows == ()


@pytest.mark.parametrize(
    ("worse", "code", "tone"),
    [
        (lambda shop: shop.withdraw(), "V07", "danger"),
        (lambda shop: shop.put_on_hold(), "V17", "warn"),
        (lambda shop: shop.publish("1", claims=[SOON], ver=4), "V14", "warn"),
        (lambda shop: shop.publish("1", claims=[ENDED], ver=4), "V13", "danger"),
    ],
)
def test_what_changed_for_the_worse_is_told_counted_and_hidden(
    world: World, shop: Authority, worse: Callable[[Authority], Authority], code: str, tone: str
) -> None:
    world.own(shop)
    assert world.codes == []
    world.serve(worse(shop))
    world.model.checkAll()
    world.turn()
    (alert,) = world.shows("alerts")
    assert (alert["code"], alert["tone"], alert["product"]) == (code, tone, "Hearth Camera 2")
    assert (world.shows("count"), world.shows("badge")) == (1, "1 alert")
    world.model.hide(alert["number"], alert["key"])
    world.turn()
    world.again()
    assert (world.shows("count"), world.shows("badge")) == (0, "")
    assert world.shows("rows")[0]["tone"] == tone or world.shows("rows")[0]["warnings"] != []


def test_a_hidden_alert_comes_again_when_its_state_does(world: World, shop: Authority) -> None:
    world.own(shop)
    held, well = shop.put_on_hold(), shop
    for authority, shown in ((held, ["V17"]), (well, []), (held, ["V17"])):
        world.serve(authority)
        world.again()
        assert world.codes == shown
        for alert in world.model.state.alerts:
            world.model.hide(alert.number, alert.key)
            world.turn()
        assert world.codes == []
        world.again()
        assert world.codes == []


def test_a_new_end_of_updates_is_told_although_the_old_one_was_hidden(world: World, shop: Authority) -> None:
    soon = shop.publish("1", claims=[SOON], ver=4)
    world.serve(soon)
    world.own(soon)
    (alert,) = world.model.state.alerts
    world.model.hide(alert.number, alert.key)
    world.turn()
    later = {**SOON, "value": "2027-02-28"}
    world.serve(soon.publish("1", claims=[later], ver=5))
    world.model.checkAll()
    world.turn()
    assert world.codes == ["V14"]


def test_known_attacks_are_not_looked_for_unless_somebody_said_yes(world: World, shop: Authority) -> None:
    world.own(shop)
    assert world.shows("asks")
    world.model.checkAll()
    world.turn()
    assert (world.net.fed, world.codes) == (0, [])
    assert FEED.host in world.shows("attacksAbout")
    world.model.lookForAttacks(False)
    world.turn()
    world.model.checkAll()
    world.turn()
    assert (world.net.fed, world.shows("asks"), world.shows("looksForAttacks")) == (0, False, False)


def test_a_known_attack_is_told_with_its_source_and_the_answer_is_kept(
    world: World, shop: Authority, profile: Profile
) -> None:
    world.own(shop)
    world.model.lookForAttacks(True)
    world.turn()
    (alert,) = world.shows("alerts")
    assert alert["code"] == "V15"
    assert "CVE-2026-0001" in alert["source"]
    assert FEED.host in world.shows("attacksList")
    assert (world.net.fed, world.shows("asks")) == (1, False)
    assert load_settings(profile.config / "settings.json")[0].known_attacks == "on"
    world.model.lookForAttacks(False)
    world.turn()
    assert (world.codes, world.shows("attacksList")) == ([], "")


def test_a_hidden_attack_stays_hidden_while_nobody_looks(world: World, shop: Authority) -> None:
    world.own(shop)
    world.model.lookForAttacks(True)
    world.turn()
    (alert,) = world.model.state.alerts
    world.model.hide(alert.number, alert.key)
    world.turn()
    for on in (False, True):
        world.model.lookForAttacks(on)
        world.turn()
        assert world.codes == []


@pytest.mark.fault("N1")
@pytest.mark.parametrize(
    ("answer", "code"),
    [(OfflineError(), "F02"), (NotAnsweringError(host=FEED.host), "F04"), (b"{}", "F12"), (FOUND[:-3], "F12")],
)
def test_a_catalogue_that_does_not_come_is_said(
    world: World, shop: Authority, answer: bytes | LabelViewerError, code: str
) -> None:
    world.own(shop)
    world.net.feed = answer
    world.model.lookForAttacks(True)
    world.turn()
    assert world.shows("message")["code"] == code
    assert (world.shows("busy"), world.codes) == (False, [])
    world.net.feed = FOUND
    world.model.checkAll()
    world.turn()
    assert (world.shows("message"), world.codes) == (None, ["V15"])


def test_everything_is_asked_for_anew_with_how_far_it_is(world: World, shop: Authority) -> None:
    far: list[tuple[str, float]] = []
    for number in ("1", "2"):
        world.own(shop, number)
    world.model.changed.connect(lambda: far.append((world.shows("heading"), world.shows("part"))))
    world.net.asked = 0
    world.model.checkAll()
    assert world.shows("busy")
    world.model.checkAll()
    world.turn()
    assert world.net.asked == 2
    assert ("Asking about Lookout Mini", 0) in far
    assert ("Asking about Hearth Camera 2", 0.5) in far
    assert (world.shows("busy"), world.shows("told")) == (False, "Checked again: 2 labels")
    assert world.ports.keeper is not None
    assert len(world.ports.keeper.history()) == 2


def test_asking_stops_when_told(world: World, shop: Authority) -> None:
    for number in ("1", "2"):
        world.own(shop, number)
    world.net.asked = 0
    world.model.changed.connect(lambda: world.model.stopChecking() if world.shows("heading") else None)
    world.model.checkAll()
    world.turn()
    assert (world.net.asked, world.shows("busy")) == (1, False)
    assert world.shows("told") == "Stopped.\nChecked again: 1 label"


@pytest.mark.fault("N1")
def test_a_site_that_does_not_answer_costs_its_label_alone(world: World, shop: Authority) -> None:
    for number in ("1", "2"):
        world.own(shop, number)
    world.net.shop = replace(world.net.shop, problem=NotAnsweringError(host="a.example"))
    world.model.checkAll()
    world.turn()
    assert world.shows("message")["code"] == "F04"
    assert world.shows("told") == "No answer for 2 labels."
    assert len(world.shows("rows")) == 2


def test_what_is_no_longer_owned_can_be_owned_again(world: World, shop: Authority) -> None:
    world.own(shop)
    (before,) = world.model.state.owned
    world.model.disown(before.thing.number)
    world.turn()
    assert world.shows("rows") == []
    assert world.shows("removed") == "Removed: 1 label"
    world.again()
    world.model.undo()
    world.turn()
    (after,) = world.model.state.owned
    assert replace(after.thing, number=0) == replace(before.thing, number=0)
    assert world.shows("removed") == ""


def test_things_are_found_filtered_and_sorted(world: World, shop: Authority) -> None:
    soon = shop.publish("1", claims=[SOON])
    world.serve(soon)
    for number in ("2", "1"):
        world.own(soon, number)

    def products() -> list[str]:
        return [row["product"] for row in world.shows("rows")]

    assert products() == ["Hearth Camera 2", "Lookout Mini"]
    world.model.find("look MI")
    assert products() == ["Lookout Mini"]
    world.model.find("ookout")
    assert products() == []
    assert world.shows("total") == 2
    world.model.find("")
    world.model.showAttention(True)
    assert products() == ["Hearth Camera 2"]
    world.model.showAttention(False)
    world.model.sort("name")
    assert products() == ["Hearth Camera 2", "Lookout Mini"]
    world.model.sort("ends")
    assert products() == ["Hearth Camera 2", "Lookout Mini"]


def test_ticks_of_the_checklist_are_kept_and_leave_the_tasks_as_they_are(world: World, shop: Authority) -> None:
    world.label.show(world.look_up(shop))
    assert world.shows("checklist") == []
    world.model.ownShown()
    world.turn()
    names = [task["criterion"] for task in world.shows("checklist")]
    changes: list[None] = []
    world.model.ownableChanged.connect(lambda: changes.append(None))
    for name in names[:2]:
        world.model.tick(name)
        world.turn()
    assert (sorted(world.shows("done")), changes) == (sorted(names[:2]), [])
    world.model.tick(names[0])
    world.turn()
    world.model.checkAll()
    world.turn()
    assert world.shows("done") == [names[1]]
    world.label.show(world.look_up(shop, "2"))
    assert (world.shows("checklist"), world.shows("done")) == ([], [])


def test_a_thing_is_opened(world: World, shop: Authority) -> None:
    opened: list[Inspection] = []
    world.own(shop)
    world.model.opened.connect(opened.append)
    world.model.open(world.shows("rows")[0]["number"])
    world.model.open(99)
    (inspection,) = opened
    assert inspection.label is not None


@pytest.mark.fault("D1")
def test_a_disk_that_refuses_is_said_and_what_is_owned_stays(world: World, shop: Authority) -> None:
    world.own(shop)
    keeper: Any = world.ports.keeper

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(keeper, name)

        def own(self, thing: Thing) -> None:
            raise CannotSaveError(place="/disk")

    world.ports = replace(world.ports, keeper=Refusing())
    world.own(shop, "2")
    assert world.shows("message")["code"] == "C09"
    assert len(world.shows("rows")) == 1
    world.model.checkAll()
    world.turn()
    assert world.shows("message")["code"] == "C09"
    assert not world.shows("busy")


@pytest.mark.fault("U2")
def test_a_bug_is_reported_and_nothing_keeps_waiting(world: World, shop: Authority) -> None:
    bugs: list[Exception] = []
    world.model.crashed.connect(bugs.append)
    world.own(shop)
    good = world.ports
    world.ports = replace(good, fetcher=None)  # type: ignore[arg-type]
    world.model.checkAll()
    world.turn()
    assert [type(bug) for bug in bugs] == [AttributeError]
    assert not world.shows("busy")


def test_with_real_threads_the_things_arrive(shop_world: Ports, shop: Authority, words: Words, tmp_path: Path) -> None:
    work, bulk = OneThread("work"), OneThread("bulk")
    settings = SettingsViewModel(tmp_path / "settings.json", Settings())
    label = LabelViewModel(lambda: shop_world, words)
    model = ThingsViewModel(lambda: shop_world, label, settings, words, work, bulk)
    model.own(inspect_code(shop.code("1"), shop_world))
    wait_until(lambda: len(model.state.rows) == 1)
    model.checkAll()
    wait_until(lambda: model.property("told") != "")
    assert work.close()
    assert bulk.close()
