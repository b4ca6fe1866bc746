"""A token has one form and a header of exactly three members; everything else is refused before any arithmetic."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.verify.token import (
    CREDENTIAL_TYPE,
    LABEL_TYPE,
    STATUS_TYPE,
    Header,
    TokenError,
    decode,
    encode,
    read_credential_header,
    read_header,
    split,
)

SIGNATURE = encode(bytes(64))
GOOD = b".".join((encode(b"{}"), encode(b'{"a":1}'), SIGNATURE))


def test_a_token_comes_apart_into_its_parts() -> None:
    token = split(GOOD)
    assert (token.header, token.payload, token.signature) == (b"{}", b'{"a":1}', bytes(64))
    assert token.signed == GOOD[: GOOD.rindex(b".")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"..",
        b"e30",
        b"e30.e30",
        b"e30.e30.",
        b"e30..e30",
        GOOD + b"\n",
        b" " + GOOD,
        GOOD + b"=",
        GOOD + b".e30",
        GOOD.replace(b".", b"..", 1),
        b"\xef\xbb\xbf" + GOOD,
        b".".join((encode(b"{}"), encode(b"{}"), encode(bytes(63)))),
        b".".join((encode(b"{}"), encode(b"{}"), encode(bytes(65)))),
        b".".join((b"e30=", encode(b"{}"), SIGNATURE)),
        b".".join((b"e31", encode(b"{}"), SIGNATURE)),
        b".".join((b"e", encode(b"{}"), SIGNATURE)),
        b".".join((encode(b"{}"), b"ab+/", SIGNATURE)),
        "é.e30.".encode() + SIGNATURE,
    ],
)
def test_any_other_form_is_refused(data: bytes) -> None:
    with pytest.raises(TokenError):
        split(data)


def test_base64_has_one_spelling_for_the_same_bytes() -> None:
    assert decode(b"e30") == b"{}"
    with pytest.raises(TokenError):
        decode(b"e31")


@given(st.binary(max_size=90))
def test_bytes_survive_the_round_trip(data: bytes) -> None:
    assert decode(encode(data)) == data


def test_a_header_names_algorithm_key_and_type() -> None:
    assert read_header(b'{"alg":"ES256","kid":"a-2026a","typ":"label+jwt"}', LABEL_TYPE) == Header("ES256", "a-2026a")
    assert read_header(b'{"typ":"statuslist+jwt","alg":"Ed25519","kid":"s"}', STATUS_TYPE) == Header("Ed25519", "s")


HEADER = {"alg": "Ed25519", "kid": "a-2026a", "typ": "label+jwt"}


@pytest.mark.parametrize(
    "change",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "HS256"},
        {"alg": "EdDSA"},
        {"alg": "ed25519"},
        {"alg": "ES384"},
        {"alg": None},
        {"alg": ["Ed25519"]},
        {"kid": ""},
        {"kid": "../../etc/passwd"},
        {"kid": "a" * 65},
        {"kid": 7},
        {"kid": "a\n"},
        {"typ": "JWT"},
        {"typ": "statuslist+jwt"},
        {"typ": "application/label+jwt"},
        {"typ": "LABEL+JWT"},
        {"jku": "https://evil.example/keys"},
        {"jwk": {}},
        {"x5u": "https://evil.example/c"},
        {"x5c": []},
        {"crit": ["exp"]},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "json"},
        {"anything": 1},
    ],
)
def test_any_other_header_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(TokenError):
        read_header(json.dumps({**HEADER, **change}).encode(), LABEL_TYPE)


@pytest.mark.parametrize("missing", sorted(HEADER))
def test_a_header_lacks_nothing(missing: str) -> None:
    header = {name: value for name, value in HEADER.items() if name != missing}
    with pytest.raises(TokenError):
        read_header(json.dumps(header).encode(), LABEL_TYPE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'{"alg":"none","alg":"Ed25519","kid":"a","typ":"label+jwt"}',
        b'{"alg":"Ed25519","kid":"a","typ":"label+jwt"' + b" " * 600 + b"}",
        b"\xff",
    ],
)
def test_a_header_is_one_small_object_without_tricks(data: bytes) -> None:
    with pytest.raises(TokenError):
        read_header(data, LABEL_TYPE)


@given(st.binary(max_size=120))
def test_any_bytes_are_a_token_or_refused(data: bytes) -> None:
    for read in (split, lambda raw: read_header(raw, LABEL_TYPE)):
        with contextlib.suppress(TokenError):
            read(data)


CREDENTIAL = {"alg": "Ed25519", "kid": "did:web:a.example#k1", "typ": CREDENTIAL_TYPE}


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({}, Header("Ed25519", "k1")),
        ({"alg": "EdDSA"}, Header("Ed25519", "k1")),
        ({"alg": "ES256", "kid": "k1", "cty": "vc"}, Header("ES256", "k1")),
    ],
)
def test_a_credentials_header_names_algorithm_and_key(change: dict[str, object], header: Header) -> None:
    assert read_credential_header(json.dumps(CREDENTIAL | change).encode()) == header


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"alg":"Ed25519","alg":"ES256","kid":"k","typ":"vc+jwt"}',
        *(
            json.dumps(CREDENTIAL | change).encode()
            for change in (
                {"alg": "none"},
                {"alg": None},
                {"typ": "vc"},
                {"typ": LABEL_TYPE},
                {"cty": "label"},
                {"kid": ""},
                {"kid": "did:web:a.example#"},
                {"kid": "did:web:a.example#../k"},
                {"kid": 1},
                {"jku": "https://evil.example/"},
            )
        ),
    ],
)
def test_any_other_header_of_a_credential_is_refused(data: bytes) -> None:
    with pytest.raises(TokenError):
        read_credential_header(data)
