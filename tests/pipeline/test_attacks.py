"""The catalogue of known attacks over a real HTTPS server on loopback: once a day, the same bytes from everybody."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from labelviewer.adapters.feed_file import FeedFile
from labelviewer.domain.errors import CannotSaveError
from labelviewer.pipeline.attacks import FEED, known_attacks, look_for_attacks
from labelviewer.pipeline.limits import ATTACKS
from labelviewer.pipeline.ports import KeptFeed
from tests.attack_feed import entry, feed
from tests.https_site import HttpsSite, response, say
from tests.simulator import NOW

URL = str(FEED)
DAY = timedelta(days=1)
OTHER = "https://elsewhere.example/feed.json"


@pytest.fixture
def site() -> Iterator[HttpsSite]:
    with HttpsSite(FEED.host, "elsewhere.example") as site:
        yield site


@pytest.fixture
def shelf(tmp_path: Path) -> FeedFile:
    return FeedFile(tmp_path / "cache" / "known-attacks")


def serve(site: HttpsSite, body: bytes, media_type: str = "application/json") -> None:
    packed = gzip.compress(body)
    site.answer(URL, say(response(200, packed, media_type=media_type, headers={"Content-Encoding": "gzip"})))


def test_it_is_fetched_once_a_day_and_kept_with_its_age(site: HttpsSite, shelf: FeedFile) -> None:
    serve(site, feed(entry()))
    assert known_attacks(shelf).catalogue is None
    first = look_for_attacks(shelf, site.fetcher(), NOW)
    again = look_for_attacks(shelf, site.fetcher(), NOW + DAY / 2)
    assert first == again == known_attacks(shelf)
    assert (first.fetched_at, first.problem) == (NOW, None)
    assert len(site.requests) == 1
    assert look_for_attacks(shelf, site.fetcher(), NOW + DAY).fetched_at == NOW + DAY
    assert look_for_attacks(shelf, site.fetcher(), NOW + DAY, at_once=True).fetched_at == NOW + DAY
    assert len(site.requests) == 3


@pytest.mark.threat("T28")
def test_every_installation_sends_these_bytes_whatever_it_holds(
    site: HttpsSite, shelf: FeedFile, tmp_path: Path
) -> None:
    serve(site, feed(entry()))
    look_for_attacks(shelf, site.fetcher(), NOW)
    look_for_attacks(shelf, site.fetcher(), NOW + 9 * DAY)
    look_for_attacks(FeedFile(tmp_path / "another"), site.fetcher(), NOW)
    expected = (
        b"GET /sites/default/files/feeds/known_exploited_vulnerabilities.json HTTP/1.1\r\n"
        b"Host: www.cisa.gov\r\n"
        b"Accept: application/json\r\n"
        b"Accept-Encoding: gzip\r\n"
        b"User-Agent: labelviewer/1\r\n"
        b"Connection: close\r\n"
        b"\r\n"
    )
    assert site.requests == [expected] * 3


@pytest.mark.fault("N7")
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (response(200, b"{}", media_type="application/json"), "F12"),
        (response(200, feed(entry(), count=9), media_type="application/json"), "F12"),
        (response(200, b" " * (ATTACKS + 1), media_type="application/json"), "F12"),
        (response(200, feed(entry())[:-1], length=len(feed(entry()))), "F12"),
        (response(200, b"<html>", media_type="text/html"), "F09"),
        (response(404), "F05"),
        (response(410), "F06"),
        (response(403), "F10"),
        (response(503), "F04"),
        (response(302, headers={"Location": OTHER}), "F08"),
        (response(302, headers={"Location": "http://www.cisa.gov/feed.json"}), "S44"),
    ],
)
def test_whatever_goes_wrong_has_a_message_and_the_old_catalogue_stays(
    site: HttpsSite, shelf: FeedFile, answer: bytes, code: str
) -> None:
    serve(site, feed(entry()))
    held = look_for_attacks(shelf, site.fetcher(), NOW)
    site.answer(URL, say(answer))
    site.answer(OTHER, say(response(200, feed(entry(), entry()), media_type="application/json")))
    failed = look_for_attacks(shelf, site.fetcher(), NOW + DAY)
    assert failed.problem is not None
    assert failed.problem.code == code
    assert replace(failed, problem=None) == held == known_attacks(shelf)


@pytest.mark.fault("N1")
def test_offline_the_catalogue_that_we_hold_still_counts(site: HttpsSite, shelf: FeedFile) -> None:
    serve(site, feed(entry()))
    held = look_for_attacks(shelf, site.fetcher(), NOW)
    site.close()
    failed = look_for_attacks(shelf, site.fetcher(has_network=lambda: False), NOW + DAY)
    assert failed.problem is not None
    assert failed.problem.code == "F02"
    assert failed.catalogue == held.catalogue


@pytest.mark.fault("N11")
def test_an_older_catalogue_does_not_take_the_place_of_a_newer_one(site: HttpsSite, shelf: FeedFile) -> None:
    serve(site, feed(entry()))
    held = look_for_attacks(shelf, site.fetcher(), NOW)
    serve(site, feed(entry(product="other"), released="2026-01-01"))
    assert look_for_attacks(shelf, site.fetcher(), NOW + DAY) == held


@pytest.mark.fault("D1")
def test_a_disk_that_refuses_costs_the_copy_and_not_the_answer(site: HttpsSite, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    serve(site, feed(entry()))
    came = look_for_attacks(FeedFile(tmp_path / "file" / "feed"), site.fetcher(), NOW)
    assert isinstance(came.problem, CannotSaveError)
    assert came.catalogue is not None


@pytest.mark.fault("D4")
@pytest.mark.parametrize(
    "data", [b"", b"\n", b"yesterday\n{}", b"2026-06-01\n{}", b"2026-06-01T12:00:00+00:00\n{}", b"\xff" * 900]
)
def test_a_damaged_copy_is_none(shelf: FeedFile, tmp_path: Path, data: bytes) -> None:
    shelf.keep_feed(KeptFeed(feed(entry()), NOW))
    assert known_attacks(shelf).catalogue is not None
    (tmp_path / "cache" / "known-attacks").write_bytes(data)
    assert known_attacks(shelf).catalogue is None


def test_a_clock_that_was_set_back_does_not_stop_the_looking(site: HttpsSite, shelf: FeedFile) -> None:
    serve(site, feed(entry()))
    look_for_attacks(shelf, site.fetcher(), NOW)
    look_for_attacks(shelf, site.fetcher(), NOW - 400 * DAY)
    assert len(site.requests) == 2
