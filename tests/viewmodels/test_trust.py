"""Open pages follow what becomes known about trust; a stranger is asked only when the shopper says so."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from labelviewer.domain.errors import CannotSaveError, KeepError, LibraryDamagedError
from labelviewer.pipeline.run import inspect_code, reopen
from labelviewer.present.proof import CheckLine
from labelviewer.ui.upkeep import Upkeep
from labelviewer.ui.viewmodels.compare import CompareViewModel
from labelviewer.ui.viewmodels.history import HistoryViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel, shows_checks
from labelviewer.ui.viewmodels.places import PlacesViewModel
from labelviewer.ui.viewmodels.trust import TrustViewModel
from tests import labels
from tests.simulator import Authority
from tests.trust_world import LivingWorld
from tests.ui_fixtures import Crank


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    return LivingWorld(tmp_path)


def code_of(model: LabelViewModel) -> str:
    assert model._page is not None
    return model._page.headline.code


def checks_of(model: LabelViewModel) -> tuple[CheckLine, ...]:
    assert model._page is not None
    return model._page.checks


def news(world: LivingWorld, how: Callable[[Authority], Authority]) -> None:
    world.change(how)
    world.live.renew_trust_list(at_once=True)


def test_an_open_label_follows_the_list_and_keeps_what_was_asked_for(world: LivingWorld) -> None:
    model = LabelViewModel(world.ports, labels.words())
    model.show(world.follow())
    model.toggleChecks()
    asked = len(world.asked_lists)
    news(world, Authority.remove)
    model.recheck()
    assert code_of(model) == "V05"
    assert shows_checks(model.state)
    news(world, lambda office: replace(office, state="recognised"))
    model.recheck()
    assert code_of(model) == "V01"
    assert len(world.asked_lists) == asked


def test_a_label_that_was_opened_from_the_history_is_still_not_compared_with_a_box(world: LivingWorld) -> None:
    model = LabelViewModel(world.ports, labels.words())
    world.follow()
    model.show(reopen(world.library.history()[0].evidence, world.ports()))
    before = checks_of(model)
    model.recheck()
    assert checks_of(model) == before


def test_a_comparison_follows_the_list(world: LivingWorld) -> None:
    world.office = world.office.publish("2", product={"name": "Lookout Mini"})
    model = CompareViewModel(world.ports, labels.words())
    model.add((world.follow(), world.follow(world.office.code("2"))))
    news(world, Authority.remove)
    model.recheck()
    assert {each.report.code for each in model.state.inspections if each.report} == {"V05"}


def test_the_history_shows_the_new_state_without_asking_anybody(world: LivingWorld, crank: Crank) -> None:
    model = HistoryViewModel(world.ports, labels.words(), crank)
    world.follow()
    model.refresh()
    crank.turn()
    before = model.state.rows[0].standing
    asked = len(world.asked_lists)
    news(world, Authority.remove)
    model.refresh()
    crank.turn()
    assert model.state.rows[0].standing != before
    assert len(world.asked_lists) == asked


def test_upkeep_tells_only_of_news_and_looks_once_at_a_time(world: LivingWorld, crank: Crank) -> None:
    told: list[str] = []
    looked: list[bool] = []

    def renew() -> bool:
        looked.append(world.live.renew_all())
        return looked[-1]

    upkeep = Upkeep(renew, nothing, 600, crank)
    upkeep.renewed.connect(lambda: told.append("news"))
    upkeep.look()
    upkeep.look()
    crank.turn_all()
    assert looked == [True]
    upkeep.look()
    crank.turn_all()
    assert (looked, told) == ([True, False], ["news"])
    world.sleep(timedelta(hours=6))
    world.change(Authority.withdraw)
    upkeep.look()
    crank.turn_all()
    assert told == ["news", "news"]


def nothing() -> None:
    pass


def test_upkeep_that_fails_is_reported_and_goes_on(crank: Crank) -> None:
    def fail() -> NoReturn:
        raise ZeroDivisionError

    faults: list[object] = []
    for upkeep in (Upkeep(fail, nothing, 600, crank), Upkeep(lambda: False, fail, 600, crank)):
        upkeep.crashed.connect(faults.append)
        for _ in range(2):
            upkeep.look()
            crank.turn_all()
    assert [type(fault) for fault in faults] == [ZeroDivisionError] * 4


@pytest.mark.parametrize(("trouble", "is_told"), [(LibraryDamagedError(place="x"), True), (CannotSaveError(), False)])
def test_upkeep_tells_of_damage_alone_and_looks_over_what_is_kept_each_time(
    crank: Crank, trouble: KeepError, is_told: bool
) -> None:
    told: list[object] = []
    looks: list[None] = []

    def look_over() -> None:
        looks.append(None)
        raise trouble

    upkeep = Upkeep(lambda: False, look_over, 600, crank)
    upkeep.damaged.connect(told.append)
    upkeep.crashed.connect(told.append)
    for _ in range(2):
        upkeep.look()
        upkeep.look()
        crank.turn_all()
    assert len(looks) == 2
    assert told == ([trouble] * 2 if is_told else [])


def test_a_label_of_a_stranger_stays_a_claim_when_it_is_checked_again(world: LivingWorld) -> None:
    evil = Authority(id="evil.example")
    world.served[evil.code()] = evil.label()
    model = LabelViewModel(world.ports, labels.words())
    model.show(inspect_code(evil.code(), world.ports(), strangers=True))
    model.recheck()
    assert code_of(model) == "V04"


def test_pages_follow_a_change_of_signers_even_if_its_answer_was_overtaken(world: LivingWorld, crank: Crank) -> None:
    signer = Authority(id="own.example", name="The Corner Shop")
    file = {"iss": signer.id, "name": {"en": signer.name}, "keys": signer.entry()["keys"]}
    world.live.add_issuer(json.dumps(file).encode())
    model = TrustViewModel(world.ports, lambda _path: b"", PlacesViewModel(), labels.words(), crank)
    told: list[None] = []
    model.trustChanged.connect(lambda: told.append(None))
    model.refresh()
    crank.turn_all()
    assert told == []
    model.remove(signer.id)
    model.refresh()
    crank.turn_all()
    assert world.live.issuers() == []
    assert len(told) == 1
