"""A failure's page: what was scanned only when asked for, and never in what goes to support."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.errors import (
    LookAlikeError,
    NotALabelError,
    OfflineError,
    ShortLinkError,
    UnknownNumberError,
    UnknownSiteError,
)
from labelviewer.domain.inspection import Inspection, SchemeCode
from labelviewer.domain.scanned import classify
from labelviewer.domain.sighting import Reading, Still
from labelviewer.present.notice import Deed
from labelviewer.ui.stills import Stills
from labelviewer.ui.viewmodels.notice import NoticeViewModel
from labelviewer.words.catalogue import Words

SECRET = "WIFI:T:WPA;S:home;P:open sesame;;"
FAILED = Inspection(scanned=classify(SECRET), problem=NotALabelError(kind="kind.wifi"))


@pytest.fixture
def model(words: Words) -> NoticeViewModel:
    return NoticeViewModel(words, "1.2.3", Stills())


def test_there_is_no_message_at_first(model: NoticeViewModel) -> None:
    assert model.property("message") is None
    assert model.announcement == model.code == ""
    assert not model.alarming


def test_a_failure_is_the_message_of_its_code(model: NoticeViewModel, words: Words) -> None:
    model.show(FAILED)
    message = words.message("S41", {"kind": "kind.wifi"})
    shown = model.property("message")
    assert (shown["code"], shown["title"], shown["body"]) == ("S41", message.title, message.body)
    assert model.announcement == f"{message.title}. {message.body}"


def test_what_was_scanned_is_there_only_when_asked_for(model: NoticeViewModel) -> None:
    model.show(FAILED)
    assert model.property("scannedText") == ""
    model.unfold(Deed.SHOW_TEXT)
    assert model.property("scannedText") == SECRET
    model.unfold(Deed.SHOW_TEXT)
    assert model.property("scannedText") == ""


def test_what_a_code_looks_like_is_told_where_its_form_tells_it(model: NoticeViewModel) -> None:
    model.show(FAILED)
    assert model.property("looksLike") == ""
    code = SchemeCode("number", "CSA/311227/A\u202eB", "Singapore label", "It has stars.")
    model.show(replace(FAILED, scheme_code=code))
    told = model.property("looksLike")
    assert told.startswith("CSA/311227/A\ufffdB has the form of a number of this label: Singapore label. It has stars.")
    assert "Anybody can print" in told


def test_the_offices_page_is_opened_and_a_product_number_looked_up_only_where_the_code_has_them(words: Words) -> None:
    opened: list[str] = []
    asked: list[str] = []

    def open_page(page: str) -> bool:
        opened.append(page)
        return True

    model = NoticeViewModel(words, "1.2.3", Stills(), open_page)
    model.lookedUp.connect(asked.append)
    model.show(FAILED)
    model.openPage()
    model.lookUp()
    assert (opened, asked) == ([], [])
    code = SchemeCode("address", "05165", "Label", "About.", means="The maker fills it in.", page="https://a.example/1")
    model.show(replace(FAILED, scheme_code=code))
    assert "The maker fills it in." in model.property("looksLike")
    assert model.property("looksLike").endswith(f"Its page is at {model.property('officialPage')}")
    model.openPage()
    assert opened == ["https://a.example/1"]
    model.show(replace(FAILED, scheme_code=SchemeCode("link", "04012345678901", "", "", gtin="04012345678901")))
    assert model.property("officialPage") == ""
    model.lookUp()
    assert asked == ["04012345678901"] == [model.property("productNumber")]


def test_a_product_number_that_was_asked_for_in_vain_is_not_offered_again(model: NoticeViewModel) -> None:
    code = SchemeCode("barcode", "4006381333931", "", "", gtin="04006381333931")
    model.show(Inspection(problem=UnknownNumberError(number="4006381333931"), scheme_code=code))
    assert "4006381333931" in model.property("looksLike")
    assert model.property("productNumber") == ""


@pytest.mark.threat("T4")
def test_where_a_code_leads_is_told_in_two_parts_and_only_where_that_is_the_matter(model: NoticeViewModel) -> None:
    for problem in (
        UnknownSiteError(host="labels.shop.co.uk"),
        ShortLinkError(host="labels.shop.co.uk"),
        LookAlikeError(host="labels.shop.co.uk", known="labels.shap.co.uk"),
    ):
        model.show(Inspection(problem=problem))
        assert model.property("leads") == {"before": "labels.", "registrable": "shop.co.uk"}
    model.show(FAILED)
    assert model.property("leads") is None


@pytest.mark.threat("T11")
def test_what_was_scanned_cannot_play_tricks_with_the_screen(model: NoticeViewModel) -> None:
    model.show(Inspection(scanned=classify("a\u202eb\x1b[2Jc\x00d"), problem=NotALabelError(kind="kind.text")))
    model.unfold(Deed.SHOW_TEXT)
    text = model.property("scannedText")
    assert not set(text) & {"\u202e", "\x1b", "\x00"}
    assert {"a", "b", "c", "d"} <= set(text)


def test_details_name_the_program_the_message_and_the_cause_alone(model: NoticeViewModel) -> None:
    problem = OfflineError()
    problem.__cause__ = ValueError("https://shop.example/secret")
    model.show(Inspection(scanned=classify("https://shop.example/secret"), problem=problem))
    assert model.property("details") == ""
    model.unfold(Deed.SHOW_DETAILS)
    assert model.property("details") == "labelviewer 1.2.3 | F02 | OfflineError | ValueError"


@pytest.mark.parametrize("problem", [NotALabelError(kind="kind.wifi"), UnknownSiteError(host="sesame.example")])
def test_details_hold_nothing_of_what_was_scanned(model: NoticeViewModel, problem: NotALabelError) -> None:
    model.show(Inspection(scanned=classify(SECRET), problem=problem))
    model.copyDetails()
    copied = QGuiApplication.clipboard().text()
    assert copied == model.property("details") != ""
    assert "sesame" not in copied


def test_the_next_failure_is_folded_again(model: NoticeViewModel) -> None:
    model.show(FAILED)
    model.unfold(Deed.SHOW_TEXT)
    model.show(FAILED)
    assert model.property("scannedText") == ""


def test_the_picture_that_was_tried_is_shown(model: NoticeViewModel) -> None:
    model.show(FAILED)
    assert model.property("still") == ""
    reading = Reading((), 0, Still(2, 1, bytes(6)))
    model.show(Inspection(reading=reading, problem=NotALabelError(kind="kind.text")))
    assert model.property("still").startswith("image://stills/")


def test_a_place_to_look_is_shown_when_asked_for(model: NoticeViewModel) -> None:
    model.show(FAILED)
    assert not model.property("showsPlace")
    model.unfold(Deed.SHOW_PLACE)
    assert model.property("showsPlace")


def test_a_message_without_a_scan_has_no_text_to_show(model: NoticeViewModel) -> None:
    model.show_message("A05", {})
    model.unfold(Deed.SHOW_TEXT)
    assert model.property("scannedText") == ""
    assert model.inspection is None


def test_a_danger_alarms_and_nothing_else(model: NoticeViewModel, words: Words) -> None:
    for code, message in words.messages.items():
        if not any("{" in str(part) for part in (message["title"], message["body"])):
            model.show_message(code, {})
            assert model.alarming == (message["severity"] == "danger"), code
