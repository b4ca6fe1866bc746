"""The one door to signature arithmetic: does this key's signature cover these bytes? Yes or no, never why not."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from labelviewer.verify.token import SIGNATURE_BYTES, Algorithm, TokenError, decode
from labelviewer.verify.trust import Jwk

_COORDINATE_BYTES = 32


def is_signed(alg: Algorithm, jwk: Jwk, message: bytes, signature: bytes) -> bool:
    """Ed25519 as it is; ES256 as r and s, 32 bytes each."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        match alg:
            case "Ed25519":
                _ed25519(jwk).verify(signature, message)
            case "ES256":
                half = SIGNATURE_BYTES // 2
                r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
                _p256(jwk).verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, TokenError, ValueError):
        return False
    return True


def _ed25519(jwk: Jwk) -> ed25519.Ed25519PublicKey:
    if (jwk.kty, jwk.crv) != ("OKP", "Ed25519"):
        raise ValueError("not an Ed25519 key")
    return ed25519.Ed25519PublicKey.from_public_bytes(_coordinate(jwk.x))


def _p256(jwk: Jwk) -> ec.EllipticCurvePublicKey:
    if (jwk.kty, jwk.crv) != ("EC", "P-256") or jwk.y is None:
        raise ValueError("not a P-256 key")
    x, y = int.from_bytes(_coordinate(jwk.x), "big"), int.from_bytes(_coordinate(jwk.y), "big")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _coordinate(text: str) -> bytes:
    data = decode(text.encode())
    if len(data) != _COORDINATE_BYTES:
        raise ValueError("not a coordinate")
    return data
