"""The form of a proof file; of what it holds only the tokens count, since they are signed."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from labelviewer.domain import strict_json
from labelviewer.domain.errors import NewerLabelError
from labelviewer.verify import bounds

FORMAT: Final = "labelviewer-proof/1"


class ProofError(ValueError):
    """Not a proof file, or a damaged one."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class EnclosedStatus(_Part):
    uri: str
    token: Annotated[str, Field(max_length=bounds.STATUS_TOKEN)]
    fetched_at: AwareDatetime


class Proof(_Part):
    format: Literal["labelviewer-proof/1"]
    made: AwareDatetime
    token: Annotated[str, Field(max_length=bounds.LABEL_TOKEN)]
    status: EnclosedStatus | None = None


def read_proof(data: bytes) -> Proof:
    """Raises ProofError, or NewerLabelError for a format that this program does not know."""
    try:
        members = strict_json.load(data, max_bytes=bounds.PROOF, max_string=bounds.PROOF)
        if not isinstance(members, dict) or not isinstance(members.get("format"), str):
            raise ProofError("not a proof file")
        if is_newer(members):
            raise NewerLabelError
        return Proof.model_validate(members)
    except strict_json.StrictJsonError as error:
        raise ProofError(error.reason) from None
    except ValidationError as error:
        raise ProofError(str(error)) from None


def is_newer(members: Mapping[str, object], known: str = FORMAT) -> bool:
    """Of the same name as the format that we know, and of another major version."""
    name, _, version = str(members.get("format")).partition("/")
    ours, _, major = known.partition("/")
    return name == ours and version.partition(".")[0] != major
