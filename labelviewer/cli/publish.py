"""`labelviewer publish`: what a label office and the lead administrator do, said in words."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Group

from labelviewer import resources
from labelviewer.adapters.profile import NAME
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.screen import STRONG, grid, plain, section
from labelviewer.publish import key_states, registry
from labelviewer.publish import lead as leads
from labelviewer.publish import office as offices
from labelviewer.publish.bundles import write_bundles
from labelviewer.publish.problem import Problem, PublishError
from labelviewer.publish.sheet import write_codes, write_sheet
from labelviewer.publish.signer import SigningError
from labelviewer.publish.status import Status
from labelviewer.schemes.packs import Packs, load_packs

if TYPE_CHECKING:
    from labelviewer.cli import Desk
    from labelviewer.words.catalogue import Words

Now = Callable[[], datetime]


class Deed(StrEnum):
    INIT = "init"
    CHECK = "check"
    BUILD = "build"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESTORE = "restore"
    RESIGN = "resign"
    KEY = "key"
    RETIRE = "retire"
    COMPROMISE = "compromise"
    BUNDLE = "bundle"
    SHEET = "sheet"
    LEAD_INIT = "lead-init"
    LEAD_SIGN = "lead-sign"
    LEAD_DAILY = "lead-daily"
    LEAD_ROOT = "lead-root"
    LEAD_KEY = "lead-key"
    LEAD_COMPROMISE = "lead-compromise"


USES: Final = {
    Deed.INIT: "--issuer HOST --name NAME --scheme ID",
    Deed.CHECK: "",
    Deed.BUILD: "",
    Deed.WITHDRAW: "NUMBER",
    Deed.SUSPEND: "NUMBER",
    Deed.RESTORE: "NUMBER",
    Deed.RESIGN: "[--key ID]",
    Deed.KEY: "label|status",
    Deed.RETIRE: "KEY",
    Deed.COMPROMISE: "KEY --since DATE",
    Deed.BUNDLE: "",
    Deed.SHEET: "[NUMBER...] --to FILE",
    Deed.LEAD_INIT: "--name NAME --homepage URL",
    Deed.LEAD_SIGN: "",
    Deed.LEAD_DAILY: "",
    Deed.LEAD_ROOT: "",
    Deed.LEAD_KEY: "KEY",
    Deed.LEAD_COMPROMISE: "HOST KEY --since DATE",
}
OPTIONS: Final = {
    "folder": "DIR",
    "passphrase-file": "FILE",
    "no-passphrase": "",
    "issuer": "HOST",
    "name": "NAME",
    "scheme": "ID",
    "homepage": "URL",
    "alg": "Ed25519|ES256",
    "uri": "URI",
    "public": "FILE",
    "key": "ID",
    "since": "DATE",
    "to": "FILE",
    "codes": "DIR",
    "mm": "N",
    "font": "FILE",
    "json": "",
    "lang": "en",
    "help": "",
}
_STATES: Final = {Deed.WITHDRAW: Status.WITHDRAWN, Deed.SUSPEND: Status.SUSPENDED, Deed.RESTORE: Status.VALID}


class _Task:
    """One command with what it was given."""

    def __init__(self, given: argparse.Namespace, words: Words, desk: Desk, now: Now) -> None:
        self.given = given
        self.words = words
        self.desk = desk
        self.now = now()
        self.folder = Path(given.folder or ".")
        self.secret = cache(self._ask)

    @property
    def packs(self) -> Packs:
        return load_packs(resources.SCHEMES)

    def tell(self, key: str, **facts: Any) -> None:
        self.desk.show(plain(self.words.say(key, **facts)))

    def need(self, name: str) -> str:
        value = getattr(self.given, name)
        if not value:
            raise UsageError("publish.needs", name=f"--{name}")
        return str(value)

    def new_secret(self) -> bytes | None:
        """The passphrase for keys that are made now; None where none is wanted."""
        if self.given.no_passphrase:
            return None
        first = self._ask("")
        if self.given.passphrase_file is None and first != self._read("publish.again"):
            raise UsageError("publish.not-alike")
        return first

    def _ask(self, name: str) -> bytes:
        if self.given.passphrase_file is not None:
            try:
                return Path(self.given.passphrase_file).read_bytes().strip()
            except OSError:
                raise UsageError("publish.no-passphrase-file", name=self.given.passphrase_file) from None
        return self._read("publish.ask-for" if name else "publish.ask", name=name)

    def _read(self, key: str, **facts: str) -> bytes:
        if not sys.stdin.isatty():
            raise UsageError("publish.needs-passphrase")
        typed = getpass.getpass(f"{self.words.say(key, **facts)} ").encode()
        if not typed:
            raise UsageError("publish.needs-passphrase")
        return typed


def publish(arguments: Sequence[str], words: Words, desk: Desk, now: Now = lambda: datetime.now(UTC)) -> int:
    """Returns the exit status. Raises UsageError."""
    given = _parse(arguments)
    if given.help or not given.words:
        desk.show(_help(words))
        return Exit.CHECKED
    try:
        deed = Deed("-".join(given.words[:2]) if given.words[0] == "lead" else given.words[0])
    except ValueError:
        raise UsageError("publish.unknown", name=" ".join(given.words[:2])) from None
    rest = given.words[2:] if deed.startswith("lead") else given.words[1:]
    task = _Task(given, words, desk, now)
    try:
        return _DEEDS[deed](task, deed, rest)
    except PublishError as stopped:
        return _complain(task, [stopped.problem])
    except SigningError as stopped:
        return _complain(task, [Problem("signing", "", facts={"fault": str(stopped) or "?"})])


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for name, value in OPTIONS.items():
        action = "append" if name == "scheme" else "store" if value else "store_true"
        parser.add_argument(f"--{name}", action=action)
    parser.add_argument("words", nargs="*")
    try:
        given, unknown = parser.parse_known_intermixed_args(arguments)
    except argparse.ArgumentError as fault:
        raise UsageError("cli.no-value", name=fault.argument_name or "") from fault
    if unknown:
        raise UsageError("cli.unknown-option", name=unknown[0])
    return given


def _init(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    issuer, name = task.need("issuer"), task.need("name")
    schemes = task.given.scheme or []
    if not schemes or not set(schemes) <= set(task.packs.with_labels):
        raise UsageError("publish.which-scheme", known=", ".join(task.packs.with_labels))
    alg = _algorithm(task)
    secret = task.new_secret()
    offices.found(task.folder, issuer, name, schemes)
    office = offices.open_office(task.folder)
    for use in ("label", "status"):
        office, _ = offices.new_key(office, use, alg, task.now, secret)
    offices.write_record(office, task.now)
    task.tell("publish.made", place=str(task.folder / offices.CONFIGURATION))
    task.tell("publish.keep-keys", place=str(task.folder / "keys"))
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    return Exit.CHECKED


def _check(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    count, problems = registry.check(offices.open_office(task.folder), task.packs, task.now)
    if problems:
        return _complain(task, problems)
    task.tell("publish.all-good", n=count)
    return Exit.CHECKED


def _build(task: _Task, deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    office = offices.open_office(task.folder)
    if task.given.key:
        office = offices.switch_key(office, task.given.key, task.now)
    done = registry.build(office, task.packs, task.now, task.secret, resign=deed is Deed.RESIGN)
    task.tell("publish.signed", n=len(done.signed))
    task.tell("publish.unchanged", n=done.unchanged)
    task.tell("publish.lists", n=len(done.lists))
    for file in done.gone:
        task.tell("publish.gone", name=file)
    return _complain(task, done.problems) if done.problems else Exit.CHECKED


def _state(task: _Task, deed: Deed, rest: Sequence[str]) -> int:
    number = _one(rest, "NUMBER")
    office = offices.open_office(task.folder)
    registry.set_state(office, task.packs, task.now, task.secret, number, _STATES[deed])
    task.tell(f"publish.done-{deed}", number=number)
    return Exit.CHECKED


def _key(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    use: Any = _one(rest, "label|status")
    if use not in ("label", "status"):
        raise UsageError("publish.needs", name="label|status")
    office = offices.open_office(task.folder)
    if task.given.uri:
        try:
            public = Path(task.need("public")).read_bytes()
        except OSError:
            raise UsageError("publish.no-file", name=task.given.public) from None
        office, key = offices.adopt_key(office, use, task.given.uri, public, task.now)
    else:
        office, key = offices.new_key(office, use, _algorithm(task), task.now, task.new_secret())
    offices.write_record(office, task.now)
    task.tell("publish.new-key", name=key.kid)
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    task.tell("publish.then-resign", name=key.kid)
    return Exit.CHECKED


def _retire(task: _Task, deed: Deed, rest: Sequence[str]) -> int:
    kid = _one(rest, "KEY")
    office = offices.open_office(task.folder)
    if deed is Deed.RETIRE:
        office = key_states.retire(office, kid, task.now)
    else:
        office = key_states.compromise(office, kid, _since(task))
    offices.write_record(office, task.now)
    task.tell(f"publish.done-{deed}", name=kid)
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    return Exit.CHECKED


def _bundle(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    office = offices.open_office(task.folder)
    labels, _ = write_bundles(office)
    task.tell("publish.bundled", n=labels, place=str(office.served / "bundles"))
    return Exit.CHECKED


def _sheet(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    office = offices.open_office(task.folder)
    if not task.given.to and not task.given.codes:
        raise UsageError("publish.needs", name="--to")
    if task.given.to:
        font = Path(task.given.font) if task.given.font else None
        count = write_sheet(office, rest, Path(task.given.to), side_mm=_millimetres(task), font=font)
        task.tell("publish.sheet-made", n=count, place=task.given.to)
    if task.given.codes:
        count = write_codes(office, rest, Path(task.given.codes))
        task.tell("publish.codes-made", n=count, place=task.given.codes)
    return Exit.CHECKED


def _lead_init(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    leads.found(task.folder, task.need("name"), task.need("homepage"), task.now, task.new_secret())
    task.tell("publish.lead-made", place=str(task.folder / "administrators"))
    task.tell("publish.lead-keys", place=str(task.folder / "keys"))
    return Exit.CHECKED


def _lead_sign(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    serial = leads.sign(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-signed", number=str(serial))
    return Exit.CHECKED


def _lead_daily(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    due = leads.daily(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-renewed")
    for role in due:
        task.tell(f"publish.lead-due-{role}")
    return Exit.CHECKED


def _lead_root(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    _no_more(rest)
    version = leads.rotate(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-rotated", number=str(version))
    return Exit.CHECKED


def _lead_key(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    name = _one(rest, "KEY")
    one = leads.open_lead(task.folder)
    fresh, version = key_states.replace_lead_key(one, name, task.now, task.secret, task.new_secret())
    task.tell("publish.lead-replaced", name=name, other=fresh)
    task.tell("publish.lead-rotated", number=str(version))
    return Exit.CHECKED


def _lead_compromise(task: _Task, _deed: Deed, rest: Sequence[str]) -> int:
    if len(rest) != 2:
        raise UsageError("publish.needs", name="HOST KEY")
    issuer, kid = rest
    key_states.compromise_listed(leads.open_lead(task.folder), issuer, kid, _since(task))
    task.tell("publish.done-lead-compromise", name=kid)
    return Exit.CHECKED


_DEEDS: Final[dict[Deed, Callable[[_Task, Deed, Sequence[str]], int]]] = {
    Deed.INIT: _init,
    Deed.CHECK: _check,
    Deed.BUILD: _build,
    Deed.WITHDRAW: _state,
    Deed.SUSPEND: _state,
    Deed.RESTORE: _state,
    Deed.RESIGN: _build,
    Deed.KEY: _key,
    Deed.RETIRE: _retire,
    Deed.COMPROMISE: _retire,
    Deed.BUNDLE: _bundle,
    Deed.SHEET: _sheet,
    Deed.LEAD_INIT: _lead_init,
    Deed.LEAD_SIGN: _lead_sign,
    Deed.LEAD_DAILY: _lead_daily,
    Deed.LEAD_ROOT: _lead_root,
    Deed.LEAD_KEY: _lead_key,
    Deed.LEAD_COMPROMISE: _lead_compromise,
}


def _complain(task: _Task, problems: Sequence[Problem]) -> int:
    if task.given.json:
        task.desk.hand_over([asdict(problem) | {"says": _sentence(problem, task.words)} for problem in problems])
    else:
        task.desk.complain(*(_line(problem, task.words) for problem in problems))
        if any(problem.line for problem in problems):
            task.desk.complain(task.words.say("publish.problems", n=len(problems)))
    return Exit.USAGE


def _line(problem: Problem, words: Words) -> str:
    line = words.say("publish.line", number=str(problem.line)) if problem.line else ""
    where = ", ".join(part for part in (problem.file, line, problem.member) if part)
    sentence = _sentence(problem, words)
    return f"{where}: {sentence}" if where else sentence


def _sentence(problem: Problem, words: Words) -> str:
    return words.say(f"publish.problem.{problem.code}", **problem.facts)


def _algorithm(task: _Task) -> Any:
    alg = task.given.alg or "Ed25519"
    if alg not in ("Ed25519", "ES256"):
        raise UsageError("publish.which-alg")
    return alg


def _since(task: _Task) -> datetime:
    """From the beginning of that day on, in UTC, or from that very moment."""
    try:
        since = datetime.fromisoformat(task.need("since"))
    except ValueError:
        raise UsageError("publish.which-day") from None
    return since if since.tzinfo else since.replace(tzinfo=UTC)


def _millimetres(task: _Task) -> float:
    from labelviewer.adapters.label_sheet import LEAST_MM, MOST_MM, USUAL_MM

    try:
        side = float(task.given.mm or USUAL_MM)
    except ValueError:
        side = 0
    if not LEAST_MM <= side <= MOST_MM:
        raise UsageError("publish.which-size", least=int(LEAST_MM), most=int(MOST_MM))
    return side


def _one(rest: Sequence[str], what: str) -> str:
    if len(rest) != 1:
        raise UsageError("publish.needs", name=what)
    return rest[0]


def _no_more(rest: Sequence[str]) -> None:
    if rest:
        raise UsageError("publish.unknown", name=rest[0])


def _help(words: Words) -> Group:
    deeds, options = grid(None, 1), grid(None, 1)
    for deed, use in USES.items():
        name = deed.replace("lead-", "lead ")
        deeds.add_row(plain(f"{NAME} publish {name} {use}".rstrip(), STRONG), plain(words.say(f"publish.help.{deed}")))
    for option, value in OPTIONS.items():
        options.add_row(plain(f"--{option} {value}".rstrip(), STRONG), plain(words.say(f"publish.option.{option}")))
    return Group(section(words.say("cli.commands"), deeds), section(words.say("cli.options"), options))
