"""Signing keys of an issuer: made, kept as PEM, shown as JWK. Who holds the file can sign."""

from typing import assert_never

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from labelviewer.verify.token import Algorithm, encode

SigningKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


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


def algorithm(key: SigningKey) -> Algorithm:
    return "Ed25519" if isinstance(key, ed25519.Ed25519PrivateKey) else "ES256"


def jwk(key: SigningKey) -> dict[str, str]:
    """The public half, as a trust list holds it."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": encode(key.public_key().public_bytes_raw()).decode()}
    point = key.public_key().public_numbers()
    x, y = (encode(number.to_bytes(32, "big")).decode() for number in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def sign(key: SigningKey, message: bytes) -> bytes:
    """64 bytes; for ES256 r and s, 32 bytes each."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
