"""A picture from the web through the real fetcher, against a real HTTPS server on loopback."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from labelviewer.adapters.fetch import Patience
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.limits import WEB_PICTURE
from labelviewer.pipeline.run import Ports
from labelviewer.pipeline.web_picture import inspect_web_picture
from labelviewer.resources import SAMPLES
from tests.desk import ports_of
from tests.https_site import LABEL_TYPE, HttpsSite, Script, label, redirect, response, say, stall, status
from tests.labels import packs
from tests.simulator import Authority

SHOP, CDN = "shop.example.org", "cdn.example.org"
URL = f"https://{SHOP}/pictures/box.png"
PNG = (SAMPLES / "us-ctm/camera-a/code.png").read_bytes()


@pytest.fixture(scope="module")
def site() -> Iterator[HttpsSite]:
    with HttpsSite(SHOP, CDN) as site:
        yield site


def look_at(site: HttpsSite, script: Script, url: str = URL) -> tuple[Inspection, list[tuple[Stage, str]]]:
    site.answer(url, script)
    fetcher = site.fetcher(patience=Patience(whole=1.0, connect=0.5, idle=0.3, pauses=()))
    ports: Ports = replace(ports_of(Authority()), fetcher=fetcher, packs=packs())
    stages: list[tuple[Stage, str]] = []
    inspection = inspect_web_picture(parse_web_address(url), ports, lambda stage, host: stages.append((stage, host)))
    return inspection, stages


def test_a_picture_is_fetched_and_read_like_any_other(site: HttpsSite) -> None:
    inspection, stages = look_at(site, label(PNG, "image/png"))
    assert inspection.reading is not None
    assert [seen.text for seen in inspection.reading.sightings] == ["https://samples.labelviewer.example/l/camera-a"]
    assert stages[:2] == [(Stage.LOOKING_UP, SHOP), (Stage.READING, "")]


ANSWERS: dict[str, tuple[Script, str]] = {
    "a page": (label(b"<html>", "text/html"), "S21"),
    "a picture that says it is text": (label(PNG, "text/plain"), "S21"),
    "a picture of no kind": (label(PNG, None), "S21"),
    "a drawing": (label(b"<svg/>", "image/svg+xml"), "S21"),
    "a label": (label(b"e.e.e", LABEL_TYPE), "S21"),
    "text that says it is a picture": (label(b"no picture", "image/png"), "S21"),
    "nothing there": (status(404), "S21"),
    "no longer there": (status(410), "S21"),
    "more than we take": (say(response(200, PNG, media_type="image/png", length=WEB_PICTURE + 1)), "S21"),
    "half of it": (say(response(200, PNG[:200], media_type="image/png", length=len(PNG))), "S21"),
    "a way to another host": (redirect(f"https://{CDN}/box.png"), "F08"),
    "a way to an open line": (redirect(f"http://{SHOP}/box.png"), "S44"),
    "a way into a private network": (redirect("https://127.0.0.1/box.png"), "S46"),
    "no answer": (stall(), "F04"),
    "a refusal": (status(403), "F10"),
}


@pytest.mark.threat("T8")
@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_else_comes_is_no_picture_or_is_refused(site: HttpsSite, answer: str) -> None:
    script, code = ANSWERS[answer]
    problem = look_at(site, script)[0].problem
    assert problem is not None
    assert problem.code == code


def test_a_redirect_on_the_same_host_is_followed(site: HttpsSite) -> None:
    site.answer(f"https://{SHOP}/large.png", label(PNG, "image/png"))
    assert look_at(site, redirect("/large.png"))[0].reading is not None


@pytest.mark.threat("T28")
def test_the_request_asks_for_pictures_alone_and_says_nothing_of_the_shopper(site: HttpsSite) -> None:
    site.requests.clear()
    look_at(site, label(PNG, "image/png"))
    (request,) = site.requests
    text = request.decode("ascii")
    assert "image/png" in text
    assert "label" not in text.partition("Accept:")[2].partition("\n")[0]
    assert "Referer" not in text
    assert "Cookie" not in text
