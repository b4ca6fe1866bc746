"""Labels, reports and inspections to put on a page; the labels are read by the real packs."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.label import Label
from labelviewer.domain.report import Finding, Report, Standing, State, Step
from labelviewer.resources import SCHEMES, WORDS
from labelviewer.schemes.mapping import read_label
from labelviewer.schemes.packs import Packs, load_packs
from labelviewer.words.catalogue import Words, load_words

TODAY = date(2026, 11, 24)
CODE = "https://labelviewer.example/l/2026-000123"

CAMERA_CLAIMS: dict[str, Any] = {
    "support-until": "2031-12-31",
    "updates-automatic": True,
    "default-password": "can-be-changed",
    "secure-setup": "https://hearth.example/setup",
    "data-collected": ["video", "audio"],
    "sbom": True,
    "hbom": False,
}


@cache
def words() -> Words:
    return load_words(WORDS)


@cache
def packs() -> Packs:
    return load_packs(SCHEMES)


def label(
    name: str = "Hearth Camera 2",
    *,
    scheme: str = "us-ctm",
    claims: dict[str, Any] | None = None,
    basis: str = "tested",
    number: str = "2026-000123",
    **product: Any,
) -> Label:
    document = LabelDocument.model_validate(
        {
            "iss": "labelviewer.example",
            "sub": f"urn:label:labelviewer.example:{number}",
            "ver": 1,
            "iat": 1772000000,
            "exp": 1835000000,
            "status": {"status_list": {"uri": "https://labelviewer.example/v1/status/1", "idx": 1}},
            "carriers": [CODE],
            "scheme": {"id": scheme, "version": "2024"},
            "product": {"kind": "iot", "name": name, "maker": "Acme Home Ltd", "category": "camera"} | product,
            "grant": {
                "number": number,
                "granted": "2026-03-01",
                "basis": basis,
                "lab": {"name": "Lab X"},
                "administrator": {"name": "Example Label Office", "contact": "mailto:labels@labelviewer.example"},
            },
            "claims": [
                {"criterion": criterion, "value": value}
                for criterion, value in (CAMERA_CLAIMS if claims is None else claims).items()
            ],
        }
    )
    return read_label(document, packs())


MESSAGES: dict[State, tuple[str, dict[str, Any]]] = {
    State.NOT_A_LABEL: ("S41", {"kind": "kind.text"}),
    State.REFUSED_ADDRESS: ("S46", {"host": "a.local"}),
    State.UNKNOWN_SITE: ("S42", {"host": "shop.example"}),
    State.COULD_NOT_CHECK: ("F02", {}),
    State.UNREADABLE: ("F12", {"host": "labelviewer.example"}),
    State.TAMPERED: ("V03", {"issuer": "Example Label Office"}),
    State.SIGNER_CANCELLED: ("V05", {"issuer": "Example Label Office", "date": date(2026, 6, 1)}),
    State.DOES_NOT_MATCH: ("V10", {"a": "Hearth Camera 2", "b": "https://labelviewer.example/l/other"}),
    State.WITHDRAWN: ("V07", {"issuer": "Example Label Office", "date": date(2026, 6, 1)}),
    State.SUSPENDED: ("V17", {"issuer": "Example Label Office", "date": date(2026, 6, 1)}),
    State.EXPIRED: ("V06", {"date": date(2026, 6, 1)}),
    State.UNKNOWN_SIGNER: ("V04", {"name": "labels.example"}),
    State.NOT_SIGNED: ("V02", {"host": "labelviewer.example"}),
    State.CLOCK_WRONG: ("F14", {"date": date(2019, 1, 1)}),
    State.ADDED_BY_SHOP: ("V18", {"name": "Corner Shop"}),
    State.NOT_TODAY: ("V08", {"date": date(2026, 11, 20)}),
    State.VERIFIED: ("V01", {"issuer": "Example Label Office", "when": TODAY}),
}

_GOOD: dict[Step, tuple[str, dict[str, Any]]] = {
    Step.SIZE: ("right", {}),
    Step.SHAPE: ("right", {}),
    Step.HEADER: ("right", {}),
    Step.KEY: ("known", {"issuer": "Example Label Office"}),
    Step.SIGNATURE: ("right", {}),
    Step.CONTENT: ("right", {}),
    Step.KEY_DATES: ("in-force", {}),
    Step.ADMINISTRATOR: ("recognised", {"issuer": "Example Label Office"}),
    Step.CARRIER: ("listed", {}),
    Step.BARCODE: ("listed", {}),
    Step.DATES: ("in-force", {"date": date(2028, 2, 24)}),
    Step.VERSION: ("newest", {}),
    Step.STATUS: ("good", {"date": TODAY}),
    Step.FRESHNESS: ("fresh", {}),
}

_BROKEN: dict[State, dict[Step, Finding]] = {
    State.TAMPERED: {Step.SIGNATURE: Finding(Step.SIGNATURE, Standing.BROKEN, "wrong")},
    State.UNKNOWN_SIGNER: {
        Step.KEY: Finding(Step.KEY, Standing.UNKNOWN, "unknown-issuer", {"name": "labels.example"}),
        Step.SIGNATURE: Finding(Step.SIGNATURE, Standing.UNKNOWN, "no-key"),
    },
    State.EXPIRED: {Step.DATES: Finding(Step.DATES, Standing.BROKEN, "ran-out", {"date": date(2026, 6, 1)})},
    State.DOES_NOT_MATCH: {Step.CARRIER: Finding(Step.CARRIER, Standing.BROKEN, "not-listed")},
}


def report(state: State = State.VERIFIED, *findings: Finding, sample: bool = False) -> Report:
    """`findings` take the place of the good ones."""
    code, facts = MESSAGES[state]
    good = {step: Finding(step, Standing.HELD, reason, facts) for step, (reason, facts) in _GOOD.items()}
    changed = _BROKEN.get(state, {}) | {finding.step: finding for finding in findings}
    return Report(tuple((good | changed).values()), state, code, facts, sample)


def inspection(
    of: Label | None = None, state: State = State.VERIFIED, *findings: Finding, sample: bool = False
) -> Inspection:
    evidence = Evidence(b"", CODE, datetime(2026, 11, 24, 12, tzinfo=UTC), Box(CODE))
    checked = report(state, *findings, sample=sample)
    return Inspection(evidence=evidence, report=checked, label=label() if of is None else of)
