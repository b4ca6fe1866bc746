"""What the command line takes, and how it says what it does not."""

from pathlib import Path

import pytest

from labelviewer.cli.options import OPTIONS, Command, Options, UsageError, parse
from tests.labels import words


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", Options()),
        ("read a.jpg", Options(Command.READ, ("a.jpg",))),
        ("read -", Options(Command.READ, ("-",))),
        ("read a b --json c", Options(Command.READ, ("a", "b", "c"), json=True)),
        ("--json read a --explain", Options(Command.READ, ("a",), json=True, explain=True)),
        ("read --code 3 a", Options(Command.READ, ("a",), code=3)),
        ("read --offline --anyway a", Options(Command.READ, ("a",), offline=True, anyway=True)),
        ("bundle import a", Options(Command.BUNDLE, ("import", "a"))),
        ("compare a b", Options(Command.COMPARE, ("a", "b"))),
        ("compare a b c d", Options(Command.COMPARE, ("a", "b", "c", "d"))),
        ("--profile here doctor", Options(Command.DOCTOR, profile=Path("here"))),
        ("doctor --profile=here", Options(Command.DOCTOR, profile=Path("here"))),
        ("--lang pt-BR read a", Options(Command.READ, ("a",), language="pt-BR")),
        ("--samples", Options(samples=True)),
        ("--help", Options(Command.HELP)),
        ("-h", Options(Command.HELP)),
        ("help", Options(Command.HELP)),
        ("read --help", Options(Command.HELP)),
        ("--version", Options(Command.VERSION)),
        ("read -- -odd.jpg", Options(Command.READ, ("-odd.jpg",))),
    ],
)
def test_a_line_is_understood(line: str, options: Options) -> None:
    assert parse(line.split()) == options


def test_without_a_command_the_words_are_pictures_for_the_window(tmp_path: Path) -> None:
    picture = tmp_path / "box.jpg"
    picture.touch()
    assert parse([str(picture)]) == Options(Command.WINDOW, (str(picture),))


@pytest.mark.parametrize(
    ("line", "key", "facts"),
    [
        ("read", "cli.no-source", {}),
        ("compare a", "cli.how-many", {}),
        ("compare a b c d e", "cli.how-many", {}),
        ("bundle", "cli.bundle-how", {}),
        ("bundle a b", "cli.bundle-how", {}),
        ("doctor now", "cli.no-more-words", {"name": "doctor"}),
        ("red a.jpg", "cli.unknown-word", {"name": "red"}),
        ("read --jsno a", "cli.unknown-option", {"name": "--jsno"}),
        ("read --js a", "cli.unknown-option", {"name": "--js"}),
        ("read -x a", "cli.unknown-option", {"name": "-x"}),
        ("read a --profile", "cli.no-value", {"name": "--profile"}),
        ("read a --code", "cli.no-value", {"name": "--code"}),
        ("read a --code 0", "cli.code-number", {}),
        ("read a --code two", "cli.code-number", {}),
        ("read a --lang ../../etc", "cli.unknown-language", {"name": "../../etc", "languages": "en"}),
    ],
)
def test_a_line_that_makes_no_sense_is_said_in_a_sentence(line: str, key: str, facts: dict[str, str]) -> None:
    with pytest.raises(UsageError) as said:
        parse(line.split())
    assert (said.value.key, said.value.facts) == (key, facts)
    assert words().say(key, **facts)


def test_every_option_and_command_is_explained() -> None:
    for name in (*(option.name for option in OPTIONS), "read", "compare", "doctor", "window", "what"):
        assert words().say(f"cli.{name}")
