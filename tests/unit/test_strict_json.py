"""Strict JSON against the public test suite, and every rule that goes beyond it."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.strict_json import MAX_DEPTH, MAX_INTEGER, MAX_MEMBERS, MAX_STRING, StrictJsonError, load

CAP = 2 * 1024 * 1024
REFUSED_ON_PURPOSE = {
    "y_object_duplicated_key.json": "duplicate-name",
    "y_object_duplicated_key_and_value.json": "duplicate-name",
    "y_object_escaped_null_in_key.json": "bad-character",
    "y_string_null_escape.json": "bad-character",
}


def accepts(data: bytes) -> bool:
    try:
        load(data, max_bytes=CAP)
    except StrictJsonError:
        return False
    return True


def files(corpora: Callable[[str], Path], prefix: str, count: int) -> list[Path]:
    found = sorted(corpora("json/test_parsing").glob(f"{prefix}_*.json"))
    assert len(found) == count
    return found


@pytest.mark.threat("T10")
def test_all_that_must_be_refused_is_refused(corpora: Callable[[str], Path]) -> None:
    assert [path.name for path in files(corpora, "n", 188) if accepts(path.read_bytes())] == []


def test_all_that_must_be_accepted_is_accepted_but_four(corpora: Callable[[str], Path]) -> None:
    refused = {}
    for path in files(corpora, "y", 95):
        try:
            load(path.read_bytes(), max_bytes=CAP)
        except StrictJsonError as error:
            refused[path.name] = error.reason
    assert refused == REFUSED_ON_PURPOSE


def test_what_is_up_to_the_parser_never_crashes_it(corpora: Callable[[str], Path]) -> None:
    for path in files(corpora, "i", 35):
        accepts(path.read_bytes())


@pytest.mark.threat("T10")
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "too-deep"),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "too-deep"),
        (b"[" * 1_000_000, "too-deep"),
        (b'{"a":1,"a":1}', "duplicate-name"),
        (rb'{"a":1,"\u0061":1}', "duplicate-name"),
        (b"NaN", "not-a-number"),
        (b"[Infinity]", "not-a-number"),
        (b"-Infinity", "not-a-number"),
        (b"1e999", "number-out-of-range"),
        (str(MAX_INTEGER + 1).encode(), "integer-out-of-range"),
        (str(-MAX_INTEGER - 1).encode(), "integer-out-of-range"),
        (b"9" * 5_000, "integer-out-of-range"),
        (b'"' + b"x" * (MAX_STRING + 1) + b'"', "string-too-long"),
        (b'{"' + b"x" * (MAX_STRING + 1) + b'":1}', "string-too-long"),
        (b"[" + b"1," * MAX_MEMBERS + b"1]", "too-many-members"),
        (rb'"\u0000"', "bad-character"),
        (rb'"\ud800"', "bad-character"),
        (rb'{"\udc00":1}', "bad-character"),
        (b"\xef\xbb\xbf{}", "byte-order-mark"),
        ('{"a":1}'.encode("utf-16"), "not-utf-8"),
        (b'"\xff"', "not-utf-8"),
        (b'"\xed\xa0\x80"', "not-utf-8"),
        (b"", "not-json"),
        (b"{} {}", "not-json"),
        (b"{'a':1}", "not-json"),
        (b'"a\nb"', "not-json"),
        (b" " * (CAP + 1), "too-big"),
    ],
)
def test_each_trick_is_refused_for_its_own_reason(data: bytes, reason: str) -> None:
    with pytest.raises(StrictJsonError) as caught:
        load(data, max_bytes=CAP)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "data",
    [
        b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
        b'"' + b"[" * 1_000 + b'"',
        rb'"\"[[[[[[[[[[[[[[[[[[[[[\""',
        str(MAX_INTEGER).encode(),
        str(-MAX_INTEGER).encode(),
        b'"' + b"x" * MAX_STRING + b'"',
        b"[" + b"1," * (MAX_MEMBERS - 1) + b"1]",
        rb'"\ud83d\ude00"',
    ],
)
def test_what_lies_on_the_bound_is_accepted(data: bytes) -> None:
    assert accepts(data)


def test_a_longer_string_may_be_allowed_by_name() -> None:
    data = b'"' + b"x" * (MAX_STRING + 1) + b'"'
    assert load(data, max_bytes=CAP, max_string=MAX_STRING + 1) == "x" * (MAX_STRING + 1)


@pytest.mark.threat("T10")
@pytest.mark.parametrize("data", [b'"' + b'\\"' * 500_000, b'"\\' * 500_000, b'""' * 500_000, b'["' * 500_000])
def test_hostile_quotes_take_no_more_than_a_moment(data: bytes) -> None:
    started = time.perf_counter()
    assert not accepts(data)
    assert time.perf_counter() - started < 2


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-MAX_INTEGER, MAX_INTEGER)
        | st.text(st.characters(codec="utf-8"), max_size=40),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=5), inner, max_size=4),
        max_leaves=12,
    )
)
def test_what_json_writes_is_read_back(value: object) -> None:
    data = json.dumps(value).encode()
    if "\\u0000" in data.decode():
        return
    assert load(data, max_bytes=CAP) == value


@pytest.mark.threat("T10")
@given(st.binary(max_size=200) | st.text('{}[]":,\\ 0eE+-.nulltrue', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    accepts(data)
