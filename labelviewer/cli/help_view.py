"""How the command is used; every word of it comes from the catalogue."""

from rich.console import Group
from rich.table import Table

from labelviewer.adapters.profile import NAME
from labelviewer.cli.options import OPTIONS, USES, WHAT, Command
from labelviewer.cli.screen import STRONG, grid, plain, section
from labelviewer.words.catalogue import Words


def help_view(words: Words) -> Group:
    return Group(
        plain(words.say("app.promise"), STRONG),
        section(words.say("cli.commands"), _commands(words)),
        section(words.say("cli.options"), _options(words)),
    )


def _commands(words: Words) -> Table:
    table = grid(None, 1)
    for command, use in USES.items():
        name = NAME if command is Command.WINDOW else f"{NAME} {command}"
        table.add_row(plain(f"{name} {use}".rstrip(), STRONG), plain(words.say(f"cli.{command}")))
    table.add_row(plain(WHAT, STRONG), plain(words.say("cli.what")))
    return table


def _options(words: Words) -> Table:
    table = grid(None, 1)
    for option in OPTIONS:
        table.add_row(plain(f"--{option.name} {option.value}".rstrip(), STRONG), plain(words.say(f"cli.{option.name}")))
    return table
