"""Trust as time goes by: withdrawals, old lists served again, clocks, administrators that come and go, strangers."""

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.domain.errors import CannotSaveError, OfflineError
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.domain.report import Standing, State, Step
from labelviewer.pipeline.run import inspect_code, reopen
from labelviewer.pipeline.trusting import ForgetfulMemory
from labelviewer.publish.keys import jwk
from labelviewer.verify import bounds
from labelviewer.verify.issuer import IssuerFileError, fingerprint, issuer_address, load_issuer
from tests.pipeline.run_world import found, problem
from tests.simulator import NOW, Authority
from tests.trust_world import LivingWorld

TTL = timedelta(seconds=bounds.STATUS_TTL)
MINUTES = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVIL = Authority(id="evil.example", name="Administrator A")
HOST = "evil.example"


@pytest.fixture
def world(tmp_path: Path) -> LivingWorld:
    return LivingWorld(tmp_path)


def test_the_status_list_comes_over_the_network(world: LivingWorld) -> None:
    assert found(world.follow()) == (State.VERIFIED, "V01")
    assert world.asked_lists == [world.office.address(), world.office.status_uri]


def test_the_status_list_is_not_asked_for_again_before_its_time(world: LivingWorld) -> None:
    world.follow()
    world.sleep(TTL - MINUTES)
    world.follow()
    assert world.asked_lists.count(world.office.status_uri) == 1
    world.sleep(MINUTES)
    world.follow()
    assert world.asked_lists.count(world.office.status_uri) == 2


@pytest.mark.threat("T18")
@pytest.mark.parametrize("scans", [True, False], ids=["scanned again", "idle window, opened from the history"])
def test_a_withdrawal_shows_within_the_ttl_and_15_minutes(world: LivingWorld, *, scans: bool) -> None:
    world.follow()
    world.change(Authority.withdraw)
    published = world.at
    while world.at - published < TTL + 15 * MINUTES:
        world.sleep(10 * MINUTES)
        world.offices = (world.office,)
        if not scans:
            world.live.renew_all()
        visit = world.library.history()[0]
        look = world.follow() if scans else reopen(visit.evidence, world.ports())
        if found(look)[0] is State.WITHDRAWN:
            break
    assert found(look) == (State.WITHDRAWN, "V07")
    assert world.at - published <= TTL + 15 * MINUTES


def test_nobody_is_asked_when_a_saved_label_is_opened(world: LivingWorld) -> None:
    world.follow()
    world.sleep(2 * DAY)
    asked = len(world.asked_lists)
    reopen(world.library.history()[0].evidence, world.ports())
    assert len(world.asked_lists) == asked


@pytest.mark.fault("N11")
@pytest.mark.threat("T16")
def test_an_older_status_list_is_not_kept_and_the_label_is_not_called_checked(world: LivingWorld) -> None:
    old = world.office.status_list()
    world.sleep(DAY)
    world.change(Authority.withdraw)
    world.change(lambda office: replace(office, statuses={}))
    world.follow()
    world.sleep(TTL)
    world.served[world.office.status_uri] = old
    look = world.follow()
    assert found(look) == (State.NOT_TODAY, "V08")
    held = world.live.status(world.office.status_uri)
    assert held is not None
    assert held.token != old


@pytest.mark.fault("N11")
@pytest.mark.threat("T16")
def test_an_older_list_cannot_undo_a_withdrawal(world: LivingWorld) -> None:
    old = world.office.status_list()
    world.sleep(DAY)
    world.change(Authority.withdraw)
    world.follow()
    world.sleep(TTL)
    world.served[world.office.status_uri] = old
    assert found(world.follow()) == (State.WITHDRAWN, "V07")


@pytest.mark.fault("N1")
@pytest.mark.threat("T17")
def test_without_network_the_kept_list_counts_for_a_week(world: LivingWorld) -> None:
    world.follow()
    world.trouble = OfflineError()
    world.sleep(6 * DAY)
    evidence = world.library.history()[0].evidence
    assert found(reopen(evidence, world.ports())) == (State.VERIFIED, "V01")
    world.sleep(DAY)
    assert found(reopen(evidence, world.ports())) == (State.NOT_TODAY, "V08")


def test_each_renewal_confirms_the_list_even_where_it_is_the_same(world: LivingWorld) -> None:
    world.live.renew_trust_list(at_once=True)
    assert world.live.trust().confirmed == world.at
    serial = world.serial
    world.wait(DAY)
    world.serial = serial - 1  # the lead says the same again
    world.live.renew_trust_list(at_once=True)
    assert world.serial == serial
    assert world.live.trust().confirmed == world.at


def test_the_newest_list_counts_wherever_it_could_be_kept(world: LivingWorld) -> None:
    """The disk was full for a while."""

    class Filling(ForgetfulMemory):
        full = True

        def keep_status(self, evidence: StatusEvidence, *, issued: int) -> None:
            if self.full:
                raise CannotSaveError(place="here")
            super().keep_status(evidence, issued=issued)

    world.memory = memory = Filling()
    world.live = world.start()
    world.live.renew_trust_list()
    assert found(world.follow()) == (State.VERIFIED, "V01")
    memory.full = False
    world.change(Authority.withdraw)
    world.sleep(TTL)
    assert found(world.follow())[0] is State.WITHDRAWN


def test_the_library_is_such_a_memory(world: LivingWorld) -> None:
    world.memory = world.library
    world.live = world.start()
    world.live.renew_trust_list()
    assert found(world.follow()) == (State.VERIFIED, "V01")
    world.change(Authority.withdraw)
    world.sleep(TTL)
    world.follow()
    world.trouble = OfflineError()
    world.live = world.start()
    (visit, *_) = world.library.history()
    assert found(reopen(visit.evidence, world.ports()))[0] is State.WITHDRAWN
    assert world.live.trust().published.serial == world.serial
    assert world.live.trust().floor is not None


def test_the_memory_outlives_the_program(world: LivingWorld) -> None:
    world.follow()
    world.live = world.start()
    world.trouble = OfflineError()
    assert found(reopen(world.library.history()[0].evidence, world.ports())) == (State.VERIFIED, "V01")


@pytest.mark.threat("T22")
def test_a_status_key_signs_no_label(world: LivingWorld) -> None:
    office = world.office
    forged = office.sign_anything(office.document(), key=office.status_key, kid=office.status_kid)
    world.office = office.publish(token=forged)
    assert found(world.follow())[0] is State.TAMPERED


def test_a_status_list_on_a_foreign_host_is_not_fetched(world: LivingWorld) -> None:
    uri = "https://elsewhere.example/v1/status/7"
    world.office = world.office.publish(status={"status_list": {"uri": uri, "idx": 1}})
    assert found(world.follow()) == (State.NOT_TODAY, "V08")
    assert uri not in world.asked_lists


# administrators come and go


def test_saved_labels_follow_the_list_without_being_fetched_again(world: LivingWorld) -> None:
    world.follow()
    evidence = world.library.history()[0].evidence
    world.change(Authority.remove)
    world.live.renew_trust_list(at_once=True)
    assert found(reopen(evidence, world.ports())) == (State.SIGNER_CANCELLED, "V05")
    world.change(lambda office: replace(office, state="recognised"))
    world.live.renew_trust_list(at_once=True)
    assert found(reopen(evidence, world.ports())) == (State.VERIFIED, "V01")
    assert world.asked_lists.count(world.office.address()) == 1


def test_a_label_of_a_stranger_becomes_verified_once_the_list_names_the_issuer(world: LivingWorld) -> None:
    look = inspect_code(stranger(world).code(), world.ports(), strangers=True)
    assert found(look) == (State.UNKNOWN_SIGNER, "V04")
    assert look.evidence is not None
    world.office = EVIL.publish()
    world.offices = (world.office,)
    world.live.renew_trust_list(at_once=True)
    world.live.renew_all()
    assert found(reopen(look.evidence, world.ports())) == (State.VERIFIED, "V01")


@pytest.mark.threat("T19")
def test_a_cancelled_key_spares_what_was_kept_before(world: LivingWorld) -> None:
    world.follow()
    evidence = world.library.history()[0].evidence
    world.sleep(2 * DAY)
    world.change(lambda office: office.compromise(NOW + DAY))
    world.live.renew_trust_list(at_once=True)
    world.live.renew_all()
    assert found(reopen(evidence, world.ports())) == (State.VERIFIED, "V01")
    assert found(world.follow(again=True)) == (State.SIGNER_CANCELLED, "V05")


# a new key of a listed office


@dataclass(frozen=True)
class NewKey(Authority):
    @property
    def label_kid(self) -> str:
        return f"{self.id}-2027"


def with_new_key(office: Authority) -> Authority:
    return NewKey(**{each.name: getattr(office, each.name) for each in fields(office)}).publish()


def signs_anew(world: LivingWorld, *, listed: bool) -> int:
    """The office signs with a new key; what the lead was asked so far."""
    world.sleep(2 * HOUR)
    world.office = with_new_key(world.office)
    world.offices = (world.office,) if listed else world.offices
    return world.serial


def test_a_new_key_of_a_listed_office_is_looked_for_at_once(world: LivingWorld) -> None:
    asked = signs_anew(world, listed=True)
    assert found(world.follow()) == (State.VERIFIED, "V01")
    assert world.serial == asked + 1


def test_a_key_that_the_newest_list_does_not_have_is_unknown(world: LivingWorld) -> None:
    signs_anew(world, listed=False)
    look = world.follow()
    assert found(look) == (State.UNKNOWN_SIGNER, "V04")
    assert look.report is not None
    assert look.report.facts == {"name": "a.example-2027"}


def test_it_is_looked_for_once_in_ten_minutes_whatever_comes_of_it(world: LivingWorld) -> None:
    asked = signs_anew(world, listed=False)
    for _ in range(3):
        world.follow(again=True)
    assert world.serial == asked + 1
    world.lead_trouble = OfflineError()
    world.sleep(10 * MINUTES)
    for _ in range(3):
        world.follow(again=True)
    assert world.serial == asked + 1
    assert world.lead_asked == 3
    world.lead_trouble = None
    world.sleep(9 * MINUTES)
    world.follow(again=True)
    assert world.lead_asked == 3
    world.sleep(MINUTES)
    world.follow(again=True)
    assert world.serial == asked + 2


def test_where_the_lead_cannot_be_asked_it_says_that_the_list_may_be_old(world: LivingWorld) -> None:
    listed_on = world.live.trust().confirmed
    signs_anew(world, listed=True)
    world.lead_trouble = OfflineError()
    look = world.follow()
    assert found(look) == (State.UNKNOWN_SIGNER, "V20")
    assert look.report is not None
    assert listed_on is not None
    assert look.report.facts == {"issuer": "Administrator A", "date": listed_on.date()}


def test_nobody_is_asked_for_a_key_when_a_saved_label_is_opened(world: LivingWorld) -> None:
    asked = signs_anew(world, listed=True)
    evidence = world.office.evidence()
    assert found(reopen(evidence, world.ports())) == (State.UNKNOWN_SIGNER, "V20")
    assert world.serial == asked


def test_a_strangers_key_asks_no_lead(world: LivingWorld) -> None:
    asked = world.lead_asked
    world.sleep(DAY)
    inspect_code(stranger(world).code(), world.ports(), strangers=True)
    assert world.lead_asked == asked


# the clock


@pytest.mark.fault("T1")
@pytest.mark.threat("T23")
def test_a_clock_that_fell_back_is_noticed_by_what_was_seen_before(world: LivingWorld) -> None:
    world.follow()
    evidence = world.library.history()[0].evidence
    world.at = NOW - timedelta(hours=2)
    assert found(reopen(evidence, world.ports())) == (State.CLOCK_WRONG, "F14")


@pytest.mark.fault("T1")
@pytest.mark.threat("T23")
@pytest.mark.parametrize(
    ("jump", "expected"),
    [
        (-400 * DAY, (State.CLOCK_WRONG, "F14")),
        (8 * DAY, (State.NOT_TODAY, "V08")),
        (100 * DAY, (State.NOT_TODAY, "V09")),
        (400 * DAY, (State.NOT_TODAY, "V09")),
        (1000 * DAY, (State.NOT_TODAY, "V09")),
    ],
)
def test_a_clock_that_jumps(world: LivingWorld, jump: timedelta, expected: tuple[State, str]) -> None:
    world.follow()
    world.at += jump
    world.trouble = OfflineError()
    assert found(reopen(world.library.history()[0].evidence, world.ports())) == expected


def test_a_signer_from_the_future_does_not_move_our_clock(world: LivingWorld) -> None:
    world.follow()
    world.live.witness(int(datetime(2040, 1, 1, tzinfo=UTC).timestamp()))
    world.live = world.start()
    assert found(world.follow()) == (State.VERIFIED, "V01")


# strangers, and issuers that were added here


def stranger(world: LivingWorld, **changes: object) -> Authority:
    """A site that no list names serves a label at the address of its code, and says whose keys it has."""
    world.served[EVIL.code()] = EVIL.label()
    world.served[f"https://{HOST}/.well-known/label-issuer.json"] = json.dumps(issuer_file() | changes).encode()
    return EVIL


def issuer_file() -> dict[str, object]:
    return {"iss": HOST, "name": {"en": "Administrator A"}, "keys": EVIL.entry()["keys"]}


def test_a_stranger_is_not_asked_before_somebody_says_yes(world: LivingWorld) -> None:
    assert problem(inspect_code(stranger(world).code(), world.ports())) == "S42"
    assert world.asked_lists == []


def test_the_own_word_of_a_stranger_proves_its_key_and_nothing_more(world: LivingWorld) -> None:
    look = inspect_code(stranger(world).code(), world.ports(), strangers=True)
    assert found(look) == (State.UNKNOWN_SIGNER, "V04")
    assert look.report is not None
    assert look.report.facts == {"name": HOST}
    standings = {finding.step: (finding.standing, finding.reason) for finding in look.report.findings}
    assert standings[Step.KEY] == (Standing.UNKNOWN, "claimed")
    assert standings[Step.SIGNATURE] == (Standing.HELD, "right")
    assert standings[Step.KEY_DATES] == (Standing.UNKNOWN, "not-reached")


@pytest.mark.parametrize("changes", [{"iss": "other.example"}, {"keys": []}, {"name": "no"}], ids=str)
def test_a_strangers_file_that_does_not_fit_says_nothing(world: LivingWorld, changes: dict[str, object]) -> None:
    look = inspect_code(stranger(world, **changes).code(), world.ports(), strangers=True)
    assert found(look) == (State.UNKNOWN_SIGNER, "V04")


def test_a_strangers_future_date_raises_no_floor(world: LivingWorld) -> None:
    before = world.memory.floor()
    inspect_code(stranger(world).code(), world.ports(), strangers=True)
    assert world.memory.floor() == before


@pytest.mark.parametrize(
    ("issuer", "host", "asked"),
    [
        ("a.example", "a.example", True),
        ("a.example", "labels.a.example", True),
        ("example", "a.example", False),
        ("b.example", "a.example", False),
        ("labels.a.example", "a.example", False),
        ("a.example", "nota.example", False),
        ("a.example/x", "a.example", False),
        ("A.example", "a.example", False),
    ],
)
def test_an_issuers_file_is_only_looked_for_where_the_label_came_from(issuer: str, host: str, asked: bool) -> None:
    assert (issuer_address(issuer, host) is not None) is asked


def test_another_key_of_the_same_stranger_is_said_with_the_day(world: LivingWorld) -> None:
    stranger(world)
    inspect_code(EVIL.code(), world.ports(), strangers=True)
    world.sleep(3 * DAY)
    world.served[EVIL.code()] = EVIL.sign_anything(EVIL.document(), kid="another-key")
    look = inspect_code(EVIL.code(), world.ports(), strangers=True)
    assert found(look) == (State.UNKNOWN_SIGNER, "V04")
    assert look.report is not None
    key = look.report.findings[3]
    assert (key.reason, key.facts) == ("changed", {"name": HOST, "date": NOW.date()})


def test_an_issuer_that_was_added_here_has_a_state_of_its_own(world: LivingWorld) -> None:
    stranger(world)
    document = json.dumps(issuer_file()).encode()
    world.memory.keep_local_anchor(document)
    world.live = world.start()
    look = inspect_code(EVIL.code(), world.ports())
    assert found(look) == (State.ADDED_BY_SHOP, "V18")
    world.memory.forget_local_anchor(document)
    world.live = world.start()
    assert look.evidence is not None
    assert found(reopen(look.evidence, world.ports())) == (State.UNKNOWN_SIGNER, "V04")


def test_an_added_issuer_takes_no_name_from_the_list(world: LivingWorld) -> None:
    own = issuer_file() | {"iss": world.office.id}
    world.memory.keep_local_anchor(json.dumps(own).encode())
    world.live = world.start()
    assert found(world.follow()) == (State.VERIFIED, "V01")
    world.office = world.office.publish(token=EVIL.sign_anything(world.office.document()))
    assert found(world.follow(again=True))[0] is not State.ADDED_BY_SHOP


def test_a_fingerprint_has_sixty_digits_and_changes_with_the_key() -> None:
    one = load_issuer(json.dumps(issuer_file()).encode())
    groups = fingerprint(one)
    assert len(groups) == 12
    assert all(len(group) == 5 and group.isdigit() for group in groups)
    changed = json.loads(json.dumps(issuer_file()))
    changed["keys"][0]["jwk"] = jwk(Authority(id="other.example").label_key)
    assert fingerprint(load_issuer(json.dumps(changed).encode())) != groups
    renamed = issuer_file() | {"name": {"en": "Somebody"}}
    assert fingerprint(load_issuer(json.dumps(renamed).encode())) == groups


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"iss":"localhost","name":{"en":"x"},"keys":[]}'])
def test_what_is_no_issuers_file_is_refused(data: bytes) -> None:
    with pytest.raises(IssuerFileError):
        load_issuer(data)
