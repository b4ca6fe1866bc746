"""One scheme pack, looked over for whoever writes it: what is wrong, where, and in which words to put it right."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.table import Table

from labelviewer import resources
from labelviewer.adapters.profile import Profile
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.screen import QUIET, bullets, grid, mark, plain, section
from labelviewer.present.notice import Tone
from labelviewer.schemes.pack import Pack
from labelviewer.schemes.pack_check import SCHEME_FILE, languages_of, look_over
from labelviewer.schemes.pack_files import ENCODING, SYNTAX, PackError
from labelviewer.schemes.packs import load_packs
from labelviewer.words.catalogue import Words

_SAID: Final = frozenset(
    {
        *(SYNTAX, ENCODING, "other-folder", "no-topic", "no-place", "other-kind", "asked-twice"),
        *("no-words", "spare-words", "given-twice", "no-source", "part-before", "no-level", "no-criterion"),
        *("choices-alone", "choice-twice", "no-for-no", "no-no-choice", "says-two-things", "no-hole", "closed-alone"),
        *("missing", "extra_forbidden", "literal_error", "enum", "string_pattern_mismatch"),
        *("string_too_long", "string_too_short", "too_short", "string_type", "bool_type", "int_type"),
        *("tuple_type", "model_type", "dict_type", "greater_than_equal", "date_type", "date_from_datetime_parsing"),
    }
)
_LIKE: Final = {"bool_parsing": "bool_type", "int_parsing": "int_type", "enum": "literal_error"}


@dataclass(frozen=True, slots=True)
class PackCheck:
    """`taken`: the name is one of ours, so that this pack would never be read. `home`: where people put their packs."""

    folder: Path
    home: Path
    pack: Pack | None
    faults: tuple[PackError, ...]
    languages: tuple[str, ...]
    taken: bool

    @property
    def status(self) -> Exit:
        return Exit.UNCHECKED if self.faults or self.taken else Exit.CHECKED


def check_pack(folder: Path, profile: Profile) -> PackCheck:
    """Raises UsageError where there is no pack."""
    folder = folder.expanduser().absolute()
    if not (folder / SCHEME_FILE).is_file():
        raise UsageError("cli.no-pack", place=str(folder), file=SCHEME_FILE)
    ours = load_packs(resources.SCHEMES)
    languages = languages_of(folder.parent, folder.name)
    pack, _, faults = look_over(folder.parent, folder.name, ours.topics, languages)
    return PackCheck(folder, profile.schemes, pack, faults, languages, taken=folder.name in ours.ids)


def say_fault(fault: PackError, words: Words) -> str:
    kind = _LIKE.get(fault.kind, fault.kind)
    if kind not in _SAID:
        return words.say("pack.fault", fault=fault.fault)
    return words.say(f"pack.fault.{kind.replace('_', '-')}", **fault.facts)


def pack_view(check: PackCheck, words: Words, *, explain: bool = False) -> RenderableType:
    table = grid(None, 1)
    if check.taken:
        table.add_row(mark(Tone.WARN), plain(words.say("pack.taken", name=check.folder.name)))
    if not check.faults:
        table.add_row(mark(Tone.OK), _whole(check, words, explain=explain))
    for fault in check.faults:
        table.add_row(mark(Tone.DANGER), _fault(fault, words))
    if check.faults:
        table.add_row("", plain(words.say("pack.faults", n=len(check.faults))))
    return section(words.say("pack.title", place=str(check.folder)), table)


def pack_record(check: PackCheck) -> dict[str, object]:
    return {
        "pack": check.folder.name,
        "exit_status": int(check.status),
        "name_taken": check.taken,
        "languages": list(check.languages),
        "faults": [
            {"file": fault.file.as_posix(), "line": fault.line, "key": fault.key or None, "fault": fault.fault}
            for fault in check.faults
        ],
    }


def _whole(check: PackCheck, words: Words, *, explain: bool) -> Table:
    asked = len(check.pack.criteria) if check.pack else 0
    told = Table.grid()
    told.add_row(plain(words.say("pack.whole", n=asked, languages=words.join(list(check.languages)))))
    if not check.taken:
        next_steps = [] if explain else [words.say("pack.see-preview")]
        next_steps += [] if check.folder.parent == check.home else [words.say("pack.put-into", place=str(check.home))]
        told.add_row(bullets(next_steps))
    return told


def _fault(fault: PackError, words: Words) -> Table:
    told = Table.grid()
    key = "pack.where.line" if fault.line else "pack.where"
    facts = {"file": fault.file.as_posix(), "key": fault.key, "line": str(fault.line or "")}
    told.add_row(plain(words.say(key if fault.key else f"{key}.whole", **facts), QUIET))
    told.add_row(plain(say_fault(fault, words)))
    return told
