"""Codes read from photographs by each reader on this machine, live frames, and memory: one table each."""

import argparse
import gc
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import zxingcpp
from PIL import Image

from labelviewer.adapters import zbar_reader
from labelviewer.adapters.pictures import Gray, open_gray
from labelviewer.adapters.qr_reader import CodeReader, look
from labelviewer.domain.errors import PictureError

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpora" / "qr"
HARD, NO_CODE = "boofcv", "falsepositives"
LOOKED_AT = (".jpg", ".jpeg", ".png", ".webp")
OURS, BARE, QR_ALONE = "labelviewer", "zxing-cpp", "zxing-cpp, QR alone"
COMPARED = (QR_ALONE, BARE, OURS)
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.UPCE,
    ]
)
FRAME = (1_920, 1_080)
WARM_FRAMES = 200
ROUNDS = 3

Engine = Callable[["Photograph"], list[str]]


@dataclass(frozen=True)
class Photograph:
    """A picture, opened; `truth` are the texts known to be in it, None where nothing is known."""

    path: Path
    set: str
    gray: Gray
    truth: frozenset[str] | None


@dataclass
class Score:
    pictures: int = 0
    read: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Spent:
    """By one reader on one picture: the best of some rounds."""

    clock: float
    processor: float


Easy = dict[str, Spent]


def photographs(corpus: Path) -> Iterator[Photograph]:
    """Truth: a `.txt` beside the picture, or a `truth.json` of a folder above; none where there is no code."""
    listed: dict[Path, list[str | None]] = {}
    for table in corpus.rglob("truth.json"):
        for name, texts in json.loads(table.read_text(encoding="utf-8")).items():
            listed[corpus / name] = listed[table.parent / name] = texts
    for path in sorted(corpus.rglob("*")):
        if path.suffix.lower() not in LOOKED_AT:
            continue
        try:
            gray = open_gray(path.read_bytes(), path.name)
        except PictureError as error:
            print(f"{path}: left out, {error.code}", file=sys.stderr)
            continue
        yield Photograph(path, path.parent.relative_to(corpus).as_posix(), gray, truth_of(path, listed))


def truth_of(path: Path, listed: dict[Path, list[str | None]]) -> frozenset[str] | None:
    if NO_CODE in path.parent.name:
        return frozenset()
    beside = path.with_suffix(".txt")
    texts = [beside.read_bytes().decode()] if beside.exists() else listed.get(path, [])
    return frozenset(plain(text) for text in texts if text) or None


def plain(text: str) -> str:
    """Line ends and the leading zero of North American numbers are no difference."""
    return text.replace("\r\n", "\n").removeprefix("0")


def is_wrong(texts: list[str], truth: frozenset[str] | None) -> bool:
    """Something was read, and none of it is what is there."""
    return bool(texts) and truth is not None and not truth & {plain(text) for text in texts}


def bare_zxing(photograph: Photograph) -> list[str]:
    gray = photograph.gray
    view = zxingcpp.ImageView(gray.pixels, gray.width, gray.height, zxingcpp.ImageFormat.Lum)  # type: ignore[arg-type]
    found = zxingcpp.read_barcodes(view, formats=FORMATS, text_mode=zxingcpp.TextMode.Plain)
    return [barcode.text for barcode in found]


def bare_zxing_qr(photograph: Photograph) -> list[str]:
    gray = photograph.gray
    view = zxingcpp.ImageView(gray.pixels, gray.width, gray.height, zxingcpp.ImageFormat.Lum)  # type: ignore[arg-type]
    return [barcode.text for barcode in zxingcpp.read_barcodes(view, formats=QR, text_mode=zxingcpp.TextMode.Plain)]


def pyzbar(photograph: Photograph) -> list[str]:
    from pyzbar import pyzbar as library

    gray = photograph.gray
    symbols = [library.ZBarSymbol.QRCODE, library.ZBarSymbol.EAN13, library.ZBarSymbol.EAN8, library.ZBarSymbol.UPCA]
    found = library.decode((gray.pixels, gray.width, gray.height), symbols=symbols)
    return [code.data.decode("utf-8", "replace") for code in found]


def ours(photograph: Photograph) -> list[str]:
    return [sighting.text for sighting in look(photograph.gray).sightings]


def opencv() -> Engine | None:
    """Where it happens to be installed."""
    try:
        cv2, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    except ImportError:
        return None
    detector = cv2.QRCodeDetector()

    def read(photograph: Photograph) -> list[str]:
        gray = photograph.gray
        pixels = numpy.frombuffer(gray.pixels, numpy.uint8).reshape(gray.height, gray.width)
        try:
            _, texts, _, _ = detector.detectAndDecodeMulti(pixels)
        except (cv2.error, UnicodeDecodeError):
            return []
        return [text for text in texts if text]

    return read


def engine_named(name: str) -> Engine:
    """`module:function` takes a path and gives texts; its time includes opening the file."""
    module, _, function = name.partition(":")
    read = getattr(importlib.import_module(module), function)

    def by_path(photograph: Photograph) -> list[str]:
        return list(read(photograph.path))

    return by_path


def engines(extra: list[str]) -> dict[str, Engine]:
    found: dict[str, Engine] = {QR_ALONE: bare_zxing_qr, BARE: bare_zxing}
    if zbar_reader.zbar_version() is not None:
        found["pyzbar"] = pyzbar
    other = opencv()
    if other is not None:
        found["OpenCV"] = other
    return found | {OURS: ours} | {name: engine_named(name) for name in extra}


def measured(corpus: Path, readers: dict[str, Engine]) -> tuple[dict[str, dict[str, Score]], list[Easy]]:
    """Every reader on every picture in turn; one of each first does not count. What is easy is measured again."""
    scores: dict[str, dict[str, Score]] = {}
    easy: list[Easy] = []
    warm = True
    for photograph in photographs(corpus):
        is_easy = False
        for name, read in readers.items():
            if warm:
                read(photograph)
            started = time.perf_counter()
            texts = read(photograph)
            spent = time.perf_counter() - started
            score = scores.setdefault(photograph.set, {}).setdefault(name, Score())
            score.pictures += 1
            score.read += bool(texts)
            score.seconds.append(spent)
            is_easy = is_easy or (name == QR_ALONE and bool(texts))
            if is_wrong(texts, photograph.truth):
                score.wrong.append(f"{photograph.path.name}: {texts[0][:60]!r}")
        if is_easy:
            easy.append(best_of_rounds(photograph, {name: readers[name] for name in COMPARED}))
        warm = False
    return scores, easy


def together(scores: list[Score]) -> Score:
    total = Score()
    for score in scores:
        total.pictures += score.pictures
        total.read += score.read
        total.wrong += score.wrong
        total.seconds += score.seconds
    return total


def line(name: str, score: Score) -> str:
    spent = sorted(score.seconds)
    late = spent[min(int(len(spent) * 0.95), len(spent) - 1)]
    share = 100 * score.read / score.pictures
    return (
        f"  {name:<28}{score.read:>5} of{score.pictures:>5}{share:>7.1f} %{len(score.wrong):>7}"
        f"{1e3 * median(spent):>10.1f}{1e3 * late:>10.1f}{1e3 * spent[-1]:>10.1f}"
    )


def print_scores(scores: dict[str, dict[str, Score]], readers: dict[str, Engine], *, each: bool) -> None:
    with_code = [folder for folder in scores if NO_CODE not in folder]
    groups = {
        f"hard photographs ({HARD})": [folder for folder in with_code if folder.startswith(HARD)],
        "all with a code": with_code,
        "without a code": [folder for folder in scores if NO_CODE in folder],
    }
    if each:
        groups = {folder: [folder] for folder in scores} | groups
    print(f"{'':<30}{'read':>13}{'':>9}{'wrong':>7}{'median':>10}{'95 %':>10}{'worst':>10}   (ms)")
    for title, folders in groups.items():
        if folders:
            print(title)
            for name in readers:
                print(line(name, together([scores[folder][name] for folder in folders])))
    for name in readers:
        for wrong in together([scores[folder][name] for folder in scores]).wrong:
            print(f"wrong, {name}: {wrong}")


def best_of_rounds(photograph: Photograph, readers: dict[str, Engine]) -> Easy:
    """The readers right after one another, forth and back."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in readers}
    for turn in range(ROUNDS):
        for name in list(readers)[:: -1 if turn % 2 else 1]:
            clock, processor = time.perf_counter(), time.process_time()
            readers[name](photograph)
            spent[name].append((time.perf_counter() - clock, time.process_time() - processor))
    return {name: Spent(*(min(kind) for kind in zip(*rounds, strict=True))) for name, rounds in spent.items()}


def print_easy(easy: list[Easy]) -> None:
    """Easy is what the bare reader reads at once."""
    print(f"\n{len(easy)} easy stills, the best of {ROUNDS} rounds each (goal 1.5)")
    print(f"{'':<44}{'median':>10}{'of medians':>14}{'of pictures':>14}   (ms, times)")
    for name in (QR_ALONE, BARE):
        for kind in ("clock", "processor"):
            pairs = [(getattr(one[OURS], kind), getattr(one[name], kind)) for one in easy]
            mine, bare = (median(side) for side in zip(*pairs, strict=True))
            own = median(one / other for one, other in pairs)
            print(f"  {f'ours to {name}, {kind}':<42}{1e3 * mine:>10.2f}{mine / bare:>14.2f}{own:>14.2f}")


def frames() -> dict[str, bytes]:
    """1080p without a code: sensor noise, a soft room, print."""
    noise = Image.effect_noise(FRAME, 40)
    room = Image.effect_noise((48, 27), 90).resize(FRAME, Image.Resampling.BICUBIC)
    printed = Image.effect_mandelbrot(FRAME, (-2, -1.2, 1, 1.2), 40).convert("L")
    return {"noise": noise.tobytes(), "room": room.tobytes(), "print": printed.tobytes()}


def print_live(count: int) -> None:
    reader = CodeReader()
    width, height = FRAME

    def half(pixels: memoryview) -> None:
        reader.read_frame(pixels, width // 2, height // 2, row_bytes=2 * width, pixel_bytes=2)

    def full(pixels: memoryview) -> None:
        reader.read_frame(pixels, width, height)

    print(f"\n{'live 1080p frame':<30}{'median':>10}{'95 %':>10}{'worst':>10}   (ms, {count} frames each)")
    for name, pixels in frames().items():
        for size, read in (("half size", half), ("full size", full)):
            spent = []
            for _ in range(count):
                started = time.perf_counter()
                read(memoryview(pixels))
                spent.append(time.perf_counter() - started)
            spent.sort()
            late = spent[int(len(spent) * 0.95)]
            print(f"  {name + ', ' + size:<28}{1e3 * median(spent):>10.1f}{1e3 * late:>10.1f}{1e3 * spent[-1]:>10.1f}")


def resident() -> float | None:
    """Megabytes in use; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return None
    return pages * 4096 / 1024**2


def print_memory(count: int) -> None:
    reader, still = CodeReader(), Image.effect_mandelbrot((640, 480), (-2, -1.2, 1, 1.2), 40).convert("L")
    width, height = FRAME
    pixels = list(frames().values())
    gray = Gray(still.width, still.height, still.tobytes())
    before = None
    for number in range(count + WARM_FRAMES):
        if number == WARM_FRAMES:
            gc.collect()
            before = resident()
        view = memoryview(pixels[number % len(pixels)])
        reader.read_frame(view, width // 2, height // 2, row_bytes=2 * width, pixel_bytes=2)
        if number % 100 == 0:
            look(gray)
    gc.collect()
    after = resident()
    if before is not None and after is not None:
        print(f"\nmemory after {count} frames: {after - before:+.1f} MB (goal: within 5)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=CORPUS, help="a folder of photographs (default shared/corpora/qr)"
    )
    parser.add_argument("--engine", action="append", default=[], metavar="MODULE:FUNCTION", help="one more reader")
    parser.add_argument("--each", action="store_true", help="a table for each set as well")
    parser.add_argument("--live", type=int, default=200, help="live frames of each kind (default 200, 0 is none)")
    parser.add_argument("--frames", type=int, default=10_000, help="frames for the memory (default 10000, 0 is none)")
    options = parser.parse_args()
    importlib.import_module("labelviewer.adapters.looks.hunt")  # loaded with the first hard picture, and not timed
    if options.corpus.is_dir():
        readers = engines(options.engine)
        scores, easy = measured(options.corpus, readers)
        print_scores(scores, readers, each=options.each)
        if easy:
            print_easy(easy)
    else:
        print(f"no photographs in {options.corpus}")
    if options.live:
        print_live(options.live)
    if options.frames:
        print_memory(options.frames)
    return 0


if __name__ == "__main__":
    sys.exit(main())
