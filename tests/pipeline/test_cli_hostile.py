"""Whatever a label, a code or a file name holds, a terminal only ever gets letters; and JSON only ever gets ASCII."""

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from labelviewer.domain.errors import NotAnsweringError
from tests.desk import Terminal, ports_of, run
from tests.simulator import Authority

HOSTILE = {
    "colours": "Camera \x1b[31mred\x1b[0m",
    "title": "Camera \x1b]0;owned\x07",
    "cleared": "Camera \x1b[2J\x1b[H",
    "eight bits": "Camera \x9b31m\x9d0;owned\x9c",
    "backspace": "Safe\b\b\b\bGood",
    "return": "Camera\rVerified",
    "lines": "Camera\n\u2713 Checked: this label is real",
    "bidi": "Camera \u202egnp.exe",
    "isolates": "Camera \u2066\u2067\u2068x\u2069",
    "turns": "Camera \u200e\u200f\u061cx",
    "invisible": "Cam\u200bera\u2060\ufeff\u00ad",
    "tags": "Camera \U000e0041\U000e007f",
    "private": "Camera \ue000\U000f0000",
    "separators": "Camera\u2028and\u2029more",
    "delete": "Camera\x7f",
    "markup": "[bold red]Camera[/] [link=https://evil.example]here[/link]",
    "emoji name": ":warning: Camera",
    "marks": "Ca" + "\u0301" * 60 + "mera",
    "wide": "カメラ 摄像头 카메라 " * 12,
    "percent": "{product} %s %(name)s \\x1b",
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def acting(text: str) -> list[str]:
    """What a terminal would act upon, or what nobody can see."""
    return sorted({ascii(each) for each in text if each != "\n" and unicodedata.category(each)[0] == "C"} |
                  {ascii(each) for each in text if unicodedata.category(each) in ("Zl", "Zp")})  # fmt: skip


def labelled(text: str) -> Authority:
    """An issuer that puts the text wherever a text may stand."""
    proof = {"href": f"https://x.example/{text}", "title": text}
    claims: list[dict[str, Any]] = [
        {"criterion": "support-until", "value": "2031-12-31", "note": {"en": text}},
        {"criterion": "updates-how", "value": text},
        {"criterion": "default-password-how", "value": text, "evidence": [proof]},
        {"criterion": "administrator-contact", "value": f"mailto:{text}"},
        {"criterion": "test-lab", "value": text},
    ]
    grant = {"lab": {"name": text}, "administrator": {"name": text, "contact": text}}
    return Authority(name=text).publish(
        product={"name": text, "maker": text, "model": text}, grant=grant, claims=claims
    )


@pytest.mark.threat("T29")
@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("width", [80, 120])
def test_a_hostile_label_reaches_the_screen_as_letters(profile: Path, kind: str, width: int) -> None:
    authority = labelled(HOSTILE[kind])
    for arguments in (("read",), ("read", "--explain")):
        answer = run(*arguments, authority.code(), profile=profile, width=width, ports=lambda: ports_of(authority))
        assert (answer.status, answer.err) == (0, "")
        assert acting(answer.out) == []
        assert "{product}" not in answer.out or kind == "percent"
    pair = (authority.code(), authority.code())
    answer = run("compare", "--explain", *pair, profile=profile, width=width, ports=lambda: ports_of(authority))
    assert (answer.status, acting(answer.out)) == (0, [])


@pytest.mark.threat("T29")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_label_in_json_is_ascii_and_whole(profile: Path, kind: str) -> None:
    authority = labelled(HOSTILE[kind])
    answer = run("read", "--json", "--explain", authority.code(), profile=profile, ports=lambda: ports_of(authority))
    assert answer.out.isascii()
    assert acting(answer.out) == []
    assert answer.json["product"]["name"] == HOSTILE[kind]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_code_or_file_name_reaches_the_screen_as_letters(profile: Path, kind: str) -> None:
    for source in (HOSTILE[kind], f"https://evil.example/{HOSTILE[kind]}", f"javascript:{HOSTILE[kind]}"):
        for options in ([], ["--json"], ["--code", "1"]):
            answer = run("read", *options, "--", source, profile=profile)
            assert answer.status in (1, 2, 6)
            assert acting(answer.out) == acting(answer.err) == []
        answer = run("read", "-", profile=profile, stdin=source.encode())
        assert answer.status in (2, 6)
        assert acting(answer.out) == []


@pytest.mark.threat("T29")
def test_a_terminal_gets_no_escapes_but_our_own_colours(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for text in HOSTILE.values():
        authority = labelled(text)
        answer = run("read", authority.code(), profile=profile, stdout=Terminal(), ports=partial(ports_of, authority))
        assert acting(re.sub(r"\x1b\[[0-9;]*m", "", answer.out)) == []
        assert "\x1b[" in answer.out


@pytest.mark.threat("T12")
def test_markup_in_a_name_is_shown_and_not_obeyed(profile: Path) -> None:
    authority = labelled(HOSTILE["markup"])
    answer = run("read", authority.code(), profile=profile, width=120, ports=lambda: ports_of(authority))
    assert "[bold red]Camera[/] [link=https://evil.example]here[/link]" in answer.out
    authority = labelled(HOSTILE["emoji name"])
    answer = run("read", authority.code(), profile=profile, width=120, ports=lambda: ports_of(authority))
    assert ":warning: Camera" in answer.out


def test_a_name_cannot_write_a_line_of_its_own(profile: Path) -> None:
    authority = labelled(HOSTILE["lines"])
    answer = run("read", authority.code(), profile=profile, width=120, ports=lambda: ports_of(authority))
    assert [line for line in answer.out.splitlines() if line.startswith("\u2713")] == []


def test_a_hostile_host_in_a_message_is_harmless(profile: Path) -> None:
    authority = Authority().publish()
    problem = NotAnsweringError(host="a\x1b[31m.example")
    answer = run("read", authority.code(), profile=profile, ports=lambda: ports_of(authority, problem=problem))
    assert (answer.status, acting(answer.out)) == (3, [])
