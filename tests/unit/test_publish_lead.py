"""The trust list's repository, read by the library that readers use, from the first root on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tuf.api.exceptions import DownloadHTTPError, ExpiredMetadataError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from labelviewer.publish import files, lead
from labelviewer.publish.lead import Lead
from labelviewer.publish.problem import PublishError
from labelviewer.verify.trust import load_trust_list
from tests.registries import new_office, no_secret

NOW = datetime.now(UTC)
URL = "https://trust.lead.example/tuf/"


class Folder(FetcherInterface):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bytes = 0

    def _fetch(self, url: str) -> Any:
        path = self.folder / url.removeprefix(URL)
        if not path.is_file():
            raise DownloadHTTPError("not there", 404)
        self.bytes += path.stat().st_size
        return iter([path.read_bytes()])


def read(one: Lead, reader: Path, *, at: datetime = NOW) -> bytes:
    """As a reader that shipped with the first root, on a given day."""
    reader.mkdir(exist_ok=True)
    updater = Updater(
        metadata_dir=str(reader),
        metadata_base_url=URL,
        target_dir=str(reader),
        target_base_url=f"{URL}targets/",
        fetcher=Folder(one.served),
        config=UpdaterConfig(max_delegations=1, max_root_rotations=64),
        bootstrap=(one.served / "1.root.json").read_bytes(),
    )
    updater._trusted_set.reference_time = at
    updater.refresh()
    info = updater.get_targetinfo(lead.TRUST_LIST)
    assert info is not None
    return Path(updater.download_target(info)).read_bytes()


@pytest.fixture
def one(tmp_path: Path) -> Lead:
    made = lead.found(tmp_path / "lead", "Example Lead", "https://lead.example/", NOW, None)
    office = new_office(tmp_path / "office", now=NOW)
    add(made, office.record_members(NOW))
    return made


def add(one: Lead, record: dict[str, Any]) -> None:
    (one.folder / "administrators" / f"{record['id']}.json").write_text(json.dumps(record), "utf-8")


def test_a_reader_gets_the_list_from_the_first_root(one: Lead, tmp_path: Path) -> None:
    assert lead.sign(one, NOW, no_secret) == 1
    got = load_trust_list(read(one, tmp_path / "reader"))
    assert got.serial == 1
    assert [administrator.id for administrator in got.administrators] == ["labels.office.example"]


def test_each_list_takes_the_place_of_the_one_before(one: Lead, tmp_path: Path) -> None:
    for serial in (1, 2, 3):
        assert lead.sign(one, NOW, no_secret) == serial
        assert load_trust_list(read(one, tmp_path / "reader")).serial == serial


def test_signing_every_day_keeps_it_fresh_and_says_when_people_are_needed(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    with pytest.raises(ExpiredMetadataError):
        read(one, tmp_path / "late", at=NOW + timedelta(days=8))
    said: dict[int, list[str]] = {}
    for day in range(1, 62):
        today = NOW + timedelta(days=day)
        said[day] = list(lead.daily(one, today, no_secret))
        if day % 6 == 0:
            read(one, tmp_path / "reader", at=today)
    assert said[59] == []
    assert said[60] == ["targets"]
    assert lead.daily(one, NOW + timedelta(days=271), no_secret) == ["root", "targets"]


def test_roots_follow_each_other_and_keys_change(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    read(one, tmp_path / "reader")
    for _ in range(2):
        lead.rotate(one, NOW, no_secret)
    lead.sign(one, NOW, no_secret)
    assert load_trust_list(read(one, tmp_path / "reader")).serial == 2
    assert load_trust_list(read(one, tmp_path / "new-reader")).serial == 2


@pytest.mark.parametrize(("role", "missing", "enough"), [("root", 2, True), ("root", 3, False)])
def test_three_of_five_root_keys_are_enough_and_two_are_not(one: Lead, role: str, missing: int, enough: bool) -> None:
    for number in range(1, missing + 1):
        (one.folder / "keys" / f"{role}-{number}.pem").unlink()
    if enough:
        assert lead.rotate(one, NOW, no_secret) == 2
    else:
        with pytest.raises(PublishError) as refused:
            lead.rotate(one, NOW, no_secret)
        assert refused.value.problem.code == "too-few-keys"
        assert not (one.served / "2.root.json").exists()


@pytest.mark.parametrize(("missing", "enough"), [(2, True), (3, False)])
def test_two_of_four_targets_keys_are_enough_and_one_is_not(one: Lead, missing: int, enough: bool) -> None:
    for number in range(1, missing + 1):
        (one.folder / "keys" / f"targets-{number}.pem").unlink()
    if enough:
        assert lead.sign(one, NOW, no_secret) == 1
    else:
        with pytest.raises(PublishError) as refused:
            lead.sign(one, NOW, no_secret)
        assert refused.value.problem.code == "too-few-keys"
        assert not list(one.served.glob("*.targets.json"))


def test_daily_signing_needs_the_online_keys_alone(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    for path in (one.folder / "keys").glob("[rt][oa]*.pem"):
        path.unlink()
    assert {path.stem for path in (one.folder / "keys").glob("*.pem")} == {"snapshot-1", "timestamp-1"}
    lead.daily(one, NOW + timedelta(days=8), no_secret)
    read(one, tmp_path / "reader", at=NOW + timedelta(days=8))


def test_a_list_that_readers_would_refuse_is_not_signed(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    other = new_office(tmp_path / "other", now=NOW).record_members(NOW)
    other["id"] = "other.example"  # and the hosts of the first one
    add(one, other)
    with pytest.raises(PublishError) as refused:
        lead.sign(one, NOW, no_secret)
    assert refused.value.problem.code == "trust-list"
    assert load_trust_list(read(one, tmp_path / "reader")).serial == 1


def test_stopped_after_any_write_the_old_or_the_new_list_is_read(
    one: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead.sign(one, NOW, no_secret)
    put, seen = files.put, set()
    for writes in range(4):
        left = iter(range(writes))

        def stop(path: Path, data: bytes, *, durable: bool = True, left: Any = left) -> None:
            if next(left, None) is None:
                raise InterruptedError
            put(path, data, durable=durable)

        monkeypatch.setattr(files, "put", stop)
        with pytest.raises(InterruptedError):
            lead.sign(one, NOW, no_secret)
        monkeypatch.setattr(files, "put", put)
        seen.add(load_trust_list(read(one, tmp_path / f"reader-{writes}")).serial)
        lead.daily(one, NOW, no_secret)
        read(one, tmp_path / f"reader-{writes}")
    assert 1 in seen
    serial = lead.sign(one, NOW, no_secret)
    assert load_trust_list(read(one, tmp_path / "reader")).serial == serial


def test_first_and_later_look_ups_are_small(one: Lead, tmp_path: Path) -> None:
    lead.sign(one, NOW, no_secret)
    sizes = {path.name: path.stat().st_size for path in one.served.glob("*.json")}
    assert sizes["1.root.json"] <= 512_000
    assert sizes["1.targets.json"] <= 262_144
    assert sizes["timestamp.json"] <= 1_024
