"""The other end of the picture reader: one picture at a time, within bounds, until nobody asks any more."""

import socket
import sys
from collections.abc import Callable

from labelviewer.adapters.picture_answer import HEADER, TAKEN, answered, refused
from labelviewer.adapters.process_bounds import bound_this_process, grant_time
from labelviewer.adapters.qr_reader import CodeReader, get_ready
from labelviewer.domain.errors import PictureError, PictureTooLargeError
from labelviewer.domain.sighting import Reading

Read = Callable[[bytes, str], Reading]


def serve(read: Read | None = None) -> None:
    """Ends when the other side hangs up, and after running out of memory: a fresh process has more of it."""
    with _line() as line:
        get_ready()
        bound_this_process()
        work = read or CodeReader().read
        while (data := _next(line)) is not None:
            grant_time()
            line.sendall(TAKEN)
            answer, go_on = _answer(work, data)
            line.sendall(answer)
            if not go_on:
                return


def _answer(read: Read, data: bytes) -> tuple[bytes, bool]:
    try:
        return answered(read(data, "")), True
    except PictureError as error:
        return refused(error.code), not isinstance(error.__cause__, MemoryError)
    except MemoryError:
        return refused(PictureTooLargeError.code), False


def _line() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=int(sys.argv[1]))


def _next(line: socket.socket) -> bytes | None:
    head = _received(line, HEADER.size)
    if head is None:
        return None
    (size,) = HEADER.unpack(head)
    return _received(line, size)


def _received(line: socket.socket, size: int) -> bytes | None:
    received = bytearray(size)
    view, filled = memoryview(received), 0
    while filled < size:
        try:
            count = line.recv_into(view[filled:])
        except OSError:
            return None
        if count == 0:
            return None
        filled += count
    return bytes(received)
