"""From bytes to a label document that keeps every rule of the format; says nothing about who wrote it."""

from collections.abc import Mapping

from pydantic import ValidationError

from labelviewer.domain import strict_json
from labelviewer.domain.document import LabelDocument
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.verify import bounds


class ContentError(ValueError):
    """The document breaks a rule of the format; the text is for its issuer."""


def load_members(payload: bytes) -> Mapping[str, object]:
    """Strict JSON, an object. Raises ContentError."""
    try:
        members = strict_json.load(payload, max_bytes=bounds.LABEL_TOKEN)
    except strict_json.StrictJsonError as error:
        raise ContentError(error.reason) from None
    if not isinstance(members, dict):
        raise ContentError("not an object")
    return members


def read_document(members: Mapping[str, object]) -> LabelDocument:
    """Raises ContentError."""
    try:
        document = LabelDocument.model_validate(members)
    except ValidationError as error:
        raise ContentError(str(error)) from None
    for carrier in document.carriers:
        try:
            parse_web_address(carrier)
        except RefusedError:
            raise ContentError(f"carrier: {carrier}") from None
    return document
