"""One window for each profile: a second start hands over what it was given to the first window, and ends.

The first one holds a lock and listens on a socket that only this user may open; its name is new each time, and stands
in a file beside the lock. What comes in may be from any program of this user: it counts as much as what is typed.
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

NOTE_BYTES: Final = 4_096
MOST_FILES: Final = 40
MOST_CALLERS: Final = 8
CALL_MILLISECONDS: Final = 2_000
HAND_OVER_SECONDS: Final = 5.0  # the first window may be on its way up
_AGAIN_SECONDS: Final = 0.05
_TAKEN: Final = b"taken\n"


class Note(NamedTuple):
    """What a start was given: picture files by their whole paths, or a link, or the wish to see the samples."""

    files: tuple[str, ...] = ()
    link: str = ""
    samples: bool = False


def write_note(note: Note) -> bytes:
    return json.dumps(note._asdict()).encode() + b"\n"


def read_note(data: bytes) -> Note | None:
    """None for anything that no start of ours would say."""
    from labelviewer.domain import strict_json  # late, like QtNetwork below: the first frame comes first

    try:
        found = strict_json.load(data, max_bytes=NOTE_BYTES)
    except strict_json.StrictJsonError:
        return None
    if not isinstance(found, Mapping) or set(found) != {"files", "link", "samples"}:
        return None
    match found["files"], found["link"], found["samples"]:
        case [*files], str(link), bool(samples) if len(files) <= MOST_FILES:
            paths = tuple(path for path in files if isinstance(path, str) and Path(path).is_absolute())
            return Note(paths, link, samples) if len(paths) == len(files) else None
        case _:
            return None


class FirstWindow(QObject):
    """`came` brings each note. Where no lock can be kept, every start has a window of its own."""

    came = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # a window may stay for days; one that crashed is told by its process
        self._application: object = None  # sockets want one, and it must not go before the window
        self._server: QLocalServer | None = None
        self._callers: dict[QLocalSocket, bytearray] = {}

    def claim(self) -> bool:
        """False where another window has this profile."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, note: Note, seconds: float = HAND_OVER_SECONDS) -> bool:
        """Whether the window that has this profile took the note."""
        data = write_note(note)
        if len(data) > NOTE_BYTES or len(note.files) > MOST_FILES:
            return False
        self._application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
        until = monotonic() + seconds
        while not (taken := _call(_address_in(self._folder), data)) and monotonic() < until:
            sleep(_AGAIN_SECONDS)
        return taken

    def listen(self) -> bool:
        """False where the lock, or the socket, could not be had."""
        if not self._lock.isLocked():
            return False
        import secrets

        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(_address_in(self._folder))
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        if not server.listen(f"labelviewer-{secrets.token_hex(16)}"):
            return False
        self._server = server
        fresh = _address_file(self._folder).with_suffix(".new")
        with suppress(OSError):
            fresh.touch(mode=0o600)
            fresh.write_text(server.fullServerName(), "utf-8")
            fresh.replace(_address_file(self._folder))
            return True
        return False

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            with suppress(OSError):
                _address_file(self._folder).unlink()
        for caller in tuple(self._callers):
            caller.abort()
        self._lock.unlock()

    @Slot()
    def _answer(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            if len(self._callers) >= MOST_CALLERS:
                caller.abort()
                continue
            self._callers[caller] = bytearray()
            caller.setReadBufferSize(NOTE_BYTES + 1)
            caller.disconnected.connect(lambda caller=caller: self._callers.pop(caller, None))
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            QTimer.singleShot(CALL_MILLISECONDS, caller, caller.abort)
            self._hear(caller)

    def _hear(self, caller: "QLocalSocket") -> None:
        heard = self._callers.get(caller)
        if heard is None:
            return
        heard += caller.read(NOTE_BYTES + 1 - len(heard)).data()
        line, end, _ = bytes(heard).partition(b"\n")
        note = read_note(line) if end else None
        if note is not None:
            del self._callers[caller]
            caller.write(_TAKEN)
            caller.disconnectFromServer()
            self.came.emit(note)
        elif end or len(heard) > NOTE_BYTES:
            caller.abort()


def _call(address: str, data: bytes) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    if not address:
        return False
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(CALL_MILLISECONDS):
        return False
    socket.write(data)
    while socket.canReadLine() or socket.waitForReadyRead(CALL_MILLISECONDS):
        if socket.canReadLine():
            return bytes(socket.readLine(len(_TAKEN) + 1).data()) == _TAKEN
    return False


def _address_file(folder: Path) -> Path:
    return folder / "window.address"


def _address_in(folder: Path) -> str:
    """Empty where none stands there."""
    with suppress(OSError, UnicodeDecodeError):
        return _address_file(folder).read_text("utf-8")[:NOTE_BYTES]
    return ""
