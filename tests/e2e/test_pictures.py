"""Pictures and wrong inputs as a person hands them over: the command in a process of its own, the real code readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image

from labelviewer.resources import SAMPLES
from tests.e2e.world import OFFICE, Outside, outside

pytestmark = pytest.mark.e2e

CASES = [SAMPLES / sample["path"] for sample in json.loads((SAMPLES / "index.json").read_bytes())]


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("pictures")) as around:
        yield around


def box(name: str) -> Path:
    return SAMPLES / "us-ctm" / name / "box.jpg"


def expected(case: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((case / "expected.json").read_bytes())
    return told


def test_every_sample_box_reads_as_its_case_says(around: Outside) -> None:
    answer = around.run("--json", "read", *(case / "box.jpg" for case in CASES))
    wanted = [expected(case) for case in CASES]
    assert [
        (record["scanned"], record["code"], record["exit_status"], record["sample"], record["facts_hidden"])
        for record in answer.json
    ] == [(each["code"], each["message"], each["exit"], each["sample"], each["facts_hidden"]) for each in wanted]
    assert answer.status == 4
    assert around.site.requests == []
    assert around.kept() == []


@pytest.mark.parametrize(("name", "exit_status"), [("camera-a", 0), ("camera-tampered", 4), ("camera-old", 5)])
def test_the_exit_status_is_that_of_the_label(around: Outside, name: str, exit_status: int) -> None:
    answer = around.run("read", box(name))
    assert (answer.status, answer.err) == (exit_status, "")
    assert ("What the label says" in answer.out) is (exit_status == 0)


def test_the_facts_of_a_changed_label_are_there_only_for_those_who_ask(around: Outside) -> None:
    value = "31 December 2035"
    assert value not in around.run("read", "--explain", box("camera-tampered")).out
    asked = around.run("read", "--anyway", box("camera-tampered"))
    assert value in asked.out
    assert asked.status == 4


def test_two_cameras_differ_in_four_things_each_said_in_a_sentence(around: Outside) -> None:
    answer = around.run("compare", box("camera-a"), box("camera-b"))
    assert (answer.status, answer.err) == (0, "")
    assert "4 differences" in answer.out
    told = around.run("--json", "compare", box("camera-a"), box("camera-b")).json
    assert told["different"] == 4
    assert {row["id"]: row["sentence"] for row in told["rows"]} == {
        "support-until": "Hearth Camera 2 gets updates 2 years and 6 months longer than Lookout Mini.",
        "updates-automatic": "Hearth Camera 2 gets updates by itself. Lookout Mini does not get updates by itself.",
        "data-collected": "Hearth Camera 2 collects only video and sound. "
        "Lookout Mini collects video, sound, movement nearby and how you use it.",
        "data-shared": "Hearth Camera 2 shares data with nobody. "
        "Lookout Mini shares data with companies that run the service and companies that show ads.",
    }


def blank(path: Path) -> None:
    Image.new("RGB", (400, 300), "lightgray").save(path)


def damaged(path: Path) -> None:
    path.write_bytes(box("camera-a").read_bytes()[:900])


def huge(path: Path) -> None:
    Image.new("1", (9000, 9000)).save(path)


def no_picture(path: Path) -> None:
    path.write_text("These are words.", encoding="utf-8")


def empty(path: Path) -> None:
    path.touch()


def wifi(path: Path) -> None:
    qrcode.make("WIFI:T:WPA;S:home;P:secret;;").save(path)


def folder(path: Path) -> None:
    path.mkdir()


PICTURES: dict[str, tuple[Callable[[Path], None], str, int]] = {
    "blank.png": (blank, "S20", 2),
    "damaged.jpg": (damaged, "S21", 2),
    "huge.png": (huge, "S22", 2),
    "words.jpg": (no_picture, "S21", 2),
    "empty.png": (empty, "S21", 2),
    "wifi.png": (wifi, "S41", 2),
    "folder.png": (folder, "S48", 1),
}
WORDS: dict[str, tuple[str, str, int]] = {
    "no such file": ("nowhere.jpg", "S48", 1),
    "an unknown host": ("https://shop.example.org/l/1", "S42", 6),
    "a known host, another path": (f"https://{OFFICE.id}/about", "F05", 6),
    "http": ("http://shop.example.org/l/1", "S44", 6),
    "javascript": ("javascript:alert(1)", "S44", 6),
    "an IP address": ("https://93.184.216.34/l/1", "S46", 6),
    "a private address": ("https://192.168.0.1/l/1", "S46", 6),
    "a local name": ("https://router.local/l/1", "S46", 6),
    "a user name in it": (f"https://{OFFICE.id}@shop.example.org/l/1", "S46", 6),
    "a product number with a wrong digit": ("4006381333932", "S49", 2),
}


def test_every_wrong_picture_has_its_own_message_and_asks_nobody(around: Outside, tmp_path: Path) -> None:
    for name, (draw, _, _) in PICTURES.items():
        draw(tmp_path / name)
    answer = around.run("--json", "read", *(tmp_path / name for name in PICTURES))
    told = {Path(record["source"]).name: (record["code"], record["exit_status"]) for record in answer.json}
    assert told == {name: (code, exit_status) for name, (_, code, exit_status) in PICTURES.items()}
    assert answer.err == ""
    assert around.site.connections == 0


def test_every_wrong_address_has_its_own_message_and_asks_nobody(around: Outside) -> None:
    answer = around.run("--json", "read", *(source for source, _, _ in WORDS.values()))
    told = {record["source"]: (record["code"], record["exit_status"]) for record in answer.json}
    assert told == {source: (code, exit_status) for source, code, exit_status in WORDS.values()}
    assert (answer.status, answer.err) == (6, "")
    assert around.site.connections == 0


@pytest.mark.parametrize("words", [["read"], ["compare", "one"], ["--loud", "read", "x"], ["doctor", "please"]])
def test_words_that_make_no_sense_end_1_and_say_where_help_is(around: Outside, words: list[str]) -> None:
    answer = around.run(*words)
    assert (answer.status, answer.out) == (1, "")
    assert "--help" in answer.err
