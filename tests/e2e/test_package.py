"""The package as others install it: built twice, installed, run from a folder that knows nothing of the source."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from labelviewer import __version__

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
SECONDS = 60


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=SECONDS, check=True
    ).stdout


def build(kind: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    [built] = into.iterdir()
    return built


def contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {member.filename: member.CRC for member in archive.infolist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")
    run(*pip, "install", "--no-deps", "--no-index", "--target", place, wheel, cwd=place)
    return place


def test_the_wheel_holds_the_program_and_its_data(wheel: Path) -> None:
    names = contents(wheel).keys()
    data = {f"labelviewer/_data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "resources").rglob("*.json")}
    assert len(data) > 3
    assert data <= names
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "labelviewer").rglob("*")
        if path.suffix in {".py", ".qml"}
    }
    assert code <= names
    assert {f"labelviewer/_data/label_samples/us-ctm/camera-a/{name}" for name in ("box.jpg", "label.jwt")} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    strange = [
        name
        for name in contents(wheel)
        if not name.startswith(("labelviewer/", f"labelviewer-{__version__}.dist-info/"))
    ]
    assert strange == []
    data = [name for name in contents(wheel) if name.startswith("labelviewer/_data/")]
    assert [name for name in data if name.endswith((".py", ".pem", ".pyc"))] == []


def test_the_source_package_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    packed = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(packed) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 has no such filter yet
        archive.extractall(tmp_path / "unpacked")
    again = build("wheel", tmp_path / "unpacked" / packed.name.removesuffix(".tar.gz"), tmp_path / "wheel")
    assert contents(again) == contents(wheel)


def test_the_installed_command_tells_its_version(installed: Path, tmp_path: Path) -> None:
    command = next(installed / place / "labelviewer" for place in ("bin", "Scripts") if (installed / place).is_dir())
    told = run(sys.executable, command, "--version", cwd=tmp_path, PYTHONPATH=str(installed))
    assert told.split()[-1] == __version__


def test_the_installed_program_finds_its_own_data(installed: Path, tmp_path: Path) -> None:
    ask = "from labelviewer import resources as r; print(r.WORDS / 'en.json', r.SAMPLES, sep='\\n')"
    told = run(sys.executable, "-P", "-c", ask, cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert [Path(line).is_relative_to(installed) and Path(line).exists() for line in told] == [True, True]
