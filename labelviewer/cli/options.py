"""What was asked for on the command line, or the key of the sentence that says why it makes no sense."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

ENGLISH: Final = "en"
MOST_COLUMNS: Final = 4
COMPARISON: Final = ".labelcmp"

_LANGUAGE: Final = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_NUMBER: Final = r"[1-9][0-9]{0,3}"
_LINKS: Final = ("https://", "http://")


class Command(StrEnum):
    WINDOW = "window"
    READ = "read"
    COMPARE = "compare"
    BUNDLE = "bundle"
    TRUST = "trust"
    DOCTOR = "doctor"
    PUBLISH = "publish"
    HELP = "help"
    VERSION = "version"


class Option(NamedTuple):
    """One option of the command; `value` is what its help shows for the word after it, empty for a switch."""

    name: str
    value: str = ""


OPTIONS: Final = (
    Option("json"),
    Option("explain"),
    Option("anyway"),
    Option("offline"),
    Option("proxy"),
    Option("code", "N"),
    Option("stranger"),
    Option("proof", "FILE"),
    Option("save", "FILE"),
    Option("pdf", "FILE"),
    Option("ask"),
    Option("fingerprint", "DIGITS"),
    Option("samples"),
    Option("pack", "DIR"),
    Option("lang", "CODE"),
    Option("profile", "DIR"),
    Option("version"),
    Option("help"),
)
WHAT: Final = "WHAT"
BUNDLE_USES: Final = ("import", "export")
TRUST_WORDS: Final[Mapping[str, int]] = {"list": 1, "renew": 1, "add": 2, "remove": 2}
USES: Final[Mapping[Command, str]] = {
    Command.WINDOW: "[PICTURE...]",
    Command.READ: f"{WHAT}...",
    Command.COMPARE: f"{WHAT} {WHAT} [{WHAT} [{WHAT}]]",
    Command.BUNDLE: f"{{{'|'.join(BUNDLE_USES)}}} FILE",
    Command.TRUST: "list | renew | add FILE | remove NAME",
    Command.DOCTOR: "[--pack DIR]",
    Command.PUBLISH: "...",
}


class Options(NamedTuple):
    command: Command = Command.WINDOW
    sources: tuple[str, ...] = ()
    json: bool = False
    explain: bool = False
    anyway: bool = False
    offline: bool = False
    proxy: bool = False
    samples: bool = False
    stranger: bool = False
    code: int | None = None
    proof: Path | None = None
    save: Path | None = None
    pdf: Path | None = None
    ask: bool = False
    fingerprint: str | None = None
    pack: Path | None = None
    language: str | None = None
    profile: Path | None = None


class UsageError(Exception):
    """`key` names a phrase, `facts` fill its blanks."""

    def __init__(self, key: str, **facts: str | int) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


def parse(arguments: Sequence[str]) -> Options:
    """Options may stand anywhere; after `--` a word that begins with a dash is a name. Raises UsageError."""
    if not arguments:
        return Options()
    if arguments[0] == Command.PUBLISH:
        return Options(Command.PUBLISH, tuple(arguments[1:]), language=_language_in(arguments))
    import argparse  # late: the window alone does without

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for option in OPTIONS:
        parser.add_argument(f"--{option.name}", action="store" if option.value else "store_true")
    parser.add_argument("-h", dest="help", action="store_true")
    parser.add_argument("words", nargs="*")
    try:
        given, unknown = parser.parse_known_intermixed_args(arguments)
    except argparse.ArgumentError as error:
        raise UsageError("cli.no-value", name=error.argument_name or "") from error
    if unknown:
        raise UsageError("cli.unknown-option", name=unknown[0])
    command, sources = _command(given.words)
    if given.help or given.version:
        command = Command.HELP if given.help else Command.VERSION
    else:
        _check(command, sources)
        if given.pack is not None and command is not Command.DOCTOR:
            raise UsageError("cli.pack-alone")
        if given.save is not None and command is not Command.COMPARE:
            raise UsageError("cli.save-alone")
        if given.pdf is not None and command not in (Command.READ, Command.COMPARE):
            raise UsageError("cli.pdf-where")
    return Options(
        command=command,
        sources=sources,
        json=given.json,
        explain=given.explain,
        anyway=given.anyway,
        offline=given.offline,
        proxy=given.proxy,
        samples=given.samples,
        stranger=given.stranger,
        code=_code(given.code),
        proof=None if given.proof is None else Path(given.proof),
        save=None if given.save is None else Path(given.save),
        pdf=None if given.pdf is None else Path(given.pdf),
        ask=given.ask,
        fingerprint=given.fingerprint,
        pack=None if given.pack is None else Path(given.pack),
        language=_language(given.lang),
        profile=None if given.profile is None else Path(given.profile),
    )


def _command(words: Sequence[str]) -> tuple[Command, tuple[str, ...]]:
    commands = (Command.READ, Command.COMPARE, Command.BUNDLE, Command.TRUST, Command.DOCTOR, Command.HELP)
    for command in commands:
        if words and words[0] == command:
            return command, tuple(words[1:])
    return Command.WINDOW, tuple(words)


def _check(command: Command, sources: Sequence[str]) -> None:
    if command is Command.READ and not sources:
        raise UsageError("cli.no-source")
    least = 1 if any(source.endswith(COMPARISON) for source in sources) else 2  # such a file has several labels
    if command is Command.COMPARE and not least <= len(sources) <= MOST_COLUMNS:
        raise UsageError("cli.how-many")
    if command is Command.BUNDLE and (len(sources) != 2 or sources[0] not in BUNDLE_USES):
        raise UsageError("cli.bundle-how")
    if command is Command.TRUST and len(sources) != TRUST_WORDS.get(sources[0] if sources else "", 0):
        raise UsageError("cli.trust-words")
    if command is Command.DOCTOR and sources:
        raise UsageError("cli.no-more-words", name=command.value)
    if command is Command.WINDOW and (
        lost := [word for word in sources if not is_link(word) and not Path(word).exists()]
    ):
        raise UsageError("cli.unknown-word", name=lost[0])


def is_link(word: str) -> bool:
    return word.lower().startswith(_LINKS)


def _code(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(_NUMBER, text):
        raise UsageError("cli.code-number")
    return int(text)


def _language_in(arguments: Sequence[str]) -> str | None:
    """For a command that reads its own options."""
    place = arguments.index("--lang") + 1 if "--lang" in arguments else 0
    return _language(arguments[place] if 0 < place < len(arguments) else None)


def _language(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(_LANGUAGE, text):
        raise UsageError("cli.unknown-language", name=text, languages=ENGLISH)
    return text
