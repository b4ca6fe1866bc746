"""A second start hands over to the first window; what else comes in by that socket is bounded, and counts as typed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalSocket

from labelviewer.adapters.first_window import MOST_CALLERS, NOTE_BYTES, FirstWindow, Note, read_note, write_note
from tests.e2e.world import ROOT

FILE = os.path.abspath("box.jpg")  # noqa: PTH100
LINK = Note(link="https://a.example/l/1")
SECOND = """
import sys
from pathlib import Path
from labelviewer.adapters.first_window import FirstWindow, Note
second = FirstWindow(Path(sys.argv[1]))
assert not second.claim()
print(second.hand_over(Note((sys.argv[2],)), seconds=float(sys.argv[3])))
"""
FLOOD = """
import sys
from PySide6.QtNetwork import QLocalSocket
socket = QLocalSocket()
socket.connectToServer(sys.argv[1])
assert socket.waitForConnected(5_000)
sent = 0
while socket.state() is QLocalSocket.LocalSocketState.ConnectedState and sent < 64 * 2**20:
    sent += socket.write(b"x" * int(sys.argv[2]))
    socket.waitForBytesWritten(5_000)
print("cut off" if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState else sent)
"""
HOLDER = """
import sys
from pathlib import Path
from labelviewer.adapters.first_window import FirstWindow
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
first = FirstWindow(Path(sys.argv[1]))
print(first.claim() and first.listen(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def first(qapp: QGuiApplication, tmp_path: Path) -> Iterator[FirstWindow]:
    first = FirstWindow(tmp_path / "state")
    assert first.claim()
    assert first.listen()
    yield first
    first.close()


@pytest.fixture
def came(first: FirstWindow) -> list[Note]:
    notes: list[Note] = []
    first.came.connect(notes.append)
    return notes


def turn_until(is_true: Callable[[], bool]) -> None:
    deadline, loop = QDeadlineTimer(20_000), QEventLoop()
    while not is_true():
        assert not deadline.hasExpired()
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def second(folder: Path, seconds: float = 20) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND, str(folder), FILE, str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def call(folder: Path) -> QLocalSocket:
    socket = QLocalSocket()
    socket.connectToServer((folder / "window.address").read_text("utf-8"))
    assert socket.waitForConnected(5_000)
    return socket


def is_gone(socket: QLocalSocket) -> bool:
    return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState


@pytest.mark.fault("D7")
def test_a_second_start_hands_over_and_ends(came: list[Note], tmp_path: Path) -> None:
    with second(tmp_path / "state") as other:
        turn_until(lambda: other.poll() is not None)
        assert other.stdout is not None
        assert other.stdout.read() == "True\n"
    assert came == [Note((FILE,))]


@pytest.mark.fault("D5", "D7")
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_window_that_was_killed_leaves_its_place_to_the_next(qapp: QGuiApplication, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not FirstWindow(tmp_path).claim()
        holder.kill()
    stale = (tmp_path / "window.address").read_text("utf-8")
    assert Path(stale).exists()
    first = FirstWindow(tmp_path)
    assert first.claim()
    assert first.listen()
    assert not Path(stale).exists()
    first.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == []


def test_a_window_that_does_not_answer_is_not_waited_for_forever(
    first: FirstWindow, came: list[Note], tmp_path: Path
) -> None:
    with second(tmp_path / "state", seconds=0) as other:
        assert other.stdout is not None
        assert other.stdout.read() == "False\n", "this one does not turn its loop"
    assert came == []


@pytest.mark.skipif(os.name != "posix", reason="pipes have no rights in a folder there")
@pytest.mark.threat("T34")
def test_only_this_user_may_call_or_learn_where(first: FirstWindow, tmp_path: Path) -> None:
    address = tmp_path / "state" / "window.address"
    assert address.stat().st_mode & 0o777 == 0o600
    assert Path(address.read_text("utf-8")).stat().st_mode & 0o077 == 0
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


@pytest.mark.threat("T34")
@pytest.mark.parametrize(
    "data",
    [
        b"\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"[]\n",
        b'{"files": [], "link": ""}\n',
        b'{"files": [], "link": "", "samples": false, "more": 1}\n',
        b'{"files": [], "link": "", "link": "", "samples": false}\n',
        b'{"files": [1], "link": "", "samples": false}\n',
        b'{"files": ["box.jpg"], "link": "", "samples": false}\n',
        b'{"files": "", "link": "", "samples": false}\n',
        b'{"files": [], "link": null, "samples": false}\n',
        b'{"files": [], "link": "", "samples": 1}\n',
        json.dumps({"files": [FILE] * 41, "link": "", "samples": False}).encode() + b"\n",
        b'{"files": [], "link": "\xff", "samples": false}\n',
        b"x" * (NOTE_BYTES + 1),
        write_note(Note(link="https://a.example/" + "x" * NOTE_BYTES)),
    ],
)
def test_what_no_start_of_ours_would_say_is_cut_off(came: list[Note], tmp_path: Path, data: bytes) -> None:
    socket = call(tmp_path / "state")
    socket.write(data)
    turn_until(lambda: is_gone(socket))
    assert bytes(socket.readAll().data()) == b""
    assert came == []
    good = call(tmp_path / "state")
    good.write(write_note(LINK))
    turn_until(lambda: came == [LINK])


@pytest.mark.threat("T34")
def test_another_program_that_sends_without_end_is_cut_off_at_the_bound(
    first: FirstWindow, came: list[Note], tmp_path: Path
) -> None:
    heard: list[int] = []
    hear = first._hear

    def listen_in(caller: QLocalSocket) -> None:
        assert caller.bytesAvailable() <= NOTE_BYTES + 1
        said = first._callers[caller]
        hear(caller)
        heard.append(len(said))

    first._hear = listen_in  # type: ignore[method-assign]
    address = (tmp_path / "state" / "window.address").read_text("utf-8")
    command = [sys.executable, "-c", FLOOD, address, str(NOTE_BYTES)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        turn_until(lambda: other.poll() is not None)
        assert other.stdout is not None
        assert other.stdout.read() == "cut off\n"
    assert max(heard) == NOTE_BYTES + 1, "one byte more than a note may have, and no further one"
    assert came == []
    good = call(tmp_path / "state")
    good.write(write_note(LINK))
    turn_until(lambda: came == [LINK])


@pytest.mark.threat("T34")
def test_callers_that_say_nothing_are_cut_off_and_keep_nobody_out(came: list[Note], tmp_path: Path) -> None:
    silent = [call(tmp_path / "state") for _ in range(MOST_CALLERS)]
    for socket in silent:
        socket.write(b"{")
    turn_until(lambda: all(map(is_gone, silent)))
    good = call(tmp_path / "state")
    good.write(write_note(LINK))
    turn_until(lambda: came == [LINK])


def test_a_note_comes_out_as_it_went_in() -> None:
    for note in (Note(), LINK, Note((FILE, FILE)), Note(samples=True)):
        assert read_note(write_note(note)) == note
