"""The command as a person types it: a process of its own, a site over real TLS, a library on a real disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.world import ELSEWHERE, OFFICE, Outside, outside
from tests.https_site import Script, label, redirect, response, say, stall, status
from tests.simulator import DAY, tamper

pytestmark = pytest.mark.e2e

CODE, ADDRESS = OFFICE.code(), OFFICE.address()
OTHER = "2026-000124"
GOOD = OFFICE.label()


def subject(code: str = CODE) -> str:
    return f"urn:label:{OFFICE.id}:{code.rpartition('/')[2]}"


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Outside]:
    with outside(tmp_path) as around:
        yield around


def test_a_label_read_by_its_address_is_checked_explained_and_kept(around: Outside) -> None:
    answer = around.run("read", CODE)
    assert (answer.status, answer.err) == (0, "")
    assert "Checked: this label is real" in answer.out
    assert "Hearth Camera 2" in answer.out
    for question in ("Is it real?", "Is it current?", "Who says so?", "Which product is it?"):
        assert question in answer.out
    assert len(around.site.requests) == 1
    assert around.kept() == [subject()]


def test_a_fresh_copy_asks_nobody(around: Outside) -> None:
    around.run("read", CODE)
    around.site.requests.clear()
    answer = around.run("--json", "read", CODE)
    assert (answer.status, answer.json["saved_copy"]) == (0, False)
    assert around.site.requests == []


@pytest.mark.fault("N1")
@pytest.mark.parametrize("words", [["read"], ["--offline", "read"]])
def test_with_the_site_gone_the_saved_copy_is_shown_with_its_day_and_called_unchecked(
    around: Outside, words: list[str]
) -> None:
    around.run("read", CODE)
    around.serve(replace(OFFICE, now=OFFICE.now + 2 * DAY))
    around.stop()
    answer = around.run(*words, CODE)
    assert (answer.status, answer.err) == (6, "")
    assert "A saved copy from labels.office.example, fetched on 24 November 2026." in answer.out
    assert "Hearth Camera 2" in answer.out
    record = around.run("--json", *words, CODE).json
    assert (record["code"], record["saved_copy"], record["facts_hidden"]) == ("F01", True, False)
    assert around.kept() == [subject()]


@pytest.mark.fault("N1")
def test_offline_with_no_copy_is_said_and_asks_nobody(around: Outside) -> None:
    answer = around.run("--offline", "--json", "read", CODE)
    assert (answer.status, answer.json["code"]) == (3, "F02")
    assert around.site.connections == 0


NO_LABEL: dict[str, tuple[Script, str, int]] = {
    "nothing under the address": (status(404), "F05", 6),
    "taken down": (status(410), "F06", 5),
    "a server in trouble": (status(500), "F04", 3),
    "a server that stalls": (stall(response(200, GOOD)[:80]), "F04", 3),
    "a page for people": (label(b"<html>Sign in</html>", "text/html"), "F09", 3),
    "half a label": (say(response(200, GOOD[: len(GOOD) // 2], length=len(GOOD))), "F12", 6),
    "half a label that says it is whole": (label(GOOD[: len(GOOD) // 2]), "F12", 6),
    "too much": (label(b"e" * (256 * 1024 + 1)), "F12", 6),
    "a jump to another site": (redirect(f"https://{ELSEWHERE}/v1/l/1.jwt"), "F08", 6),
}


@pytest.mark.fault("N5")
@pytest.mark.parametrize(("script", "code", "exit_status"), NO_LABEL.values(), ids=NO_LABEL)
def test_a_site_that_gives_no_label_has_its_own_message_and_leaves_nothing_behind(
    around: Outside, script: Script, code: str, exit_status: int
) -> None:
    around.site.answer(ADDRESS, script)
    answer = around.run("--json", "read", CODE)
    assert (answer.json["code"], answer.status, answer.err) == (code, exit_status, "")
    assert answer.json["claims"] is None
    assert around.kept() == []
    assert not [request for request in around.site.requests if ELSEWHERE.encode() in request]


FLAWED: dict[str, tuple[bytes, str, int]] = {
    "one byte changed": (tamper(GOOD), "V03", 4),
    "another product's label": (OFFICE.label(OFFICE.document(OTHER)), "V10", 4),
    "a label that ran out": (OFFICE.label(exp=int((OFFICE.now - DAY).timestamp())), "V06", 5),
}


@pytest.mark.parametrize(("token", "code", "exit_status"), FLAWED.values(), ids=FLAWED)
def test_a_label_that_does_not_hold_hides_its_facts_and_does_not_stand_in_for_a_good_one(
    around: Outside, token: bytes, code: str, exit_status: int
) -> None:
    around.site.answer(ADDRESS, label(token))
    answer = around.run("--json", "read", CODE)
    assert (answer.json["code"], answer.status, answer.err) == (code, exit_status, "")
    assert (answer.json["facts_hidden"], answer.json["claims"]) == (True, None)

    around.site.answer(ADDRESS, label(OFFICE.label(ver=4)))
    mended = around.run("--json", "read", CODE)
    assert (mended.json["code"], mended.status) == ("V01", 0)
    around.stop()
    assert around.run("--offline", "read", CODE).status == 0


@pytest.mark.threat("T18")
def test_a_cancelled_label_is_cancelled_although_its_own_token_is_good(around: Outside) -> None:
    assert around.run("read", CODE).status == 0
    around.serve(OFFICE.publish().withdraw())
    answer = around.run("--json", "read", CODE)
    assert (answer.json["code"], answer.status) == ("V07", 5)
    assert (answer.json["facts_hidden"], answer.json["claims"]) == (True, None)


@pytest.mark.fault("D1")
@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_costs_the_history_and_nothing_else(around: Outside) -> None:
    around.serve(OFFICE.publish().publish(OTHER))
    around.run("read", CODE)
    answer = around.run("read", OFFICE.code(OTHER), most_bytes=0)
    assert (answer.status, answer.err) == (0, "")
    assert "Checked: this label is real" in answer.out
    assert "We could not save it there" in answer.out
    assert around.kept() == [subject()]

    assert around.run("read", OFFICE.code(OTHER)).status == 0
    assert around.kept() == [subject(), subject(OTHER)]


@pytest.mark.fault("D2")
def test_a_profile_that_cannot_be_written_costs_the_history_and_nothing_else(around: Outside) -> None:
    around.profile.write_text("a file where a folder should be", encoding="utf-8")
    answer = around.run("read", CODE)
    assert (answer.status, answer.err) == (0, "")
    assert "Checked: this label is real" in answer.out
    assert "We could not save it there" in answer.out
    record = around.run("--json", "read", CODE).json
    assert (record["code"], record["not_kept"]["code"]) == ("V01", "C09")


@pytest.mark.fault("D4")
def test_a_damaged_library_is_set_aside_and_the_label_is_read_all_the_same(around: Outside) -> None:
    around.run("read", CODE)
    library = around.profile / "data" / "library.db"
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.write_bytes(library.read_bytes()[:5000] + b"\xff" * 4000)
    answer = around.run("read", CODE)
    assert answer.status == 0
    assert "Checked: this label is real" in answer.out
    assert list(library.parent.glob("library.damaged-*"))
