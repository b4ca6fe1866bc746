"""Signature arithmetic against the Wycheproof vectors, and keys that do not fit."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, x25519

from labelviewer.publish import keys
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.token import Algorithm, decode, encode
from labelviewer.verify.trust import Jwk

MESSAGE = b"what was signed"
ALGORITHMS: tuple[Algorithm, ...] = ("Ed25519", "ES256")


def vectors(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for group in json.loads(path.read_bytes())["testGroups"]:
        for vector in group["tests"]:
            yield group, vector


def judged_wrong(path: Path, alg: Algorithm, expected: dict[str, int]) -> list[int]:
    wrong, seen = [], dict.fromkeys(expected, 0)
    for group, vector in vectors(path):
        seen[vector["result"]] += 1
        answer = is_signed(alg, public_key(group), bytes.fromhex(vector["msg"]), bytes.fromhex(vector["sig"]))
        if answer != (vector["result"] == "valid"):
            wrong.append(vector["tcId"])
    assert seen == expected
    return wrong


def public_key(group: dict[str, Any]) -> Jwk:
    """From the raw key, since some groups carry no JWK."""
    key = group["publicKey"]
    if "pk" in key:
        return Jwk(kty="OKP", crv="Ed25519", x=encode(bytes.fromhex(key["pk"])).decode())
    x, y = (encode(int(key[name], 16).to_bytes(32, "big")).decode() for name in ("wx", "wy"))
    return Jwk(kty="EC", crv="P-256", x=x, y=y)


def test_ed25519_agrees_with_every_vector(corpora: Callable[[str], Path]) -> None:
    path = corpora("wycheproof") / "ed25519_test.json"
    assert judged_wrong(path, "Ed25519", {"valid": 88, "invalid": 63}) == []


def test_es256_agrees_with_every_vector(corpora: Callable[[str], Path]) -> None:
    path = corpora("wycheproof") / "ecdsa_secp256r1_sha256_p1363_test.json"
    assert judged_wrong(path, "ES256", {"valid": 173, "invalid": 89}) == []


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_a_signature_of_ours_holds_and_holds_for_nothing_else(alg: Algorithm) -> None:
    key, other = keys.generate(alg), keys.generate(alg)
    signature = keys.sign(key, MESSAGE)
    own, foreign = Jwk.model_validate(keys.jwk(key)), Jwk.model_validate(keys.jwk(other))
    assert len(signature) == 64
    assert is_signed(alg, own, MESSAGE, signature)
    assert not is_signed(alg, own, MESSAGE + b".", signature)
    assert not is_signed(alg, foreign, MESSAGE, signature)
    assert not is_signed(alg, own, MESSAGE, signature[:-1])
    assert not is_signed(alg, own, MESSAGE, signature + b"\0")
    assert not is_signed(alg, own, MESSAGE, bytes(64))


@pytest.mark.parametrize(
    "jwk",
    [
        Jwk(kty="OKP", crv="Ed25519", x=""),
        Jwk(kty="OKP", crv="Ed25519", x="AAAA"),
        Jwk(kty="OKP", crv="Ed25519", x="é"),
        Jwk(kty="OKP", crv="Ed25519", x="A" * 44),
        Jwk(kty="EC", crv="P-256", x="A" * 43),
        Jwk(kty="EC", crv="P-256", x="A" * 43, y="A" * 43),
        Jwk(kty="EC", crv="Ed25519", x="A" * 43),
        Jwk(kty="OKP", crv="P-256", x="A" * 43, y="A" * 43),
    ],
)
def test_a_key_that_is_none_signs_nothing(jwk: Jwk) -> None:
    for alg in ALGORITHMS:
        assert not is_signed(alg, jwk, MESSAGE, bytes(64))


def test_a_coordinate_has_one_length_only() -> None:
    key = keys.generate("ES256")
    signature, jwk = keys.sign(key, MESSAGE), keys.jwk(key)
    padded = {**jwk, "x": encode(b"\0" + decode(jwk["x"].encode())).decode()}
    assert is_signed("ES256", Jwk.model_validate(jwk), MESSAGE, signature)
    assert not is_signed("ES256", Jwk.model_validate(padded), MESSAGE, signature)


@pytest.mark.parametrize("alg", ALGORITHMS)
@pytest.mark.parametrize("password", [None, b"a long password"])
def test_a_key_is_kept_as_pem_and_comes_back(alg: Algorithm, password: bytes | None) -> None:
    key = keys.generate(alg)
    back = keys.load(keys.save(key, password), password)
    assert keys.jwk(back) == keys.jwk(key)
    assert keys.algorithm(back) == alg


def test_other_files_and_other_keys_are_refused() -> None:
    locked = keys.save(keys.generate("Ed25519"), b"secret")
    large_curve = as_pem(ec.generate_private_key(ec.SECP384R1()))
    agreement = as_pem(x25519.X25519PrivateKey.generate())
    for pem, password in (
        (b"", None),
        (b"not a key", None),
        (locked, None),
        (locked, b"wrong"),
        (large_curve, None),
        (agreement, None),
    ):
        with pytest.raises(keys.KeyFileError):
            keys.load(pem, password)


def as_pem(key: ec.EllipticCurvePrivateKey | x25519.X25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
