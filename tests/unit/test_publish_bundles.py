"""Bundles as an office lays them out, taken in by the program's own import."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.library import Library
from labelviewer.pipeline.bundle import FIRST_LINE, import_bundle
from labelviewer.publish import bundles, files
from labelviewer.publish.bundles import write_bundles
from labelviewer.publish.office import Office
from labelviewer.publish.registry import build, set_state
from labelviewer.publish.status import Status
from labelviewer.verify.status import open_status
from tests.labels import packs
from tests.registries import NOW, new_office, no_secret, source, trust, write

IDS = [f"2026-{number:04}" for number in range(1, 8)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "office")
    for label_id in IDS:
        write(made, source(label_id))
    build(made, packs(), NOW, no_secret)
    return made


def test_every_label_and_list_is_taken_in_by_a_reader(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "LABELS", 3)
    set_state(office, packs(), NOW, no_secret, IDS[0], Status.WITHDRAWN)
    assert write_bundles(office) == (7, 3)
    library = Library(tmp_path / "reader" / "library.db", SystemClock())
    kept = 0
    for path in bundles.bundles(office):
        with path.open("rb") as file:
            done = import_bundle(file, library, lambda: trust(office), NOW)
        assert (done.done, done.refused, done.ignored, done.statuses) == (True, 0, 0, 1)
        kept += done.kept
    assert kept == 7
    assert all(library.find(office.code(label_id)) for label_id in IDS)
    listed = library.status(office.status_uri(1))
    assert listed is not None
    assert any(open_status(listed, office.status_uri(1), office.record(NOW)).entries), "one is withdrawn"


def test_a_bundle_never_changes_under_its_name_and_an_old_one_goes_when_the_new_index_stands(office: Office) -> None:
    folder = office.served / "bundles"
    write_bundles(office)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_bundles(office)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    (folder / ".bundle.new~").write_bytes(b"a run that was stopped")
    write(office, source("2026-0008"))
    build(office, packs(), NOW + timedelta(hours=1), no_secret)
    assert write_bundles(office) == (8, 1)
    names = {path.name for path in folder.iterdir()}
    assert len(names) == 2
    assert names & first.keys() == {"index.json"}


def test_the_index_stands_last(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bundles(office)
    before = {path.name: path.read_bytes() for path in (office.served / "bundles").iterdir()}
    write(office, source("2026-0008"))
    build(office, packs(), NOW + timedelta(hours=1), no_secret)

    def stopped(*_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(files, "put", stopped)
    with pytest.raises(OSError, match="full"):
        write_bundles(office)
    after = {path.name: path.read_bytes() for path in (office.served / "bundles").iterdir()}
    assert before.items() <= after.items()


def test_a_file_ends_where_a_reader_would_stop(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BYTES", 12_000)
    _, count = write_bundles(office)
    assert count > 1
    for path in bundles.bundles(office):
        text = gzip.decompress(path.read_bytes())
        assert text.startswith(FIRST_LINE + b"\n")
        assert len(text) <= 12_000
    index = json.loads((office.served / "bundles" / "index.json").read_bytes())
    assert sum(each["labels"] for each in index["bundles"]) == 7


def test_an_office_without_labels_has_an_empty_index(tmp_path: Path) -> None:
    office = new_office(tmp_path / "office")
    assert write_bundles(office) == (0, 0)
    assert bundles.bundles(office) == []
