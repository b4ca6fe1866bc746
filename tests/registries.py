"""A label office on disk, as `labelviewer publish` makes it, and the program's own check of what it serves."""

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from labelviewer import resources
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.domain.report import State, Step
from labelviewer.publish.keys import SigningKey
from labelviewer.publish.office import Office, found, new_key, open_office
from labelviewer.publish.sign import as_json
from labelviewer.verify.token import Algorithm, split
from labelviewer.verify.trust import FORMAT, Trust, load_trust_list, unite
from labelviewer.verify.verdict import evaluate
from tests.labels import packs

HOST = "labels.office.example"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def no_secret(_kid: str) -> bytes:
    raise AssertionError("the keys of this office have no passphrase")


def public_pem(key: SigningKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form)


def new_office(folder: Path, *, alg: Algorithm = "Ed25519", now: datetime = NOW) -> Office:
    found(folder, HOST, "Example Label Office", ["us-ctm"])
    office = open_office(folder)
    office, _ = new_key(office, "label", alg, now, None)
    office, _ = new_key(office, "status", alg, now, None)
    return office


def source(number: str = "2026-0001", **changes: Any) -> dict[str, Any]:
    """A label as a person writes it: without what publishing fills in."""
    members: dict[str, Any] = json.loads((resources.SAMPLES / "us-ctm" / "camera-a" / "label.json").read_bytes())
    for name in ("iss", "sub", "ver", "iat", "exp", "status", "carriers"):
        del members[name]
    members["grant"]["number"] = number
    return members | changes


def write(office: Office, members: dict[str, Any], name: str = "") -> Path:
    path = office.labels / (name or f"{members['grant']['number']}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(members, indent=1), encoding="utf-8")
    return path


def trust(office: Office, now: datetime = NOW) -> Trust:
    members = {
        "format": FORMAT,
        "serial": 1,
        "issued": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "next_update": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "min_app": "0.1",
        "lead": {"name": {"en": "Lead"}, "homepage": "https://lead.example/"},
        "administrators": [office.record_members(now)],
    }
    return unite(load_trust_list(as_json(members)))


def state(office: Office, label_id: str, now: datetime = NOW) -> State:
    """What a reader says who scans the code and is served what lies in the folder right now."""
    token = (office.served / "l" / f"{label_id}.jwt").read_bytes()
    uri = payload(office, label_id)["status"]["status_list"]["uri"]
    path = office.served / "status" / uri.rpartition("/")[2]
    listed = StatusEvidence(uri, path.read_bytes(), now) if path.is_file() else None
    evidence = Evidence(token, office.registry.fetch.replace("{id}", label_id), now, Box(office.code(label_id)))
    needs = frozenset(Step[name.upper()] for name in packs().find("us-ctm").needs)  # type: ignore[union-attr]
    return evaluate(evidence, trust(office, now), listed, now, needs=needs, seen_version=0, offline=False).state


def payload(office: Office, label_id: str) -> dict[str, Any]:
    members: dict[str, Any] = json.loads(split((office.served / "l" / f"{label_id}.jwt").read_bytes()).payload)
    return members


def copy(office: Office, to: Path) -> Office:
    shutil.copytree(office.folder, to, dirs_exist_ok=True)
    return open_office(to)


def states(office: Office, ids: Iterable[str], now: datetime = NOW) -> set[State]:
    return {state(office, label_id, now) for label_id in ids}


def hours_later(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)
