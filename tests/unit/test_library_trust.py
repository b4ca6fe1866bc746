"""What the library remembers about trust, and the words it finds labels by."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.adapters import library_words
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.domain.hints import fold, hints_of
from labelviewer.pipeline.ports import KeptTrustList, Shelf, TrustMemory
from labelviewer.publish.keys import generate
from labelviewer.publish.sign import as_json, sign_token
from labelviewer.verify.token import LABEL_TYPE

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
URI = "https://labels.a.example/v1/status/7"
KEY = generate("Ed25519")


class Clock:
    def now(self) -> datetime:
        return NOON


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.db", Clock())


def test_is_a_memory_of_trust(library: Library) -> None:
    memory: TrustMemory = library
    shelf: Shelf = library
    assert memory is shelf
    assert (memory.trust_list(), memory.status(URI), memory.floor(), memory.local_anchors()) == (None, None, None, ())


@pytest.mark.parametrize(("serial", "kept"), [(41, 42), (42, 42), (43, 43)])
def test_a_lower_serial_does_not_take_the_place_of_a_higher(library: Library, serial: int, kept: int) -> None:
    library.keep_trust_list(KeptTrustList(b"first", 42, NOON))
    library.keep_trust_list(KeptTrustList(b"second", serial, NOON + timedelta(days=1)))
    found = library.trust_list()
    assert found is not None
    assert found.serial == kept
    assert found.data == (b"first" if serial < 42 else b"second")


@pytest.mark.parametrize(("issued", "token"), [(99, b"first"), (100, b"second"), (101, b"second")])
def test_an_older_status_list_is_not_kept(library: Library, issued: int, token: bytes) -> None:
    library.keep_status(StatusEvidence(URI, b"first", NOON), issued=100)
    library.keep_status(StatusEvidence(URI, b"second", NOON), issued=issued)
    library.keep_status(StatusEvidence(URI + "0", b"other", NOON), issued=1)
    found = library.status(URI)
    assert found is not None
    assert found.token == token
    assert [one.uri for one in library.statuses()] == [URI, URI + "0"]


def test_the_floor_never_sinks(library: Library) -> None:
    for days in (3, 1, 2):
        library.raise_floor(NOON + timedelta(days=days))
    assert library.floor() == NOON + timedelta(days=3)


def test_local_anchors_are_listed_and_removed(library: Library) -> None:
    for document in (b"one", b"two", b"one"):
        library.keep_local_anchor(document)
    assert library.local_anchors() == (b"one", b"two")
    library.forget_local_anchor(b"one")
    assert library.local_anchors() == (b"two",)


def test_clearing_the_history_takes_nothing_of_it_away(library: Library) -> None:
    library.keep_trust_list(KeptTrustList(b"list", 42, NOON))
    library.keep_status(StatusEvidence(URI, b"status", NOON), issued=100)
    library.raise_floor(NOON)
    library.keep_local_anchor(b"anchor")
    library.clear_history()
    assert library.trust_list() == KeptTrustList(b"list", 42, NOON)
    assert library.status(URI) == StatusEvidence(URI, b"status", NOON)
    assert library.floor() == NOON
    assert library.local_anchors() == (b"anchor",)


PRODUCTS = {
    "1": ("Hearth Camera 2", "Acme Home Ltd", "HC-2"),
    "2": ("Wärmepumpe Größe M", "Bücher & Söhne", "wp/12"),
    "3": ("カメラ 二", "東京", "T1"),
    "4": ("Camera Hearthstone", "Zeta 100%", "a_b"),
}


def token(number: str) -> bytes:
    name, maker, model = PRODUCTS[number]
    document = {"product": {"name": name, "maker": maker, "model": model}, "grant": {"number": f"2026-00012{number}"}}
    return sign_token(LABEL_TYPE, as_json(document), KEY, "k")


def fill(library: Library) -> None:
    for number in PRODUCTS:
        evidence = Evidence(token(number), "https://a.example/", NOON, Box())
        library.keep(evidence, issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)


SEARCHES = {
    "cam": "41",
    "camera hea": "41",
    "hearth": "41",
    "HEARTH 2": "41",
    "HEARTH 2 HC": "1",
    "hc-2": "1",
    "home": "1",
    "arth": "",
    "grosse": "2",
    "größe": "2",
    "warme": "2",
    "bucher sohne": "2",
    "wp/12": "2",
    "カメ": "3",
    "東": "3",
    "京": "",
    "2026-000123": "3",
    "2026": "4321",
    "100%": "4",
    "%": "",
    "a_b": "4",
    '"cam" OR NOT (': "",
    "   ": "",
}


@pytest.mark.parametrize("has_index", [True, False], ids=["indexed", "scanned"])
def test_words_are_found_by_their_beginnings(
    library: Library, has_index: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if has_index and not library_words.has_index():
        pytest.skip("this SQLite has no full text search")
    monkeypatch.setattr(library_words, "has_index", lambda: has_index)
    fill(library)
    numbers = {token(number): number for number in PRODUCTS}
    for text, expected in SEARCHES.items():
        assert "".join(numbers[found.token] for found in library.search(text, 10)) == expected, text
    assert len(library.search("2026", 2)) == 2


def test_labels_kept_without_an_index_are_found_with_one(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    if not library_words.has_index():
        pytest.skip("this SQLite has no full text search")
    monkeypatch.setattr(library_words, "has_index", lambda: False)
    fill(library)
    library.forget(1)
    monkeypatch.undo()
    assert [found.token for found in library.search("camera", 10)] == [token("4")]


def test_what_is_forgotten_is_not_found_and_cannot_be_read(library: Library, tmp_path: Path) -> None:
    fill(library)
    library.forget(1)
    assert [found.token for found in library.search("camera", 10)] == [token("4")]
    assert b"acme" not in (tmp_path / "library.db").read_bytes()
    library.clear_history()
    assert not library.search("2026", 10)
    assert b"hearthstone" not in (tmp_path / "library.db").read_bytes()


@pytest.mark.parametrize("odd", [b"", b"a.b", b"a.!!.c", b"a.W10.c", b"a.e30.c", b"a" * 300_000])
def test_a_token_that_cannot_be_read_has_no_words(odd: bytes) -> None:
    assert hints_of(odd).words == ""
    assert hints_of(odd).carriers == ()


def test_folding_twice_is_folding_once() -> None:
    for parts in PRODUCTS.values():
        assert fold(fold(" ".join(parts))) == fold(" ".join(parts))


@pytest.mark.threat("T23")
@pytest.mark.parametrize("harm", ["gone", "garbage", "empty"])
def test_the_floor_outlives_the_library(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "library.db"
    Library(path, Clock()).raise_floor(NOON)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"garbage" * 999 if harm == "garbage" else b"")
    with suppress(LibraryDamagedError):
        Library(path, Clock()).floor()
    after = Library(path, Clock())
    assert after.floor() == NOON
    after.raise_floor(NOON - timedelta(days=1))
    assert after.floor() == NOON
    after.raise_floor(NOON + timedelta(days=1))
    assert after.floor() == NOON + timedelta(days=1)


@pytest.mark.parametrize("beside", [b"", b"garbage", b"\xff" * 999, b"2036-01-01T00:00:00+00:00\nnot its seal"])
def test_a_floor_beside_the_library_that_was_damaged_is_no_floor(tmp_path: Path, beside: bytes) -> None:
    library = Library(tmp_path / "library.db", Clock())
    library.raise_floor(NOON)
    (tmp_path / "library.floor").write_bytes(beside)
    assert library.floor() == NOON
    library.raise_floor(NOON + timedelta(days=1))
    (tmp_path / "library.db").unlink()
    assert library.floor() == NOON + timedelta(days=1)
