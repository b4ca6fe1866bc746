"""Codes in pictures and camera frames: an easy one at the first look, a hard one by looks that each earn their time."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labelviewer.adapters import zbar_reader, zxing_reader
from labelviewer.adapters.pictures import Gray, brightened, enlarged, open_gray, open_picture, reduced
from labelviewer.adapters.stripes import may_have_stripes
from labelviewer.adapters.zxing_reader import QR, SQUARES, STRIPES, Frame, NearMiss, Quad, frame_of, halved
from labelviewer.domain.sighting import Corner, Reading, Sighting
from labelviewer.pipeline import limits

_ENLARGE_BELOW: Final = 1_500_000  # pixels
_LARGE_FRAME: Final = 1_000_000  # pixels
_QUICK_HALF: Final = 0.0035  # seconds; in noise it takes longer, and the negative alone would take half of the time
_HANDY_PIXELS: Final = 3_000_000  # what is larger is shrunk before a second look: modules are still wide enough

Seconds = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Reader:
    """A code reader of this installation, for the doctor."""

    name: str
    available: bool
    version: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in one picture, in reading order. `near_misses` counts codes seen but not read."""

    sightings: tuple[Sighting, ...] = ()
    near_misses: int = 0

    @property
    def has_square(self) -> bool:
        return any(not sighting.symbology.is_price_barcode for sighting in self.sightings)


class CodeReader:
    """The picture reader of the pipeline."""

    def read(self, data: bytes, name: str) -> Reading:
        """Raises PictureError where there is no picture; one without a code is a Reading without sightings."""
        picture = open_picture(data, name)
        seen = look(picture.gray)
        return Reading(seen.sightings, seen.near_misses, picture.still)

    def read_frame(
        self,
        gray: bytes | memoryview,
        width: int,
        height: int,
        *,
        row_bytes: int = 0,
        pixel_bytes: int = 1,
        price_barcodes: bool = False,
        seconds: Seconds = time.perf_counter,
    ) -> Seen:
        """QR codes in one camera frame, or the price barcodes beside one that was read. One look, no second one.

        Rows may be padded and pixels apart: every second pixel of every second row is half the size.
        """
        frame = Frame(gray, width, height, row_bytes, pixel_bytes)
        if price_barcodes:
            return _seen(zxing_reader.read_frame(frame, STRIPES) if may_have_stripes(frame) else ())
        return _seen(_frame_looks(frame, seconds))


def read_texts(path: Path | str) -> list[str]:
    """The texts of all codes in a picture file, in reading order."""
    picture = Path(path)
    return [sighting.text for sighting in look(open_gray(picture.read_bytes(), picture.name)).sightings]


def readers() -> tuple[Reader, ...]:
    """Which readers work here; zbar may be missing."""
    zbar = zbar_reader.zbar_version()
    return (
        Reader(zxing_reader.NAME, available=True, version=zxing_reader.zxing_version()),
        Reader(zbar_reader.NAME, available=zbar is not None, version=zbar),
    )


class _TimeLeft:
    """Whether there is any; it can only become less."""

    def __init__(self, seconds: Seconds, budget: float) -> None:
        self._seconds = seconds
        self._until = seconds() + budget

    def __call__(self) -> bool:
        return self._seconds() < self._until

    def shorten(self, budget: float) -> None:
        self._until = min(self._until, self._seconds() + budget)


def get_ready() -> None:
    """Load now what only harder looks need."""
    from labelviewer.adapters.looks import hunt  # noqa: F401

    zbar_reader.zbar_version()


def look(gray: Gray, seconds: Seconds = time.monotonic) -> Seen:
    """Everything at the first look; more looks while a square code may be left unread and time is left."""
    time_left = _TimeLeft(seconds, limits.STILL_SECONDS)
    found: list[Sighting | NearMiss] = [*zxing_reader.read(gray, SQUARES)]
    seen = _seen(found)
    squares = [sighting.corners for sighting in seen.sightings]
    stripes = [*(_stripes_beside(gray, squares) if squares else zxing_reader.read(gray, STRIPES))]
    if stripes:
        found += stripes
        seen = _seen(found)
    if seen.has_square and not seen.near_misses:
        return seen
    if seen.sightings:
        time_left.shorten(limits.REST_SECONDS)
    for sighting in _hunted(gray, seen.sightings, time_left):
        found.append(sighting)
        time_left.shorten(limits.REST_SECONDS)
    seen = _seen(found)
    return seen if seen.sightings else _last_looks(gray, found, time_left)


def _frame_looks(frame: Frame, seconds: Seconds) -> list[Sighting | NearMiss]:
    """A large frame at half of its size first: where that takes long for nothing, the negative is not worth it."""
    if frame.width * frame.height <= _LARGE_FRAME:
        return [*zxing_reader.read_frame(frame, QR)]
    started = seconds()
    at_half = _frame_looks(halved(frame), seconds)
    worth = bool(at_half) or seconds() - started < _QUICK_HALF
    return [*at_half, *zxing_reader.read_frame(frame, QR, negative=worth)]


def _last_looks(gray: Gray, found: list[Sighting | NearMiss], in_time: Callable[[], bool]) -> Seen:
    """Other eyes on the whole picture, until one of them reads something."""
    for again in _other_looks(_handy(gray)):
        if not in_time():
            break
        seen = _seen(again())
        if seen.sightings:
            return _seen([*found, *seen.sightings])
    return _seen(found)


def _other_looks(gray: Gray) -> Iterator[Callable[[], Iterable[Sighting | NearMiss]]]:
    if gray.width * gray.height < _ENLARGE_BELOW:
        yield lambda: _both(enlarged(gray, 2))
    yield lambda: _both(brightened(gray))
    yield lambda: zbar_reader.squares(gray)


def _both(gray: Gray) -> Iterator[Sighting | NearMiss]:
    yield from zxing_reader.read(gray, SQUARES)
    yield from zxing_reader.read(gray, STRIPES)


def _for_stripes(gray: Gray) -> Gray:
    """Beside a square code that is read, a price barcode is large enough to be read small."""
    return reduced(gray, 2) if max(gray.width, gray.height) > limits.STRIPES_SIDE else gray


def _stripes_beside(gray: Gray, squares: list[Quad]) -> Iterator[Sighting | NearMiss]:
    """Price barcodes, read with every line each way where a few lines say that it is worth it."""
    worth = may_have_stripes(frame_of(gray), squares[0] if len(squares) == 1 else None)
    return zxing_reader.read(_for_stripes(gray), STRIPES) if worth else iter(())


def _handy(gray: Gray) -> Gray:
    times = 1
    while gray.width * gray.height > _HANDY_PIXELS * times * times:
        times += 1
    return reduced(gray, times)


def _hunted(gray: Gray, known: tuple[Sighting, ...], in_time: Callable[[], bool]) -> Iterator[Sighting]:
    from labelviewer.adapters.looks.hunt import hunt

    quads = [sighting.corners for sighting in known if not sighting.symbology.is_price_barcode]
    for symbol in hunt(_handy(gray), in_time, quads):
        sighting = zxing_reader.read_drawn(symbol.gray, symbol.corners)
        if sighting is not None:
            yield sighting


def _seen(found: Iterable[Sighting | NearMiss]) -> Seen:
    """A code seen twice at one place counts once; a near miss of a code that was read is none."""
    found = [*found]
    if len(found) == 1 and isinstance(found[0], Sighting):
        return Seen((found[0],))
    kept: list[Sighting] = []
    missed: list[NearMiss] = []
    for one in found:
        match one:
            case NearMiss():
                missed.append(one)
            case Sighting():
                if not any(_same(one, other) for other in kept):
                    kept.append(one)
    left = [miss for miss in missed if not any(_covers(sighting.corners, miss.corners) for sighting in kept)]
    return Seen(tuple(sorted(kept, key=_place)), len(left))


def _same(one: Sighting, other: Sighting) -> bool:
    if (one.payload, one.symbology) != (other.payload, other.symbology):
        return False
    return _covers(other.corners, one.corners)


def _covers(outer: Iterable[Corner], inner: Iterable[Corner]) -> bool:
    """The middle of the one lies within the other's bounds."""
    x, y = _centre(inner)
    across, down = zip(*outer, strict=True)
    return bool(min(across) <= x <= max(across) and min(down) <= y <= max(down))


def _centre(corners: Iterable[Corner]) -> Corner:
    across, down = zip(*corners, strict=True)
    return sum(across) / len(across), sum(down) / len(down)


def _place(sighting: Sighting) -> float:
    """Rows come first; two codes side by side are rarely level to the pixel."""
    x, y = _centre(sighting.corners)
    return 2 * y + x
