"""The trust list by TUF: what is believed, what is not, and what stays when nothing can be got."""

import io
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.adapters import tuf_fetcher
from labelviewer.adapters.lead import find_lead
from labelviewer.adapters.library import Library
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.adapters.tuf_lead import TufLead
from labelviewer.domain.errors import CannotSaveError, LabelViewerError, NotAnsweringError, OfflineError
from labelviewer.pipeline.bundle import FIRST_LINE, import_bundle
from labelviewer.pipeline.ports import TRUST_KINDS, KeptTrustList, TrustPart
from labelviewer.pipeline.trusting import ForgetfulMemory, LiveTrust, Sources
from labelviewer.publish.sign import as_json
from labelviewer.resources import TRUST
from labelviewer.verify.token import encode
from labelviewer.verify.trust import TrustListError
from tests.https_site import IMPATIENT, HttpsSite, drip, response
from tests.simulator import Authority, list_of
from tests.tuf_world import METADATA, TARGETS, LeadOffice, new_key

DAY = timedelta(days=1)
TODAY = datetime.now(UTC).replace(microsecond=0)  # TUF itself looks at the real clock


class Clock:
    at = TODAY

    def now(self) -> datetime:
        return self.at


class Shopper:
    """A program with a cache folder and a memory."""

    def __init__(self, folder: Path, office: LeadOffice) -> None:
        self.folder, self.office, self.clock, self.memory = folder, office, Clock(), ForgetfulMemory()

    def program(self) -> LiveTrust:
        """As if started anew."""
        lead = TufLead(self.office.lead, self.office, self.folder)
        return LiveTrust(Sources(BundledTrust(TRUST), self.memory, self.clock, self.office, self.office, lead))

    def names(self) -> list[str]:
        return [one.id for one in self.program().trust().published.administrators]

    def renew(self) -> bool:
        return self.program().renew_trust_list(at_once=True)


@pytest.fixture
def office() -> LeadOffice:
    one = LeadOffice()
    one.publish(trust_list(1, "a.example"))
    one.publish(trust_list(1, "a.example"))
    return one


@pytest.fixture
def shopper(tmp_path: Path, office: LeadOffice) -> Shopper:
    return Shopper(tmp_path / "trust", office)


def trust_list(serial: int, *names: str) -> dict[str, object]:
    return list_of(*(Authority(id=name, now=TODAY) for name in names), now=TODAY) | {"serial": serial}


def test_the_list_of_the_lead_is_in_force_after_a_refresh_and_after_a_restart(shopper: Shopper) -> None:
    assert shopper.names() == []
    assert shopper.renew()
    assert shopper.names() == ["a.example"]


@pytest.mark.threat("T20")
def test_an_administrator_comes_and_goes_with_the_list(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    office.publish(trust_list(2, "a.example", "b.example"))
    assert shopper.renew()
    assert shopper.names() == ["a.example", "b.example"]
    office.publish(trust_list(3, "b.example"))
    assert shopper.renew()
    assert shopper.names() == ["b.example"]


def test_it_is_asked_for_once_a_day(shopper: Shopper, office: LeadOffice) -> None:
    program = shopper.program()
    program.renew_trust_list()
    asked = len(office.asked)
    shopper.clock.at = TODAY + timedelta(hours=23)
    program.renew_trust_list()
    assert len(office.asked) == asked
    shopper.clock.at = TODAY + timedelta(hours=24)
    program.renew_trust_list()
    assert len(office.asked) > asked


def expired(role: str) -> Callable[[LeadOffice], None]:
    return lambda office: office.publish(trust_list(2, "b.example"), days={role: -1})


def unsigned(role: str) -> Callable[[LeadOffice], None]:
    stranger = new_key()
    return lambda office: office.publish(trust_list(2, "b.example"), signers={role: [stranger]})


def rolled_back(role: str) -> Callable[[LeadOffice], None]:
    return lambda office: office.publish(trust_list(2, "b.example"), versions={role: 1})


def below_the_threshold(office: LeadOffice) -> None:
    office.publish(trust_list(2, "b.example"), signers={"targets": office.keys["targets"][:1]})


def online_keys_alone(office: LeadOffice) -> None:
    online = office.keys["timestamp"] + office.keys["snapshot"]
    office.publish(trust_list(2, "b.example"), signers={"targets": online})


def longer_target(office: LeadOffice) -> None:
    good = trust_list(2, "b.example")
    office.publish(good, served=b" " * 100_000)


def other_target(office: LeadOffice) -> None:
    office.publish(trust_list(2, "b.example"), served=b"{}")


def unsigned_root(office: LeadOffice) -> None:
    office.keys["root"] = office.keys["root"][:2]
    office.rotate(targets=new_key())
    office.publish(trust_list(2, "b.example"))


def missing_root(office: LeadOffice) -> None:
    """The keys of root 2 sign everything, but nobody can get root 2."""
    office.rotate(targets=new_key())
    del office.files[f"{METADATA}2.root.json"]
    office.publish(trust_list(2, "b.example"))


def root_by_wrong_keys(office: LeadOffice) -> None:
    stranger = new_key()
    office.rotate(targets=stranger, signers=[stranger, new_key(), new_key()])
    office.publish(trust_list(2, "b.example"))


def root_by_the_old_keys_alone(office: LeadOffice) -> None:
    office.rotate(root=new_key(), targets=new_key())
    office.publish(trust_list(2, "b.example"))


def root_by_the_new_key_alone(office: LeadOffice) -> None:
    fresh = new_key()
    office.rotate(root=fresh, targets=new_key(), signers=[fresh])
    office.publish(trust_list(2, "b.example"))


def root_of_another_version(office: LeadOffice) -> None:
    office.rotate(step=2, targets=new_key())
    office.publish(trust_list(2, "b.example"))


def expired_root(office: LeadOffice) -> None:
    office.rotate(days=-1)
    office.publish(trust_list(2, "b.example"))


def a_key_of_before_the_rotation(office: LeadOffice) -> None:
    before = office.keys["timestamp"]
    office.rotate(timestamp=new_key())
    office.publish(trust_list(2, "b.example"), signers={"timestamp": before})


def one_key_twice(office: LeadOffice) -> None:
    key = office.keys["targets"][0]
    office.publish(trust_list(2, "b.example"), signers={"targets": [key, key]})


def without_signatures(role: str) -> Callable[[LeadOffice], None]:
    return lambda office: office.publish(trust_list(2, "b.example"), signers={role: []})


def mixed(role: str) -> Callable[[LeadOffice], None]:
    """The file of an earlier publication stands under the name of the newest."""

    def attack(office: LeadOffice) -> None:
        office.publish(trust_list(2, "b.example"))
        number = office.versions[role]
        office.files[f"{METADATA}{number}.{role}.json"] = office.files[f"{METADATA}{number - 1}.{role}.json"]

    return attack


def other_role(role: str) -> Callable[[LeadOffice], None]:
    """A file that is properly signed, for something else."""

    def attack(office: LeadOffice) -> None:
        office.publish(trust_list(2, "b.example"))
        address = newest(office, role)
        office.files[address] = office.files[newest(office, "snapshot" if role != "snapshot" else "targets")]

    return attack


def newest(office: LeadOffice, role: str) -> str:
    return f"{METADATA}timestamp.json" if role == "timestamp" else f"{METADATA}{office.versions[role]}.{role}.json"


def missing(role: str) -> Callable[[LeadOffice], None]:
    def attack(office: LeadOffice) -> None:
        office.publish(trust_list(2, "b.example"))
        del office.files[newest(office, role)]

    return attack


def garbled(role: str, garbage: bytes) -> Callable[[LeadOffice], None]:
    def attack(office: LeadOffice) -> None:
        office.publish(trust_list(2, "b.example"))
        office.files[newest(office, role)] = garbage

    return attack


def endless(role: str, most: int) -> Callable[[LeadOffice], None]:
    def attack(office: LeadOffice) -> None:
        office.rotate()
        office.publish(trust_list(2, "b.example"))
        address = f"{METADATA}2.root.json" if role == "root" else newest(office, role)
        office.files[address] += b" " * most

    return attack


def other_bytes_of_the_same_length(office: LeadOffice) -> None:
    good = as_json(trust_list(2, "b.example"))
    office.publish_bytes(good, served=good.replace(b"b.example", b"c.example"))


def missing_target(office: LeadOffice) -> None:
    office.publish(trust_list(2, "b.example"))
    address = next(reversed([each for each in office.files if each.startswith(TARGETS)]))
    del office.files[address]


def not_a_list(office: LeadOffice) -> None:
    office.publish_bytes(b'{"format":"labelviewer-trust-list/1"}')


def demo_names(office: LeadOffice) -> None:
    office.publish(trust_list(2, "samples.labelviewer.example"))


@pytest.mark.fault("T2")
@pytest.mark.threat("T16", "T17", "T21")
@pytest.mark.parametrize(
    "attack",
    [
        *(pytest.param(expired(role), id=f"{role} expired") for role in ("targets", "snapshot", "timestamp")),
        *(pytest.param(unsigned(role), id=f"{role} by a wrong key") for role in ("targets", "snapshot", "timestamp")),
        *(pytest.param(rolled_back(role), id=f"{role} rolled back") for role in ("targets", "snapshot", "timestamp")),
        *(pytest.param(mixed(role), id=f"{role} of another day") for role in ("targets", "snapshot")),
        *(
            pytest.param(other_role(role), id=f"another role as {role}")
            for role in ("targets", "snapshot", "timestamp")
        ),
        *(pytest.param(missing(role), id=f"no {role}") for role in ("targets", "snapshot", "timestamp")),
        *(
            pytest.param(without_signatures(role), id=f"{role} unsigned")
            for role in ("targets", "snapshot", "timestamp")
        ),
        *(
            pytest.param(garbled(role, garbage), id=f"{role} is {name}")
            for role in ("targets", "snapshot", "timestamp")
            for name, garbage in (("empty", b""), ("a list", b"[]"), ("no metadata", b"{}"), ("deep", b"[" * 20_000))
        ),
        *(pytest.param(endless(role, most), id=f"{role} without end") for role, most in tuf_fetcher.CAPS.items()),
        below_the_threshold,
        online_keys_alone,
        longer_target,
        other_target,
        other_bytes_of_the_same_length,
        missing_target,
        one_key_twice,
        unsigned_root,
        missing_root,
        root_by_wrong_keys,
        root_by_the_old_keys_alone,
        root_by_the_new_key_alone,
        root_of_another_version,
        expired_root,
        a_key_of_before_the_rotation,
        not_a_list,
        demo_names,
    ],
)
def test_an_attack_leaves_the_last_good_list_in_force(
    shopper: Shopper, office: LeadOffice, attack: Callable[[LeadOffice], None]
) -> None:
    shopper.renew()
    attack(office)
    with pytest.raises((TrustListError, LabelViewerError)):
        shopper.renew()
    assert shopper.names() == ["a.example"]


@pytest.mark.fault("T2")
@pytest.mark.threat("T16")
def test_a_list_with_a_lower_serial_is_refused_even_when_properly_signed(shopper: Shopper, office: LeadOffice) -> None:
    office.publish(trust_list(7, "a.example"))
    shopper.renew()
    office.publish(trust_list(6, "b.example"))
    with pytest.raises(TrustListError):
        shopper.renew()
    assert shopper.names() == ["a.example"]


@pytest.mark.fault("T2")
@pytest.mark.threat("T16")
def test_the_memory_refuses_the_old_list_when_the_cache_was_thrown_away(
    shopper: Shopper, office: LeadOffice, tmp_path: Path
) -> None:
    old = dict(office.files)
    office.publish(trust_list(2, "b.example"))
    shopper.renew()
    office.files, shopper.folder = old, tmp_path / "new"
    with pytest.raises(TrustListError):
        shopper.renew()
    assert shopper.names() == ["b.example"]


@pytest.mark.fault("T2")
@pytest.mark.threat("T21")
def test_the_keys_of_the_lead_are_replaced_by_a_new_root(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    office.rotate(timestamp=new_key(), snapshot=new_key())
    office.publish(trust_list(2, "b.example"))
    assert shopper.renew()
    assert shopper.names() == ["b.example"]


@pytest.mark.fault("T2")
@pytest.mark.threat("T21")
def test_a_thief_who_ran_ahead_with_the_versions_is_undone_by_a_new_root(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    office.publish(trust_list(2, "a.example"), versions={"timestamp": 2**31 - 1, "snapshot": 2**31 - 1})
    shopper.renew()
    office.rotate(timestamp=new_key(), snapshot=new_key())
    office.publish(trust_list(3, "b.example"), versions={"timestamp": 1, "snapshot": 1})
    assert shopper.renew()
    assert shopper.names() == ["b.example"]


@pytest.mark.fault("T2")
@pytest.mark.threat("T17")
@pytest.mark.parametrize("name", ["timestamp.json", "2.root.json"])
def test_a_host_that_sends_drop_by_drop_is_given_up_in_time(
    shopper: Shopper, office: LeadOffice, tmp_path: Path, name: str
) -> None:
    shopper.renew()
    with HttpsSite("trust.lead.example") as site:
        site.answer(f"{METADATA}{name}", drip(response(200, b"", media_type="application/json", length=10_000)))
        lead = TufLead(office.lead, site.fetcher(patience=IMPATIENT), shopper.folder)
        start = time.monotonic()
        with pytest.raises(NotAnsweringError):
            lead.trust_list()
        assert time.monotonic() - start < 5
    assert shopper.names() == ["a.example"]


@pytest.mark.threat("T30")
def test_the_names_of_what_the_lead_offers_make_no_files(shopper: Shopper, office: LeadOffice, tmp_path: Path) -> None:
    office.others = ("../../evil", "/etc/evil", "..\\..\\evil", "C:evil", "nul", "a/../../b", "trust-list.json/../x")
    office.publish(trust_list(2, "b.example"))
    assert shopper.renew()
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    metadata = ("root.json", "root_history/1.root.json", "targets.json", "snapshot.json", "timestamp.json")
    assert files <= {"trust/trust-list.json", *(f"trust/metadata/{name}" for name in metadata)}


@pytest.mark.fault("T2")
@pytest.mark.parametrize(("rotations", "followed"), [(63, True), (64, False)])
def test_so_many_new_roots_are_followed_and_no_more(
    shopper: Shopper, office: LeadOffice, rotations: int, followed: bool
) -> None:
    shopper.renew()
    for _ in range(rotations):
        office.rotate()
    office.rotate(timestamp=new_key())
    office.publish(trust_list(2, "b.example"))
    if followed:
        assert shopper.renew()
    else:
        with pytest.raises(TrustListError):
            shopper.renew()
    assert shopper.names() == ["b.example" if followed else "a.example"]


@pytest.mark.fault("N1", "T2")
def test_without_network_the_last_list_stays_and_the_reason_is_said(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    office.trouble = OfflineError()
    with pytest.raises(OfflineError):
        shopper.renew()
    assert shopper.names() == ["a.example"]


@pytest.mark.fault("T2")
@pytest.mark.parametrize("name", ["timestamp.json", "snapshot.json", "targets.json", "root_history/1.root.json"])
@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"[" * 20_000], ids=["empty", "zeros", "deep"])
def test_a_damaged_cache_is_made_anew(shopper: Shopper, office: LeadOffice, name: str, damage: bytes) -> None:
    shopper.renew()
    (shopper.folder / "metadata" / name).write_bytes(damage)
    office.publish(trust_list(2, "b.example"))
    assert shopper.renew()
    assert shopper.names() == ["b.example"]


def test_a_cache_of_files_where_folders_belong_is_made_anew(shopper: Shopper, office: LeadOffice) -> None:
    for broken in (shopper.folder / "metadata", shopper.folder / "metadata" / "root_history"):
        shopper.folder.mkdir(exist_ok=True, parents=True)
        if broken.name == "root_history":
            broken.parent.rename(shopper.folder / "aside")
            broken.parent.mkdir()
        broken.write_bytes(b"not a folder")
        shopper.renew()
    assert shopper.names() == ["a.example"]


@pytest.mark.fault("D7")
def test_two_programs_do_not_renew_the_same_folder_at_once(shopper: Shopper) -> None:
    shopper.renew()
    (shopper.folder / "lock").touch()
    with pytest.raises(OfflineError):
        shopper.renew()
    assert shopper.names() == ["a.example"]


def test_a_lock_that_somebody_left_behind_does_not_last(shopper: Shopper) -> None:
    shopper.renew()
    (shopper.folder / "lock").touch()
    os.utime(shopper.folder / "lock", (0, 0))
    shopper.renew()
    assert not (shopper.folder / "lock").exists()


def test_a_folder_that_cannot_be_written_is_said(shopper: Shopper) -> None:
    shopper.folder.write_bytes(b"a file")
    with pytest.raises(TrustListError):
        shopper.renew()


def test_a_full_disk_forgets_the_list_only_when_the_program_ends(shopper: Shopper) -> None:
    class Full(ForgetfulMemory):
        def keep_trust_list(self, kept: KeptTrustList) -> None:
            raise CannotSaveError(place="here")

    shopper.memory = Full()
    program = shopper.program()
    assert program.renew_trust_list()
    assert [one.id for one in program.trust().published.administrators] == ["a.example"]


def test_the_first_refresh_takes_16_kilobytes_and_a_later_one_takes_1(tmp_path: Path) -> None:
    office = LeadOffice()
    office.publish(trust_list(1, *(f"a{number}.example" for number in range(11))))
    shopper = Shopper(tmp_path / "trust", office)
    shopper.renew()
    first, office.sent = office.sent, 0
    shopper.renew()
    assert first <= 16 * 1024
    assert office.sent <= 1_024


def test_each_kind_of_file_is_fetched_within_a_cap_of_its_own(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    assert office.caps == {
        "root": 512_000,
        "timestamp": 16_384,
        "snapshot": 65_536,
        "targets": 262_144,
        "trust-list": 2 * 1024 * 1024,
    }


def test_nobody_leads_until_somebody_says_who(tmp_path: Path, office: LeadOffice) -> None:
    assert find_lead(tmp_path, TRUST / "lead") is None
    (tmp_path / "lead.json").write_text(
        '{"metadata": "https://trust.lead.example/tuf", "targets": "https://t.example"}'
    )
    (tmp_path / "root.json").write_bytes(office.first_root)
    lead = find_lead(tmp_path)
    assert lead is not None
    assert (lead.metadata, lead.targets) == (METADATA, "https://t.example/")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"metadata": "http://a.example/", "targets": "https://a.example/"}'])
def test_broken_files_about_the_lead_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "lead.json").write_text(text)
    (tmp_path / "root.json").write_text("{}")
    with pytest.raises(TrustListError):
        find_lead(tmp_path)


def test_what_a_former_lead_said_no_longer_counts_when_nobody_leads(shopper: Shopper) -> None:
    shopper.renew()
    program = shopper.program()
    without = LiveTrust(replace(program.sources, lead=None))
    assert without.trust().published.administrators == []


def test_a_list_that_did_not_change_is_confirmed_by_every_refresh(shopper: Shopper) -> None:
    shopper.renew()
    shopper.clock.at = TODAY + timedelta(days=30)
    assert not shopper.renew()
    assert shopper.program().trust().confirmed == shopper.clock.at


def test_a_refresh_that_did_not_work_confirms_nothing(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    shopper.clock.at = TODAY + timedelta(days=30)
    office.trouble = OfflineError()
    with pytest.raises(OfflineError):
        shopper.renew()
    assert shopper.program().trust().confirmed == TODAY


def test_a_key_that_the_list_lacks_brings_the_newest_one_and_no_more_than_one_in_ten_minutes(
    shopper: Shopper, office: LeadOffice
) -> None:
    shopper.renew()
    program = shopper.program()
    shopper.clock.at = TODAY + timedelta(minutes=9)
    office.asked.clear()
    program.renew_for_key("a.example")
    assert office.asked == []
    shopper.clock.at = TODAY + timedelta(minutes=10)
    office.trouble = OfflineError()
    program.renew_for_key("a.example")
    asked = len(office.asked)
    assert asked
    office.trouble = None
    office.publish(trust_list(2, "a.example", "b.example"))
    program.renew_for_key("a.example")
    assert len(office.asked) == asked
    shopper.clock.at = TODAY + timedelta(minutes=20)
    program.renew_for_key("a.example")
    assert [one.id for one in program.trust().published.administrators] == ["a.example", "b.example"]


def test_whoever_waits_for_a_key_asks_in_haste(shopper: Shopper, office: LeadOffice) -> None:
    shopper.renew()
    sources = shopper.program().sources
    assert sources.lead is not None
    hasty = LeadOffice(keys=office.keys)
    hasty.trouble = OfflineError()
    program = LiveTrust(replace(sources, hasty_lead=TufLead(office.lead, hasty, shopper.folder)))
    shopper.clock.at = TODAY + timedelta(hours=1)
    office.asked.clear()
    program.renew_for_key("a.example")
    assert (len(office.asked), len(hasty.asked) > 0) == (0, True)


# a list that somebody carried to a place without a network


@pytest.fixture
def kiosk(tmp_path: Path, office: LeadOffice) -> Shopper:
    """Knows the first root and nobody to ask."""
    alone = LeadOffice(keys=office.keys)
    alone.trouble = OfflineError()
    alone.first_root = office.first_root
    return Shopper(tmp_path / "kiosk", alone)


def carried(shopper: Shopper) -> list[TrustPart]:
    shopper.renew()
    return list(shopper.program().trust_parts())


def without(kind: str, parts: list[TrustPart]) -> list[TrustPart]:
    return [part for part in parts if part.kind != kind]


def test_a_carried_list_is_proven_without_network(shopper: Shopper, kiosk: Shopper) -> None:
    parts = carried(shopper)
    assert {part.kind for part in parts} == set(TRUST_KINDS)
    assert kiosk.program().take_trust(parts)
    assert kiosk.names() == ["a.example"]
    assert kiosk.office.asked == []


@pytest.mark.threat("T17")
@pytest.mark.parametrize(
    ("days", "confirmed"),
    [(1, TODAY - 6 * DAY), (4, TODAY - 3 * DAY), (7, TODAY), (30, TODAY)],
    ids=["long on its way", "some days on its way", "signed today", "good for longer than we believe"],
)
def test_a_carried_list_is_as_old_as_its_confirmation(
    kiosk: Shopper, office: LeadOffice, tmp_path: Path, days: int, confirmed: datetime
) -> None:
    """The day it was brought here proves nothing: it may have lain in a drawer."""
    office.publish(trust_list(2, "b.example"), days={"timestamp": days})
    assert kiosk.program().take_trust(carried(Shopper(tmp_path / "somewhere", office)))
    got = kiosk.program().trust().confirmed
    assert got is not None
    assert abs(got - confirmed) < timedelta(minutes=10)


@pytest.mark.threat("T17")
def test_the_same_list_carried_again_makes_it_no_older(kiosk: Shopper, office: LeadOffice, tmp_path: Path) -> None:
    office.publish(trust_list(2, "b.example"), days={"timestamp": 5})
    parts = carried(Shopper(tmp_path / "somewhere", office))
    kiosk.memory.keep_trust_list(KeptTrustList(parts[-1].data, 2, TODAY))
    assert kiosk.program().take_trust(parts)
    assert kiosk.program().trust().confirmed == TODAY


def test_a_carried_list_leads_through_new_keys_of_the_lead(
    shopper: Shopper, kiosk: Shopper, office: LeadOffice
) -> None:
    office.rotate(timestamp=new_key())
    office.rotate(snapshot=new_key())
    office.publish(trust_list(2, "b.example"))
    parts = carried(shopper)
    assert [part.kind for part in parts].count("tuf-root") == 3
    assert kiosk.program().take_trust(parts)
    assert kiosk.names() == ["b.example"]


@pytest.mark.threat("T21")
@pytest.mark.parametrize("kind", [kind for kind in TRUST_KINDS if kind != "tuf-root"])
def test_a_carried_list_that_lacks_a_part_counts_for_nothing(shopper: Shopper, kiosk: Shopper, kind: str) -> None:
    parts = without(kind, carried(shopper))
    assert not kiosk.program().take_trust(parts)
    assert not kiosk.program().take_trust([*parts, TrustPart(kind, b"{}")])
    assert kiosk.names() == []


@pytest.mark.threat("T21")
def test_a_carried_list_of_somebody_else_counts_for_nothing(shopper: Shopper, kiosk: Shopper, tmp_path: Path) -> None:
    other = LeadOffice()
    other.publish(trust_list(9, "evil.example"))
    assert not kiosk.program().take_trust(carried(Shopper(tmp_path / "other", other)))
    evil = TrustPart("trust-list", as_json(trust_list(1, "evil.example")))
    assert not kiosk.program().take_trust([*without("trust-list", carried(shopper)), evil])
    assert kiosk.names() == []


@pytest.mark.threat("T16")
def test_an_older_list_that_is_carried_here_changes_nothing(
    shopper: Shopper, kiosk: Shopper, office: LeadOffice
) -> None:
    old = carried(shopper)
    office.publish(trust_list(2, "b.example"))
    assert kiosk.program().take_trust(carried(shopper))
    assert not kiosk.program().take_trust(old)
    assert kiosk.names() == ["b.example"]


@pytest.mark.threat("T17")
def test_a_carried_list_whose_confirmation_ran_out_counts_for_nothing(kiosk: Shopper, office: LeadOffice) -> None:
    office.publish(trust_list(2, "b.example"), days={"timestamp": -1})
    files = {address.rpartition("/")[2]: data for address, data in office.files.items()}
    parts = [TrustPart("tuf-root", office.first_root), TrustPart("tuf-timestamp", files["timestamp.json"])]
    parts += [
        TrustPart(f"tuf-{role}", files[f"{office.versions[role]}.{role}.json"]) for role in ("snapshot", "targets")
    ]
    parts.append(TrustPart("trust-list", as_json(trust_list(2, "b.example"))))
    assert not kiosk.program().take_trust(parts)
    assert kiosk.names() == []


def test_where_nobody_leads_no_list_is_taken(shopper: Shopper) -> None:
    nobody = LiveTrust(replace(shopper.program().sources, lead=None))
    assert not nobody.take_trust(carried(shopper))
    assert nobody.trust_parts() == ()


def test_a_kiosk_takes_its_list_and_its_labels_from_one_file(shopper: Shopper, kiosk: Shopper, tmp_path: Path) -> None:
    parts = carried(shopper)
    label = Authority(id="a.example", now=TODAY).label()
    lines = [FIRST_LINE, *(part.kind.encode() + b" " + encode(part.data) for part in parts), b"label " + label]
    program, library = kiosk.program(), Library(tmp_path / "library.db", kiosk.clock)
    file = io.BytesIO(b"".join(line + b"\n" for line in lines))
    done = import_bundle(file, library, program.trust, TODAY, take_trust=program.take_trust)
    assert (done.trust_taken, done.kept, done.refused) == (True, 1, 0)
