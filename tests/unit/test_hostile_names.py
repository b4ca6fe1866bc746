"""File names that lead elsewhere: a label's number names its file, and nothing else of a label names any."""

from itertools import product
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from labelviewer.domain.document import is_identifier
from labelviewer.publish.office import Office
from labelviewer.publish.problem import PublishError
from labelviewer.publish.registry import build
from labelviewer.publish.rules import DEVICES
from labelviewer.publish.sheet import write_codes
from labelviewer.publish.source import Faulty, read_source
from tests.labels import packs
from tests.registries import NOW, new_office, no_secret, source, write

DOTS = ("..", "%2e%2e", "%252e%252e", "..%00", "．．", "‥", "..;", ". .", "...", ".")
SLASHES = ("/", "\\", "%2f", "%5c", "%255c", "//", "/\\", "∕", "⁄", "\u2215", "%c0%af", ":")
GOALS = (
    "etc/passwd",
    "keys/keys.json",
    "x",
    "windows\\win.ini",
    "nul",
    "index.sqlite",
    "",
    ".",
    "a\0b",
    "x.jwt\n",
    "*",
)
FIRST = (
    "",
    "/",
    "\\",
    "C:",
    "C:\\",
    "\\\\host\\share\\",
    "\\\\?\\",
    "file:///",
    "~/",
    "$HOME/",
    "-",
    " ",
    "2026-1/",
    "2026-1",
)
NAMES = sorted(
    {
        f"{first}{(dots + slash) * depth}{goal}"
        for first, dots, slash, depth, goal in product(FIRST, DOTS, SLASHES, (1, 2, 8), GOALS)
    }
    | {f"{device}{end}" for device in DEVICES for end in ("", ".", ".txt", " ", ":x", "\u00b9")}
    | {device.lower() for device in DEVICES}
    | {"a" * 65, "a" * 300, "é", "a b", "-a", ".a", "_a", "a\u202eb", "a\n"}
)
FEW = NAMES[:: len(NAMES) // 120]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "office")


@pytest.mark.threat("T30")
def test_what_may_name_a_file_is_one_name_on_every_system() -> None:
    assert len(NAMES) > 24_000
    taken = [name for name in NAMES if is_identifier(name)]
    assert 20 < len(taken) < 200, "device names, and a few that are harmless"
    for name in taken:
        for kind in (PurePosixPath, PureWindowsPath):
            path = kind("l") / f"{name}.jwt"
            assert (path.name, path.parent) == (f"{name}.jwt", kind("l"))
            assert not name.startswith(".")


@pytest.mark.threat("T30")
def test_no_number_of_a_label_writes_a_file_but_its_own(office: Office) -> None:
    for place, name in enumerate([*FEW, *sorted(DEVICES), "con.1", "Lpt1"]):
        write(office, source(name), f"{place}.json")
    write(office, source("2026-0001"), "good.json")
    before = {path for path in office.folder.parent.rglob("*") if path.is_file()}
    done = build(office, packs(), NOW, no_secret)
    assert all(is_identifier(name) and name.partition(".")[0].upper() not in DEVICES for name in done.signed)
    made = {path for path in office.folder.parent.rglob("*") if path.is_file()} - before
    labels = {path for path in made if path.suffix == ".jwt" and path.parent.name == "l"}
    assert {path.parent for path in labels} == {office.served / "l"}
    assert {path.stem for path in labels} == set(done.signed) >= {"2026-0001"}
    others = {path.relative_to(office.folder).as_posix() for path in made - labels}
    public = ("v1/status/1.jwt", "v1/status/index.json", ".well-known/label-issuer.json")
    assert others == {"index.sqlite", "administrator.json", *(f"public/{name}" for name in public)}


@pytest.mark.threat("T30")
def test_a_picture_is_looked_for_beside_its_label_and_nowhere_else(office: Office) -> None:
    (office.folder / "secret.png").write_bytes(b"secret")
    for name in (*FEW, "../secret.png", str(office.folder / "secret.png"), "..", ".", "", "/"):
        members = source()
        members["product"]["picture"] = name
        read = read_source(write(office, members), office, packs(), NOW)
        assert isinstance(read, Faulty), name
        assert {problem.code for problem in read.problems} <= {"no-picture", "form", "bad-character"}, name


@pytest.mark.threat("T30")
def test_codes_are_drawn_for_published_numbers_alone(office: Office, tmp_path: Path) -> None:
    write(office, source())
    build(office, packs(), NOW, no_secret)
    for name in (*FEW, "../status/1", "../../../keys/x", str(office.served / "l" / "2026-0001")):
        with pytest.raises(PublishError) as refused:
            write_codes(office, [name], tmp_path / "codes")
        assert refused.value.problem.code == "no-such-label"
    assert list((tmp_path / "codes").iterdir()) == []
