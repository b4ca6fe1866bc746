"""Status lists: the right list, signed by the right key, whole; in doubt a label is never "good"."""

import json
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelviewer.publish.keys import SigningKey
from labelviewer.publish.sign import sign_token
from labelviewer.publish.status import Status
from labelviewer.verify import bounds
from labelviewer.verify.status import StatusError, StatusList, open_status
from labelviewer.verify.token import STATUS_TYPE, encode
from tests.simulator import ENTRIES, NOW, Authority, parsed

A = Authority()
START = int(NOW.timestamp())


def opened(token: bytes, authority: Authority = A, *, asked: str | None = None, named: str | None = None) -> StatusList:
    administrator = parsed(authority.trust_list()).administrators[0]
    return open_status(
        authority.status_evidence(token, uri=asked), A.status_uri if named is None else named, administrator
    )


def refused(token: bytes, authority: Authority = A, **options: Any) -> str:
    with pytest.raises(StatusError) as caught:
        opened(token, authority, **options)
    return caught.value.reason


def signed(
    members: dict[str, Any] | bytes,
    *,
    key: SigningKey = A.status_key,
    kid: str = A.status_kid,
    kind: str = STATUS_TYPE,
) -> bytes:
    payload = members if isinstance(members, bytes) else json.dumps(members).encode()
    return sign_token(kind, payload, key, kid)


def packed(data: bytes) -> str:
    return encode(zlib.compress(data)).decode()


def claims(**changes: Any) -> dict[str, Any]:
    inner = {"bits": 2, "lst": packed(bytes(64)), **changes.pop("status_list", {})}
    return {"sub": A.status_uri, "iat": START, "exp": START + 86_400, "ttl": 3_600, "status_list": inner, **changes}


def test_a_list_says_which_labels_are_withdrawn_or_on_hold() -> None:
    authority = A.withdraw(0).put_on_hold(5).withdraw(ENTRIES - 1)
    status_list = opened(authority.status_list())
    assert [status_list.value(index) for index in (0, 1, 5, 6, ENTRIES - 1)] == [1, 0, 2, 0, 1]


def test_what_lies_outside_the_list_has_no_value() -> None:
    status_list = opened(A.status_list())
    assert (status_list.value(ENTRIES), status_list.value(2**53 - 1), status_list.value(-1)) == (None, None, None)


def test_the_lowest_bits_of_a_byte_come_first() -> None:
    status_list = opened(signed(claims(status_list={"lst": packed(bytes([0b11_10_01_00]))})))
    assert [status_list.value(index) for index in range(5)] == [0, 1, 2, 3, None]


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.integers(0, ENTRIES - 1), st.sampled_from(Status), max_size=20))
def test_what_was_written_is_what_is_read(values: dict[int, Status]) -> None:
    status_list = opened(replace(A, statuses=values).status_list())
    assert {index: status_list.value(index) for index in values} == values


def test_a_list_for_a_million_labels_is_opened() -> None:
    status_list = opened(A.withdraw(2**20 - 1).status_list(entries=2**20))
    assert (status_list.value(2**20 - 1), status_list.value(2**20), len(status_list.entries)) == (1, None, 262_144)


@pytest.mark.parametrize(
    ("ttl", "kept"), [(1, 900), (900, 900), (3_600, 3_600), (86_400, 86_400), (10**9, 86_400), (None, 21_600)]
)
def test_the_time_to_ask_again_is_held_within_bounds(ttl: int | None, kept: int) -> None:
    members = claims(ttl=ttl)
    if ttl is None:
        del members["ttl"]
    assert opened(signed(members)).ttl == kept


def test_a_list_from_another_address_is_another_list() -> None:
    other = A.status_uri + "0"
    assert refused(A.status_list(), asked=other) == "other-list"
    assert refused(A.status_list(), named=other) == "other-list"
    assert refused(A.status_list(uri=other)) == "other-list"
    assert refused(A.status_list(uri=other), asked=other) == "other-list"
    assert refused(A.status_list(), asked=other, named=other) == "other-list"


@pytest.mark.threat("T22")
def test_only_a_status_key_of_the_same_administrator_signs_lists() -> None:
    other = Authority(id="b.example")
    assert refused(A.status_list(key=A.label_key, kid=A.label_kid)) == "not-signed"
    assert refused(A.status_list(key=A.label_key, kid=A.status_kid)) == "not-signed"
    assert refused(A.status_list(key=other.status_key)) == "not-signed"
    assert refused(A.status_list(key=other.status_key, kid=other.status_kid)) == "not-signed"
    assert refused(A.status_list(kid="nobody")) == "not-signed"


@pytest.mark.parametrize(
    ("change", "issued"),
    [
        ({"state": "compromised"}, NOW),
        ({"until": "2026-05-01T00:00:00Z"}, NOW),
        ({"from": "2026-07-01T00:00:00Z"}, NOW),
    ],
)
def test_a_status_key_that_is_not_in_force_signs_nothing(change: dict[str, str], issued: datetime) -> None:
    trust_list = A.trust_list()
    trust_list["administrators"][0]["keys"][1].update(change)
    administrator = parsed(trust_list).administrators[0]
    with pytest.raises(StatusError, match="not-signed"):
        open_status(A.status_evidence(A.status_list(issued=issued)), A.status_uri, administrator)


@pytest.mark.parametrize(
    "token",
    [
        b"",
        b"a.b.c",
        signed(claims(), kind="label+jwt"),
        signed(b"[]"),
        signed(b"{"),
        signed(b"\xff"),
        signed(claims(iat="now")),
        signed(claims(exp=None)),
        signed(claims(exp=1.5)),
        signed(claims(ttl=0)),
        signed(claims(ttl=True)),
        signed(claims(sub=7)),
        signed(claims(status_list={"bits": 1})),
        signed(claims(status_list={"bits": 8})),
        signed(claims(status_list={"bits": "2"})),
        signed(claims(status_list={"lst": None})),
        signed(claims(status_list={"lst": ""})),
        signed(claims(status_list={"lst": "é"})),
        signed(claims(status_list={"lst": encode(b"not zlib").decode()})),
        signed(claims(status_list={"lst": packed(b"")})),
        signed(claims(status_list={"lst": packed(bytes(63))})),
        signed(claims(status_list={"lst": packed(bytes(65))})),
        signed(claims(status_list={"lst": encode(zlib.compress(bytes(64))[:-1]).decode()})),
        signed(claims(status_list={"lst": encode(zlib.compress(bytes(64)) + b"x").decode()})),
        signed(claims(status_list={"lst": packed(bytes(64)) + "=="})),
        signed(claims(status_list={"lst": packed(bytes(bounds.STATUS_LIST * 2))})),
        signed(claims(status_list={"lst": packed(bytes(bounds.STATUS_LIST + 1))})),
        A.status_list() + b"A" * bounds.STATUS_TOKEN,
    ],
)
def test_a_damaged_list_says_so(token: bytes) -> None:
    assert refused(token) == "damaged"


def test_a_bomb_is_not_inflated() -> None:
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    assert refused(signed(claims(status_list={"lst": encode(bomb).decode()}))) == "damaged"


def test_a_list_at_the_bound_is_opened() -> None:
    members = claims(status_list={"lst": packed(bytes(bounds.STATUS_LIST))})
    assert len(opened(signed(members)).entries) == bounds.STATUS_LIST


def test_every_changed_byte_of_a_list_is_noticed() -> None:
    token = A.status_list(entries=4, issued=NOW - timedelta(hours=1))
    for place in range(len(token)):
        for other in (token[place] ^ 1, ord("A"), ord(".")):
            if other != token[place]:
                refused(token[:place] + bytes([other]) + token[place + 1 :])


@pytest.mark.parametrize("entries", [0, 1, 3, 1_000, 2**23])
def test_no_list_of_an_odd_length_is_made(entries: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        A.status_list(entries=entries)


def test_no_list_is_made_for_a_label_outside_of_it() -> None:
    with pytest.raises(ValueError, match="outside"):
        A.withdraw(ENTRIES).status_list()
