"""The outer form of a signed token: three parts, one way to write each; nothing is trusted here."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Literal

from labelviewer.domain import strict_json
from labelviewer.verify import bounds

Algorithm = Literal["Ed25519", "ES256"]

LABEL_TYPE = "label+jwt"
CREDENTIAL_TYPE = "vc+jwt"
STATUS_TYPE = "statuslist+jwt"
SIGNATURE_BYTES = 64

_SHAPE = re.compile(rb"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_KID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MEMBERS = frozenset({"alg", "kid", "typ"})


class TokenError(ValueError):
    """Not a token of ours."""


@dataclass(frozen=True, slots=True)
class Token:
    """The decoded parts, and the bytes that the signature covers."""

    header: bytes
    payload: bytes
    signature: bytes
    signed: bytes


_CREDENTIAL_MEMBERS = _MEMBERS | {"cty"}


@dataclass(frozen=True, slots=True)
class Header:
    alg: Algorithm
    kid: str


def split(data: bytes) -> Token:
    """Raises TokenError unless the parts are canonical base64url without padding."""
    found = _SHAPE.fullmatch(data)
    if found is None:
        raise TokenError
    header, payload, signature = (decode(part) for part in found.groups())
    if len(signature) != SIGNATURE_BYTES:
        raise TokenError
    return Token(header, payload, signature, data[: found.end(2)])


def read_header(data: bytes, kind: str) -> Header:
    """Exactly alg, kid and typ. Raises TokenError."""
    try:
        members = strict_json.load(data, max_bytes=bounds.HEADER)
    except strict_json.StrictJsonError:
        raise TokenError from None
    if not isinstance(members, dict) or members.keys() != _MEMBERS or members["typ"] != kind:
        raise TokenError
    kid = members["kid"]
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise TokenError
    match members["alg"]:
        case "Ed25519" | "ES256" as alg:
            return Header(alg, kid)
        case _:
            raise TokenError


def read_credential_header(data: bytes) -> Header:
    """Of a credential secured by VC-JOSE-COSE; its key may be named by a `did:web`. Raises TokenError."""
    try:
        members = strict_json.load(data, max_bytes=bounds.HEADER)
    except strict_json.StrictJsonError:
        raise TokenError from None
    if not isinstance(members, dict) or not _MEMBERS <= members.keys() <= _CREDENTIAL_MEMBERS:
        raise TokenError
    if members["typ"] != CREDENTIAL_TYPE or members.get("cty", "vc") != "vc":
        raise TokenError
    kid = members["kid"].rpartition("#")[2] if isinstance(members["kid"], str) else ""
    if not _KID.fullmatch(kid):
        raise TokenError
    match members["alg"]:
        case "Ed25519" | "EdDSA":
            return Header("Ed25519", kid)
        case "ES256":
            return Header("ES256", kid)
        case _:
            raise TokenError


def decode(text: bytes) -> bytes:
    """Base64url in its one canonical form. Raises TokenError."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise TokenError from None
    if encode(data) != text:
        raise TokenError
    return data


def encode(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
