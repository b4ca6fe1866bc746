"""Pages as a printer gets them: drawn, read back, their codes read by our own reader."""

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader
from pypdf.generic import ContentStream
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters import printing
from labelviewer.adapters.pictures import Gray
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.qr_writer import words_matrix, words_picture
from labelviewer.adapters.zbar_reader import squares
from labelviewer.domain.paper import Entry, Head, Line, Paper, Part
from labelviewer.present.hand_over import MOST_BYTES, comparison_for_a_phone
from labelviewer.present.paper import compare_papers, label_papers
from labelviewer.present.questions import question_card
from labelviewer.resources import WORDS
from labelviewer.words.catalogue import load_words
from tests.labels import CODE, TODAY, inspection, label, packs, words

pytestmark = pytest.mark.usefixtures("qapp")

CODES = ("https://labelviewer.example/l/1", "https://labelviewer.example/l/2")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


def paper(*heads: str, rows: int = 3, text: str = "Yes", wide: bool = False, language: str = "en") -> Paper:
    entries = tuple(Entry(text, "✓") for _ in heads)
    return Paper(
        title="Side by side",
        made="24 November 2026",
        language=language,
        from_right=language == "ar",
        heads=tuple(Head(name, ("Maker",), code, "caption") for name, code in zip(heads, CODES * 2, strict=False)),
        parts=(Part("Rows", tuple(Line(f"Row {n}", entries) for n in range(rows))),),
        foot=("The end.",),
        wide=wide,
    )


def read_back(picture: bytes) -> list[str]:
    return sorted(sighting.text for sighting in CodeReader().read(picture, "page.png").sightings)


def test_the_codes_on_a_rendered_page_lead_back_to_each_label() -> None:
    assert read_back(printing.picture([paper("A", "B")], dots=110)) == list(CODES)


def test_a_pdf_has_its_words_as_text_and_says_what_it_is() -> None:
    pdf = PdfReader(io.BytesIO(printing.pdf([paper("First product", "Second product")])))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert all(word in text for word in ("Side by side", "First product", "Second product", "Row 2", "The end."))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Side by side"


@pytest.mark.parametrize(("sheet", "wide", "sides"), [
    (printing.A4, False, (595, 842)),
    (printing.A4, True, (842, 595)),
    (printing.LETTER, False, (612, 792)),
    (printing.LETTER, True, (792, 612)),
])  # fmt: skip
def test_a_pdf_has_the_sheet_that_was_asked_for(sheet: printing.Sheet, wide: bool, sides: tuple[int, int]) -> None:
    box = PdfReader(io.BytesIO(printing.pdf([paper("A", "B", wide=wide)], sheet))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == sides


def test_a_pdf_is_black_white_and_gray() -> None:
    pdf = PdfReader(io.BytesIO(printing.pdf([paper("A", "B")])))
    colours = [
        [round(float(part), 2) for part in operands]
        for operands, operator in ContentStream(pdf.pages[0].get_contents(), pdf).operations
        if operator in (b"rg", b"RG", b"scn", b"SCN", b"sc", b"SC") and len(operands) == 3
    ]
    assert colours
    assert {tuple(colour) for colour in colours if len(set(colour)) > 1} == set()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
@pytest.mark.parametrize("sheet", [printing.A4, printing.LETTER])
def test_two_products_take_one_page_whatever_they_say(language: str, sheet: printing.Sheet) -> None:
    said = load_words(WORDS, language)
    long = "Verwaltungsvorschriftenkunde " * 13
    claims = {"secure-setup": "https://hearth.example/" + "a" * 1500, "support-until": "2031-12-31"}
    sides = [inspection(label(f"{long}{n}", claims=claims if n else {}, number=str(n))) for n in range(2)]
    papers = compare_papers(sides, said, packs(), TODAY)
    assert printing.laid_out(papers, sheet).pages == 1
    assert len(PdfReader(io.BytesIO(printing.pdf(papers, sheet))).pages) == 1
    assert set(read_back(printing.picture(papers, sheet))) == {CODE}


def test_a_page_that_is_too_full_gives_way_to_a_shorter_one_in_letters_that_can_be_read() -> None:
    papers = [paper("A", "B", rows=rows) for rows in (200, 90, 20)]
    laid = printing.laid_out(papers)
    assert (laid.paper, laid.pages) == (papers[2], 1)
    assert laid.document.defaultFont().pointSizeF() >= 8


def test_four_products_lie_across_and_go_on_on_the_next_page_with_their_names() -> None:
    full = paper("Alpha", "Beta", "Gamma", "Delta", rows=60, wide=True)
    pdf = PdfReader(io.BytesIO(printing.pdf([full])))
    assert len(pdf.pages) > 1
    told = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert all("Gamma" in page for page in told if "Row " in page)
    text = " ".join(told)
    assert all(f"Row {n}" in text for n in range(60))


def test_columns_run_the_way_the_language_does() -> None:
    def first_column(language: str) -> float:
        image = Image.open(io.BytesIO(printing.picture([paper("A", "B", language=language)], dots=110)))
        found = CodeReader().read(_png(image), "page.png").sightings
        return next(min(x for x, _ in one.corners) for one in found if one.text == CODES[0])

    assert first_column("en") < 0.5 < first_column("ar")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_markup_on_a_label_is_drawn_letter_by_letter() -> None:
    evil = "<img src='file:///etc/passwd'><b>bold</b>&amp;"
    text = PdfReader(io.BytesIO(printing.pdf([paper(evil, "B")]))).pages[0].extract_text()
    assert "<b>bold</b>&amp;" in "".join(text.split("\n"))


def test_real_labels_and_the_card_fit_on_paper() -> None:
    one = inspection()
    for papers in (label_papers(one, words(), packs(), TODAY), question_card([one], words(), packs(), TODAY)):
        assert printing.laid_out(papers).pages == 1


@pytest.mark.parametrize(
    ("languages", "sheet"),
    [
        (["en-US"], printing.LETTER),
        (["en_US.UTF-8"], printing.LETTER),
        (["en_CA", "de-DE"], printing.LETTER),
        (["en", "de-DE"], printing.A4),
        (["zh-Hant-TW"], printing.A4),
        (["es-419"], printing.A4),
        ([], printing.A4),
    ],
)
def test_the_sheet_is_what_printers_hold_there(languages: list[str], sheet: printing.Sheet) -> None:
    assert printing.sheet_for(languages) == sheet


# The code that holds words


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
def test_both_readers_read_the_words_off_a_small_blurred_askew_picture(language: str) -> None:
    sides = [
        inspection(label(name, number=str(n))) for n, name in enumerate(("Hearth Camera 2", "كاميرا ٢", "Größe ñ"))
    ]
    text = comparison_for_a_phone(sides, load_words(WORDS, language), packs(), date(2026, 11, 24))
    picture = _seen(text, 3)
    assert read_back(_png(picture)) == [text]
    assert [one.text for one in squares(Gray(*picture.size, picture.tobytes()))] == [text]


def test_the_fullest_code_stays_within_version_20_and_is_read() -> None:
    text = ("ملصق " * 200).encode()[:MOST_BYTES].decode(errors="ignore")
    assert len(words_matrix(text)) <= 97
    assert read_back(_png(_seen(text, 3))) == [text]


def _seen(text: str, pixels: float) -> Image.Image:
    """As a phone sees it: `pixels` for each module, blurred, three degrees askew."""
    drawn = words_picture(text)
    whole = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels)
    side = round(drawn.width / 8 * pixels)
    small = whole.resize((side, side), Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(pixels / 3))
    return small.rotate(3, fillcolor=255, expand=True, resample=Image.Resampling.BILINEAR)


def test_pages_follow_each_other_without_a_gap_in_the_picture() -> None:
    laid = printing.laid_out([paper("A", "B", rows=90)])
    images = printing.page_images(laid)
    assert len(images) == laid.pages > 1
    assert all(one.size() == other.size() for one, other in pairwise(images))


def test_a_heading_stays_with_its_rows() -> None:
    def places(rows: int) -> list[int]:
        """On which page the heading stands, and its first row."""
        full = paper("A", "B", rows=rows)
        two = replace(full, parts=(full.parts[0], replace(full.parts[0], title="Second")), wide=True)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(printing.pdf([two]))).pages]
        heading = max(number for number, text in enumerate(pages) if "Second" in text)  # the earlier one is clipped
        after = pages[heading].partition("Second")[2]
        return [heading, heading if "Yes" in after else heading + 1]

    found = [places(rows) for rows in range(14, 24)]
    assert len({heading for heading, _ in found}) > 1
    assert all(heading == row for heading, row in found)
