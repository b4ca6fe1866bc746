"""What works on this computer, looked at without starting Qt or a camera and without asking the network."""

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rich.console import Group
from rich.table import Table

from labelviewer import __version__, resources
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.lead import find_lead
from labelviewer.adapters.lead_state import lead_state
from labelviewer.adapters.library import Library
from labelviewer.adapters.network_share import is_in_network
from labelviewer.adapters.profile import Profile
from labelviewer.adapters.qr_reader import readers
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.cli.display import has_display
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.screen import grid, mark, plain, section
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.limits import LIBRARY
from labelviewer.present.notice import Tone
from labelviewer.schemes.pack_files import PackError
from labelviewer.schemes.packs import load_packs
from labelviewer.verify.trust import TrustListError
from labelviewer.words.catalogue import Words
from labelviewer.words.dates import say_span
from labelviewer.words.languages import offered

WINDOW_PARTS: Final = ("QtGui", "QtQml", "QtQuick", "QtQuickControls2")
CAMERA_PARTS: Final = ("QtMultimedia",)
SPEECH_PARTS: Final = ("QtTextToSpeech",)


class Health(StrEnum):
    WORKS = "works"
    LIMITED = "limited"
    MISSING = "missing"


TONES: Final[Mapping[Health, Tone]] = {
    Health.WORKS: Tone.OK,
    Health.LIMITED: Tone.WARN,
    Health.MISSING: Tone.DANGER,
}


@dataclass(frozen=True, slots=True)
class Check:
    """`remedy` says what is lost and what to do; `needed`: without it no label can be read at all."""

    id: str
    health: Health
    what: str
    remedy: str = ""
    needed: bool = False


def examine(profile: Profile, words: Words, environment: Mapping[str, str] = os.environ) -> tuple[Check, ...]:
    return (
        Check(
            "version", Health.WORKS, words.say("doctor.version", version=__version__, python=platform.python_version())
        ),
        *_readers(words),
        _trust(words),
        *_lead(profile, words),
        _packs(words),
        *_added_packs(profile, words),
        _words(words),
        _folder(profile, words),
        _library(profile, words),
        _part("window", WINDOW_PARTS, words),
        _part("camera", CAMERA_PARTS, words),
        _speech(words, environment),
        _display(words, environment),
    )


def status_of(checks: tuple[Check, ...]) -> Exit:
    return Exit.UNCHECKED if any(check.needed and check.health is Health.MISSING for check in checks) else Exit.CHECKED


def doctor_view(checks: tuple[Check, ...], words: Words) -> Group:
    table = grid(None, None, 1)
    for check in checks:
        table.add_row(mark(TONES[check.health]), plain(words.say(f"doctor.{check.health}")), _told(check))
    return Group(section(words.say("doctor.title"), table))


def doctor_record(checks: tuple[Check, ...]) -> dict[str, object]:
    return {
        "labelviewer": __version__,
        "exit_status": int(status_of(checks)),
        "checks": [
            {"id": check.id, "health": check.health.value, "what": check.what, "remedy": check.remedy or None}
            for check in checks
        ],
    }


def _told(check: Check) -> Table:
    table = Table.grid()
    table.add_row(plain(check.what))
    if check.remedy:
        table.add_row(plain(check.remedy))
    return table


def _readers(words: Words) -> Iterator[Check]:
    for reader in readers():
        what = words.say(f"doctor.{_name(reader.name)}")
        if reader.available:
            yield Check(reader.name, Health.WORKS, f"{what} {reader.version or ''}".rstrip())
        else:
            yield Check(reader.name, Health.LIMITED, what, words.say(f"doctor.{_name(reader.name)}.missing"))


def _name(reader: str) -> str:
    return "zbar" if "zbar" in reader else "zxing"


def _trust(words: Words) -> Check:
    try:
        trust = BundledTrust(resources.TRUST).trust().published
    except (OSError, ValueError):
        what, remedy = words.say("heading.checks"), words.say("doctor.trust.missing")
        return Check("trust", Health.MISSING, what, remedy, needed=True)
    age = say_span(trust.issued.date(), SystemClock().now().date(), words.say)
    what = words.say("doctor.trust.age", serial=str(trust.serial), date=trust.issued, age=age)
    return Check("trust", Health.WORKS, what, needed=True)


def _lead(profile: Profile, words: Words) -> Iterator[Check]:
    """Where somebody leads: whether the files that say so, and what was fetched, still count."""
    try:
        lead = find_lead(profile.lead, resources.TRUST / "lead")
    except TrustListError:
        what = words.say("doctor.lead.files", place=str(profile.lead))
        yield Check("lead", Health.LIMITED, what, words.say("doctor.lead.broken"))
        return
    if lead is None:
        return
    what = words.say("doctor.lead", host=parse_web_address(lead.metadata).host)
    state = lead_state(lead, profile.cache / "trust", SystemClock().now())
    if state.damaged:
        remedy = words.say("doctor.lead.damaged", name=f"{state.damaged}.json")
    elif state.ended is not None:
        role, end = state.ended
        remedy = words.say("doctor.lead.root-ended" if role == "root" else "doctor.lead.ended", date=end)
    elif not state.fetched:
        remedy = words.say("doctor.lead.never")
    else:
        yield Check("lead", Health.WORKS, what)
        return
    yield Check("lead", Health.LIMITED, what, remedy)


def _packs(words: Words) -> Check:
    try:
        names = [loaded.text(words.language).short for loaded in load_packs(resources.SCHEMES).all()]
    except (OSError, PackError):
        names = []
    what = words.say("doctor.packs", schemes=words.join(names) or words.say("word.none"))
    if names:
        return Check("packs", Health.WORKS, what, needed=True)
    return Check("packs", Health.MISSING, what, words.say("doctor.packs.missing"), needed=True)


def _added_packs(profile: Profile, words: Words) -> Iterator[Check]:
    try:
        packs = load_packs(resources.SCHEMES, profile.schemes)
    except (OSError, PackError):
        return
    added = {scheme: packs.find(scheme) for scheme in packs.added_ids}
    if not added:
        return
    names = [loaded.text(words.language).short if loaded else scheme for scheme, loaded in added.items()]
    what = words.say("doctor.added", schemes=words.join(names))
    if broken := [scheme for scheme, loaded in added.items() if loaded is None]:
        remedy = words.say("doctor.added.broken", schemes=words.join(broken))
        yield Check("added-packs", Health.LIMITED, what, remedy)
    else:
        yield Check("added-packs", Health.WORKS, what)


def _words(words: Words) -> Check:
    """Every language must know what the first one knows."""
    names = offered(resources.LANGUAGES)
    complete = len({_keys(resources.WORDS / f"{language}.json") for language in names}) == 1
    what = words.say("doctor.words", languages=words.join(list(names.values())))
    if complete:
        return Check("words", Health.WORKS, what)
    return Check("words", Health.LIMITED, what, words.say("doctor.words.missing"))


def _keys(path: Path) -> frozenset[str]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(
        f"{part}:{key}" for part in ("captions", "phrases", "messages", "topics", "glossary") for key in data[part]
    )


def _folder(profile: Profile, words: Words) -> Check:
    what = words.say("doctor.profile", place=str(profile.data))
    there = next(folder for folder in (profile.data, *profile.data.parents) if folder.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Check("profile", Health.WORKS, what)
    return Check("profile", Health.LIMITED, what, words.say("doctor.profile.missing"))


def _library(profile: Profile, words: Words) -> Check:
    place = str(profile.library)
    try:
        kept = Library(profile.library, SystemClock()).check()
    except LibraryDamagedError as damaged:
        what = words.say("doctor.library", place=place)
        return Check("library", Health.LIMITED, what, words.say("doctor.library.damaged", **damaged.facts))
    except CannotSaveError:
        what = words.say("doctor.library", place=place)
        return Check("library", Health.LIMITED, what, words.say("doctor.library.newer"))
    what = words.say("doctor.library.kept" if kept else "doctor.library.empty", n=kept, place=place)
    if is_in_network(profile.library):
        return Check("library", Health.LIMITED, what, words.say("doctor.library.share"))
    if kept and profile.library.stat().st_size > LIBRARY:
        return Check("library", Health.LIMITED, what, words.say("doctor.library.large"))
    return Check("library", Health.WORKS, what)


def _part(name: str, modules: tuple[str, ...], words: Words) -> Check:
    if _has(modules):
        key = "doctor.camera.unprobed" if name == "camera" else f"doctor.{name}"
        return Check(name, Health.WORKS, words.say(key))
    return Check(name, Health.LIMITED, words.say(f"doctor.{name}"), words.say(f"doctor.{name}.missing"))


def _speech(words: Words, environment: Mapping[str, str]) -> Check:
    """On Linux the voice is a program of the system; elsewhere it belongs to the system itself."""
    voice = not sys.platform.startswith("linux") or shutil.which("speech-dispatcher", path=environment.get("PATH"))
    if voice and _has(SPEECH_PARTS):
        return Check("speech", Health.WORKS, words.say("doctor.speech.unprobed"))
    return Check("speech", Health.LIMITED, words.say("doctor.speech"), words.say("doctor.speech.missing"))


def _has(modules: tuple[str, ...]) -> bool:
    """Looks for the files only: asking Python for `PySide6.QtGui` would start to load Qt."""
    package = find_spec("PySide6")
    if package is None:
        return False
    return all(PathFinder.find_spec(f"PySide6.{name}", package.submodule_search_locations) for name in modules)


def _display(words: Words, environment: Mapping[str, str]) -> Check:
    what = words.say("doctor.display")
    if has_display(environment):
        return Check("display", Health.WORKS, what)
    return Check("display", Health.LIMITED, what, words.say("doctor.display.missing"))
