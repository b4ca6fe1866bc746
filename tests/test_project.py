"""The project keeps its own promises: locks, versions, commands, links, records of decisions."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from labelviewer import __version__
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import OPTIONS, Command

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
ADRS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

ADR_HEADINGS = ["Status", "Context", "Decision", "Dropped", "Evidence"]
WRITTEN_BY_HAND = {".md", ".py", ".qml", ".sh", ".toml", ".yml", ".cfg", ".json", ".lock", ""}
LEFT_OUT = {
    ".venv",
    ".git",
    "build",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
}
# Letters in brackets keep this file from holding what it looks for.
FORBIDDEN = {
    "a registry's address": r"p[y]pi\.org|python[h]osted|deb\.[d]ebian|npm[j]s",
    "a place of one machine": r"(?:^|[\s\"'(=:])/(?:work|home|Users)/",
    "unfinished work": r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
    "a hidden finding without its name": r"type: ig[n]ore(?!\[)|n[o]qa(?!: [A-Z])",
}


def written_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and path.suffix in WRITTEN_BY_HAND and not LEFT_OUT.intersection(inside):
            yield path


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.MULTILINE))


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~ ;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.threat("T35")
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pinned_package_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock)) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", text) == []


@pytest.mark.threat("T35")
def test_locks_pin_what_the_project_asks_for() -> None:
    run, dev = (pins(ROOT / "requirements" / name) for name in ("run.lock", "dev.lock"))
    project = {name_of(requirement) for requirement in PROJECT["project"]["dependencies"]}
    tools = {name_of(requirement) for requirement in PROJECT["dependency-groups"]["dev"]}
    assert project <= run.keys()
    assert tools <= dev.keys()
    assert run.items() <= dev.items(), "dev.lock holds everything that run.lock holds"


def test_one_version_is_told_everywhere() -> None:
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert {__version__, PROJECT["project"]["version"], newest[1]} == {__version__}


def test_make_commands_that_are_written_about_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z-]+)`", page.read_text("utf-8"))}
    named |= set(re.findall(r"^make ([a-z-]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def section(page: Path, heading: str) -> str:
    return page.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_readme_tells_the_commands_options_and_statuses_that_there_are() -> None:
    told = section(ROOT / "README.md", "Command line")
    assert set(re.findall(r"`--([a-z]+)", told)) == {option.name for option in OPTIONS}
    commands = set(re.findall(r"^labelviewer ([a-z]+)", told, re.MULTILINE))
    assert commands == {"read", "compare", "bundle", "trust", "doctor", "publish"} <= set(Command)
    assert [int(status) for status in re.findall(r"^\| (\d+) \|", told, re.MULTILINE)] == [
        status.value for status in Exit
    ]


def test_scripts_that_make_calls_exist_and_may_run() -> None:
    called = set(re.findall(r"\b(?:tools|benchmarks)/\w+\.(?:sh|py)", (ROOT / "Makefile").read_text("utf-8")))
    called |= {".ci/run"}
    assert [name for name in sorted(called) if not (ROOT / name).is_file()] == []
    scripts = [*ROOT.glob("tools/*.sh"), ROOT / ".ci" / "run"]
    assert [path.name for path in scripts if not path.stat().st_mode & 0o100] == []


@pytest.mark.parametrize("script", sorted(ROOT.glob("tools/*.sh")), ids=lambda path: path.name)
def test_scripts_are_good_shell(script: Path) -> None:
    checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in written_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_the_pages_lead_somewhere(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"https://|mailto:", link):
            continue
        place, _, anchor = link.partition("#")
        target = page.parent / place if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: adr.stem)
def test_a_decision_says_what_it_dropped_and_why(adr: Path) -> None:
    text = adr.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_HEADINGS
    sections = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(section.strip() for section in sections)
    assert text.startswith(f"# {int(adr.stem[:4])}. ")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(adr.stem[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))
    assert ADRS
