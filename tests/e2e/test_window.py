"""The real window on a real display, worked by a screen reader: what it does not say over the bus is not there."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from labelviewer.cli.exit_status import Exit
from labelviewer.resources import SAMPLES
from tests.e2e.desktop import Desktop, desktop
from tests.e2e.world import OFFICE, Outside, outside
from tests.ui_fixtures import HARMLESS

pytestmark = pytest.mark.e2e

GOOD, CHANGED = "A camera that was checked", "A camera with a changed label"
SECOND = "A second camera, to compare"
NAME = "Hearth Camera 2"
PAGE_LEFT = "Could not find accessible on path"  # the screen reader asked about a page that was just left


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as screen:
        yield screen


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Outside]:
    """What is logged is a fault, but for what a bare computer lacks."""
    with outside(tmp_path) as around:
        yield around
    log = around.profile / "state" / "labelviewer.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    odd = [line for line in lines if not any(word in line for word in (*HARMLESS, PAGE_LEFT))]
    assert not odd, "\n".join(odd)
    assert (around.folder / "window.log").read_text(encoding="utf-8") == ""


def test_a_good_sample_is_called_real_and_a_changed_one_hides_its_facts_until_asked(
    screen: Desktop, around: Outside
) -> None:
    hear = screen.listener
    with screen.window(around):
        hear.press("Try a sample")
        hear.press(GOOD)
        hear.wait_for("Checked: this label is real")
        hear.wait_for("Is it real? Yes")
        hear.wait_for(f"Which product is it? {NAME}")
        assert "31 December 2031" in hear.everything

        hear.press("Back")
        hear.press(CHANGED)
        hear.wait_for("Do not trust this label")
        assert "31 December 2035" not in hear.everything
        hear.press("See the facts anyway")
        hear.wait_for("How long do security updates last? Until 31 December 2035")
        assert any(name.startswith("Do not trust this label") for name in hear.said)


def test_two_samples_side_by_side_say_what_differs(screen: Desktop, around: Outside) -> None:
    hear = screen.listener
    with screen.window(around):
        hear.press("Try a sample")
        hear.press(GOOD)
        hear.press(f"Compare {NAME} with another product")
        hear.press("Try a sample")
        hear.press(SECOND)
        for sentence in (
            "Hearth Camera 2 gets updates 2 years and 6 months longer than Lookout Mini.",
            "Hearth Camera 2 shares data with nobody. Lookout Mini shares data with companies that run the service",
            "Hearth Camera 2 gets updates by itself. Lookout Mini does not get updates by itself.",
        ):
            hear.wait_for(sentence)


def test_pictures_on_the_command_line_are_opened(screen: Desktop, around: Outside) -> None:
    boxes = [SAMPLES / "us-ctm" / name / "box.jpg" for name in ("camera-a", "camera-b")]
    with screen.window(around, *boxes):
        screen.listener.wait_for("Hearth Camera 2 gets updates 2 years and 6 months longer than Lookout Mini.")


def look_up(screen: Desktop, code: str) -> None:
    screen.listener.press("Type an address")
    screen.listener.fill("Address or number of the label", code)
    screen.listener.press("Look it up")


def test_a_label_from_its_site_is_in_the_list_after_a_restart_and_after_a_kill(
    screen: Desktop, around: Outside
) -> None:
    hear = screen.listener
    with screen.window(around) as program:
        look_up(screen, OFFICE.code())
        hear.wait_for("Checked: this label is real")
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert len(around.site.requests) == 1
    around.stop()
    for _ in range(2):
        with screen.window(around):
            hear.press("My labels")
            hear.press(f"Open {NAME}")
            hear.wait_for(f"Which product is it? {NAME}")
            hear.wait_for("Is it real? Yes")
    assert around.kept() == ["urn:label:office.example:2026-000123"]


def test_a_site_that_is_gone_and_a_camera_that_is_not_there_are_said_with_what_to_do(
    screen: Desktop, around: Outside
) -> None:
    hear = screen.listener
    around.stop()
    with screen.window(around):
        look_up(screen, OFFICE.code())
        hear.wait_for("The label site is not answering")
        hear.press("labelviewer, start page")
        hear.press("Use the camera")
        hear.wait_for("No camera found")
        hear.press("Open a picture")
        hear.press("Cancel")


@pytest.mark.fault("D7")
def test_a_second_start_shows_its_link_or_picture_in_the_first_window_and_ends(
    screen: Desktop, around: Outside
) -> None:
    hear = screen.listener
    with screen.window(around) as first:
        hear.wait_for("Try a sample")
        with screen.window(around, OFFICE.code()) as second:
            assert second.wait(30) == Exit.CHECKED
        hear.wait_for("Checked: this label is real")
        with screen.window(around, SAMPLES / "us-ctm" / "camera-tampered" / "box.jpg") as third:
            assert third.wait(30) == Exit.CHECKED
        hear.wait_for("Do not trust this label")
        assert first.poll() is None
