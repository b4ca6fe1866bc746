"""Whatever happens to the file: what comes back is what was written, and a token that is whole comes back."""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.adapters.library_carve import PAGE
from labelviewer.domain.errors import KeepError, LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.pipeline.ports import Bundled, BundleMark, KeptTrustList

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOKENS = [b"%03d." % number * (60 + 90 * number) for number in range(40)]
LIST = KeptTrustList(b"list " * 2_000, 42, NOW)
STATUSES = {f"https://a.example/{number}": b"status %d " % number * 1_000 for number in range(3)}


class Clock:
    def now(self) -> datetime:
        return NOW


def code(number: int) -> str:
    return f"https://a.example/l/{number}"


def subject(number: int) -> str:
    return f"urn:label:a.example:{number}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half scanned, half from a bundle; one that is forgotten; all that there is of trust."""
    path = tmp_path_factory.mktemp("whole") / "library.db"
    library = Library(path, Clock())
    for number, token in enumerate(TOKENS[:20]):
        evidence = Evidence(token, "https://labels.a.example/", NOW, Box(code(number)))
        library.keep(evidence, issuer="a.example", subject=subject(number), version=1)
    bundled = [
        Bundled(Evidence(token, "", NOW), "a.example", subject(number), 1, (code(number),))
        for number, token in enumerate(TOKENS[20:], start=20)
    ]
    library.keep_bundled(bundled, BundleMark(b"b", 1, b"d", 20, 0))
    library.keep(Evidence(b"gone.", "", NOW, Box("x")), issuer="a.example", subject="gone", version=7)
    library.forget(library.history()[0].number)
    library.keep_trust_list(LIST)
    library.raise_floor(NOW)
    library.keep_local_anchor(b"anchor")
    for uri, token in STATUSES.items():
        library.keep_status(StatusEvidence(uri, token, NOW), issued=100)
    return path


def ask(library: Library) -> None:
    """Until the damage is noticed and repaired."""
    for number in range(len(TOKENS)):
        library.find(code(number))
    library.check()
    library.history()
    library.trust_list()
    list(library.statuses())
    library.floor()
    library.local_anchors()
    library.highest_version("a.example", "gone")


def repaired(path: Path) -> Library:
    library = Library(path, Clock())
    for _ in range(4):
        try:
            ask(library)
        except LibraryDamagedError:
            continue
        return library
    pytest.fail("damaged again and again")


def is_true(library: Library) -> None:
    """Nothing comes back that was never written."""
    assert set(library.tokens()) <= set(TOKENS)
    assert library.trust_list() in (None, LIST)
    assert library.floor() in (None, NOW)
    assert library.local_anchors() in ((), (b"anchor",))
    assert library.highest_version("a.example", "gone") in (0, 7)
    assert all(STATUSES[one.uri] == one.token for one in library.statuses())
    for number in range(len(TOKENS)):
        found = library.find(code(number))
        assert found is None or found.token in TOKENS


def lies_whole(broken: bytes, original: bytes, token: bytes) -> bool:
    """Whether no page that holds a part of the token was touched."""
    touched = {at for at in range(0, len(original), PAGE) if broken[at : at + PAGE] != original[at : at + PAGE]}
    mark = token[:4] * 4
    return not any(mark in original[at : at + PAGE] for at in touched)


def flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 8, 64))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def zero(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def zero_the_first_page(data: bytearray, dice: random.Random) -> None:
    data[:PAGE] = bytes(PAGE)


def fill(data: bytearray, dice: random.Random) -> None:
    at, length = dice.randrange(len(data)), dice.randrange(1, 20_000)
    data[at : at + length] = dice.randbytes(len(data[at : at + length]))


@pytest.mark.fault("D4")
@pytest.mark.parametrize("damage", [flip, cut, zero, zero_the_first_page, fill])
def test_every_token_that_is_whole_comes_back_and_nothing_else(
    whole: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None], rounds: int
) -> None:
    original, dice = whole.read_bytes(), random.Random(damage.__name__)
    noticed = 0
    for attempt in range(2 if damage is zero_the_first_page else 37 * rounds):
        path = tmp_path / str(attempt) / "library.db"
        path.parent.mkdir()
        broken = bytearray(original)
        damage(broken, dice)
        path.write_bytes(broken)
        library = repaired(path)
        is_true(library)
        tokens = set(library.tokens())
        lost = [token[:3] for token in TOKENS if lies_whole(bytes(broken), original, token) and token not in tokens]
        assert not lost
        noticed += len(list(path.parent.iterdir())) > 1
        with suppress(KeepError):
            library.raise_floor(NOW + timedelta(days=1))
        assert library.floor() == NOW + timedelta(days=1)
    assert noticed


def test_a_library_without_its_first_page_gives_back_all_there_is(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(whole, path)
    with path.open("r+b") as file:
        file.write(b"not a database" * 10)
    library = repaired(path)
    assert set(library.tokens()) == set(TOKENS)
    assert [visit.evidence.box.code for visit in library.history()] == [code(number) for number in range(19, -1, -1)]
    assert all(library.find(code(number)) is not None for number in range(len(TOKENS)))
    assert (library.trust_list(), library.floor(), library.local_anchors()) == (LIST, NOW, (b"anchor",))
    assert {one.uri: one.token for one in library.statuses()} == STATUSES
    assert library.highest_version("a.example", "gone") == 7
