"""Codes are read to the byte, each once, in order; where there is none, nothing is read."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from labelviewer.adapters import qr_reader, zbar_reader, zxing_reader
from labelviewer.adapters.pictures import Gray, open_picture
from labelviewer.adapters.qr_reader import CodeReader, Seen, look, read_texts, readers
from labelviewer.adapters.qr_writer import picture
from labelviewer.adapters.stripes import may_have_stripes
from labelviewer.domain.errors import NotAPictureError, PictureTooLargeError
from labelviewer.domain.sighting import Sighting, Symbology
from labelviewer.pipeline import limits

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "qr"
ADDRESS = "https://samples.labelviewer.example/l/camera-a"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the photographs of shared/corpora/qr are not here")


def drawn(text: str, module_pixels: int = 8) -> Image.Image:
    gray = picture(text, module_pixels=module_pixels)
    return Image.frombytes("L", (gray.width, gray.height), gray.pixels)


def made(content: str | bytes, kind: zxingcpp.BarcodeFormat, scale: int = 4) -> Image.Image:
    image = zxingcpp.create_barcode(content, kind).to_image(scale=scale, add_quiet_zones=True)
    view = memoryview(image)  # type: ignore[arg-type]  # a buffer, though its type does not say so
    assert view.shape is not None
    return Image.frombytes("L", (view.shape[1], view.shape[0]), bytes(view))


def bars(number: str, kind: zxingcpp.BarcodeFormat) -> Image.Image:
    stripes = made(number, kind, scale=3)
    return stripes.resize((stripes.width, max(stripes.height, 150)))


def raw_code(payload: bytes) -> Image.Image:
    """Bytes as they are, with no note of how to read them."""
    return made(payload, zxingcpp.BarcodeFormat.QRCode)


def beside(*pictures: Image.Image) -> Image.Image:
    sheet = Image.new("L", (sum(p.width for p in pictures), max(p.height for p in pictures)), 255)
    across = 0
    for one in pictures:
        sheet.paste(one, (across, 0))
        across += one.width
    return sheet


def seen_in(image: Image.Image) -> tuple[Sighting, ...]:
    return look(Gray(image.width, image.height, image.tobytes())).sightings


def as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (ADDRESS.encode(), ADDRESS),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("latin-1"), "Größe"),
        ("Grüße aus Köln".encode("latin-1"), "Grüße aus Köln"),
        ("ラベル".encode(), "ラベル"),
        ("\ufeffhello".encode(), "\ufeffhello"),
        (b"tab\tline\r\nend\x00", "tab\tline\r\nend\x00"),
    ],
)
def test_the_payload_is_exact_and_its_text_is_utf8_where_it_can_be(payload: bytes, text: str) -> None:
    (sighting,) = seen_in(raw_code(payload))
    assert (sighting.payload, sighting.text) == (payload, text)
    assert sighting.symbology is Symbology.QR


def test_bytes_that_are_no_text_keep_their_value() -> None:
    payload = bytes(range(128, 160))
    (sighting,) = seen_in(raw_code(payload))
    assert sighting.payload == payload


@pytest.mark.parametrize(
    ("kind", "number", "symbology", "text"),
    [
        (zxingcpp.BarcodeFormat.EAN13, "4006381333931", Symbology.EAN_13, "4006381333931"),
        (zxingcpp.BarcodeFormat.EAN8, "96385074", Symbology.EAN_8, "96385074"),
        (zxingcpp.BarcodeFormat.UPCA, "036000291452", Symbology.UPC_A, "036000291452"),
        (zxingcpp.BarcodeFormat.UPCE, "01234565", Symbology.UPC_E, "012345000065"),
    ],
)
def test_a_price_barcode_is_read_as_the_number_it_stands_for(
    kind: zxingcpp.BarcodeFormat, number: str, symbology: Symbology, text: str
) -> None:
    (sighting,) = seen_in(bars(number, kind))
    assert (sighting.text, sighting.payload, sighting.symbology) == (text, text.encode(), symbology)
    assert sighting.symbology.is_price_barcode


def test_a_number_read_along_a_line_or_two_is_not_believed() -> None:
    whole = bars("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    strip = Image.new("L", whole.size, 255)
    strip.paste(whole.crop((0, 60, whole.width, 66)), (0, 60))
    raw = zxingcpp.read_barcodes(strip, formats=[zxingcpp.BarcodeFormat.EAN13])  # type: ignore[arg-type]
    assert [barcode.text for barcode in raw] == ["4006381333931"]
    assert seen_in(strip) == ()


def test_a_small_square_code_is_read() -> None:
    (sighting,) = seen_in(made("12345", zxingcpp.BarcodeFormat.MicroQRCode, scale=6))
    assert (sighting.text, sighting.symbology) == ("12345", Symbology.MICRO_QR)


def test_a_label_code_and_a_price_barcode_are_both_seen() -> None:
    sheet = beside(bars("4006381333931", zxingcpp.BarcodeFormat.EAN13), drawn(ADDRESS))
    assert [(s.text, s.symbology) for s in seen_in(sheet)] == [
        ("4006381333931", Symbology.EAN_13),
        (ADDRESS, Symbology.QR),
    ]


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("place", ["left", "right", "above", "below", "corner"])
def test_a_price_barcode_anywhere_beside_a_label_code_is_seen_in_every_upright_direction(
    place: str, turns: int
) -> None:
    stripes = bars("4006381333931", zxingcpp.BarcodeFormat.EAN13).rotate(90 * turns, expand=True)
    code = drawn(ADDRESS)
    sheet = Image.new("L", (1_200, 1_100), 200)
    middle = ((sheet.width - code.width) // 2, (sheet.height - code.height) // 2)
    gap = 6
    at = {
        "left": (middle[0] - stripes.width - gap, middle[1] + 40),
        "right": (middle[0] + code.width + gap, middle[1] - 40),
        "above": (middle[0] - 60, middle[1] - stripes.height - gap),
        "below": (middle[0] + 60, middle[1] + code.height + gap),
        "corner": (middle[0] + code.width + gap, middle[1] + code.height + gap),
    }[place]
    sheet.paste(code, middle)
    sheet.paste(stripes, at)
    assert {sighting.text for sighting in seen_in(sheet)} == {ADDRESS, "4006381333931"}


def test_a_price_barcode_between_two_label_codes_is_seen() -> None:
    sheet = beside(drawn("one"), bars("4006381333931", zxingcpp.BarcodeFormat.EAN13), drawn("two"))
    assert [sighting.text for sighting in seen_in(sheet)] == ["one", "4006381333931", "two"]


def test_a_low_price_barcode_in_a_large_picture_is_seen_beside_a_label_code() -> None:
    sheet = Image.new("L", (1_920, 1_080), 200)
    stripes = bars("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    sheet.paste(drawn(ADDRESS), (300, 300))
    sheet.paste(stripes.crop((0, 0, stripes.width, 40)), (1_200, 800))
    assert {sighting.text for sighting in seen_in(sheet)} == {ADDRESS, "4006381333931"}


@pytest.mark.parametrize(("room", "seen"), [(120, True), (66, False)])
@pytest.mark.parametrize("turned", [False, True])
def test_lines_are_read_only_where_a_price_barcode_has_room_beside_the_code(
    room: int, seen: bool, turned: bool
) -> None:
    stripes = bars("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    sheet = Image.new("L", (stripes.width, 400), 255)
    sheet.paste(stripes, (0, 200))
    left = room / sheet.width
    code = ((left, 0.0), (1.0, 0.0), (1.0, 1.0), (left, 1.0))
    if turned:
        sheet = sheet.transpose(Image.Transpose.TRANSPOSE)
        code = ((0.0, left), (1.0, left), (1.0, 1.0), (0.0, 1.0))
    frame = zxing_reader.Frame(sheet.tobytes(), sheet.width, sheet.height)
    assert may_have_stripes(frame, code) is seen
    assert may_have_stripes(frame)


@pytest.mark.parametrize(("height", "seen"), [(40, True), (12, False)])
def test_a_band_beside_a_code_that_is_too_low_for_a_price_barcode_is_left_out(height: int, seen: bool) -> None:
    sheet = bars("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    above = height / sheet.height
    code = ((0.0, above), (1.0, above), (1.0, 1.0), (0.0, 1.0))
    assert may_have_stripes(zxing_reader.Frame(sheet.tobytes(), sheet.width, sheet.height), code) is seen


def arrangements(stripes: Image.Image, code: Image.Image) -> Iterator[Image.Image]:
    """Beside and below the code, on end, small, large and tilted."""
    half, double = ((stripes.width * times // 2, stripes.height * times // 2) for times in (1, 4))
    on_end, *tilted = (stripes.rotate(turn, expand=True, fillcolor=255) for turn in (90, 8, -20, 45))
    for upright in (stripes, on_end, stripes.resize(half), stripes.resize(double), tilted[0]):
        yield beside(upright, code)
    for above in (stripes, *tilted[1:]):
        sheet = Image.new("L", (max(above.width, code.width), above.height + code.height), 255)
        sheet.paste(above, (0, 0))
        sheet.paste(code, (0, above.height))
        yield sheet


@needs_corpus
def test_the_lines_meet_nearly_every_price_barcode_beside_a_code() -> None:
    code = ImageOps.expand(drawn(ADDRESS, module_pixels=5), 20, 255)
    met = []
    for path in (path for folder in ("ean13-1", "ean13-3", "upca-3") for path in photographs(f"zxing-cpp/{folder}")):
        photograph = open_picture(path.read_bytes(), path.name).gray
        stripes = Image.frombytes("L", (photograph.width, photograph.height), photograph.pixels)
        for sheet in arrangements(stripes, code):
            gray = Gray(sheet.width, sheet.height, sheet.tobytes())
            squares = [*zxing_reader.read(gray, zxing_reader.SQUARES)]
            if len(squares) == 1 and any(zxing_reader.read(gray, zxing_reader.STRIPES)):
                met.append(may_have_stripes(zxing_reader.frame_of(gray), squares[0].corners))
    assert len(met) > 70
    assert met.count(False) <= 5


def test_codes_come_in_reading_order_and_a_repeated_one_at_another_place_counts() -> None:
    one, two = drawn("one"), drawn("two")
    sheet = Image.new("L", (2 * one.width, 2 * one.height + 20), 255)
    for image, place in ((two, (0, 12)), (one, (one.width, 0)), (two, (one.width, one.height + 12))):
        sheet.paste(image, place)
    assert [sighting.text for sighting in seen_in(sheet)] == ["two", "one", "two"]


def test_the_same_code_found_twice_at_one_place_counts_once() -> None:
    (sighting,) = seen_in(drawn("one"))
    again = Sighting(b"one", "one", Symbology.QR, tuple((x + 0.01, y) for x, y in sighting.corners), "zbar")  # type: ignore[arg-type]
    other = Sighting(b"two", "two", Symbology.QR, sighting.corners, "zbar")
    missed_here = zxing_reader.NearMiss(sighting.corners)
    missed_there = zxing_reader.NearMiss(tuple((x + 2, y) for x, y in sighting.corners))  # type: ignore[arg-type]
    seen = qr_reader._seen([missed_here, sighting, again, missed_there, other])
    assert seen == qr_reader.Seen((sighting, other), near_misses=1)


@pytest.mark.parametrize("turns", range(4))
def test_corners_start_at_the_codes_own_top_left_and_run_clockwise(turns: int) -> None:
    code = beside(drawn("corner"), Image.new("L", (200, 10), 255))
    turned = code.rotate(-90 * turns, expand=True)
    (sighting,) = seen_in(turned)
    upright = [(x * turned.width, y * turned.height) for x, y in sighting.corners]
    for _ in range(turns):  # turn the points back as well
        upright = [(y, turned.width - x) if _ % 2 == 0 else (y, turned.height - x) for x, y in upright]
    side = code.height
    margin = side * 4 / 29
    expected = [(margin, margin), (side - margin, margin), (side - margin, side - margin), (margin, side - margin)]
    assert upright == [pytest.approx(corner, abs=6) for corner in expected]


def test_a_reading_has_the_picture_to_show_with_corners_that_fit_it() -> None:
    big = drawn(ADDRESS).resize((3_000, 3_000))
    reading = CodeReader().read(as_png(big), "box.png")
    assert (reading.still.width, reading.still.height) == (1_600, 1_600)
    assert all(0 < part < 1 for corner in reading.sightings[0].corners for part in corner)


def test_a_picture_without_a_code_can_still_be_shown() -> None:
    reading = CodeReader().read(as_png(Image.new("L", (300, 200), 200)), "wall.png")
    assert (reading.sightings, reading.near_misses) == ((), 0)
    assert (reading.still.width, reading.still.height) == (300, 200)


def test_a_code_that_is_seen_but_not_read_is_counted() -> None:
    spoiled = drawn(ADDRESS, module_pixels=8)
    spoiled.paste(0, (90, 90, 262, 262))
    assert CodeReader().read(as_png(spoiled), "scratched.png").near_misses in (1, 2)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (2, 3), (21, 21)])
def test_tiny_pictures_hold_no_code_and_do_no_harm(size: tuple[int, int]) -> None:
    assert seen_in(Image.new("L", size, 0)) == ()


def test_a_file_that_is_no_picture_is_not_a_picture_without_a_code() -> None:
    with pytest.raises(NotAPictureError):
        CodeReader().read(b"hello", "hello.txt")
    with pytest.raises(PictureTooLargeError):
        CodeReader().read(b"BM" + bytes(64 * 1024 * 1024), "huge.bmp")


def test_a_faint_small_code_is_read_at_the_second_look() -> None:
    faint = drawn(ADDRESS, module_pixels=2).filter(ImageFilter.GaussianBlur(0.9))
    gray = Gray(faint.width, faint.height, faint.tobytes())
    assert not [one for one in zxing_reader.read(gray, zxing_reader.SQUARES) if isinstance(one, Sighting)]
    assert [sighting.text for sighting in look(gray).sightings] == [ADDRESS]


def test_a_camera_frame_gives_its_square_codes_only() -> None:
    sheet = beside(bars("4006381333931", zxingcpp.BarcodeFormat.EAN13), drawn(ADDRESS))
    seen = CodeReader().read_frame(sheet.tobytes(), sheet.width, sheet.height)
    assert [sighting.text for sighting in seen.sightings] == [ADDRESS]


@pytest.mark.parametrize("inverted", [False, True])
def test_in_a_large_camera_frame_a_code_is_seen_once_be_it_light_on_dark(inverted: bool) -> None:
    sheet = Image.new("L", (1_921, 1_081), 200)
    sheet.paste(drawn(ADDRESS), (900, 300))
    frame = ImageOps.invert(sheet) if inverted else sheet
    (sighting,) = CodeReader().read_frame(frame.tobytes(), frame.width, frame.height).sightings
    assert sighting.text == ADDRESS
    (left, top), _, (right, bottom), _ = sighting.corners
    assert 900 < left * 1_921 < right * 1_921 < 900 + drawn(ADDRESS).width
    assert 300 < top * 1_081 < bottom * 1_081 < 300 + drawn(ADDRESS).height


def test_a_small_code_in_a_large_camera_frame_is_read_at_its_full_size() -> None:
    sheet = Image.new("L", (1_920, 1_080), 200)
    sheet.paste(drawn(ADDRESS, module_pixels=3), (901, 301))
    faint = sheet.filter(ImageFilter.GaussianBlur(1.2))
    half = CodeReader().read_frame(faint.tobytes(), 960, 540, row_bytes=2 * 1_920, pixel_bytes=2)
    assert half.sightings == ()
    seen = CodeReader().read_frame(faint.tobytes(), 1_920, 1_080)
    assert [sighting.text for sighting in seen.sightings] == [ADDRESS]


@pytest.mark.parametrize(("step", "seen"), [(0.0, [ADDRESS]), (1.0, [])])
def test_a_small_light_code_in_a_large_camera_frame_is_read_unless_half_the_size_took_long(
    step: float, seen: list[str]
) -> None:
    sheet = Image.new("L", (1_920, 1_080), 200)
    sheet.paste(drawn(ADDRESS, module_pixels=3), (901, 301))
    frame = ImageOps.invert(sheet).filter(ImageFilter.GaussianBlur(1.4)).tobytes()
    half = CodeReader().read_frame(frame, 960, 540, row_bytes=2 * 1_920, pixel_bytes=2)
    assert half == Seen()
    found = CodeReader().read_frame(frame, 1_920, 1_080, seconds=Watch(step))
    assert [sighting.text for sighting in found.sightings] == seen


def test_a_large_camera_frame_is_read_in_negative_where_half_the_size_hints_at_a_code() -> None:
    sheet = Image.new("L", (1_920, 1_080), 200)
    sheet.paste(drawn(ADDRESS, module_pixels=4), (901, 301))
    frame = ImageOps.invert(sheet).filter(ImageFilter.GaussianBlur(1.8)).tobytes()
    half = CodeReader().read_frame(frame, 960, 540, row_bytes=2 * 1_920, pixel_bytes=2)
    assert half.sightings == ()
    assert half.near_misses
    found = CodeReader().read_frame(frame, 1_920, 1_080, seconds=Watch(1.0))
    assert [sighting.text for sighting in found.sightings] == [ADDRESS]


def test_a_camera_frame_may_have_padded_rows() -> None:
    code = drawn(ADDRESS)
    padded = beside(code, Image.new("L", (13, 1), 0))
    seen = CodeReader().read_frame(padded.tobytes(), code.width, code.height, row_bytes=padded.width)
    assert [sighting.text for sighting in seen.sightings] == [ADDRESS]
    assert CodeReader().read_frame(bytes(64 * 48), 64, 48).sightings == ()


def test_texts_of_a_file_can_be_had_alone(tmp_path: Path) -> None:
    path = tmp_path / "two.png"
    path.write_bytes(as_png(beside(drawn("one"), drawn("two"))))
    assert read_texts(path) == ["one", "two"]


@pytest.fixture
def without_zbar(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine where pip put the Python part and nobody the library."""
    for name in [name for name in sys.modules if name.split(".")[0] == "pyzbar"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    monkeypatch.setattr("sys.path_importer_cache", {})
    zbar_reader._load.cache_clear()
    yield
    zbar_reader._load.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="the library comes with the Python part there")
@pytest.mark.usefixtures("without_zbar")
def test_without_zbar_everything_else_goes_on() -> None:
    assert [sighting.text for sighting in seen_in(drawn(ADDRESS))] == [ADDRESS]
    assert seen_in(Image.new("L", (90, 90), 255)) == ()
    zxing, zbar = readers()
    assert (zxing.name, zxing.available) == ("zxing-cpp", True)
    assert (zbar.name, zbar.available, zbar.version) == ("zbar", False, None)


def test_readers_say_their_versions() -> None:
    zxing, zbar = readers()
    assert zxing.available
    assert zxing.version is not None
    assert zxing.version.startswith("3.")
    if not zbar.available:
        pytest.skip("libzbar is not installed here")
    assert zbar.version is not None
    assert zbar.version.count(".") == 2


@pytest.mark.parametrize("text", [ADDRESS.encode(), "Größe €".encode(), "Größe".encode("latin-1")])
def test_zbar_reads_to_the_byte_too_and_guesses_no_far_east(text: bytes) -> None:
    code = raw_code(text)
    sightings = list(zbar_reader.squares(Gray(code.width, code.height, code.tobytes())))
    if not readers()[1].available:
        pytest.skip("libzbar is not installed here")
    (sighting,) = sightings
    assert sighting.payload == text
    assert sighting.text in (text.decode("latin-1"), text.decode("utf-8", "ignore"))
    assert "Gr" not in sighting.text or sighting.text.startswith("Größe")
    (x, y), _, (right, bottom), _ = sighting.corners
    assert (x, y) < (0.3, 0.3) < (0.7, 0.7) < (right, bottom)


def photographs(folder: str) -> list[Path]:
    return sorted(path for path in (CORPUS / folder).rglob("*") if path.suffix in (".jpg", ".png", ".webp"))


@needs_corpus
def test_nothing_is_read_where_there_is_no_code() -> None:
    pictures = photographs("zxing-cpp/falsepositives-1")
    assert len(pictures) > 15
    for path in pictures:
        assert look(open_picture(path.read_bytes(), path.name).gray).sightings == (), path.name


@needs_corpus
@pytest.mark.parametrize(
    ("folder", "least"),
    [
        ("qrcode-1", 8),
        ("qrcode-2", 56),
        ("qrcode-3", 18),
        ("qrcode-4", 24),
        ("ean13-1", 14),
        ("ean13-3", 8),
        ("upca-3", 6),
    ],
)
def test_photographs_are_read_and_every_text_is_the_right_one(folder: str, least: int) -> None:
    pytest.importorskip("numpy", reason="harder looks need NumPy")
    read = 0
    for path in photographs(f"zxing-cpp/{folder}"):
        sightings = look(open_picture(path.read_bytes(), path.name).gray).sightings
        truth = path.with_suffix(".txt").read_bytes().decode().replace("\r\n", "\n").removeprefix("0")
        texts = [s.text.replace("\r\n", "\n").removeprefix("0") for s in sightings]
        assert not texts or truth in texts, path.name
        read += bool(texts)
    assert read >= least


@needs_corpus
def test_hard_photographs_are_read_as_often_as_measured_and_rightly() -> None:
    pytest.importorskip("numpy", reason="harder looks need NumPy")
    truth: dict[str, list[str | None]] = json.loads((CORPUS / "boofcv" / "truth.json").read_text(encoding="utf-8"))
    sample = photographs("boofcv")[::3]
    read = 0
    for path in sample:
        known = {text for text in truth[str(path.relative_to(CORPUS).as_posix())] if text}
        found = look(open_picture(path.read_bytes(), path.name).gray).sightings
        assert not known or not found or known & {sighting.text for sighting in found}, path
        read += bool(found)
    assert read >= 0.89 * len(sample)


class Watch:
    """A clock that goes on by so much whenever it is looked at."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.now = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_looking_ends_when_the_time_is_up() -> None:
    spoiled = drawn(ADDRESS, module_pixels=8)
    spoiled.paste(0, (60, 60, 220, 220))
    gray = Gray(spoiled.width, spoiled.height, spoiled.tobytes())
    watch = Watch(step=limits.STILL_SECONDS / 2)
    assert look(gray, watch).sightings == ()
    assert watch.now <= 4 * limits.STILL_SECONDS


def test_a_camera_frame_of_every_second_pixel_is_read_where_it_lies() -> None:
    code = drawn(ADDRESS, module_pixels=12)
    half = memoryview(code.tobytes())
    seen = CodeReader().read_frame(half, code.width // 2, code.height // 2, row_bytes=2 * code.width, pixel_bytes=2)
    assert [sighting.text for sighting in seen.sightings] == [ADDRESS]


def test_an_easy_picture_waits_for_nothing_that_only_hard_ones_need(tmp_path: Path) -> None:
    path = tmp_path / "easy.png"
    path.write_bytes(as_png(drawn(ADDRESS)))
    code = "import sys, labelviewer.adapters.qr_reader as r; print(r.read_texts(sys.argv[1]), 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"['{ADDRESS}'] False"
