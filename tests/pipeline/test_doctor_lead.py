"""The doctor and the lead administrator: files that cannot be used, a list that never came, what has ended."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from labelviewer.adapters.profile import find_profile
from labelviewer.adapters.tuf_lead import TufLead
from tests.desk import Answer, run
from tests.simulator import Authority, list_of
from tests.tuf_world import METADATA, TARGETS, LeadOffice

TODAY = datetime.now(UTC).replace(microsecond=0)  # TUF itself looks at the real clock
LIST = list_of(Authority(now=TODAY), now=TODAY)


@pytest.fixture
def office() -> LeadOffice:
    return LeadOffice()


@pytest.fixture
def profile(tmp_path: Path, office: LeadOffice) -> Path:
    folder = find_profile(tmp_path).lead
    folder.mkdir(parents=True)
    (folder / "lead.json").write_text(json.dumps({"metadata": METADATA, "targets": TARGETS}))
    (folder / "root.json").write_bytes(office.first_root)
    return tmp_path


def fetch(profile: Path, office: LeadOffice) -> Path:
    """The folder with what came."""
    TufLead(office.lead, office, find_profile(profile).cache / "trust").trust_list()
    return find_profile(profile).cache / "trust" / "metadata"


def lead_check(answer: Answer) -> dict[str, Any]:
    (check,) = (check for check in answer.json["checks"] if check["id"] == "lead")
    return dict(check)


def examined(profile: Path) -> dict[str, Any]:
    return lead_check(run("doctor", "--json", profile=profile))


def test_where_nobody_leads_nothing_is_said(tmp_path: Path) -> None:
    checks = run("doctor", "--json", profile=tmp_path).json["checks"]
    assert [check for check in checks if check["id"] == "lead"] == []


def test_a_lead_whose_list_is_there_works(profile: Path, office: LeadOffice) -> None:
    office.publish(LIST)
    fetch(profile, office)
    check = examined(profile)
    assert (check["health"], check["remedy"]) == ("works", None)
    assert check["what"] == "Lead administrator: trust.lead.example"


def test_a_list_that_never_came_is_said(profile: Path) -> None:
    check = examined(profile)
    assert check["health"] == "limited"
    assert "was never fetched here" in check["remedy"]


@pytest.mark.parametrize(
    "breaks",
    [
        lambda lead: (lead / "lead.json").write_text("{}"),
        lambda lead: (lead / "lead.json").write_text('{"metadata": "http://10.0.0.1/", "targets": "x"}'),
        lambda lead: (lead / "root.json").unlink(),
    ],
    ids=["no addresses", "an address that is not asked", "no root"],
)
def test_files_that_cannot_be_used_are_said_with_their_place(profile: Path, breaks: Callable[[Path], object]) -> None:
    folder = find_profile(profile).lead
    breaks(folder)
    check = examined(profile)
    assert check["health"] == "limited"
    assert str(folder) in check["what"]
    assert "lead.json and root.json cannot be used" in check["remedy"]


def test_a_root_that_is_none_is_said(profile: Path) -> None:
    (find_profile(profile).lead / "root.json").write_bytes(b"{}")
    assert "root.json is damaged" in examined(profile)["remedy"]


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_what_ended_since_it_came_is_said_with_its_day(profile: Path, office: LeadOffice, role: str) -> None:
    office.publish(LIST)
    metadata = fetch(profile, office)
    office.publish(LIST, days={role: -3})
    name = "timestamp.json" if role == "timestamp" else f"{office.versions[role]}.{role}.json"
    (metadata / f"{role}.json").write_bytes(office.files[f"{METADATA}{name}"])
    check = examined(profile)
    assert check["health"] == "limited"
    assert "What it signed ended on " in check["remedy"]


def test_a_root_that_ended_is_said_before_all_else(profile: Path, office: LeadOffice) -> None:
    office.publish(LIST)
    metadata = fetch(profile, office)
    for file in ("root.json", "timestamp.json"):
        members = json.loads((metadata / file).read_bytes())
        members["signed"]["expires"] = "2020-01-01T00:00:00Z"
        (metadata / file).unlink()
        (metadata / file).write_text(json.dumps(members))
    assert "Its root file ended on 1 January 2020." in examined(profile)["remedy"]


@pytest.mark.parametrize("data", [b"", b"{", b'{"signed": {"_type": "snapshot"}}', b"\xff" * 40])
def test_a_damaged_file_is_said_by_name(profile: Path, office: LeadOffice, data: bytes) -> None:
    office.publish(LIST)
    (fetch(profile, office) / "snapshot.json").write_bytes(data)
    assert "The file snapshot.json is damaged." in examined(profile)["remedy"]


def test_the_doctor_asks_nobody_and_changes_nothing(profile: Path, office: LeadOffice) -> None:
    office.publish(LIST)
    metadata = fetch(profile, office)
    asked, before = len(office.asked), sorted(metadata.rglob("*"))
    examined(profile)
    assert (len(office.asked), sorted(metadata.rglob("*"))) == (asked, before)
