"""A pack that somebody writes by the guide works; one with faults is told so, line by line; neither harms the rest."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from labelviewer import resources
from labelviewer.adapters.profile import find_profile
from labelviewer.domain.inspection import Inspection
from labelviewer.present.scheme_code import say_scheme_code
from labelviewer.schemes.forms import recognise
from labelviewer.schemes.packs import load_packs
from tests.desk import Answer, ports_of, run, sample
from tests.labels import words
from tests.simulator import Authority

GUIDE = Path(__file__).parents[2] / "docs" / "new-scheme.md"
NAME = "garden-mark"
SCHEME, TEXT = "scheme.toml", "text/en.json"
KIND = 'kind = "date"'


def example() -> dict[str, str]:
    """The files as the guide prints them."""
    blocks = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return dict(blocks)


def write(folder: Path, files: dict[str, str], name: str = NAME) -> Path:
    for file, text in files.items():
        path = folder / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / name


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def schemes(profile: Path) -> Path:
    """Where people put packs of their own."""
    return find_profile(profile).schemes


def said(answer: Answer) -> str:
    return " ".join(answer.out.split())


def line_with(text: str, part: str, nth: int = 1) -> int:
    return [at for at, line in enumerate(text.splitlines(), 1) if part in line][nth - 1]


def test_the_pack_of_the_guide_is_whole(tmp_path: Path, profile: Path) -> None:
    pack = write(tmp_path, example())
    answer = run("doctor", "--pack", pack, profile=profile)
    assert answer.status == 0
    assert "The pack is whole. It asks 3 questions. Languages: en." in said(answer)
    assert str(find_profile(profile).schemes) in "".join(answer.out.split())


def test_a_label_of_it_can_be_read_before_there_is_one(tmp_path: Path, profile: Path) -> None:
    files = example()
    shown = said(run("doctor", "--pack", write(tmp_path, files), "--explain", profile=profile))
    text = json.loads(files[TEXT])
    told = [text["about"], *text["not_told"], *text["groups"].values(), *text["levels"].values()]
    for criterion in text["criteria"].values():
        told += [str(criterion[part]) for part in ("name", "line", "why", "yes", "no", "silent", "do", "not_mean")]
        told += criterion.get("choices", {}).values()
    assert [each for each in told if each not in shown] == []
    assert "--explain" in said(run("doctor", "--pack", tmp_path / NAME, profile=profile))


def test_a_pack_with_a_fault_has_no_label_to_show(tmp_path: Path, profile: Path) -> None:
    files = example() | {SCHEME: example()[SCHEME].replace("support-end", "sport-end")}
    answer = run("doctor", "--pack", write(tmp_path, files), "--explain", profile=profile)
    assert answer.status == 6
    assert "would read" not in said(answer)


def test_the_guide_lists_every_topic_with_its_question_and_kinds() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (`.+`) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    listed = [(topic, question, tuple(kinds.replace("`", "").split(", "))) for topic, question, kinds in rows]
    topics = load_packs(resources.SCHEMES).topics
    assert listed == [(each.id, words().say(f"topic.{each.id}.question"), each.kinds) for each in topics]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "key", "words"),
    [
        (SCHEME, 'topic = "support-end"', 'topic = "sport-end"', "sport-end", "criteria.support-until.topic", "topic"),
        (SCHEME, 'kind = "date"', 'kind = "text"', 'kind = "text"', "criteria.support-until.kind", "does not fit"),
        (SCHEME, 'kind = "date"\n', "", "[[criteria]]", "criteria.support-until.kind", "This is missing."),
        (SCHEME, 'kind = "date"', 'kind = "day"', 'kind = "day"', "criteria.support-until.kind", "one of these: 'yes-"),
        (SCHEME, 'id = "works-offline"', 'id = "password"', ('id = "password"', 2), "", "password is there twice."),
        (SCHEME, 'id = "works-offline"', 'id = "Works"', 'id = "Works"', "criteria.Works.id", "small letters"),
        (SCHEME, 'no = "shared"', 'nein = "shared"', "nein =", "criteria.password.nein", "spelt right"),
        (SCHEME, "order = 2", 'order = "two"', 'order = "two"', "levels.two.order", "whole number"),
        (SCHEME, "order = 2\n", "", ("[[levels]]", 2), "levels.two.order", "This is missing."),
        (SCHEME, "order = 2", "order = 0", "order = 0", "levels.two.order", "1 or more"),
        (SCHEME, 'from_level = "two"', 'from_level = "six"', '"six"', "", "names six, which is not a level"),
        (SCHEME, 'place = "section 5"', "place = 5", "place = 5", "criteria.password.cites.0.place", "text in quotes"),
        (SCHEME, '"rules", place = "section 6"', '"book"', '"book"', "", "works-offline rests on book"),
        (SCHEME, "2026-10-01", '"soon"', '"soon"', "status_as_of", "a day like"),
        (SCHEME, 'choices = ["own", "shared"]\n', "", ("[[criteria]]", 2), "criteria.password", "with no other"),
        (
            SCHEME,
            'choices = ["own", "shared"]',
            'choices = ["own", "own"]',
            ("[[criteria]]", 2),
            "criteria.password",
            "twice",
        ),
        (SCHEME, 'no = "shared"', 'no = "none"', ("[[criteria]]", 2), "criteria.password", "none says no, and is not"),
        (SCHEME, 'status = "pilot"', 'status = "closed"', (1, 0), "", "The status closed goes with"),
        (SCHEME, 'country = "NZ"', 'country = "NZ', 'country = "NZ', "", "straight ones"),
        (SCHEME, 'country = "NZ"', "country = “NZ”", "country = “NZ”", "", "straight ones"),
        (
            SCHEME,
            KIND,
            f'{KIND}\nread_from = ["/grant/x"]',
            "read_from",
            "read_from.0",
            "A label has no place /grant/x.",
        ),
        (SCHEME, KIND, f'{KIND}\nread_from = ["grant"]', "read_from", "read_from.0", "looks like /grant/number"),
        (TEXT, '"silent": "The label names no day', '"quiet": "The label names no day', '"support-until"', "", "miss"),
        (TEXT, '"own": "Its own', '"mine": "Its own', '"choices"', "criteria.password.choices.own", "missing"),
        (TEXT, '"two": "Level two"', '"three": "Level two"', '"level_names"', "level_names.two", "missing"),
        (TEXT, '"name": "First password"', f'"name": "{"long " * 13}"', "long long", "criteria.password.name", "60"),
        (TEXT, '"short": "Garden Mark",', '"short": "Garden Mark"', '"about"', "", "straight ones"),
        (TEXT, '"short": "Garden Mark"', '"name": "Garden Mark"', ('"name"', 2), "name", "given twice"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, profile: Path, file: str, old: str, new: str, at: str | tuple[str | int, int], key: str, words: str
) -> None:
    files = example()
    assert files[file].count(old) >= 1
    files[file] = files[file].replace(old, new, 1)
    pack = write(tmp_path, files)
    match at:
        case (int(line), _):
            pass
        case (str(part), int(nth)):
            line = line_with(files[file], part, nth)
        case part:
            line = line_with(files[file], str(part))
    record = run("doctor", "--json", "--pack", pack, profile=profile)
    first = record.json["faults"][0]
    assert (record.status, first["file"], first["line"]) == (6, f"{NAME}/{file}", line)
    assert key in (first["key"] or "")
    told = said(run("doctor", "--pack", pack, profile=profile, width=120))
    assert f"{NAME}/{file}, line {line}" in told
    assert words in told


def test_a_fault_is_told_in_the_language_of_the_reader(tmp_path: Path, profile: Path) -> None:
    files = example()
    files[SCHEME] = files[SCHEME].replace('"support-end"', '"a"')
    files[TEXT] = files[TEXT].replace('"updates": "Updates",', "").replace('"own": "Its own', '"mine": "Its own')
    told = said(run("doctor", "--lang", "de", "--pack", write(tmp_path, files), profile=profile, width=120))
    for part in ("a ist kein Thema", "Die Texte dazu fehlen.", "Das sind Texte für etwas"):
        assert part in told
    assert "missing" not in told


@pytest.mark.parametrize(
    ("encoding", "newline", "status"), [("utf-8-sig", "\r\n", 0), ("utf-8", "\r\n", 0), ("utf-16", "\n", 6)]
)
def test_a_pack_is_read_as_editors_write_it(
    tmp_path: Path, profile: Path, encoding: str, newline: str, status: int
) -> None:
    pack = write(tmp_path, example())
    for file, text in example().items():
        (pack / file).write_bytes(text.replace("\n", newline).encode(encoding))
    answer = run("doctor", "--pack", pack, profile=profile)
    assert answer.status == status
    assert ("Save it as plain text" in said(answer)) is bool(status)


def test_every_fault_is_told_at_once(tmp_path: Path, profile: Path) -> None:
    files = example()
    files[SCHEME] = files[SCHEME].replace('"support-end"', '"a"').replace('"default-password"', '"b"')
    files[TEXT] = files[TEXT].replace('"updates": "Updates",', "").replace('"own": "Its own', '"mine": "Its own')
    answer = run("doctor", "--json", "--pack", write(tmp_path, files), profile=profile)
    assert [fault["key"] for fault in answer.json["faults"]] == [
        "criteria.support-until.topic",
        "criteria.password.topic",
        "groups.updates",
        "criteria.password.choices.own",
        "criteria.password.choices.mine",
    ]


def test_a_folder_without_a_pack_is_said_to_be_one(tmp_path: Path, profile: Path) -> None:
    answer = run("doctor", "--pack", tmp_path, profile=profile)
    assert answer.status == 1
    assert "scheme.toml is missing" in answer.err
    assert run("read", "--pack", tmp_path, "x", profile=profile).status == 1


def test_a_name_of_ours_is_said_to_be_taken(tmp_path: Path, profile: Path) -> None:
    files = example() | {SCHEME: example()[SCHEME].replace(f'id = "{NAME}"', 'id = "us-ctm"')}
    answer = run("doctor", "--pack", write(tmp_path, files, "us-ctm"), profile=profile)
    assert answer.status == 6
    assert "Ours comes first" in said(answer)


def test_ours_is_read_and_not_one_added_under_its_name(tmp_path: Path) -> None:
    write(tmp_path, example() | {SCHEME: example()[SCHEME].replace(f'id = "{NAME}"', 'id = "us-ctm"')}, "us-ctm")
    packs = load_packs(resources.SCHEMES, tmp_path)
    assert [each.pack.id for each in packs.all()].count("us-ctm") == 1
    loaded = packs.find("us-ctm")
    assert loaded is not None
    assert not loaded.added
    assert loaded.pack.country == "US"


def test_a_number_of_an_added_scheme_is_named(schemes: Path, profile: Path) -> None:
    assert "Garden Mark" not in said(run("read", "-", stdin=b"GARDEN-00417", profile=profile))
    write(schemes, example())
    answer = run("read", "-", stdin=b"GARDEN-00417", profile=profile)
    assert "Garden Mark" in said(answer)
    assert "added on this computer" in said(answer)


def test_a_label_of_an_added_scheme_is_read_and_marked(schemes: Path, profile: Path, tmp_path: Path) -> None:
    office = Authority(schemes=(NAME,)).publish(
        grant={"basis": "self-declared", "level": "two"}, claims=[{"criterion": "password", "value": "own"}]
    )
    files = example()
    write(schemes, files)
    ports = replace(ports_of(office, library=tmp_path / "x.db"), packs=load_packs(resources.SCHEMES, schemes))
    answer = run("read", office.code(), profile=profile, ports=lambda: ports)
    assert "This kind of label was added on this computer." in said(answer)
    assert "Its own on each machine" in said(answer)
    ours = run("read", sample("us-ctm/camera-a"), profile=profile)
    assert "added on this computer" not in said(ours)


def broken(files: dict[str, str]) -> dict[str, str]:
    return files | {SCHEME: files[SCHEME] + "\n= ="}


def large(files: dict[str, str]) -> dict[str, str]:
    return files | {SCHEME: files[SCHEME] + "#" * 600_000}


def deep(files: dict[str, str]) -> dict[str, str]:
    return files | {TEXT: "[" * 200_000}


def in_german_only_half(files: dict[str, str]) -> dict[str, str]:
    return files | {"text/de.json": json.dumps({"name": "Gartenzeichen"})}


@pytest.mark.parametrize("harm", [broken, large, deep, in_german_only_half])
def test_a_broken_pack_is_not_used_and_harms_nothing(
    schemes: Path, profile: Path, harm: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    write(schemes, harm(example()))
    assert "Garden Mark" not in said(run("read", "-", stdin=b"GARDEN-00417", profile=profile))
    assert run("read", sample("us-ctm/camera-a"), profile=profile).status == 0
    doctor = said(run("doctor", profile=profile, width=120))
    assert "Not whole, so not used: garden-mark" in doctor
    assert run("doctor", "--pack", schemes / NAME, profile=profile).status == 6


def test_the_doctor_lists_packs_that_were_added(schemes: Path, profile: Path) -> None:
    write(schemes, example())
    assert "Label schemes added on this computer: Garden Mark" in said(run("doctor", profile=profile, width=120))
    checks = run("doctor", "--json", profile=profile).json["checks"]
    assert [check["health"] for check in checks if check["id"] == "added-packs"] == ["works"]


def test_what_a_code_looks_like_is_told_in_the_language_of_the_pack(schemes: Path) -> None:
    german = example()[TEXT].replace('"name": "Garden Mark"', '"name": "Gartenzeichen"')
    write(schemes, example() | {"text/de.json": german})
    code = recognise("GARDEN-00417", load_packs(resources.SCHEMES, schemes))
    inspection = Inspection(scheme_code=code)
    assert "Gartenzeichen" in say_scheme_code(inspection, words()._replace(language="de"))[0]
    assert "Garden Mark" in say_scheme_code(inspection, words())[0]
