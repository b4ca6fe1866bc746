"""A proof file: everything that a check looked at, so that anybody can check again; never a verdict to be believed."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from labelviewer.domain.errors import DamagedProofError, NewerLabelError
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.ports import TrustSource
from labelviewer.pipeline.run import Ports, reopen
from labelviewer.schemes.readers.mapped import read_foreign
from labelviewer.verify.case import Opened, open_evidence
from labelviewer.verify.proof_file import FORMAT, Proof, ProofError, read_proof
from labelviewer.verify.status import StatusError, open_status
from labelviewer.verify.trust import Trust

MARK: Final = b'"labelviewer-proof/'


def make_proof(inspection: Inspection, ports: Ports) -> bytes:
    """The token, the status list, the trust list and the time; and what was found then, for people. Needs a report."""
    evidence, report = inspection.evidence, inspection.report
    assert evidence is not None
    assert report is not None
    trust = ports.trust.trust()
    opened = open_evidence(evidence, trust, partial(read_foreign, packs=ports.packs))
    status = _status_of(opened, ports)
    trust_list = trust.list_of(opened.signer) if opened.signer else trust.published
    members = {
        "format": FORMAT,
        "made": _plain(ports.clock.now()),
        "token": evidence.token.decode("ascii", "replace"),
        "fetched_from": evidence.fetched_from,
        "fetched_at": _plain(evidence.fetched_at),
        "box": {"code": evidence.box.code, "gtin": evidence.box.gtin},
        "status": _status_members(status) if status else None,
        "trust_list": trust_list.model_dump(mode="json", by_alias=True),
        "found": {
            "code": report.code,
            "steps": [[int(one.step), one.standing.value, one.reason] for one in report.findings],
        },
    }
    return json.dumps(members, indent=1).encode()


def _status_of(opened: Opened, ports: Ports) -> StatusEvidence | None:
    document = opened.document
    return ports.trust.status(document.status.status_list.uri) if document and document.status else None


def is_proof(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{" and MARK in data[:256]


def check_proof(data: bytes, ports: Ports) -> Inspection:
    """Check the token again by our own list, now, without network; of the file only what is signed counts.

    Not even when it was fetched or from which box: a forged date would spare a cancelled key.
    Raises ProofError, or NewerLabelError for a format that this program does not know.
    """
    return check_read(read_proof(data), ports)


def check_read(proof: Proof, ports: Ports) -> Inspection:
    token = proof.token.encode("ascii", "replace")
    now = ports.clock.now()
    enclosed = StatusEvidence(proof.status.uri, proof.status.token.encode(), now) if proof.status else None
    trust = ports.trust.trust()
    evidence = Evidence(token, "", now, Box())
    opened = open_evidence(evidence, trust, partial(read_foreign, packs=ports.packs))
    inspection = reopen(evidence, replace(ports, trust=_WithStatus(ports.trust, opened, enclosed)))
    return replace(inspection, proof_made=proof.made)


def inspect_proof(data: bytes, ports: Ports) -> Inspection:
    """What `check_proof` finds, or the problem with the file."""
    try:
        return check_proof(data, ports)
    except NewerLabelError as problem:
        return Inspection(problem=problem)
    except ProofError:
        return Inspection(problem=DamagedProofError())


@dataclass(frozen=True, slots=True)
class _WithStatus:
    """Our trust, and the status list in the file where it is proven and newer than ours."""

    ours: TrustSource
    opened: Opened
    enclosed: StatusEvidence | None

    def trust(self) -> Trust:
        return self.ours.trust()

    def status(self, uri: str) -> StatusEvidence | None:
        held = self.ours.status(uri)
        return max((held, self.enclosed), key=lambda evidence: self._issued(evidence, uri))

    def _issued(self, evidence: StatusEvidence | None, uri: str) -> int:
        if evidence is None or self.opened.signer is None:
            return -1
        try:
            return open_status(evidence, uri, self.opened.signer.administrator).issued
        except StatusError:
            return -1


def _status_members(status: StatusEvidence) -> dict[str, str]:
    return {
        "uri": status.uri,
        "token": status.token.decode("ascii", "replace"),
        "fetched_at": _plain(status.fetched_at),
    }


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
