"""My labels: what was scanned is found again, and forgotten when asked."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import Profile
from labelviewer.domain.errors import CannotSaveError
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.ports import Visit
from labelviewer.pipeline.run import Ports, inspect_code
from labelviewer.ui.jobs import OneThread
from labelviewer.ui.viewmodels.history import ROWS_AT_FIRST, HistoryState, HistoryViewModel
from labelviewer.words.catalogue import Words
from tests.simulator import Authority
from tests.ui_fixtures import Crank, wait_until


@pytest.fixture
def kept(shop_world: Ports, shop: Authority) -> Ports:
    """Two labels were scanned, the second one last."""
    for number in ("1", "2"):
        assert inspect_code(shop.code(number), shop_world).not_kept is None
    return shop_world


def shown(ports: Ports, words: Words, crank: Crank) -> HistoryViewModel:
    model = HistoryViewModel(lambda: ports, words, crank)
    model.refresh()
    crank.turn_all()
    return model


def products(model: HistoryViewModel) -> list[str]:
    return [row["product"] for row in model.property("rows")]


def number_of(model: HistoryViewModel, product: str) -> int:
    return next(row.number for row in model.state.rows if row.product == product)


def test_what_was_scanned_last_comes_first(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    assert products(model) == ["Lookout Mini", "Hearth Camera 2"]
    assert model.property("message") is None
    assert not model.property("hasMore")


def test_each_label_is_checked_again_today(kept: Ports, shop: Authority, words: Words, crank: Crank) -> None:
    withdrawn = replace(kept, trust=replace(kept.trust, authority=shop.withdraw()))  # type: ignore[type-var]
    before, after = shown(kept, words, crank), shown(withdrawn, words, crank)
    assert {row.tone for row in before.state.rows} == {"ok"}
    assert {row.tone for row in after.state.rows} == {"danger"}


def test_without_a_library_the_list_is_empty(ports: Ports, words: Words, crank: Crank) -> None:
    model = shown(replace(ports, keeper=None), words, crank)
    assert model.state == HistoryState()


def test_a_kept_label_is_opened(kept: Ports, words: Words, crank: Crank) -> None:
    model, opened = shown(kept, words, crank), list[Inspection]()
    model.opened.connect(opened.append)
    model.open(number_of(model, "Hearth Camera 2"))
    model.open(99)
    (inspection,) = opened
    assert inspection.label is not None
    assert inspection.label.product.name == "Hearth Camera 2"


def test_two_are_ticked_and_compared_in_the_order_of_ticking(kept: Ports, words: Words, crank: Crank) -> None:
    model, compared = shown(kept, words, crank), list[tuple[Inspection, ...]]()
    model.compared.connect(compared.append)
    first, second = number_of(model, "Hearth Camera 2"), number_of(model, "Lookout Mini")
    model.choose(first)
    assert not model.property("canCompare")
    model.choose(second)
    assert model.property("canCompare")
    model.compareChosen()
    ((a, b),) = compared
    assert a.label is not None
    assert b.label is not None
    assert (a.label.product.name, b.label.product.name) == ("Hearth Camera 2", "Lookout Mini")


def test_ticking_again_takes_the_tick_away(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    number = number_of(model, "Lookout Mini")
    model.choose(number)
    model.choose(number)
    assert model.state.chosen == ()
    assert model.property("chosen") == []


def test_a_tick_leaves_the_rows_as_they_are(kept: Ports, words: Words, crank: Crank) -> None:
    model, changes = shown(kept, words, crank), list[None]()
    model.rowsChanged.connect(lambda: changes.append(None))
    model.choose(number_of(model, "Lookout Mini"))
    assert model.property("chosen") == [number_of(model, "Lookout Mini")]
    assert changes == []


def test_two_to_four_are_compared_and_a_fifth_tick_takes_the_place_of_the_oldest(
    kept: Ports, words: Words, crank: Crank
) -> None:
    model, able = shown(kept, words, crank), list[bool]()
    for number in (5, 6, 7, 8, 9):
        model.choose(number)
        able.append(model.property("canCompare"))
    assert able == [False, True, True, True, True]
    assert model.state.chosen == (6, 7, 8, 9)


def test_a_label_is_forgotten(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    model.forget(number_of(model, "Lookout Mini"))
    crank.turn_all()
    assert products(model) == ["Hearth Camera 2"]
    assert products(shown(kept, words, crank)) == ["Hearth Camera 2"]


def test_the_list_is_cleared(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    model.clear()
    crank.turn_all()
    assert products(model) == []
    assert products(shown(kept, words, crank)) == []


def test_what_was_removed_is_put_back_where_it_was(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    model.forget(number_of(model, "Hearth Camera 2"))
    crank.turn_all()
    assert model.property("removed") == "Removed: 1 label"
    model.refresh()
    crank.turn_all()
    model.undo()
    crank.turn_all()
    assert (products(model), model.property("removed")) == (["Lookout Mini", "Hearth Camera 2"], "")
    model.clear()
    crank.turn_all()
    assert model.property("removed") == "Removed: 2 labels"
    model.undo()
    crank.turn_all()
    assert products(shown(kept, words, crank)) == ["Lookout Mini", "Hearth Camera 2"]


def test_without_anything_removed_undo_does_nothing(kept: Ports, words: Words, crank: Crank) -> None:
    model = shown(kept, words, crank)
    model.undo()
    assert crank.waiting == 0


def test_labels_are_found_filtered_and_sorted(kept: Ports, shop: Authority, words: Words, crank: Crank) -> None:
    held = replace(kept, trust=replace(kept.trust, authority=shop.put_on_hold()))  # type: ignore[type-var]
    model = shown(kept, words, crank)
    model.find("hc-2 HEARTH")
    assert products(model) == ["Hearth Camera 2"]
    model.find("nothing")
    assert (products(model), model.property("total"), model.property("hasMore")) == ([], 2, False)
    model.find("")
    model.sort("name")
    assert products(model) == ["Hearth Camera 2", "Lookout Mini"]
    model.showAttention(True)
    assert products(model) == []
    model.refresh()
    crank.turn_all()
    assert products(model) == [], "what was asked for stays when the list is read again"
    worried = shown(held, words, crank)
    worried.showAttention(True)
    assert len(products(worried)) == 2


def test_a_scanned_label_is_claimed(kept: Ports, words: Words, crank: Crank) -> None:
    model, claimed = shown(kept, words, crank), list[Inspection]()
    model.claimed.connect(claimed.append)
    model.claim(number_of(model, "Lookout Mini"))
    model.claim(99)
    assert [each.label.product.name for each in claimed if each.label] == ["Lookout Mini"]


class Refusing:
    """A library whose disk lets nobody write, or read."""

    def __init__(self, visits: tuple[Visit, ...], *, readable: bool) -> None:
        self._visits, self._readable = visits, readable

    def history(self) -> tuple[Visit, ...]:
        if not self._readable:
            raise CannotSaveError(place="/disk")
        return self._visits

    def forget(self, number: int) -> None:
        raise CannotSaveError(place="/disk")

    def highest_version(self, issuer: str, subject: str) -> int:
        raise CannotSaveError(place="/disk")


@pytest.mark.parametrize("readable", [True, False])
def test_a_disk_that_refuses_is_said_and_the_list_stays(
    kept: Ports, words: Words, crank: Crank, readable: bool
) -> None:
    assert kept.keeper is not None
    keeper = Refusing(tuple(kept.keeper.history()), readable=readable)
    model = shown(replace(kept, keeper=keeper), words, crank)  # type: ignore[arg-type]
    model.forget(1)
    crank.turn_all()
    message = model.property("message")
    assert message["code"] == "C09"
    assert "/disk" in message["body"]
    assert len(products(model)) == (2 if readable else 0)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_read_only_folder_costs_the_change_not_the_list(
    kept: Ports, profile: Profile, words: Words, crank: Crank
) -> None:
    for path in (*profile.data.iterdir(), profile.data):
        path.chmod(0o500 if path.is_dir() else 0o400)
    model = shown(kept, words, crank)
    model.clear()
    crank.turn_all()
    profile.data.chmod(0o700)
    assert model.property("message")["code"] == "C09"
    assert len(products(model)) == 2


def test_a_long_list_is_shown_in_parts(kept: Ports, words: Words, crank: Crank) -> None:
    assert kept.keeper is not None
    (visit, *_) = kept.keeper.history()

    class Long:
        def history(self) -> tuple[Visit, ...]:
            return tuple(replace(visit, number=number) for number in range(ROWS_AT_FIRST + 5))

        def highest_version(self, issuer: str, subject: str) -> int:
            return 0

    model = shown(replace(kept, keeper=Long()), words, crank)  # type: ignore[arg-type]
    assert len(products(model)) == ROWS_AT_FIRST
    assert model.property("hasMore")
    model.showMore()
    assert len(products(model)) == ROWS_AT_FIRST + 5
    assert not model.property("hasMore")
    model.refresh()
    crank.turn_all()
    assert len(products(model)) == ROWS_AT_FIRST + 5


@pytest.mark.fault("U2")
def test_a_bug_is_reported_and_the_list_stays(kept: Ports, words: Words, crank: Crank) -> None:
    class Broken:
        def history(self) -> tuple[Visit, ...]:
            raise ZeroDivisionError

    bugs: list[Exception] = []
    model = HistoryViewModel(lambda: replace(kept, keeper=Broken()), words, crank)  # type: ignore[arg-type]
    model.crashed.connect(bugs.append)
    model.refresh()
    crank.turn_all()
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    assert model.state == HistoryState()


def test_with_a_real_thread_the_list_arrives(kept: Ports, words: Words, tmp_path: Path) -> None:
    thread = OneThread("library")
    model = HistoryViewModel(lambda: kept, words, thread)
    model.refresh()
    wait_until(lambda: len(model.state.rows) == 2)
    assert thread.close()


@pytest.mark.fault("D8")
def test_a_disk_that_was_pulled_out_is_said_and_its_list_is_back_with_it(
    kept: Ports, tmp_path: Path, shop: Authority, words: Words, crank: Crank
) -> None:
    home = tmp_path / "stick"
    ports = replace(kept, keeper=Library(home / "library.db", kept.clock))
    inspect_code(shop.code("1"), ports)
    model = shown(ports, words, crank)
    assert products(model) == ["Hearth Camera 2"]
    home.rename(tmp_path / "drawer")
    model.refresh()
    crank.turn_all()
    assert model.property("message")["code"] == "C09"
    (tmp_path / "drawer").rename(home)
    model.refresh()
    crank.turn_all()
    assert (products(model), model.property("message")) == (["Hearth Camera 2"], None)


def test_whoever_waits_for_the_library_is_told(kept: Ports, words: Words, crank: Crank) -> None:
    class Rebuilding(Library):
        """Brings itself up to date for as long as the list is read, as another thread sees it."""

        def is_rebuilding(self) -> bool:
            return True

        def history(self) -> Sequence[Visit]:
            model._glance.timeout.emit()
            return super().history()

    assert isinstance(kept.keeper, Library)
    keeper = Rebuilding(kept.keeper._path, kept.clock)
    model, waits = HistoryViewModel(lambda: replace(kept, keeper=keeper), words, crank), list[str]()
    model.changed.connect(lambda: waits.append(model.property("waiting")))
    model.refresh()
    assert model._glance.isActive()
    crank.turn_all()
    assert waits == [words.say("stage.rebuilding"), ""]
    assert len(products(model)) == 2
    assert not model._glance.isActive()
