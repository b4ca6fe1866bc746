"""The form of a saved comparison: what two to four proof files hold, without their trust lists."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from labelviewer.domain import strict_json
from labelviewer.domain.errors import NewerLabelError
from labelviewer.verify import bounds
from labelviewer.verify.proof_file import Proof, ProofError, is_newer

FORMAT: Final = "labelviewer-comparison/1"
MARK: Final = b'"labelviewer-comparison/'
AT_LEAST: Final = 2
AT_MOST: Final = 4


class SavedComparison(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal["labelviewer-comparison/1"]
    made: AwareDatetime
    proofs: Annotated[tuple[Proof, ...], Field(min_length=AT_LEAST, max_length=AT_MOST)]


def is_comparison(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{" and MARK in data[:64]


def write_comparison(proofs: Sequence[bytes], made: datetime) -> bytes:
    """`proofs` are whole proof files; a trust list is large, and whoever opens this checks by one of their own."""
    members = {
        "format": FORMAT,
        "made": made.astimezone(UTC).isoformat(),
        "proofs": [json.loads(proof) | {"trust_list": None} for proof in proofs],
    }
    return json.dumps(members, indent=1).encode()


def read_comparison(data: bytes) -> SavedComparison:
    """Raises ProofError, or NewerLabelError for a format, also of a proof in it, that this program does not know."""
    try:
        members = strict_json.load(data, max_bytes=bounds.COMPARISON, max_string=bounds.PROOF)
        if not isinstance(members, dict):
            raise ProofError("not a comparison")
        parts = members.get("proofs")
        inner = parts if isinstance(parts, list) else []
        if is_newer(members, FORMAT) or any(isinstance(one, dict) and is_newer(one) for one in inner):
            raise NewerLabelError
        return SavedComparison.model_validate(members)
    except strict_json.StrictJsonError as error:
        raise ProofError(error.reason) from None
    except ValidationError as error:
        raise ProofError(str(error)) from None
