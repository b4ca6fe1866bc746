"""A cancelled label stays cancelled: no answer of a site undoes what a recognised office said, unless one says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.errors import LabelViewerError, NotListedError, OfflineError, TakenDownError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from tests.pipeline.run_world import found, problem
from tests.simulator import Authority, tamper
from tests.trust_world import LivingWorld

HOST = "labels.a.example"
TTL = timedelta(hours=6)
EVIL = Authority(id="evil.example", name="Administrator A")
EVIL_SUBJECT = f"urn:label:{EVIL.id}:2026-000123"
WITHDRAWN = (State.WITHDRAWN, "V07")

ANSWERS: dict[str, Callable[[Authority], bytes]] = {
    "an unknown key of the office": lambda office: office.sign_anything(office.document(), kid="a-2027"),
    "an unknown signer": lambda office: EVIL.sign_anything(office.document() | {"iss": EVIL.id, "sub": EVIL_SUBJECT}),
    "no label at all": lambda _office: b"hello",
    "plain data": lambda _office: b'{"name": "Camera"}',
    "an older label of the office, on another place of the list": lambda office: office.label(
        ver=2, status={"status_list": {"uri": office.status_uri, "idx": 77}}
    ),
}
REFUSALS: tuple[LabelViewerError, ...] = (NotListedError(host=HOST), TakenDownError(host=HOST))


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    return LivingWorld(tmp_path)


@pytest.fixture
def cancelled(world: LivingWorld) -> LivingWorld:
    """A label was looked at, and withdrawn since."""
    return cancel(world)


def cancel(world: LivingWorld) -> LivingWorld:
    assert found(world.follow()) == (State.VERIFIED, "V01")
    world.change(Authority.withdraw)
    world.sleep(TTL)
    assert found(world.follow()) == WITHDRAWN
    return world


def answer(world: LivingWorld, name: str) -> None:
    world.office = world.office.publish(token=ANSWERS[name](world.office))


@pytest.mark.threat("T18")
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_no_office_signed_does_not_undo_a_withdrawal(cancelled: LivingWorld, name: str) -> None:
    answer(cancelled, name)
    for wait in (timedelta(), 2 * TTL, timedelta(days=3)):
        cancelled.sleep(wait)
        assert found(cancelled.follow(again=True)) == WITHDRAWN
        assert found(cancelled.follow()) == WITHDRAWN
    cancelled.live = cancelled.start()
    cancelled.trouble = OfflineError()
    assert found(cancelled.follow(again=True)) == WITHDRAWN


@pytest.mark.threat("T18")
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
def test_a_site_that_has_no_label_any_more_does_not_undo_it_either(
    cancelled: LivingWorld, refusal: LabelViewerError
) -> None:
    office = cancelled.office
    cancelled.served[office.status_uri] = office.status_list()
    cancelled.label_trouble = refusal
    look = cancelled.follow(again=True)
    assert found(look) == WITHDRAWN
    assert problem(look) is None


@pytest.mark.threat("T18")
@pytest.mark.parametrize("name", ["an unknown key of the office", "an unknown signer"])
def test_a_withdrawal_that_comes_after_the_strangers_answer_is_seen(world: LivingWorld, name: str) -> None:
    """His label takes the code from nobody who signed."""
    world.follow()
    good = world.office
    world.sleep(timedelta(days=2))
    answer(world, name)
    assert found(world.follow())[0] is State.UNKNOWN_SIGNER
    world.change(Authority.withdraw)
    world.sleep(TTL)
    assert found(world.follow()) == WITHDRAWN
    assert good.label() in world.kept()


def test_something_worse_is_said_all_the_same(cancelled: LivingWorld) -> None:
    cancelled.office = cancelled.office.publish(token=tamper(cancelled.office.label(), ver=9))
    assert found(cancelled.follow(again=True)) == (State.TAMPERED, "V03")
    cancelled.office = cancelled.office.publish(token=b"hello")
    assert found(cancelled.follow(again=True)) == WITHDRAWN


@pytest.mark.parametrize(
    "how",
    [
        lambda office: replace(office, statuses={}).publish(),
        lambda office: office.publish(ver=9, status={"status_list": {"uri": office.status_uri, "idx": 77}}),
    ],
    ids=["taken back", "a new label in its place"],
)
def test_the_office_itself_can_undo_it(cancelled: LivingWorld, how: Callable[[Authority], Authority]) -> None:
    cancelled.change(how)
    cancelled.sleep(TTL)
    assert found(cancelled.follow(again=True)) == (State.VERIFIED, "V01")


def test_a_label_on_hold_stays_on_hold(world: LivingWorld) -> None:
    world.follow()
    world.change(Authority.put_on_hold)
    world.sleep(TTL)
    answer(world, "an unknown signer")
    assert found(world.follow(again=True)) == (State.SUSPENDED, "V17")


@pytest.mark.threat("T18")
@given(st.lists(st.sampled_from([*ANSWERS, "gone", "offline", "tampered", "a day"]), max_size=6))
def test_whatever_a_site_says_in_whatever_order_it_stays_cancelled(events: list[str]) -> None:
    with TemporaryDirectory() as folder:
        world = cancel(LivingWorld(Path(folder)))
        served = ""
        for event in events:
            served = event if event in ("tampered", *ANSWERS) else served
            look = happen(world, event)
            is_tampered = served == "tampered" and event not in ("gone", "offline")
            assert found(look)[0] is (State.TAMPERED if is_tampered else State.WITHDRAWN)
        world.label_trouble = world.trouble = None
        answer(world, "an unknown signer")
        assert found(world.follow()) == WITHDRAWN


def happen(world: LivingWorld, event: str) -> Inspection:
    world.label_trouble = world.trouble = None
    match event:
        case "gone":
            world.label_trouble = REFUSALS[0]
        case "offline":
            world.trouble = OfflineError()
        case "tampered":
            world.office = world.office.publish(token=tamper(world.office.label(), ver=9))
        case "a day":
            world.sleep(timedelta(days=1))
        case _:
            answer(world, event)
    return world.follow(again=True)
