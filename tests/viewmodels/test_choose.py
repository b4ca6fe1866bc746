"""Several codes in one picture: each has a number, a place and words."""

import pytest

from labelviewer.domain.inspection import Inspection
from labelviewer.domain.sighting import Reading, Sighting, Still, Symbology
from labelviewer.pipeline.run import Ports
from labelviewer.ui.stills import Stills
from labelviewer.ui.viewmodels.choose import ChooseViewModel
from labelviewer.words.catalogue import Words

KNOWN = "https://samples.labelviewer.example/l/camera-a"
KINDS = {
    KNOWN: ("security label at samples.labelviewer.example/l/camera-a", "We can look this label up."),
    "https://shop.example/l/1": ("leads to shop.example/l/1", "It is on no list of label sites."),
    "https://shop.example/01/04006381333931/21/7": ("product code at shop.example", "by the number 04006381333931."),
    "4006381333931": ("price barcode 4006381333931", "By itself it tells nothing about security."),
    "WIFI:T:WPA;S:home;P:secret;;": ("a Wi-Fi login", "It is not a label."),
    "javascript:alert(1)": ("a link we do not open", "Label sites have no such links."),
    KNOWN.replace("https", "http"): ("security label at samples.labelviewer.example/l/camera-a", "We can look"),
    "http://shop.example/l/1": ("a link we do not open", "Label sites have no such links."),
    "<b>hello</b>": ("plain text", "It is not a label."),
}


def seen(text: str, *, left: float = 0.25, top: float = 0.5, side: float = 0.25) -> Sighting:
    right, bottom = left + side, top + side
    return Sighting(
        text.encode(), text, Symbology.QR, ((left, top), (right, top), (right, bottom), (left, bottom)), "t"
    )


def picture_with(*texts: str) -> Inspection:
    return Inspection(reading=Reading(tuple(seen(text) for text in texts), 0, Still(2, 1, bytes(6))))


@pytest.fixture
def model(ports: Ports, words: Words) -> ChooseViewModel:
    return ChooseViewModel(lambda: ports, words, Stills())


def captions(model: ChooseViewModel) -> list[str]:
    return [code["caption"] for code in model.property("codes")]


def test_there_is_nothing_to_choose_at_first(model: ChooseViewModel) -> None:
    chosen: list[str] = []
    model.chosen.connect(lambda text, _reading: chosen.append(text))
    model.choose(1)
    assert chosen == []
    assert model.property("codes") == []
    assert model.property("still") == ""


@pytest.mark.parametrize("text", KINDS)
def test_a_code_says_what_it_is_and_nothing_secret(model: ChooseViewModel, text: str) -> None:
    model.show(picture_with(text, "another"))
    what, about = KINDS[text]
    code = model.property("codes")[0]
    assert code["caption"] == f"Code 1: {what}"
    assert about in code["about"]
    assert "secret" not in f"{code['caption']} {code['about']}"


def test_an_endless_address_does_not_fill_the_page(model: ChooseViewModel) -> None:
    model.show(picture_with(f"https://shop.example/{'l' * 2_000}", "another"))
    assert len(captions(model)[0]) < 250


def test_a_code_has_its_place_in_the_picture(model: ChooseViewModel) -> None:
    model.show(picture_with(KNOWN))
    (code,) = model.property("codes")
    assert [code[side] for side in ("left", "top", "width", "height")] == [0.25, 0.5, 0.25, 0.25]


@pytest.mark.parametrize("number", range(1, 10))
def test_keys_1_to_9_choose(model: ChooseViewModel, number: int) -> None:
    chosen: list[tuple[str, Reading]] = []
    model.chosen.connect(lambda text, reading: chosen.append((text, reading)))
    inspection = picture_with(*(f"text {each}" for each in range(1, 10)))
    model.show(inspection)
    model.choose(number)
    assert chosen == [(f"text {number}", inspection.reading)]


@pytest.mark.parametrize("number", [-1, 0, 3, 99])
def test_other_numbers_choose_nothing(model: ChooseViewModel, number: int) -> None:
    chosen: list[str] = []
    model.chosen.connect(lambda text, _reading: chosen.append(text))
    model.show(picture_with("one", "two"))
    model.choose(number)
    assert chosen == []


def test_every_code_is_offered_however_many_there_are(model: ChooseViewModel) -> None:
    chosen: list[str] = []
    model.chosen.connect(lambda text, _reading: chosen.append(text))
    model.show(picture_with(*(f"text {each}" for each in range(1, 21))))
    assert [code["number"] for code in model.property("codes")] == list(range(1, 21))
    model.choose(20)
    assert chosen == ["text 20"]


def test_each_picture_has_an_address_of_its_own(model: ChooseViewModel) -> None:
    model.show(picture_with("one", "two"))
    first = model.property("still")
    model.show(picture_with("three", "four"))
    assert model.property("still") != first
    assert model.property("still").startswith("image://stills/")
