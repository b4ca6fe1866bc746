"""Signed status lists: withdrawn, suspended or good, for a million labels at once; doubt is never "good"."""

import zlib
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from labelviewer.domain import strict_json
from labelviewer.domain.document import Address, Seconds
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.verify import bounds
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.token import STATUS_TYPE, TokenError, decode, read_header, split
from labelviewer.verify.trust import Administrator

BITS = 2
_PER_BYTE = 8 // BITS
_MASK = (1 << BITS) - 1


class StatusError(ValueError):
    """`reason` is one of the reasons of the status step."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _List(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    bits: Literal[2]
    lst: StrictStr


class _Claims(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    sub: Address
    iat: Seconds
    exp: Seconds
    ttl: Annotated[StrictInt, Field(gt=0)] = bounds.STATUS_TTL
    status_list: _List


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list whose signature held. Times are seconds since 1970; `ttl` says after how many to ask again."""

    uri: str
    issued: int
    expires: int
    ttl: int
    entries: bytes

    def value(self, index: int) -> int | None:
        """0 valid, 1 withdrawn, 2 suspended, 3 no meaning yet; None outside the list."""
        if not 0 <= index < len(self.entries) * _PER_BYTE:
            return None
        return self.entries[index // _PER_BYTE] >> (index % _PER_BYTE * BITS) & _MASK


def open_status(evidence: StatusEvidence, uri: str, administrator: Administrator) -> StatusList:
    """The list at `uri`, as the label names it, signed by a status key of its administrator. Raises StatusError."""
    if evidence.uri != uri:
        raise StatusError("other-list")
    payload = _signed_payload(evidence.token, administrator)
    claims = _claims(payload)
    if claims.sub != uri:
        raise StatusError("other-list")
    ttl = min(max(claims.ttl, bounds.STATUS_TTL_LEAST), bounds.STATUS_TTL_MOST)
    return StatusList(uri, claims.iat, claims.exp, ttl, _inflated(claims.status_list.lst))


def _signed_payload(data: bytes, administrator: Administrator) -> bytes:
    if len(data) > bounds.STATUS_TOKEN:
        raise StatusError("damaged")
    try:
        token = split(data)
        header = read_header(token.header, STATUS_TYPE)
    except TokenError:
        raise StatusError("damaged") from None
    key = administrator.key(header.kid)
    if key is None or key.use != "status" or key.alg != header.alg or key.state == "compromised":
        raise StatusError("not-signed")
    if not is_signed(key.alg, key.jwk, token.signed, token.signature):
        raise StatusError("not-signed")
    issued = _claims(token.payload).iat
    if not key.from_.timestamp() <= issued <= key.until.timestamp():
        raise StatusError("not-signed")
    return token.payload


def _claims(payload: bytes) -> _Claims:
    try:
        members = strict_json.load(payload, max_bytes=bounds.STATUS_TOKEN, max_string=bounds.STATUS_TOKEN)
        return _Claims.model_validate(members)
    except (strict_json.StrictJsonError, ValidationError):
        raise StatusError("damaged") from None


def _inflated(text: str) -> bytes:
    """A whole zlib stream and nothing behind it, inflated within the bound, to a power of two bytes."""
    inflater = zlib.decompressobj()
    try:
        entries = inflater.decompress(decode(text.encode()), bounds.STATUS_LIST + 1)
    except (TokenError, zlib.error):
        raise StatusError("damaged") from None
    whole = inflater.eof and not inflater.unused_data
    if not whole or not entries or len(entries) & (len(entries) - 1):
        raise StatusError("damaged")
    return entries
