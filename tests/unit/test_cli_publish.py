"""`labelviewer publish` as it is typed: what it says, what it leaves alone, and how it ends."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from labelviewer.cli import Desk, main
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.publish import OPTIONS, USES
from labelviewer.cli.publish_task import Deed
from tests.labels import words
from tests.registries import source

PACKAGE = Path(__file__).parents[2] / "labelviewer"


class Answer(NamedTuple):
    status: int
    out: str
    err: str


Type = Callable[..., Answer]


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def run(*arguments: str) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        status = main(["publish", *arguments], Desk(io.BytesIO(), out, err, width=200))
        return Answer(status, out.getvalue(), err.getvalue())

    return run


def init(type_: Type, *more: str) -> Answer:
    asked = ("--folder", "o", "--issuer", "labels.office.example", "--name", "Office", "--scheme", "us-ctm")
    return type_("init", *asked, *(more or ("--no-passphrase",)))


def test_without_a_word_it_says_what_it_can_do(type_: Type) -> None:
    answer = type_()
    assert answer.status == Exit.CHECKED
    for deed in Deed:
        assert f"labelviewer publish {deed.replace('lead-', 'lead ')}" in answer.out
    for option in OPTIONS:
        assert f"--{option}" in answer.out
    assert set(USES) == set(Deed)


def test_everything_it_can_say_has_words() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (PACKAGE / "publish").glob("*.py"))
    command = (PACKAGE / "cli" / "publish.py").read_text("utf-8")
    problems = set(re.findall(r'(?:Problem|refuse|Fault|_TextError)\(\s*"([a-z0-9-]+)"', code + command))
    assert len(problems) > 45
    keys = {f"publish.problem.{code}" for code in problems}
    keys |= set(re.findall(r'(?:tell|say|_read|UsageError)\(\s*"(publish\.[a-z-]+)"', command))
    done = ("withdraw", "suspend", "restore", "retire", "compromise", "lead-compromise")
    keys |= {f"publish.done-{deed}" for deed in done}
    assert {key for key in keys if not words().knows(key)} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sing",), "does not know sing"),
        (("lead", "sing"), "does not know lead sing"),
        (("check", "--colour"), "no option --colour"),
        (("check", "--folder"), "--folder needs a value"),
        (("check", "more"), "does not know more"),
        (("init",), "--issuer is needed"),
        (("withdraw",), "NUMBER is needed"),
        (("sheet", "--folder", "o"), "no registry"),
        (("check", "--folder", "nowhere"), "There is no registry in nowhere"),
        (("lead", "sign"), "There is no lead administrator"),
    ],
)
def test_what_makes_no_sense_is_said(type_: Type, arguments: tuple[str, ...], said: str) -> None:
    answer = type_(*arguments)
    assert answer.status == Exit.USAGE
    assert said in answer.err


def test_an_office_is_made_once_and_never_over_another(type_: Type) -> None:
    assert init(type_).status == Exit.CHECKED
    before = {path: path.read_bytes() for path in Path("o").rglob("*") if path.is_file()}
    again = init(type_)
    assert (again.status, "There is one already" in again.err) == (Exit.USAGE, True)
    assert {path: path.read_bytes() for path in Path("o").rglob("*") if path.is_file()} == before


def test_a_passphrase_is_asked_for_and_a_wrong_one_opens_nothing(type_: Type) -> None:
    Path("secret").write_text("right\n", "utf-8")
    Path("other").write_text("wrong\n", "utf-8")
    assert "A passphrase is needed" in init(type_, "--alg", "ES256").err
    assert not Path("o").exists()
    assert init(type_, "--passphrase-file", "secret").status == Exit.CHECKED
    assert b"ENCRYPTED" in next(Path("o/keys").glob("label-*.pem")).read_bytes()
    assert "Is the passphrase right?" in type_("build", "--folder", "o", "--passphrase-file", "other").err
    assert type_("build", "--folder", "o", "--passphrase-file", "secret").status == Exit.CHECKED


def test_problems_are_told_to_people_and_to_programs(type_: Type) -> None:
    init(type_)
    broken = source()
    broken["claims"][0]["value"] = "soon"
    Path("o/labels/one.json").write_text(json.dumps(broken, indent=1), "utf-8")
    people = type_("check", "--folder", "o")
    assert people.status == Exit.USAGE
    assert re.search(r"labels/one\.json, line \d+, /claims/0/value: support-until takes a date", people.err)
    (told,) = json.loads(type_("check", "--folder", "o", "--json").out)
    assert (told["code"], told["member"]) == ("value-date", "/claims/0/value")
    built = type_("build", "--folder", "o")
    assert (built.status, "Signed 0 labels" in built.out) == (Exit.USAGE, True)


def test_a_label_that_was_withdrawn_is_so_in_the_served_list(type_: Type) -> None:
    init(type_)
    Path("o/labels/one.json").write_text(json.dumps(source()), "utf-8")
    assert "Signed 1 label." in type_("build", "--folder", "o").out
    listed = Path("o/public/v1/status/1.jwt")
    before = listed.read_bytes()
    assert "Withdrew 2026-0001" in type_("withdraw", "2026-0001", "--folder", "o").out
    assert listed.read_bytes() != before
    assert "No label 9 was published here" in type_("withdraw", "9", "--folder", "o").err


def test_keys_are_retired_and_cancelled_by_a_command(type_: Type) -> None:
    init(type_)
    label, status = (key["kid"] for key in json.loads(Path("o/administrator.json").read_bytes())["keys"])
    assert "signs no more" in type_("retire", label, "--folder", "o").out
    assert "--since is needed" in type_("compromise", status, "--folder", "o").err
    assert "--since is a date" in type_("compromise", status, "--folder", "o", "--since", "soon").err
    assert "cancelled" in type_("compromise", status, "--folder", "o", "--since", "2026-01-31").out
    keys = json.loads(Path("o/administrator.json").read_bytes())["keys"]
    assert [(key["state"], key["compromised_since"]) for key in keys] == [
        ("retired", None),
        ("compromised", "2026-01-31T00:00:00Z"),
    ]
    assert "There is no key x" in type_("retire", "x", "--folder", "o").err


def test_the_lead_replaces_its_keys_and_cancels_those_of_offices(type_: Type) -> None:
    init(type_)
    lead = ("--folder", "l", "--no-passphrase")
    type_("lead", "init", *lead, "--name", "Lead", "--homepage", "https://lead.example/")
    record = json.loads(Path("o/administrator.json").read_bytes())
    Path("l/administrators/labels.office.example.json").write_text(json.dumps(record), "utf-8")
    assert "Signed trust list 1" in type_("lead", "sign", *lead).out
    assert "snapshot-2 took the place of snapshot-1" in type_("lead", "key", "snapshot-1", *lead).out
    kid = record["keys"][0]["kid"]
    assert "HOST KEY is needed" in type_("lead", "compromise", kid, *lead).err
    since = ("--since", "2026-01-31T10:00:00Z")
    assert "Marked" in type_("lead", "compromise", record["id"], kid, *lead, *since).out
    assert "Signed trust list 3" in type_("lead", "sign", *lead).out
    assert "There is no key x" in type_("lead", "compromise", record["id"], "x", *lead, *since).err
    assert "There is no key x" in type_("lead", "key", "x", *lead).err


def test_bundles_are_laid_out(type_: Type) -> None:
    init(type_)
    Path("o/labels/one.json").write_text(json.dumps(source()), "utf-8")
    type_("build", "--folder", "o")
    assert "1 label in " in type_("bundle", "--folder", "o").out
    assert len(list(Path("o/public/v1/bundles").glob("*.lvbundle"))) == 1


def test_the_moment_of_signing_is_now(type_: Type) -> None:
    init(type_)
    record = json.loads(Path("o/administrator.json").read_bytes())
    made = datetime.fromisoformat(record["keys"][0]["from"])
    assert abs((datetime.now(made.tzinfo) - made).total_seconds()) < 60
