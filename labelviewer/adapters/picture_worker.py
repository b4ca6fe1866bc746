"""The picture reader in a process of its own: a picture that breaks it, or holds it up, costs that picture alone."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from labelviewer.adapters.files import too_large
from labelviewer.adapters.picture_answer import BODY, HEADER, TAKEN, reading_of
from labelviewer.domain.errors import (
    NotAPictureError,
    PhonePhotoError,
    PictureError,
    PicturesOffError,
    PictureTooLargeError,
)
from labelviewer.domain.sighting import Reading
from labelviewer.pipeline import limits

PROGRAM: Final = "from labelviewer.adapters.picture_child import serve; serve()"
_START: Final = "import sys; sys.path[:] = sys.argv[2:]; "
_REFUSALS: Final[dict[str, Callable[[str], PictureError]]] = {
    NotAPictureError.code: lambda name: NotAPictureError(name=name),
    PhonePhotoError.code: lambda name: PhonePhotoError(name=name),
    PictureTooLargeError.code: too_large,
}
_ENVIRONMENT: Final = {
    "OPENBLAS_NUM_THREADS": "1",  # more threads only claim memory here
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024**2),  # glibc: keep a picture's memory for the next one;
    "MALLOC_TRIM_THRESHOLD_": str(128 * 1024**2),  # to ask the system again costs an easy one half its time
}
_PATIENCE: Final = 1.0  # for a child that was told to go


class WorkerReader:
    """The picture reader of the pipeline: one picture after the other. Whoever makes it closes it.

    The child starts with the first need, or `warm`, and is replaced after a failure.
    """

    def __init__(self, program: str = PROGRAM, seconds: float = limits.PICTURE_SECONDS) -> None:
        self._program = program
        self._seconds = seconds
        self._turn = Lock()
        self._child: _Child | None = None
        self._closed = False

    def warm(self) -> None:
        """Start now what will be needed; does not wait for it."""
        with self._turn, contextlib.suppress(PicturesOffError):
            if self._child is None:
                self._renewed()

    def read(self, data: bytes, name: str) -> Reading:
        """Raises PictureError where there is no picture; one without a code is a Reading without sightings."""
        if len(data) > limits.PICTURE_FILE:
            raise too_large(name)
        with self._turn:
            until = time.monotonic() + self._seconds
            child = self._given(data, until)
            try:
                return _understood(*child.answer(until), name)
            except (OSError, ValueError, RecursionError) as error:  # gone, too slow, or talking nonsense
                with contextlib.suppress(PicturesOffError):
                    self._renewed()
                raise NotAPictureError(name=name) from error

    def close(self) -> None:
        """A picture that is being read meanwhile is refused."""
        self._closed = True
        self._stop()

    def _given(self, data: bytes, until: float) -> "_Child":
        """That a child was gone before it took the picture is no fault of the picture: another one gets it."""
        child = self._child
        if child is not None and child.is_alive():
            with contextlib.suppress(OSError):
                child.hand_over(data, until)
                return child
        child = self._renewed()
        try:
            child.hand_over(data, until)
        except OSError as error:
            raise PicturesOffError from error
        return child

    def _renewed(self) -> "_Child":
        self._stop()
        try:
            child = self._child = _Child.started(self._program)
        except OSError as error:
            raise PicturesOffError from error
        if self._closed:  # by another thread, in the middle of this
            self._stop()
            raise PicturesOffError
        return child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.stop()


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    line: socket.socket

    @classmethod
    def started(cls, program: str) -> "_Child":
        ours, theirs = socket.socketpair()
        with theirs:
            for end in (ours, theirs):
                for buffer in (socket.SO_SNDBUF, socket.SO_RCVBUF):
                    end.setsockopt(socket.SOL_SOCKET, buffer, limits.PICTURE_LINE)
            try:
                return cls(_spawned(program, theirs), ours)
            except OSError:
                ours.close()
                raise

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def hand_over(self, data: bytes, until: float) -> None:
        """Returns once the child has all of it and is about to begin."""
        self._wait(until)
        self.line.sendall(HEADER.pack(len(data)))
        self._wait(until)
        self.line.sendall(data)
        if self._received(len(TAKEN), until) != TAKEN:
            raise ConnectionResetError

    def answer(self, until: float) -> tuple[bytes, bytes]:
        """The facts and the pixels, as they came."""
        facts, pixels = BODY.unpack(self._received(BODY.size, until))
        if facts > limits.PICTURE_FACTS or pixels > 3 * limits.STILL_SIDE**2:
            raise ValueError
        return bytes(self._received(facts, until)), bytes(self._received(pixels, until))

    def stop(self) -> None:
        """Its end of the line closes with it, so nobody waits there when ours goes."""
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        self.line.close()

    def _wait(self, until: float) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.settimeout(left)

    def _received(self, size: int, until: float) -> bytearray:
        received = bytearray(size)
        view, filled = memoryview(received), 0
        while filled < size:
            self._wait(until)
            count = self.line.recv_into(view[filled:])
            if count == 0:
                raise ConnectionResetError
            filled += count
        return received


def _spawned(program: str, line: socket.socket) -> subprocess.Popen[bytes]:
    """A new interpreter, not a copy of this one: nothing of ours is in its memory."""
    environment = os.environ | _ENVIRONMENT
    if sys.platform == "win32":
        python = getattr(sys, "_base_executable", sys.executable)  # a venv's own would start this one, and be bound
        process = subprocess.Popen(  # noqa: S603 - our own program
            [python, "-I", "-c", _START + program, "shared", *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
        assert process.stdin is not None
        with process.stdin as pipe:
            pipe.write(line.share(process.pid))
        return process
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-c", _START + program, str(line.fileno()), *sys.path],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        pass_fds=(line.fileno(),),
    )


def _understood(header: bytes, pixels: bytes, name: str) -> Reading:
    """The child may have been taken over by what it read: believed is only what has the right shape."""
    match json.loads(header):
        case {"refused": str(code)} if code in _REFUSALS:
            raise _REFUSALS[code](name)
        case dict() as facts:
            return reading_of(facts, pixels)
        case _:
            raise ValueError
