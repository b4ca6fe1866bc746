"""One command of `labelviewer publish` with what it was given, and the ways in which it may be wrong."""

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
from typing import TYPE_CHECKING, Any

from labelviewer import resources
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.screen import plain
from labelviewer.publish.problem import Problem
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


class Task:
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


def complain(task: Task, problems: Sequence[Problem]) -> int:
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


def algorithm(task: Task) -> Any:
    alg = task.given.alg or "Ed25519"
    if alg not in ("Ed25519", "ES256"):
        raise UsageError("publish.which-alg")
    return alg


def since(task: Task) -> datetime:
    """From the beginning of that day on, in UTC, or from that very moment."""
    try:
        since = datetime.fromisoformat(task.need("since"))
    except ValueError:
        raise UsageError("publish.which-day") from None
    return since if since.tzinfo else since.replace(tzinfo=UTC)


def millimetres(task: Task) -> float:
    from labelviewer.adapters.label_sheet import LEAST_MM, MOST_MM, USUAL_MM

    try:
        side = float(task.given.mm or USUAL_MM)
    except ValueError:
        side = 0
    if not LEAST_MM <= side <= MOST_MM:
        raise UsageError("publish.which-size", least=int(LEAST_MM), most=int(MOST_MM))
    return side


def one(rest: Sequence[str], what: str) -> str:
    if len(rest) != 1:
        raise UsageError("publish.needs", name=what)
    return rest[0]


def no_more(rest: Sequence[str]) -> None:
    if rest:
        raise UsageError("publish.unknown", name=rest[0])
