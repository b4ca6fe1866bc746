"""Paper from the command line: the real command, no display; and what to ask the shop."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.desk import Answer, run, sample

A, B = sample("us-ctm/camera-a"), sample("us-ctm/camera-b")


def command(*arguments: object, profile: Path, language: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """In a process of its own: Qt starts there, and nowhere near the tests."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LANGUAGE")
    around = {key: value for key, value in os.environ.items() if key not in hidden} | {"LANG": language}
    words = [str(each) for each in ("--profile", profile, "--offline", *arguments)]
    return subprocess.run(
        [sys.executable, "-m", "labelviewer", *words], env=around, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(("language", "width"), [("en_GB.UTF-8", 595), ("en_US.UTF-8", 612)])
def test_a_comparison_becomes_one_page_of_the_size_that_is_used_there(
    tmp_path: Path, language: str, width: int
) -> None:
    file = tmp_path / "two.pdf"
    done = command("compare", A, B, "--pdf", file, profile=tmp_path, language=language)
    assert (done.returncode, done.stderr) == (0, "")
    (page,) = PdfReader(file).pages
    text = " ".join(page.extract_text().split())
    assert "Hearth Camera 2" in text
    assert "What differs most" in unicodedata.normalize("NFKC", text)
    assert round(page.mediabox.width) == width


def test_a_label_that_is_not_real_is_printed_as_such(tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    done = command("--lang", "de", "read", sample("us-ctm/camera-tampered"), "--pdf", file, profile=tmp_path)
    assert (done.returncode, done.stderr) == (4, "")
    text = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert "Trauen Sie diesem Kennzeichen nicht" in text
    assert "2031" not in text


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(b"mine")
    done = command("read", A, "--pdf", file, profile=tmp_path)
    assert done.returncode == 1
    assert "is there already" in " ".join(done.stderr.split())
    assert file.read_bytes() == b"mine"


def test_without_a_label_there_is_no_paper(tmp_path: Path) -> None:
    done = command("read", tmp_path / "none.jpg", "--pdf", tmp_path / "one.pdf", profile=tmp_path)
    assert done.returncode == 1
    assert "There is no label to put on paper." in done.stderr
    assert not (tmp_path / "one.pdf").exists()


def asked(tmp_path: Path, *arguments: object) -> Answer:
    return run(*arguments, "--ask", "--offline", profile=tmp_path)


def test_the_command_says_what_to_ask_about_each_label(tmp_path: Path) -> None:
    both = asked(tmp_path, "compare", A, B)
    assert both.out.count("Is stored data protected?") == 2
    assert "Lookout Mini: the label leaves these open" in both.out
    assert "leaves these open" in asked(tmp_path, "read", A).out
    bad = asked(tmp_path, "read", sample("us-ctm/camera-tampered"))
    assert "There is nothing to ask about it." in " ".join(bad.out.split())


def test_answers_for_programs_hold_no_questions(tmp_path: Path) -> None:
    assert asked(tmp_path, "read", A, "--json").json["state"] == "verified"


def test_paper_goes_with_labels_alone(tmp_path: Path) -> None:
    assert run("doctor", "--pdf", "x", profile=tmp_path).err.startswith("--pdf goes with read or compare.")
