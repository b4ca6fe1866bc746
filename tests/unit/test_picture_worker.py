"""The picture process: answers as the reader does, keeps its bounds, and takes nobody with it when it fails."""

import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from labelviewer.adapters import picture_answer
from labelviewer.adapters.picture_answer import BODY, answered, reading_of
from labelviewer.adapters.picture_worker import WorkerReader, _Child, _understood
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.qr_writer import png_bytes
from labelviewer.domain.errors import NotAPictureError, PictureError, PicturesOffError, PictureTooLargeError
from labelviewer.domain.sighting import Part, Reading, Sighting, Still, Symbology
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import PictureReader

ADDRESS = "https://samples.labelviewer.example/l/camera-a"
CODE = png_bytes(ADDRESS)
LARGE = png_bytes(ADDRESS, module_pixels=40) + bytes(2_000_000)  # more than waits on the line
SPOILED = """
import os, signal, sys
from labelviewer.adapters.picture_child import serve
from labelviewer.adapters.qr_reader import CodeReader
real = CodeReader().read
def read(data, name):
    match data:
        case b"crash":
            os.abort()
        case b"fault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"leave":
            os._exit(3)
        case b"raise":
            sys.exit(3)
        case b"bug":
            raise AssertionError("a mistake of ours")
        case b"hang":
            while True:
                pass
        case b"greed":
            bytes(4 * 1024**3)
        case b"number":
            return str(os.getpid())
        case bytes() if data.startswith(b"write "):
            with open(data[6:].decode(), "wb") as file:
                file.write(b"x")
        case b"flood":
            os.write(int(sys.argv[1]), (2**40).to_bytes(8, "little") + bytes(8))
        case b"babble":
            os.write(int(sys.argv[1]), b"\\xff" * 16)
        case b"nonsense":
            os.write(int(sys.argv[1]), (5).to_bytes(8, "little") + bytes(8) + b"[[[[[")
    return real(data, name)
serve(read)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerReader]:
    reader = WorkerReader()
    reader.warm()
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def spoiled() -> Iterator[WorkerReader]:
    reader = WorkerReader(SPOILED)
    reader.read(CODE, "first")  # now it is up, and the patience below is for work alone
    reader._seconds = 2.0
    yield reader
    reader.close()


def encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def process_of(reader: WorkerReader) -> int:
    assert reader._child is not None
    return reader._child.process.pid


def test_it_is_a_picture_reader(worker: WorkerReader) -> None:
    reader: PictureReader = worker
    assert [sighting.text for sighting in reader.read(CODE, "code.png").sightings] == [ADDRESS]


@pytest.mark.parametrize(
    "data",
    [CODE, encoded(Image.new("RGB", (300, 200), "red"), "PNG"), encoded(Image.new("L", (3_000, 2_000), 9), "JPEG")],
)
def test_it_answers_as_the_reader_here_does(worker: WorkerReader, data: bytes) -> None:
    assert worker.read(data, "box") == CodeReader().read(data, "box")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "HEIF"])
def test_every_kind_of_picture_is_read(worker: WorkerReader, kind: str) -> None:
    register_heif_opener(thumbnails=False)
    picture = Image.open(io.BytesIO(CODE)).convert("RGB")
    assert [sighting.text for sighting in worker.read(encoded(picture, kind), "box").sightings] == [ADDRESS]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", CODE[:200]])
def test_what_is_no_picture_is_refused_by_name(worker: WorkerReader, data: bytes) -> None:
    with pytest.raises(NotAPictureError) as caught:
        worker.read(data, "box.png")
    assert caught.value.facts == {"name": "box.png"}


def test_a_file_that_is_too_long_is_not_even_sent() -> None:
    reader = WorkerReader()
    with pytest.raises(PictureTooLargeError):
        reader.read(bytes(limits.PICTURE_FILE + 1), "long.bmp")
    assert reader._child is None


def test_no_process_starts_before_it_is_needed_and_none_is_left() -> None:
    reader = WorkerReader()
    assert reader._child is None
    reader.warm()
    child = reader._child
    assert child is not None
    reader.close()
    assert child.process.returncode is not None
    reader.close()


@pytest.mark.fault("C2")
@pytest.mark.threat("T13", "T14")
@pytest.mark.parametrize("how", ["crash", "fault", "leave", "raise", "bug", "hang", "babble", "flood", "nonsense"])
def test_a_picture_that_breaks_the_process_is_refused_and_the_next_one_is_read(spoiled: WorkerReader, how: str) -> None:
    before = process_of(spoiled)
    with pytest.raises(NotAPictureError) as caught:
        spoiled.read(how.encode(), "evil.png")
    assert caught.value.facts == {"name": "evil.png"}
    spoiled._seconds = 20.0  # a new process may be slow to come up here
    assert [sighting.text for sighting in spoiled.read(CODE, "good.png").sightings] == [ADDRESS]
    spoiled._seconds = 2.0
    assert process_of(spoiled) != before


@pytest.mark.fault("C2")
@pytest.mark.threat("T13")
@posix
def test_a_picture_that_takes_too_much_memory_is_too_large_and_the_next_one_is_read(spoiled: WorkerReader) -> None:
    with pytest.raises(PictureTooLargeError) as caught:
        spoiled.read(b"greed", "huge.png")
    assert caught.value.facts == {"name": "huge.png", "millions": 64, "megabytes": 64}
    spoiled._seconds = 20.0
    assert [sighting.text for sighting in spoiled.read(CODE, "good.png").sightings] == [ADDRESS]
    spoiled._seconds = 2.0


@posix
def test_the_process_can_write_no_file(spoiled: WorkerReader, tmp_path: Path) -> None:
    place = tmp_path / "must-stay-empty"
    with pytest.raises(NotAPictureError):
        spoiled.read(f"write {place}".encode(), "writer.png")
    assert not place.exists() or place.stat().st_size == 0


@pytest.mark.fault("C2")
@posix
@pytest.mark.parametrize("data", [CODE, LARGE])
def test_a_process_killed_between_two_pictures_costs_none(worker: WorkerReader, data: bytes) -> None:
    assert worker.read(CODE, "one.png").sightings
    before = process_of(worker)
    os.kill(before, signal.SIGKILL)
    assert worker.read(data, "two").sightings
    assert process_of(worker) != before


@pytest.mark.fault("C2")
def test_a_process_killed_at_work_costs_that_picture(spoiled: WorkerReader, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _Child.answer

    def killed_meanwhile(child: _Child, until: float) -> tuple[bytes, bytes]:
        child.process.kill()
        return answer(child, until)

    with monkeypatch.context() as patch:
        patch.setattr(_Child, "answer", killed_meanwhile)
        with pytest.raises(NotAPictureError):
            spoiled.read(b"hang", "unlucky.png")
    spoiled._seconds = 20.0
    assert spoiled.read(CODE, "good.png").sightings
    spoiled._seconds = 2.0


@pytest.mark.fault("C2")
@pytest.mark.threat("T13")
@posix
def test_a_picture_that_takes_too_much_work_is_ended_by_the_system() -> None:
    hasty = "from labelviewer.pipeline import limits\nlimits.PICTURE_WORK_SECONDS = 1\n"
    with closing(WorkerReader(hasty + SPOILED)) as reader:
        reader.read(CODE, "first")
        with pytest.raises(NotAPictureError) as caught:
            reader.read(b"hang", "evil.png")
    assert isinstance(caught.value.__cause__, ConnectionResetError), "gone by itself, and not because we hung up"


def test_two_pictures_at_once_are_read_one_after_the_other(worker: WorkerReader) -> None:
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda name: worker.read(CODE, name), "abcdefgh"))
    assert {sighting.text for reading in readings for sighting in reading.sightings} == {ADDRESS}
    assert len(readings) == 8


def test_closing_in_the_middle_ends_the_wait_and_starts_nothing_new() -> None:
    reader = WorkerReader(SPOILED)
    reader.read(CODE, "first")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(reader.read, b"hang", "long.png")
        child = reader._child
        assert child is not None
        reader.close()
        with pytest.raises(PictureError):
            waiting.result(timeout=10)
    assert child.process.returncode is not None
    assert reader._child is None
    with pytest.raises(PicturesOffError):
        reader.read(CODE, "late.png")


@pytest.mark.fault("C2")
@pytest.mark.parametrize("program", ["import nowhere_to_be_found", "import sys; sys.exit()"])
def test_where_no_process_comes_up_no_picture_is_opened_here(program: str) -> None:
    with closing(WorkerReader(program)) as reader, pytest.raises(PicturesOffError):
        reader.read(CODE, "box.png")


def test_where_no_process_can_be_started_no_picture_is_opened_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setattr(sys, "_base_executable", "/nowhere/python")
    with closing(WorkerReader()) as reader:
        reader.warm()
        with pytest.raises(PicturesOffError):
            reader.read(CODE, "box.png")


@posix
def test_the_largest_allowed_picture_has_room_enough(worker: WorkerReader) -> None:
    assert worker.read(encoded(Image.new("RGB", (8_000, 8_000), "navy"), "PNG"), "large.png").still.width == 1_600
    assert worker.read(CODE, "next.png").sightings


def test_what_arrives_is_what_was_seen() -> None:
    still = Still(2, 1, bytes(6))
    corners = ((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (-0.1, 0.4))
    one = Sighting(b"\x00\xff", "Gr\u00f6\u00dfe \U0001f4e6 \u202e", Symbology.QR, corners, "zbar", Part(2, 3))
    other = Sighting(b"96385074", "96385074", Symbology.EAN_8, corners, "zxing-cpp")
    reading = Reading((one, other), 4, still)
    packed = answered(reading)
    words, pixels = BODY.unpack(packed[: BODY.size])
    body = packed[BODY.size :]
    assert len(body) == words + pixels
    assert reading_of(json.loads(body[:words]), body[words:]) == reading


GOOD = json.loads(
    answered(Reading((Sighting(b"a", "a", Symbology.QR, ((0, 0),) * 4, "zbar"),), 0, Still(1, 1, bytes(3))))[16:-3]
)


def changed(**facts: object) -> dict[str, object]:
    return {**GOOD, **facts}


def seen(**facts: object) -> dict[str, object]:
    return changed(sightings=[{**GOOD["sightings"][0], **facts}])


@pytest.mark.parametrize(
    "facts",
    [
        [], 7, "x", None, {}, changed(still=None), changed(still=[1]), changed(still=[2, 1]), changed(still=[-1, -1]),
        changed(still=[1e300, 1]), changed(near_misses="many"), changed(near_misses=-1), changed(sightings=7),
        changed(sightings=[7]), seen(payload="zz"), seen(payload=7), seen(text=7), seen(text="x" * 9_000),
        seen(payload="00" * 9_000), seen(symbology="abacus"), seen(corners=[[0, 0]] * 3), seen(corners=[[0]] * 4),
        seen(corners=[[float("nan"), 0]] * 4), seen(corners=[[1e9, 0]] * 4),
        seen(corners=[[10**400, 0]] * 4), seen(reader=None), seen(part=[1]),
        seen(part="two"), seen(part=[1, 99]), {"refused": "Z99"}, {"refused": 7}, {"refused": ["S21"]},
    ],
)  # fmt: skip
def test_an_answer_of_the_wrong_shape_is_not_believed(facts: object) -> None:
    assert _understood(json.dumps(GOOD).encode(), bytes(3), "x").sightings
    with pytest.raises(ValueError):  # noqa: PT011 - each says the same
        _understood(json.dumps(facts).encode(), bytes(3), "x")


@pytest.mark.parametrize("make", [lambda: picture_answer.refused("S21"), lambda: picture_answer.refused("S22")])
def test_a_refusal_arrives_as_the_error_it_was(make: Callable[[], bytes]) -> None:
    with pytest.raises(PictureError) as caught:
        _understood(make()[BODY.size :], b"", "box.png")
    assert caught.value.facts["name"] == "box.png"
    assert f'"{caught.value.code}"'.encode() in make()
