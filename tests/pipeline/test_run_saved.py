"""Saved copies: when they stand in for the site, when they do not, and what is said about them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from labelviewer.domain.errors import (
    DamagedLabelError,
    JumpedSiteError,
    LabelViewerError,
    NetworkBlockedError,
    NotAnsweringError,
    NotListedError,
    OddAddressError,
    OfflineError,
    PrivateNetworkError,
    ReachError,
    RefusedError,
    SignInPageError,
    TakenDownError,
    UnprovenSiteError,
    WrongClockError,
)
from labelviewer.domain.evidence import Box
from labelviewer.domain.inspection import Stage
from labelviewer.domain.report import Standing, State, Step
from labelviewer.pipeline.run import reopen
from labelviewer.present.label_page import label_page
from labelviewer.present.notice import notice_for
from tests.labels import packs, words
from tests.pipeline.run_world import World, bars, found, problem, square
from tests.simulator import DAY, GTIN, Authority, tamper

HOST = "labels.a.example"
HOUR = timedelta(hours=1)
VERIFIED = (State.VERIFIED, "V01")
SAVED = (State.NOT_TODAY, "F01")

UNREACHABLE: list[LabelViewerError] = [
    OfflineError(),
    NotAnsweringError(host=HOST),
    NotAnsweringError(host=HOST, seconds=120),
    UnprovenSiteError(host=HOST),
    SignInPageError(host=HOST),
    NetworkBlockedError(host=HOST),
    WrongClockError(date=date(2025, 1, 1)),
]
REFUSED: list[LabelViewerError] = [
    NotListedError(host=HOST),
    TakenDownError(host=HOST),
    JumpedSiteError(host1=HOST, host2="shop.example"),
    DamagedLabelError(host=HOST),
    PrivateNetworkError(host=HOST),
    OddAddressError(host=HOST),
]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def scanned(world: World) -> World:
    """A label was looked at and is kept."""
    assert found(world.follow()) == VERIFIED
    world.asked.clear()
    world.stages.clear()
    return world


def name(trouble: LabelViewerError) -> str:
    return type(trouble).__name__


def test_every_way_a_site_can_fail_us_is_tried() -> None:
    tried = {type(trouble) for trouble in UNREACHABLE + REFUSED}
    about_the_code = {"S40", "S41", "S42", "S43", "S44", "S45", "S46", "S47", "S49", "S50", "F11", "C10"}
    wanted = {kind for base in (ReachError, RefusedError) for kind in base.__subclasses__()}
    assert {kind for kind in wanted if kind.code not in about_the_code} <= tried


# Fresh copies


@pytest.mark.threat("T28")
@pytest.mark.parametrize("age", [timedelta(), HOUR, DAY - timedelta(seconds=1)])
def test_a_copy_of_today_is_used_and_nobody_is_asked(scanned: World, age: timedelta) -> None:
    fetched_at = scanned.at
    scanned.wait(age)
    inspection = scanned.follow()
    assert found(inspection) == VERIFIED
    assert scanned.asked == []
    assert scanned.stages == [(Stage.CHECKING, "")]
    assert not inspection.saved
    assert inspection.evidence is not None
    assert inspection.evidence.fetched_at == fetched_at
    assert len(scanned.kept()) == 2


@pytest.mark.parametrize("age", [DAY, 2 * DAY, 400 * DAY])
def test_an_older_copy_is_asked_for_again(scanned: World, age: timedelta) -> None:
    scanned.wait(age)
    inspection = scanned.follow()
    assert found(inspection) == VERIFIED
    assert scanned.asked == [scanned.office.address()]
    assert inspection.evidence is not None
    assert inspection.evidence.fetched_at == scanned.at


@pytest.mark.fault("T1")
def test_a_copy_from_the_future_is_asked_for_again(world: World) -> None:
    """The clock was ahead then; now that it is right, the copy would look fresh for too long."""
    world.at += 5 * DAY
    assert found(world.follow()) == VERIFIED
    world.at -= 5 * DAY
    assert found(world.follow()) == VERIFIED
    assert len(world.asked) == 2


def test_whoever_asks_again_gets_the_sites_own_answer(scanned: World) -> None:
    newer = scanned.office.label(ver=4)
    scanned.office = scanned.office.publish(token=newer)
    assert found(scanned.follow()) == VERIFIED
    assert scanned.asked == []
    inspection = scanned.follow(again=True)
    assert found(inspection) == VERIFIED
    assert scanned.asked == [scanned.office.address()]
    assert inspection.evidence is not None
    assert inspection.evidence.token == newer


def test_a_copy_of_today_is_compared_with_the_box_of_this_scan(scanned: World) -> None:
    right = scanned.show(square(scanned.office.code()), bars(GTIN.removeprefix("0")))
    assert found(right) == VERIFIED
    assert right.evidence is not None
    assert right.evidence.box == Box(scanned.office.code(), GTIN)
    assert scanned.asked == []
    wrong = scanned.show(square(scanned.office.code()), bars("4006381333931"))
    assert found(wrong) == (State.DOES_NOT_MATCH, "V10")
    unseen = scanned.follow()
    assert found(unseen) == VERIFIED
    assert unseen.evidence is not None
    assert unseen.evidence.box == Box(scanned.office.code())


@pytest.mark.threat("T3")
def test_a_copy_of_one_code_is_not_used_for_another(scanned: World) -> None:
    scanned.office = scanned.office.publish("2026-000999")
    assert found(scanned.follow(scanned.office.code("2026-000999"))) == VERIFIED
    assert scanned.asked == [scanned.office.address("2026-000999")]


@pytest.mark.parametrize(
    ("flaw", "state"),
    [
        (lambda a: a.withdraw(), State.WITHDRAWN),
        (lambda a: a.put_on_hold(), State.SUSPENDED),
        (lambda a: a.compromise(), State.SIGNER_CANCELLED),
        (lambda a: a.remove(date(2026, 5, 1)), State.SIGNER_CANCELLED),
    ],
)
def test_a_copy_of_today_is_judged_by_the_lists_of_this_minute(
    scanned: World, flaw: Callable[[Authority], Authority], state: State
) -> None:
    scanned.office = flaw(scanned.office)
    inspection = scanned.follow()
    assert inspection.report is not None
    assert inspection.report.state is state


@pytest.mark.parametrize(
    "flawed",
    [
        lambda a: tamper(a.label()),
        lambda a: a.label(a.document("2026-000999")),
        lambda a: a.label(exp=int((a.now - DAY).timestamp())),
        lambda a: a.sign_anything(a.document(), kid="unlisted"),
    ],
    ids=["tampered", "another product", "ran out", "unlisted key"],
)
def test_a_flawed_copy_never_stands_in_for_the_site_once_that_is_mended(
    world: World, flawed: Callable[[Authority], bytes]
) -> None:
    good = world.office
    world.office = world.office.publish(token=flawed(world.office))
    assert found(world.follow()) != VERIFIED
    world.office = good
    assert found(world.follow()) == VERIFIED
    assert len(world.asked) == 2
    assert found(world.follow()) == VERIFIED
    assert len(world.asked) == 2


# The site cannot be asked


@pytest.mark.parametrize("trouble", UNREACHABLE + REFUSED, ids=name)
def test_without_a_copy_the_trouble_is_the_answer(world: World, trouble: LabelViewerError) -> None:
    world.trouble = trouble
    inspection = world.follow()
    assert inspection.problem is trouble
    assert (inspection.evidence, inspection.report, inspection.label) == (None, None, None)
    assert inspection.scanned is not None
    assert not inspection.saved
    assert world.stages == [(Stage.LOOKING_UP, HOST)]
    assert not world.path.exists()


@pytest.mark.fault("N1")
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("trouble", UNREACHABLE, ids=name)
def test_a_site_that_cannot_be_asked_leaves_the_copy_with_the_reason(
    scanned: World, trouble: LabelViewerError, again: bool
) -> None:
    fetched = scanned.at
    scanned.wait(0 * DAY if again else 3 * DAY)
    scanned.trouble = trouble
    inspection = scanned.follow(again=again)
    assert found(inspection) == SAVED
    assert inspection.problem is trouble
    assert inspection.saved
    assert inspection.label is not None
    assert inspection.evidence is not None
    assert inspection.evidence.fetched_at == fetched
    assert inspection.report is not None
    assert inspection.report.facts == {"date": fetched.date()}
    assert scanned.stages == [(Stage.LOOKING_UP, HOST), (Stage.CHECKING, "")]
    assert len(scanned.kept()) == 1


@pytest.mark.parametrize("trouble", REFUSED, ids=name)
def test_a_site_that_answers_no_is_believed_and_the_copy_is_not_lost(scanned: World, trouble: LabelViewerError) -> None:
    scanned.wait(2 * DAY)
    scanned.trouble = trouble
    inspection = scanned.follow()
    assert inspection.problem is trouble
    assert (inspection.evidence, inspection.report, inspection.saved) == (None, None, False)
    assert scanned.kept() == [scanned.office.labels[scanned.office.address()]]
    scanned.trouble = OfflineError()
    assert found(scanned.follow()) == SAVED


@pytest.mark.threat("T18")
def test_a_saved_copy_is_still_refused_for_what_the_lists_say(scanned: World) -> None:
    scanned.wait(2 * DAY)
    scanned.trouble = OfflineError()
    scanned.office = scanned.office.withdraw()
    inspection = scanned.follow()
    assert found(inspection) == (State.WITHDRAWN, "V07")
    assert inspection.saved
    assert inspection.problem is scanned.trouble


def test_a_saved_copy_is_compared_with_the_box(scanned: World) -> None:
    scanned.wait(2 * DAY)
    scanned.trouble = OfflineError()
    inspection = scanned.show(square(scanned.office.code()), bars("4006381333931"))
    assert found(inspection) == (State.DOES_NOT_MATCH, "V10")


@pytest.mark.fault("N11")
@pytest.mark.threat("T3")
@pytest.mark.parametrize("again", [False, True])
def test_the_label_of_another_product_is_never_the_saved_copy_of_this_code(world: World, again: bool) -> None:
    world.office = world.office.publish(token=world.office.label(world.office.document("2026-000999")))
    assert found(world.follow()) == (State.DOES_NOT_MATCH, "V10")
    world.trouble = OfflineError()
    inspection = world.follow(again=again)
    assert problem(inspection) == "F02"
    assert inspection.report is None


def test_a_sample_is_never_a_saved_copy(world: World) -> None:
    world.follow(world.samples.code())
    world.trouble = OfflineError()
    inspection = world.follow(world.samples.code())
    assert inspection.problem is world.trouble
    assert inspection.report is None


# What the page says of it


@pytest.mark.parametrize("trouble", UNREACHABLE, ids=name)
@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_page_says_that_it_is_a_copy_of_what_day_and_why(
    scanned: World, trouble: LabelViewerError, withdrawn: bool
) -> None:
    scanned.wait(3 * DAY)
    scanned.trouble = trouble
    scanned.office = scanned.office.withdraw() if withdrawn else scanned.office
    inspection = scanned.follow()
    page = label_page(inspection, words(), packs(), scanned.at.date())
    assert page.came_from == "A saved copy from labels.a.example, fetched on 1 June 2026."
    alerts = [alert.code for alert in page.alerts]
    assert alerts.count(trouble.code) == (not isinstance(trouble, OfflineError))
    assert page.facts_hidden == withdrawn
    if not withdrawn:
        assert page.headline.code == "F01"
        assert "1 June 2026" in page.headline.body
        assert "offline" not in page.headline.title
        assert "F01" not in alerts


def test_a_saved_copy_that_is_too_new_to_read_says_that_alone(world: World) -> None:
    world.office = replace(world.office, schemes=("zz-new",)).publish(scheme={"id": "zz-new", "version": "1"})
    world.library.keep(
        world.office.evidence(world.office.labels[world.office.address()]), issuer="", subject="", version=0
    )
    world.trouble = NotAnsweringError(host=HOST)
    inspection = world.follow(again=True)
    assert inspection.saved
    assert problem(inspection) == "F11"
    assert notice_for(words(), inspection).code == "F11"
    assert label_page(inspection, words(), packs(), world.at.date()).alerts == ()


# Opened from the library


@pytest.mark.threat("T15")
def test_what_was_kept_is_opened_without_a_network_and_checked_anew(scanned: World) -> None:
    (visit,) = scanned.library.history()
    scanned.trouble = OfflineError()
    inspection = reopen(visit.evidence, scanned.ports())
    assert found(inspection) == VERIFIED
    assert inspection.report is not None
    standings = {finding.step: finding.standing for finding in inspection.report.findings}
    assert standings[Step.CARRIER] is standings[Step.BARCODE] is Standing.NOT_ASKED
    assert (inspection.scanned, inspection.problem, inspection.saved) == (None, None, False)
    assert scanned.asked == []
    assert len(scanned.kept()) == 1


def test_what_was_opened_can_be_asked_for_again_by_its_code(scanned: World) -> None:
    (visit,) = scanned.library.history()
    inspection = reopen(visit.evidence, scanned.ports())
    assert inspection.evidence is not None
    assert inspection.evidence.box.code == scanned.office.code()
    assert label_page(inspection, words(), packs(), scanned.at.date()).code_text == scanned.office.code()


@pytest.mark.parametrize(
    ("change", "state", "code"),
    [
        (lambda a: a.withdraw(), State.WITHDRAWN, "V07"),
        (lambda a: a.put_on_hold(), State.SUSPENDED, "V17"),
        (lambda a: a.suspend(), State.SUSPENDED, "V17"),
        (lambda a: a.remove(date(2026, 5, 1)), State.SIGNER_CANCELLED, "V05"),
        (lambda a: a.compromise(), State.SIGNER_CANCELLED, "V05"),
        (lambda a: replace(a, id="b.example"), State.UNKNOWN_SIGNER, "V04"),
    ],
    ids=["withdrawn", "on hold", "issuer on hold", "issuer removed", "key stolen", "issuer off the list"],
)
def test_what_was_opened_shows_what_became_of_it_without_asking(
    scanned: World, change: Callable[[Authority], Authority], state: State, code: str
) -> None:
    (visit,) = scanned.library.history()
    scanned.office = change(scanned.office)
    assert found(reopen(visit.evidence, scanned.ports())) == (state, code)
    assert scanned.asked == []


@pytest.mark.threat("T18")
@pytest.mark.parametrize(
    ("age", "state", "code"),
    [(6 * DAY, State.VERIFIED, "V01"), (709 * DAY, State.VERIFIED, "V01"), (711 * DAY, State.EXPIRED, "V06")],
)
def test_a_label_that_was_opened_runs_out_in_time(scanned: World, age: timedelta, state: State, code: str) -> None:
    (visit,) = scanned.library.history()
    scanned.office = replace(scanned.office, key_until=scanned.at + 5000 * DAY)
    scanned.wait(age)
    assert found(reopen(visit.evidence, scanned.ports())) == (state, code)


@pytest.mark.fault("T1")
@pytest.mark.threat("T17")
@pytest.mark.parametrize(("age", "code"), [(8 * DAY, "V08"), (91 * DAY, "V09")])
def test_a_label_that_was_opened_ages_with_lists_that_are_not_renewed(
    scanned: World, age: timedelta, code: str
) -> None:
    (visit,) = scanned.library.history()
    scanned.at += age
    assert found(reopen(visit.evidence, scanned.ports())) == (State.NOT_TODAY, code)


@pytest.mark.threat("T19")
def test_a_stolen_key_leaves_alone_what_was_kept_before(scanned: World) -> None:
    (visit,) = scanned.library.history()
    scanned.wait(2 * DAY)
    scanned.office = scanned.office.compromise(scanned.at - DAY)
    assert found(reopen(visit.evidence, scanned.ports())) == VERIFIED
    assert found(scanned.follow()) == (State.SIGNER_CANCELLED, "V05")
