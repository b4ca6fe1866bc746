"""The command line through every layer: real pictures, the real check, the real library, the words on the screen."""

import io
import os
import re
import subprocess
import sys
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from labelviewer import __version__
from labelviewer.cli.label_view import problem_view
from labelviewer.domain.errors import (
    JumpedSiteError,
    LabelViewerError,
    NetworkBlockedError,
    NotAnsweringError,
    OfflineError,
    PrivateNetworkError,
    SignInPageError,
    TakenDownError,
    UnknownSiteError,
    UnprovenSiteError,
)
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.scanned import classify
from labelviewer.present.notice import notice_for
from tests.desk import Answer, Terminal, ports_of, run, sample
from tests.labels import words
from tests.simulator import Authority, tamper

ROOT = Path(__file__).parents[2]
HOST = "labels.a.example"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def has(answer: Answer, *sentences: str) -> bool:
    """Wherever the lines break."""
    text = " ".join(answer.out.split())
    return all(sentence in text for sentence in sentences)


@pytest.mark.parametrize(
    ("name", "status", "headline"),
    [
        ("us-ctm/camera-a", 0, "Checked: this label is real"),
        ("us-ctm/camera-b", 0, "Checked: this label is real"),
        ("us-ctm/router-unsupported", 0, "Checked: this label is real"),
        ("nist-iot/thermostat", 0, "Checked: this label is real"),
        ("nist-software/passwords-a", 0, "Checked: this label is real"),
        ("nist-software/passwords-b", 0, "Checked: this label is real"),
        ("us-ctm/camera-tampered", 4, "Do not trust this label"),
        ("us-ctm/camera-old", 5, "This label ran out on"),
        ("us-ctm/camera-withdrawn", 5, "This label was cancelled"),
    ],
)
@pytest.mark.parametrize("picture", ["box.jpg", "code.png"])
def test_a_sample_says_what_it_is(profile: Path, name: str, status: int, headline: str, picture: str) -> None:
    answer = run("read", sample(name, picture), profile=profile)
    assert (answer.status, answer.err) == (status, "")
    assert has(answer, headline, "This is a sample label")


def test_a_good_label_is_read_from_top_to_bottom(profile: Path) -> None:
    answer = run("read", sample("us-ctm/camera-a"), profile=profile)
    titles = [line.split(" ─")[0] for line in answer.lines if line.endswith("─") and "╰" not in line]
    assert [title for title in titles if not title.startswith("╭")] == [
        "Four facts",
        "Product",
        "Good to know",
        "At a glance",
        "Security updates over time",
        "What the label says",
        "What this label does not tell you",
    ]
    assert has(answer, "Is it real? Yes", "Is it current? Yes", "Who says so? Tested by", "Which product is it?")


@pytest.mark.parametrize("name", ["us-ctm/camera-tampered", "us-ctm/camera-old", "us-ctm/camera-withdrawn"])
def test_facts_that_cannot_be_relied_on_wait_until_they_are_asked_for(profile: Path, name: str) -> None:
    for options in ([], ["--explain"]):
        answer = run("read", *options, sample(name), profile=profile)
        assert has(answer, "We do not show the facts", "--anyway")
        assert not has(answer, "At a glance")
        assert not has(answer, "Automatic updates")
    asked = run("read", "--anyway", sample(name), profile=profile)
    assert asked.status == answer.status
    assert has(asked, "At a glance", "Automatic updates")


def test_a_changed_label_does_not_even_name_its_product(profile: Path) -> None:
    named = run("read", "--anyway", "--json", sample("us-ctm/camera-tampered"), profile=profile).json["product"]["name"]
    for options in ([], ["--explain"], ["--json"], ["--json", "--explain"]):
        answer = run("read", *options, sample("us-ctm/camera-tampered"), profile=profile)
        assert named not in answer.out


def test_explaining_adds_the_reasons_and_the_steps_of_the_check(profile: Path) -> None:
    short = run("read", sample("us-ctm/camera-a"), profile=profile)
    long = run("read", "--explain", sample("us-ctm/camera-a"), profile=profile)
    extra = ("Why it matters", "What it means", "What you can do", "What it does not mean", "How we checked")
    assert has(long, *extra, "The signature fits: nothing was changed.")
    assert not any(has(short, sentence) for sentence in extra)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ("read", sample("us-ctm/camera-a")),
        ("read", "--explain", sample("nist-software/passwords-a")),
        ("compare", sample("us-ctm/camera-a"), sample("us-ctm/camera-b")),
        ("compare", "--explain", sample("us-ctm/camera-a"), sample("nist-iot/thermostat")),
        ("doctor",),
        ("--help",),
    ],
    ids=lambda arguments: " ".join(str(each) for each in arguments)[:24],
)
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(
    profile: Path, width: int, arguments: tuple[object, ...]
) -> None:
    lines = run(*arguments, profile=profile, width=width).out.splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []
    assert len(lines) > 10


def test_two_cameras_differ_in_exactly_four_answers(profile: Path) -> None:
    answer = run("compare", sample("us-ctm/camera-a"), sample("us-ctm/camera-b"), profile=profile, width=120)
    assert answer.status == 0
    assert has(answer, "4 differences", "13 the same", "1 that no label answers")
    start = next(number for number, line in enumerate(answer.lines) if line.startswith("4 differences"))
    rows = [line for line in answer.lines[start:] if line.split("  ")[0] and any(mark in line for mark in "✓▲◆✗–")]
    names = ("Security updates until", "Automatic updates", "What it collects", "Who gets your data")
    assert [next(name for name in names if row.startswith(name)) for row in rows] == list(names)
    page = run("compare", "--json", sample("us-ctm/camera-a"), sample("us-ctm/camera-b"), profile=profile).json
    assert page["different"] == len(page["rows"]) == 4
    sentences = [row["sentence"] for row in page["rows"]]
    assert len(set(sentences)) == 4
    assert has(answer, *sentences)


def test_comparing_in_full_unfolds_what_is_the_same(profile: Path) -> None:
    pair = (sample("us-ctm/camera-a"), sample("us-ctm/camera-b"))
    short, long = (run("compare", *options, *pair, profile=profile, width=120) for options in ([], ["--explain"]))
    assert not has(short, "Software parts list")
    assert has(long, "Software parts list", "13 the same")
    assert not has(long, "--explain")


def test_four_labels_stand_side_by_side(profile: Path) -> None:
    names = ("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/router-unsupported", "nist-iot/thermostat")
    answer = run("compare", *map(sample, names), profile=profile, width=120)
    assert answer.status == 0
    assert has(answer, "Different kinds of label")


def test_a_comparison_with_a_label_that_is_not_real_marks_it_and_says_so_in_its_status(profile: Path) -> None:
    answer = run("compare", sample("us-ctm/camera-a"), sample("us-ctm/camera-tampered"), profile=profile, width=120)
    assert answer.status == 4
    assert has(answer, "✗ Do not trust this label", "One of these was not checked", "✗ A label we could not prove")


def test_a_comparison_with_one_label_missing_shows_why(profile: Path) -> None:
    answer = run("compare", sample("us-ctm/camera-a"), "nowhere.jpg", profile=profile)
    assert answer.status == 1
    assert has(answer, "We cannot open that file")
    assert "There are not two labels" in answer.err


def picture_of(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / f"{kind}.png"
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    contents = {
        "blank": blank.getvalue(),
        "text": b"not a picture at all",
        "cut": sample("us-ctm/camera-a", "code.png").read_bytes()[:200],
        "empty": b"",
    }
    path.write_bytes(contents[kind])
    return path


@pytest.mark.parametrize(("kind", "code"), [("blank", "S20"), ("text", "S21"), ("cut", "S21"), ("empty", "S21")])
def test_a_picture_without_a_code_ends_2(profile: Path, tmp_path: Path, kind: str, code: str) -> None:
    answer = run("read", "--json", picture_of(tmp_path, kind), profile=profile)
    assert (answer.status, answer.json["code"]) == (2, code)


@pytest.mark.parametrize("name", ["nowhere.jpg", "no folder/box.jpg", "."])
def test_a_file_that_cannot_be_opened_ends_1(profile: Path, name: str) -> None:
    answer = run("read", name, profile=profile)
    assert answer.status == 1
    assert has(answer, "We cannot open that file")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("http://unknown.example.org/l/camera-a", 6, "S44"),
        ("https://samples.labelviewer.example.org/l/camera-a", 6, "S43"),
        ("https://labelveiwer.example/l/camera-a", 6, "S43"),
        ("https://bit.ly/3xYz", 6, "S45"),
        ("javascript:alert(1)", 6, "S44"),
        ("file:///etc/passwd", 6, "S44"),
        ("https://127.0.0.1/l/1", 6, "S46"),
        ("https://10.0.0.1/", 6, "S46"),
        ("https://user@samples.labelviewer.example/l/camera-a", 6, "S46"),
        ("https://unknown.example.org/l/1", 6, "S42"),
        ("https://samples.labelviewer.example/l/none", 6, "F05"),
        ("https://samples.labelviewer.example/elsewhere", 6, "F05"),
        ("WIFI:S:home;P:secret;;", 2, "S41"),
        ("tel:+15550100", 2, "S41"),
        ("4006381333931", 2, "S47"),
        ("12345", 2, "S47"),
        ("4006381333932", 2, "S49"),
        ("https://samples.labelviewer.example/l/camera-a", 0, "V01"),
        ("HTTPS://SAMPLES.LABELVIEWER.EXAMPLE/l/camera-a", 0, "V01"),
    ],
)
def test_an_address_or_a_number_is_judged_before_anything_is_asked(
    profile: Path, text: str, status: int, code: str
) -> None:
    answer = run("read", "--json", text, profile=profile)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.json["scanned"] == text


def test_where_an_unknown_address_leads_is_told_with_the_registered_part_in_bold(profile: Path) -> None:
    answer = run("read", "https://labels.shop.co.uk/l/1", profile=profile)
    assert has(answer, "Where it leads labels.shop.co.uk")
    screen = Inspection(
        problem=UnknownSiteError(host="labels.shop.co.uk"), scanned=classify("https://labels.shop.co.uk")
    )
    page = StringIO()
    Console(file=page, force_terminal=True, color_system="standard", width=100).print(
        problem_view(notice_for(words(), screen), screen, words())
    )
    assert "labels.\x1b[1mshop.co.uk\x1b[0m" in page.getvalue()


def test_a_picture_or_a_text_may_come_on_standard_input(profile: Path) -> None:
    picture = sample("us-ctm/camera-a").read_bytes()
    text = b"https://samples.labelviewer.example/l/camera-a\n"
    for stdin in (picture, text):
        answer = run("read", "-", profile=profile, stdin=stdin)
        assert (answer.status, answer.err) == (0, "")
        assert has(answer, "Hearth Camera 2")
    assert run("read", "-", profile=profile, stdin=b"").status == 2
    assert run("read", "-", profile=profile, stdin=b"\xff\xfe\x00not a picture").status == 2


def two_codes(tmp_path: Path) -> Path:
    path = tmp_path / "two.png"
    codes = [Image.open(sample(f"us-ctm/{name}", "code.png")).convert("L") for name in ("camera-a", "camera-b")]
    wide = Image.new("L", (sum(code.width for code in codes) + 60, max(code.height for code in codes)), 255)
    wide.paste(codes[0], (0, 0))
    wide.paste(codes[1], (codes[0].width + 60, 0))
    wide.save(path)
    return path


def test_several_codes_are_numbered_and_one_is_chosen(profile: Path, tmp_path: Path) -> None:
    picture = two_codes(tmp_path)
    asked = run("read", picture, profile=profile)
    assert asked.status == 2
    assert has(asked, "Which code do you want?", "--code")
    for number, name in enumerate(("camera-a", "camera-b"), 1):
        assert has(asked, f"Code {number}: security label at samples.labelviewer.example/l/{name}")
    assert asked.out.count("We can look this label up.") == 2
    named = {run("read", "--json", "--code", n, picture, profile=profile).json["product"]["name"] for n in (1, 2)}
    assert named == {"Hearth Camera 2", "Lookout Mini"}
    none = run("read", "--code", 3, picture, profile=profile)
    assert (none.status, none.out) == (1, "")
    assert "two.png has only 2 codes." in none.err


def test_several_sources_are_told_apart_and_the_worst_is_the_status(profile: Path) -> None:
    names = ("us-ctm/camera-a", "us-ctm/camera-old", "us-ctm/camera-tampered")
    pictures = [sample(name) for name in names]
    assert run("read", *pictures[:2], profile=profile).status == 5
    assert run("read", *pictures, profile=profile).status == 4
    assert run("read", pictures[0], "nowhere.jpg", profile=profile).status == 1
    answer = run("read", pictures[0], "nowhere.jpg", profile=profile)
    assert [line for line in answer.lines if line in ("box.jpg", "nowhere.jpg")] == ["box.jpg", "nowhere.jpg"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("read",), "Say what to read"),
        (("compare", "a"), "Say what to compare"),
        (("doctor", "x"), "doctor stands alone"),
        (("red", "x"), "red is not a command, a file or a link."),
        (("read", "--jsno", "x"), "There is no option --jsno."),
        (("read", "x", "--code"), "--code needs a value"),
        (("read", "x", "--lang", "xx"), "We have no words in “xx”"),
    ],
)
def test_a_wrong_line_ends_1_with_a_sentence_and_a_hint(
    profile: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = run(*arguments, profile=profile)
    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert "--help" in answer.err


# An issuer on the published list, with a library to keep what it says.


@pytest.fixture
def authority() -> Authority:
    return Authority().publish()


def test_a_label_of_a_listed_issuer_is_kept_and_readable_offline(profile: Path, authority: Authority) -> None:
    library = profile / "data" / "library.db"
    online = run("read", authority.code(), profile=profile, ports=lambda: ports_of(authority, library=library))
    assert online.status == 0
    assert library.is_file()
    later = Authority(now=authority.now.replace(day=4)).publish()
    offline = run(
        "read",
        "--json",
        authority.code(),
        profile=profile,
        ports=lambda: ports_of(later, library=library, problem=OfflineError()),
    )
    assert (offline.status, offline.json["code"], offline.json["saved_copy"]) == (6, "F01", True)
    assert offline.json["product"]["name"] == "Hearth Camera 2"
    assert offline.json["fetched_at"] == authority.now.isoformat()


def test_a_disk_that_does_not_let_us_write_costs_the_history_and_nothing_else(
    profile: Path, tmp_path: Path, authority: Authority
) -> None:
    (tmp_path / "in the way").touch()
    library = tmp_path / "in the way" / "library.db"
    answer = run("read", authority.code(), profile=profile, ports=lambda: ports_of(authority, library=library))
    assert answer.status == 0
    assert has(answer, "Checked: this label is real", "At a glance", "We could not save it there", "it was not kept")
    record = run(
        "read", "--json", authority.code(), profile=profile, ports=lambda: ports_of(authority, library=library)
    ).json
    assert record["not_kept"] == {"code": "C09", "facts": {"place": str(library)}}


def test_a_hidden_label_that_was_not_kept_says_so_too(profile: Path, tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "in the way").touch()
    library = tmp_path / "in the way" / "library.db"
    withdrawn = authority.withdraw()
    answer = run("read", authority.code(), profile=profile, ports=lambda: ports_of(withdrawn, library=library))
    assert answer.status == 5
    assert has(answer, "This label was cancelled", "We could not save it there", "it was not kept")


def test_what_is_still_intact_in_a_damaged_library_is_used(profile: Path, authority: Authority) -> None:
    library = profile / "data" / "library.db"
    for _ in range(2):
        answer = run("read", authority.code(), profile=profile, ports=lambda: ports_of(authority, library=library))
        assert answer.status == 0
        library.write_bytes(b"no database " * 1_000)
    assert len(list(library.parent.glob("library.damaged-*"))) == 1
    answer = run("doctor", profile=profile)
    assert has(answer, "The saved list was damaged.")
    assert len(list(library.parent.glob("library.damaged-*"))) == 2


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [
        (OfflineError(), 3, "F02"),
        (NotAnsweringError(host=HOST), 3, "F04"),
        (UnprovenSiteError(host=HOST), 3, "F07"),
        (SignInPageError(host=HOST), 3, "F09"),
        (NetworkBlockedError(host=HOST), 3, "F10"),
        (PrivateNetworkError(host=HOST), 3, "F15"),
        (TakenDownError(host=HOST), 5, "F06"),
        (JumpedSiteError(host1=HOST, host2="b.example"), 6, "F08"),
    ],
)
def test_a_site_in_trouble_is_said_in_words(
    profile: Path, authority: Authority, problem: LabelViewerError, status: int, code: str
) -> None:
    answer = run("read", authority.code(), profile=profile, ports=lambda: ports_of(authority, problem=problem))
    assert (answer.status, answer.err) == (status, "")
    assert code in answer.out


def test_a_changed_byte_and_the_wrong_box_are_not_real(profile: Path, authority: Authority) -> None:
    changed = authority.publish(token=tamper(authority.label()))
    other = authority.publish("2026-000999", token=authority.label())
    for site, code, expected in ((changed, authority.code(), "V03"), (other, authority.code("2026-000999"), "V10")):
        answer = run("read", "--json", code, profile=profile, ports=partial(ports_of, site))
        assert (answer.status, answer.json["code"], answer.json["claims"]) == (4, expected, None)


@pytest.mark.fault("U2")
def test_a_fault_of_ours_ends_70_in_words_and_leaves_its_trace_in_the_log(profile: Path) -> None:
    scanned = "https://a.example/l/1"

    def break_down() -> object:
        raise RuntimeError(scanned)

    answer = run("read", "x.jpg", profile=profile, ports=break_down)  # type: ignore[arg-type]
    assert (answer.status, answer.out) == (70, "")
    assert "Something went wrong here" in answer.err
    assert "Traceback" not in answer.err
    log = profile / "state" / "labelviewer.log"
    assert str(log) in "".join(answer.err.split())
    assert "break_down" in log.read_text()
    assert "RuntimeError" in log.read_text()
    assert scanned not in answer.err + log.read_text()


def test_a_fault_that_cannot_be_noted_is_still_said(tmp_path: Path) -> None:
    def break_down() -> object:
        raise ValueError

    (tmp_path / "file").touch()
    answer = run("read", "x", profile=tmp_path / "file", ports=break_down)  # type: ignore[arg-type]
    assert answer.status == 70
    assert "The details are in" not in answer.err


def test_stopping_is_not_a_fault(profile: Path) -> None:
    def interrupt() -> object:
        raise KeyboardInterrupt

    answer = run("read", "x", profile=profile, ports=interrupt)  # type: ignore[arg-type]
    assert (answer.status, answer.err) == (130, "Stopped.\n")


def test_the_doctor_looks_and_touches_nothing(profile: Path) -> None:
    answer = run("doctor", profile=profile)
    assert answer.status == 0
    assert has(answer, f"labelviewer {__version__}", "zxing-cpp", "List of signers: number", "Words: English")
    assert not profile.exists()
    checks = {check["id"]: check["health"] for check in run("doctor", "--json", profile=profile).json["checks"]}
    assert {"version", "trust", "packs", "words", "profile", "library", "window", "camera", "display"} <= checks.keys()
    assert (checks["trust"], checks["packs"], checks["words"]) == ("works", "works", "works")


def test_the_doctor_says_what_to_do_about_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = run("doctor", profile=tmp_path / "file" / "profile")
    assert answer.status == 0
    assert has(answer, "Nothing can be written there. Use --profile to choose another folder.")


def test_colour_is_for_terminals_that_want_it(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    arguments = ("read", sample("us-ctm/camera-a"))
    assert "\x1b[" in run(*arguments, profile=profile, stdout=Terminal()).out
    assert "\x1b[" not in run(*arguments, profile=profile).out
    monkeypatch.setenv("NO_COLOR", "1")
    bold_or_plain = {"\x1b[1m", "\x1b[0m"}
    assert set(re.findall(r"\x1b\[[0-9;]*m", run(*arguments, profile=profile, stdout=Terminal()).out)) <= bold_or_plain


# In a process of its own.


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "labelviewer", *map(str, arguments)]
    env = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_reads_a_sample(tmp_path: Path) -> None:
    ended = command("--profile", tmp_path, "read", "label_samples/us-ctm/camera-a/box.jpg")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Checked: this label is real" in ended.stdout


def test_the_command_never_loads_qt(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom labelviewer.cli import script\n"
        "try:\n    script()\nfinally:\n"
        "    assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]\n"
    )
    for arguments in (["read", str(sample("us-ctm/camera-a"))], ["doctor"], ["--help"], ["read"]):
        words = [sys.executable, "-W", "error", "-c", code, "--profile", str(tmp_path), *arguments]
        ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert "AssertionError" not in ended.stderr
        assert ended.returncode in (0, 1)


def test_asking_for_the_version_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom labelviewer.cli import script\n"
        "try:\n    script()\nfinally:\n"
        "    print([name for name in ('pydantic', 'rich', 'PIL', 'cryptography', 'urllib3') if name in sys.modules])\n"
    )
    words = [sys.executable, "-c", code, "--version"]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.splitlines() == [f"labelviewer {__version__}", "[]"]


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "labelviewer", "--profile", str(tmp_path), "read", "--json", "--explain"]
    words += [str(sample("us-ctm/camera-a"))] * 20
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.stderr.read() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a display may be missing")
def test_without_a_display_the_window_is_refused_in_words() -> None:
    ended = command(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "The window needs a display." in ended.stderr
