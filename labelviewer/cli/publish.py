"""`labelviewer publish`: what a label office and the lead administrator do, said in words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rich.console import Group

from labelviewer.adapters.profile import NAME
from labelviewer.cli import publish_lead, publish_office
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.publish_task import Deed, Now, Task, complain
from labelviewer.cli.screen import STRONG, grid, plain, section
from labelviewer.publish.problem import Problem, PublishError
from labelviewer.publish.signer import SigningError

if TYPE_CHECKING:
    from labelviewer.cli import Desk
    from labelviewer.words.catalogue import Words

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
    task = Task(given, words, desk, now)
    try:
        return _DEEDS[deed](task, deed, rest)
    except PublishError as stopped:
        return complain(task, [stopped.problem])
    except SigningError as stopped:
        return complain(task, [Problem("signing", "", facts={"fault": str(stopped) or "?"})])


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


_DEEDS: Final[dict[Deed, Callable[[Task, Deed, Sequence[str]], int]]] = {
    Deed.INIT: publish_office.init,
    Deed.CHECK: publish_office.check,
    Deed.BUILD: publish_office.build,
    Deed.WITHDRAW: publish_office.state,
    Deed.SUSPEND: publish_office.state,
    Deed.RESTORE: publish_office.state,
    Deed.RESIGN: publish_office.build,
    Deed.KEY: publish_office.key,
    Deed.RETIRE: publish_office.retire,
    Deed.COMPROMISE: publish_office.retire,
    Deed.BUNDLE: publish_office.bundle,
    Deed.SHEET: publish_office.sheet,
    Deed.LEAD_INIT: publish_lead.init,
    Deed.LEAD_SIGN: publish_lead.sign,
    Deed.LEAD_DAILY: publish_lead.daily,
    Deed.LEAD_ROOT: publish_lead.root,
    Deed.LEAD_KEY: publish_lead.key,
    Deed.LEAD_COMPROMISE: publish_lead.compromise,
}


def _help(words: Words) -> Group:
    deeds, options = grid(None, 1), grid(None, 1)
    for deed, use in USES.items():
        name = deed.replace("lead-", "lead ")
        deeds.add_row(plain(f"{NAME} publish {name} {use}".rstrip(), STRONG), plain(words.say(f"publish.help.{deed}")))
    for option, value in OPTIONS.items():
        options.add_row(plain(f"--{option} {value}".rstrip(), STRONG), plain(words.say(f"publish.option.{option}")))
    return Group(section(words.say("cli.commands"), deeds), section(words.say("cli.options"), options))
