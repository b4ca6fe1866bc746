"""What is said about a label source before it is signed: what, in which line, at which member."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.publish.office import Office, open_office
from labelviewer.publish.positions import lines, nearest
from labelviewer.publish.problem import Problem, PublishError
from labelviewer.publish.registry import check
from labelviewer.publish.source import Faulty, Source, read_source
from tests.labels import packs, words
from tests.registries import HOST, NOW, new_office, source, write

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "office")


def problems(office: Office, path: Path) -> tuple[Problem, ...]:
    read = read_source(path, office, packs(), NOW)
    return read.problems if isinstance(read, Faulty) else ()


def put(*steps: str | int, value: Any) -> Change:
    def change(members: Any) -> None:
        *way, last = steps
        for step in way:
            members = members[step]
        members[last] = value

    return change


def take(*steps: str | int) -> Change:
    def change(members: Any) -> None:
        *way, last = steps
        for step in way:
            members = members[step]
        del members[last]

    return change


CODE = f"https://{HOST}/l/2026-0001"
FAULTS: list[tuple[Change, str, str]] = [
    (put("iss", value="other.example"), "issuer", "/iss"),
    (put("sub", value="urn:label:other.example:1"), "subject", "/sub"),
    (take("product"), "missing", "/product"),
    (take("product", "name"), "missing", "/product/name"),
    (put("product", "name", value=7), "form", "/product/name"),
    (put("product", "kind", value="car"), "one-of", "/product/kind"),
    (put("product", "kind", value="software"), "product-kind", "/product/kind"),
    (put("product", "gtin", value=["02000000000016"]), "check-digit", "/product/gtin/0"),
    (put("product", "gtin", value=["2000000000015"]), "form", "/product/gtin/0"),
    (put("product", "picture", value="none.png"), "no-picture", "/product/picture"),
    (put("product", "picture", value="../keys/keys.json"), "no-picture", "/product/picture"),
    (put("grant", "granted", value="2027-01-01"), "future", "/grant/granted"),
    (put("grant", "granted", value="1 May 2026"), "form", "/grant/granted"),
    (put("grant", "valid_until", value="2026-01-01"), "ends-first", "/grant/valid_until"),
    (put("grant", "valid_until", value="2026-11-01"), "ran-out", "/grant/valid_until"),
    (put("grant", "level", value="gold"), "level", "/grant/level"),
    (put("grant", "basis", value="guessed"), "one-of", "/grant/basis"),
    (put("scheme", "id", value="xx"), "unknown-scheme", "/scheme/id"),
    (put("scheme", "id", value="eu-energy"), "unknown-scheme", "/scheme/id"),
    (put("scheme", "id", value="nist-iot"), "other-scheme", "/scheme/id"),
    (put("carriers", value=[CODE, CODE]), "code-twice", "/carriers/1"),
    (put("carriers", value=[CODE, "http://a.example/"]), "code-address", "/carriers/1"),
    (put("carriers", value=[CODE, "https://shop.example/x"]), "code-elsewhere", "/carriers/1"),
    (put("carriers", value=[CODE, f"https://{HOST}/l/2026-0002"]), "code-of-another", "/carriers/1"),
    (put("carriers", value=[f"https://{HOST}/other"]), "no-code", "/carriers"),
    (put("claims", 0, "criterion", value="support-untill"), "unknown-criterion", "/claims/0/criterion"),
    (put("claims", 0, "value", value="soon"), "value-date", "/claims/0/value"),
    (put("claims", 1, "value", value="yes"), "value-yes-no", "/claims/1/value"),
    (put("claims", 3, "value", value="many"), "value-choice", "/claims/3/value"),
    (put("claims", 5, "value", value="nowhere"), "value-link", "/claims/5/value"),
    (put("claims", 9, "value", value=["video", "smell"]), "value-list", "/claims/9/value"),
    (put("claims", 0, "value", value={"a": 1}), "form", "/claims/0/value"),
    (put("claims", 0, "as_of", value="2027-01-01"), "future", "/claims/0/as_of"),
    (put("claims", 0, "evidence", 0, "href", value="ftp://a"), "link", "/claims/0/evidence/0/href"),
    (put("claims", 1, "criterion", value="support-until"), "claimed-twice", "/claims/1/criterion"),
    (put("links", 0, "href", value="mailto:a@b.example"), "link", "/links/0/href"),
]


def test_a_good_source_has_no_fault(office: Office) -> None:
    assert problems(office, write(office, source())) == ()


@pytest.mark.parametrize(("change", "code", "member"), FAULTS, ids=[f"{code} {member}" for _, code, member in FAULTS])
def test_a_fault_is_said_with_its_line_and_member(office: Office, change: Change, code: str, member: str) -> None:
    members = source()
    change(members)
    path = write(office, members)
    found = [problem for problem in problems(office, path) if (problem.code, problem.member) == (code, member)]
    assert found, problems(office, path)
    written, name = path.read_text("utf-8"), member.rpartition("/")[2]
    if code != "missing" and f'"{name}"' in written:
        assert f'"{name}"' in written.splitlines()[found[0].line - 1]
    assert words().say(f"publish.problem.{code}", **found[0].facts)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('{\n "a": 1,\n "b" 2}', "not-json", 3),
        ('{\n "a": 1,\n "a": 2}', "twice", 1),
        ("[]", "not-an-object", 1),
        ('\ufeff{"a": 1}', "byte-order-mark", 1),
        ('{"a": NaN}', "not-a-number", 1),
        ('{"a": 1e999}', "number-out-of-range", 1),
        ('{"a": 99999999999999999}', "integer-out-of-range", 1),
        ("[" * 40 + "]" * 40, "too-deep", 1),
        ('{"a": "\\u0000"}', "bad-character", 1),
        ('{"a": "' + "x" * 20_000 + '"}', "string-too-long", 1),
    ],
)
def test_text_that_is_no_source_is_said_by_line(office: Office, text: str, code: str, line: int) -> None:
    path = office.labels / "one.json"
    path.write_text(text, encoding="utf-8")
    (found,) = problems(office, path)
    assert (found.code, found.line) == (code, line)
    assert words().say(f"publish.problem.{code}", **found.facts)


def test_a_name_that_is_nearly_right_is_offered(office: Office) -> None:
    members = source()
    members["claims"][0]["criterion"] = "support-untill"
    (found,) = problems(office, write(office, members))
    assert "Did you mean support-until?" in words().say("publish.problem.unknown-criterion", **found.facts)


def test_a_picture_beside_the_source_is_pinned_without_what_the_camera_wrote(office: Office) -> None:
    from hashlib import sha256
    from io import BytesIO

    from PIL import Image

    photo = Image.new("RGB", (300, 200), "teal")
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    members = source()
    members["product"]["picture"] = "front.jpg"
    path = write(office, members)
    photo.save(path.parent / "front.jpg", exif=exif)
    read = read_source(path, office, packs(), NOW)
    assert isinstance(read, Source)
    assert read.picture is not None
    pinned = read.members["product"]["picture"]
    assert pinned["sha256"] == sha256(read.picture.data).hexdigest()
    assert (pinned["width"], pinned["height"], pinned["bytes"]) == (300, 200, len(read.picture.data))
    opened = Image.open(BytesIO(read.picture.data))
    assert opened.format == "WEBP"
    assert not opened.getexif()


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>"])
def test_what_is_no_picture_is_refused(office: Office, data: bytes) -> None:
    members = source()
    members["product"]["picture"] = "front.png"
    path = write(office, members)
    (path.parent / "front.png").write_bytes(data)
    assert [problem.code for problem in problems(office, path)] == ["unfit-picture"]


def test_the_same_number_twice_is_said(office: Office) -> None:
    write(office, source())
    write(office, source(), "again.json")
    count, found = check(office, packs(), NOW)
    assert (count, [problem.code for problem in found]) == (2, ["same-number"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('format = "labelviewer-registry/1"', 'format = "x"', "configuration"),
        ('match = "https://', 'match = "http://', "configuration"),
        ("hosts", "hostess", "configuration"),
        ("label_days = 730", "label_days = 5000", "configuration"),
        ("issuer =", "issuer", "not-toml"),
    ],
)
def test_a_configuration_that_makes_no_sense_is_refused(office: Office, old: str, new: str, code: str) -> None:
    path = office.folder / "registry.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PublishError) as refused:
        open_office(office.folder)
    assert refused.value.problem.code == code


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('ab"\\{}[]:, \n', max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 1, 3]))
def test_every_member_of_any_text_has_its_line(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    found = lines(text)
    assert found[""] == 1
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())
    assert len(found) >= min(2, 1 + len(value)) if isinstance(value, list | dict) else len(found) == 1


def test_lines_are_those_of_the_text() -> None:
    found = lines('{\n "a": [1,\n  {"b": "x\\"}y"}],\n "c": {}\n}')
    assert found == {"": 1, "/a": 2, "/a/0": 2, "/a/1": 3, "/a/1/b": 3, "/c": 4}
    assert nearest(found, "/a/1/zzz/9") == 3
    assert nearest(found, "/zzz") == 1


def test_a_scheme_for_any_kind_takes_every_kind_and_names_the_word_for_not_telling(office: Office) -> None:
    registry = office.registry.model_copy(update={"schemes": ["cmu", "de-bsi"]})
    both = replace(office, registry=registry)
    german = source("2026-0001") | {"scheme": {"id": "de-bsi", "version": "2021"}, "claims": []}
    german["grant"] = german["grant"] | {"basis": "self-declared"}
    path = write(office, german, "one.json")
    assert problems(both, path) == ()
    quiet = german | {
        "scheme": {"id": "cmu", "version": "1.0"},
        "claims": [{"criterion": "sensors", "value": ["smell"]}],
    }
    (found,) = problems(both, write(office, quiet, "two.json"))
    assert (found.code, found.member) == ("value-list", "/claims/0/value")
    assert "not-disclosed" in str(found.facts["choices"])
