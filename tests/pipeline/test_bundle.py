"""Bundles: only what is signed comes in, a cut-off import goes on, nothing is believed for being there."""

import gzip
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from labelviewer.adapters.library import Library
from labelviewer.domain.imported import Imported
from labelviewer.pipeline import bundle as bundles
from labelviewer.pipeline.bundle import BundleError, export_bundle, import_bundle
from labelviewer.pipeline.limits import BUNDLE_LINE
from labelviewer.pipeline.ports import Bundled, BundleMark, TrustPart
from labelviewer.verify.token import encode
from labelviewer.verify.trust import Trust, unite
from tests import desk
from tests.simulator import NOW, Authority, demo_authority, list_of, parsed, tamper

OFFICE = Authority()
OTHER = Authority(id="b.example", name="Administrator B")
HEAD = b"lvbundle 1\n"
NUMBERS = [f"2026-{number:06}" for number in range(40)]


class Clock:
    def now(self) -> Any:
        return NOW


def trust() -> Trust:
    return unite(parsed(list_of(OFFICE, OTHER)), parsed(list_of(demo_authority())))


def line(kind: str, value: bytes) -> bytes:
    return kind.encode() + b" " + value + b"\n"


def label_line(number: str, office: Authority = OFFICE, **changes: Any) -> bytes:
    return line("label", office.label(office.document(number, **changes)))


LABELS = [label_line(number) for number in NUMBERS]
STATUS = line("status", OFFICE.status_list())
WHOLE = HEAD + STATUS + b"".join(LABELS)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.db", Clock())


def take(library: Library, data: bytes, **options: Any) -> Imported:
    return import_bundle(io.BytesIO(data), library, trust, NOW, **options)


def kept(library: Library) -> list[str]:
    found = (library.find(OFFICE.code(number)) for number in NUMBERS)
    return [number for number, one in zip(NUMBERS, found, strict=True) if one is not None]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_labels_of_a_bundle_are_found_by_their_codes_and_words(library: Library, packed: bool) -> None:
    done = take(library, gzip.compress(WHOLE) if packed else WHOLE)
    assert done == Imported(done=True, kept=40, statuses=1)
    assert kept(library) == NUMBERS
    assert library.history() == ()
    assert len(library.search("hearth 2026-000007", 10)) == 1
    assert library.highest_version(OFFICE.id, f"urn:label:{OFFICE.id}:{NUMBERS[0]}") == 3
    found = library.status(OFFICE.status_uri)
    assert found is not None
    assert found.fetched_at < NOW, "as old as it is, so that a newer one is asked for"


def test_the_same_bundle_twice_changes_nothing(library: Library) -> None:
    take(library, WHOLE)
    assert take(library, WHOLE).kept == 40
    assert library.check() == 40


@pytest.mark.parametrize(
    "bad",
    [
        line("label", tamper(OFFICE.label())),
        line("label", OFFICE.label()[:-3]),
        line("label", b""),
        line("label", b"a.b.c"),
        line("label", Authority(id="c.example").label()),
        line("label", demo_authority().label()),
        line("label", OFFICE.sign_anything({"iss": "a.example"})),
        line("label", OFFICE.label(iat=1_000_000_000, exp=1_000_086_400)),
        line("label", OFFICE.status_list()),
        line("status", OFFICE.label()),
        line("status", OFFICE.status_list(uri="https://labels.b.example/v1/status/7")),
        line("status", Authority(id="c.example").status_list()),
        line("status", OFFICE.status_list(key=OFFICE.label_key, kid=OFFICE.label_kid)),
        line("tuf-root", b"!!"),
    ],
)
def test_what_nobody_we_know_signed_is_counted_and_left(library: Library, bad: bytes) -> None:
    assert take(library, HEAD + LABELS[0] + bad + LABELS[1]).kept == 2
    done = take(library, HEAD + bad + LABELS[0])
    assert (done.refused, done.kept, library.check()) == (1, 1, 2)


def test_an_office_cannot_fill_the_codes_of_another(library: Library) -> None:
    stolen = [OTHER.code(NUMBERS[1]), OFFICE.code(NUMBERS[0]), "https://nowhere.example/x"]
    take(library, HEAD + label_line(NUMBERS[1], OTHER, carriers=stolen))
    assert library.find(OTHER.code(NUMBERS[1])) is not None
    assert kept(library) == []


def test_a_newer_version_takes_the_place_of_one_that_only_a_bundle_brought(library: Library) -> None:
    take(library, HEAD + label_line(NUMBERS[0], ver=3))
    take(library, HEAD + label_line(NUMBERS[0], ver=4))
    assert library.check() == 1
    take(library, HEAD + label_line(NUMBERS[0], ver=2))
    assert library.highest_version(OFFICE.id, f"urn:label:{OFFICE.id}:{NUMBERS[0]}") == 4
    found = library.find(OFFICE.code(NUMBERS[0]))
    assert found is not None
    assert found.token == OFFICE.label(OFFICE.document(NUMBERS[0], ver=4))


def test_clearing_the_history_leaves_what_a_bundle_brought(library: Library) -> None:
    take(library, WHOLE)
    found = library.find(OFFICE.code(NUMBERS[3]))
    assert found is not None
    library.keep(found, issuer=OFFICE.id, subject=f"urn:label:{OFFICE.id}:{NUMBERS[3]}", version=3)
    library.forget(library.history()[0].number)
    library.clear_history()
    assert kept(library) == NUMBERS
    assert len(library.search(NUMBERS[3], 5)) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-a-bundle"),
        (b"\x1f\x8b", "not-a-bundle"),
        (b"PK\x03\x04" * 10, "not-a-bundle"),
        (b"lvbundle 1", "not-a-bundle"),
        (gzip.compress(gzip.compress(WHOLE)), "not-a-bundle"),
        (b"lvbundle 2\n", "newer"),
        (WHOLE[:-1], "cut-off"),
        (gzip.compress(WHOLE)[:-20], "cut-off"),
        (HEAD + b"label " + b"a" * BUNDLE_LINE + b"\n", "line-too-long"),
    ],
)
def test_what_is_no_whole_bundle_is_said(library: Library, data: bytes, reason: str) -> None:
    with pytest.raises(BundleError) as said:
        take(library, data)
    assert said.value.reason == reason


def test_bounds_are_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BUNDLE_LABELS", 3)
    with pytest.raises(BundleError, match="too-many"):
        take(library, WHOLE)
    assert library.check() == 3
    monkeypatch.setattr(bundles, "BUNDLE", 5_000)
    with pytest.raises(BundleError, match="too-big"):
        take(library, gzip.compress(HEAD + b"picture x\n" * 10_000))


@dataclass
class Counted(Library):
    """Counts the labels that are handed in."""

    path: Path
    handed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.path, Clock())

    def keep_bundled(self, labels: Sequence[Bundled], mark: BundleMark) -> None:
        self.handed.append(len(labels))
        super().keep_bundled(labels, mark)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_an_import_that_was_stopped_anywhere_goes_on_there(
    tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "BATCH", 7)
    data, dice = gzip.compress(WHOLE) if packed else WHOLE, random.Random(5)
    for attempt in range(8):
        library = Counted(tmp_path / f"{attempt}.db")
        stop_at = dice.randrange(1, 40)
        answers = iter([False] * stop_at)
        first = take(library, data, should_stop=lambda answers=answers: next(answers, True))
        assert not first.done
        assert library.check() == first.kept
        done = take(library, data)
        assert (done.done, done.kept, done.resumed_at > 0) == (True, 40, True)
        assert sum(library.handed) == 40, "nothing twice"
        assert kept(library) == NUMBERS


def test_a_failure_in_the_middle_loses_only_what_was_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BATCH", 10)
    library = Counted(tmp_path / "library.db")

    def fail(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(library, WHOLE, on_progress=fail)
    assert 0 < library.check() < 40
    assert take(library, WHOLE).kept == 40
    assert library.check() == 40


def test_a_longer_file_that_begins_alike_is_not_taken_for_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "BATCH", 5)
    monkeypatch.setattr(bundles, "_NAME_BYTES", 100)
    answers = iter([False] * 12)
    take(library, WHOLE, should_stop=lambda: next(answers, True))
    changed = HEAD + STATUS + b"".join([label_line(NUMBERS[0], ver=9), *LABELS[1:]])
    done = take(library, changed)
    assert (done.resumed_at, done.kept) == (0, 40)
    assert library.highest_version(OFFICE.id, f"urn:label:{OFFICE.id}:{NUMBERS[0]}") == 9


def test_progress_only_grows_and_ends_at_the_end(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BATCH", 5)
    seen: list[tuple[int, int]] = []
    take(library, WHOLE, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert len(seen) > 5
    assert seen[-1] == (len(WHOLE), len(WHOLE))


PARTS = [TrustPart("tuf-root", b"root"), TrustPart("tuf-timestamp", b"time"), TrustPart("trust-list", b"list")]
TRUST_LINES = b"".join(line(part.kind, encode(part.data)) for part in PARTS)


def test_trust_is_handed_to_whoever_can_prove_it_before_any_label_is_looked_at(library: Library) -> None:
    believed: list[Sequence[TrustPart]] = []
    in_force = [unite(parsed(list_of(OTHER)))]

    def take_trust(parts: Sequence[TrustPart]) -> bool:
        believed.append(parts)
        in_force[0] = trust()
        return True

    data = io.BytesIO(HEAD + TRUST_LINES + LABELS[0])
    done = import_bundle(data, library, lambda: in_force[0], NOW, take_trust=take_trust)
    assert believed == [PARTS]
    assert done == Imported(done=True, kept=1, trust_taken=True)


@pytest.mark.parametrize("believes", [None, lambda parts: False])
def test_trust_that_nobody_proves_counts_for_nothing(library: Library, believes: Any) -> None:
    done = take(library, HEAD + TRUST_LINES + LABELS[0], take_trust=believes)
    assert (done.trust_taken, done.kept) == (False, 1)
    assert library.trust_list() is None


def test_trust_after_the_first_label_comes_too_late(library: Library) -> None:
    done = take(library, HEAD + LABELS[0] + TRUST_LINES, take_trust=lambda parts: pytest.fail("too late"))
    assert (done.ignored, done.trust_taken) == (3, None)


def test_what_is_exported_comes_back_in_another_library(library: Library, tmp_path: Path) -> None:
    take(library, WHOLE)
    forged = replace(OFFICE.evidence(tamper(OFFICE.label())), fetched_at=NOW)
    library.keep(forged, issuer=OFFICE.id, subject="urn:label:a.example:x", version=0)
    out = io.BytesIO()
    assert export_bundle(out, library, trust(), NOW) == (40, 1)
    other = Library(tmp_path / "other.db", Clock())
    assert take(other, out.getvalue()).kept == 40
    assert kept(other) == NUMBERS


# The command


def run(tmp_path: Path, *words: object) -> desk.Answer:
    office = replace(OFFICE, labels={})
    ports = desk.ports_of(office, library=tmp_path / "library.db")
    return desk.run("bundle", *words, profile=tmp_path, ports=lambda: ports)


def test_the_command_takes_in_and_gives_out(tmp_path: Path) -> None:
    file, out = tmp_path / "a.lvbundle", tmp_path / "b.lvbundle"
    file.write_bytes(WHOLE)
    answer = run(tmp_path, "import", file)
    assert (answer.status, answer.lines) == (0, ["Labels that are saved now: 40", "Lists of cancelled labels: 1"])
    answer = run(tmp_path, "export", out, "--json")
    assert answer.status == 0
    assert (answer.json["labels"], answer.json["statuses"]) == (40, 1)
    assert sorted(out.read_bytes().splitlines()) == sorted(WHOLE.splitlines())
    assert {path.name for path in tmp_path.iterdir()} == {"a.lvbundle", "b.lvbundle", "library.db", "library.gate"}


@pytest.mark.parametrize(
    ("data", "status", "problem"),
    [
        (WHOLE, 0, None),
        (HEAD + line("label", b"x") + LABELS[0], 6, None),
        (b"<html>", 6, "not-a-bundle"),
        (WHOLE[:-9], 6, "cut-off"),
        (b"lvbundle 7\n", 6, "newer"),
    ],
)
def test_the_command_says_how_it_went(tmp_path: Path, data: bytes, status: int, problem: str | None) -> None:
    file = tmp_path / "a.lvbundle"
    file.write_bytes(data)
    answer = run(tmp_path, "import", file, "--json")
    assert (answer.status, answer.json["exit_status"], answer.json["problem"]) == (status, status, problem)
    answer = run(tmp_path, "import", file)
    assert answer.status == status
    assert bool(answer.err) is (problem is not None)


@pytest.mark.parametrize("words", [(), ("import",), ("sideways", "x"), ("import", "missing"), ("export", "no/where")])
def test_the_command_says_what_makes_no_sense(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = run(tmp_path, *words)
    assert answer.status == 1
    assert answer.err
    assert "{" not in answer.err
