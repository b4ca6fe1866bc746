"""Signing keys of an issuer: made, kept as PEM, shown as JWK. Who holds the file can sign."""

from collections.abc import Mapping
from functools import partial
from typing import assert_never

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from labelviewer.publish.signer import Signer
from labelviewer.verify.token import Algorithm, decode, encode

SigningKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey


class KeyFileError(ValueError):
    """Not a private key that labels can be signed with."""


def generate(alg: Algorithm) -> SigningKey:
    match alg:
        case "Ed25519":
            return ed25519.Ed25519PrivateKey.generate()
        case "ES256":
            return ec.generate_private_key(ec.SECP256R1())
        case _:
            assert_never(alg)


def load(pem: bytes, password: bytes | None = None) -> SigningKey:
    """Raises KeyFileError."""
    try:
        key = serialization.load_pem_private_key(pem, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFileError from None
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyFileError


def save(key: SigningKey, password: bytes | None = None) -> bytes:
    """PKCS #8 as PEM; without a password it lies there for everybody who can read the file."""
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def is_locked(pem: bytes) -> bool:
    """Whether `load` needs a password for it."""
    return pem.lstrip().startswith((b"-----BEGIN ENCRYPTED PRIVATE KEY", b"-----BEGIN EC PRIVATE KEY-----\nProc-Type"))


def load_public(pem: bytes) -> PublicKey:
    """Raises KeyFileError."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError from None
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyFileError


def from_jwk(members: Mapping[str, str]) -> PublicKey:
    """The other way round than `jwk`. Raises ValueError."""
    x = decode(members["x"].encode())
    if members["kty"] == "OKP":
        return ed25519.Ed25519PublicKey.from_public_bytes(x)
    y = decode(members["y"].encode())
    return ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    ).public_key()


def algorithm(key: SigningKey | PublicKey) -> Algorithm:
    return "Ed25519" if isinstance(_public(key), ed25519.Ed25519PublicKey) else "ES256"


def jwk(key: SigningKey | PublicKey) -> dict[str, str]:
    """The public half, as a trust list holds it."""
    public = _public(key)
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": encode(public.public_bytes_raw()).decode()}
    point = public.public_numbers()
    x, y = (encode(number.to_bytes(32, "big")).decode() for number in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def sign(key: SigningKey, message: bytes) -> bytes:
    """64 bytes; for ES256 r and s, 32 bytes each."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    return r_and_s(key.sign(message, ec.ECDSA(hashes.SHA256())))


def r_and_s(der: bytes) -> bytes:
    """A signature of ECDSA as tokens hold it. Raises ValueError."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signer(key: SigningKey) -> Signer:
    return Signer(algorithm(key), jwk(key), partial(sign, key))


def _public(key: SigningKey | PublicKey) -> PublicKey:
    return key.public_key() if isinstance(key, SigningKey) else key
