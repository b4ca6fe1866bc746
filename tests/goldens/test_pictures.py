"""Pictures of the real window in both themes and at two text sizes, judged by what must be seen in them.

Pixels differ between fonts and machines, so no picture is stored. Each is held against what the window says it draws:
every text and every icon must be there in its own colour, on its own sheet, under nothing and over nothing.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.painted import Painted, painted
from tests.ui_fixtures import Shopper, open_window
from tests.ui_pages import ports_for, reach

WIDTH, HEIGHT = 1080, 780
TALL = 6_000
SLACK = 2
NEAR = 0.45
APART = 60
PAGES = (
    "start",
    "start while adding",
    "samples",
    "choose",
    "label",
    "label tampered",
    "label with everything open",
    "compare all rows",
    "compare schemes",
    "history",
    "settings changed",
    "help",
    "support",
    "no code",
)


@pytest.fixture(scope="module", params=PAGES)
def page(
    request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shopper]:
    name = str(request.param)
    with open_window(tmp_path_factory.mktemp("page"), ports_for(name)) as shopper:
        shopper.look()
        shopper.resize(WIDTH, HEIGHT)
        reach(name, shopper)
        yield shopper


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_seen(page: Shopper, theme: str, percent: int) -> None:
    page.look(theme, percent)
    found = problems(page)
    page.resize(WIDTH, HEIGHT)
    page.look()
    assert found == []


@pytest.mark.parametrize("width", [480, 720])
def test_everything_is_seen_in_a_narrow_window(page: Shopper, width: int) -> None:
    page.resize(width, HEIGHT)
    found = problems(page)
    page.resize(WIDTH, HEIGHT)
    assert found == []


def test_what_was_hidden_has_the_colours_of_now(page: Shopper) -> None:
    page.look("dark")
    page.resize(480, HEIGHT)
    page.resize(WIDTH, HEIGHT)
    page.look()
    page.resize(480, HEIGHT)
    found = problems(page)
    page.resize(WIDTH, HEIGHT)
    assert found == []


def test_columns_that_are_out_of_sight_show_nowhere(qapp: QGuiApplication, tmp_path: Path) -> None:
    """The first column looks the same wherever the others are."""
    with open_window(tmp_path, ports_for("compare four")) as shopper:
        shopper.look()
        shopper.resize(820, HEIGHT)
        reach("compare four", shopper)
        shopper.press("Stop using Lookout Mini as my reference")
        (flickable,) = (each.item for each in painted(shopper.program.window) if each.item.inherits("QQuickFlickable"))
        assert flickable.property("contentWidth") > flickable.width() + APART
        flickable.setProperty("contentY", flickable.property("contentHeight") // 3)
        first = first_column(shopper)
        for part in (0.3, 0.6, 1.0):
            flickable.setProperty("contentX", round(part * (flickable.property("contentWidth") - flickable.width())))
            assert first_column(shopper) == first


def test_light_and_dark_are_two_looks_of_one_page(page: Shopper) -> None:
    light, texts = edge_of(page), texts_of(page)
    page.look("dark")
    dark, same = edge_of(page), texts_of(page)
    page.look()
    assert same == texts
    assert light.lightness() > 200
    assert dark.lightness() < 40


def test_text_at_200_percent_is_twice_as_large(page: Shopper) -> None:
    """Or, for a heading that gives way where the columns no longer fit, half as large again."""
    small = sizes_of(page)
    page.look(text_percent=200)
    large = sizes_of(page)
    page.look()
    both = small.keys() & large.keys()
    assert len(both) > len(small) / 2
    assert all(large[text] >= 1.5 * small[text] for text in both)
    assert sum(large[text] == pytest.approx(2 * small[text], rel=0.05) for text in both) >= len(both) - 1


# what must be seen


def problems(page: Shopper) -> list[str]:
    show_whole_page(page)
    picture, drawn = picture_of(page), painted(page.program.window)
    marks = [each for each in drawn if each.enabled and (each.is_text or each.is_a("Icon")) and is_in_room(each)]
    found = [f"{name_of(mark)} is not seen" for mark in marks if not is_seen(picture, mark)]
    found += [f"{name_of(mark)} sticks out of its sheet" for mark in marks if not is_on_sheet(mark)]
    texts = [(name_of(mark), written(mark)) for mark in marks if mark.is_text]
    found += [
        f"{one} runs into {other}" for (one, here), (other, there) in combinations(texts, 2) if touch(here, there)
    ]
    return found if marks else ["the page is blank"]


def is_in_room(each: Painted) -> bool:
    return each.room.contains(each.place)


def is_seen(picture: QImage, mark: Painted) -> bool:
    """Somewhere in its place is a pixel nearer to its own colour than to what is behind it, and the two differ."""
    ink, behind = mark.color, mark.surface
    if distance(ink, behind) < APART:
        return False
    part = picture.copy(pixels(mark.place, picture)).convertToFormat(QImage.Format.Format_RGB32)
    reach = NEAR * distance(ink, behind)
    values = set(memoryview(part.constBits()).cast("I"))
    return any(distance(QColor.fromRgb(value), ink) <= reach for value in values)


def is_on_sheet(mark: Painted) -> bool:
    return mark.sheet.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(written(mark))


def touch(here: QRectF, there: QRectF) -> bool:
    return here.adjusted(SLACK, SLACK, -SLACK, -SLACK).intersects(there)


def written(mark: Painted) -> QRectF:
    """Where the letters are, which may be less than the item."""
    if not mark.is_text or mark.read("horizontalAlignment !== Text.AlignLeft"):
        return mark.place
    return QRectF(mark.place.topLeft(), mark.place.size().boundedTo(content_size(mark)))


def content_size(mark: Painted) -> QSizeF:
    return QSizeF(mark.item.property("contentWidth"), mark.item.property("contentHeight"))


def name_of(mark: Painted) -> str:
    return repr(mark.text) if mark.is_text else f"icon {mark.item.property('name')} at {mark.place.getRect()}"


# the window


def show_whole_page(page: Shopper) -> None:
    """As tall as it takes, so that nothing has to be scrolled."""
    flickables = [each.item for each in painted(page.program.window) if each.item.inherits("QQuickFlickable")]
    missing = max((item.property("contentHeight") - item.height() for item in flickables), default=0)
    if missing > 0:
        page.resize(page.program.window.width(), min(TALL, page.program.window.height() + int(missing) + 1))


def first_column(page: Shopper) -> QImage:
    page.settle()
    (name,) = (each.place for each in painted(page.program.window) if each.is_text and each.text == "Side by side")
    bottom = HEIGHT - 2 * APART  # the bar for scrolling lies below
    return picture_of(page).copy(QRectF(0, name.top(), name.right(), bottom - name.top()).toRect())


def picture_of(page: Shopper) -> QImage:
    return page.program.window.grabWindow()


def pixels(place: QRectF, picture: QImage) -> QRect:
    ratio = picture.devicePixelRatio()
    return QRectF(place.x() * ratio, place.y() * ratio, place.width() * ratio, place.height() * ratio).toRect()


def texts_of(page: Shopper) -> list[str]:
    return [each.text for each in painted(page.program.window) if each.is_text]


def sizes_of(page: Shopper) -> dict[str, int]:
    return {each.text: each.read("font.pixelSize") for each in painted(page.program.window) if each.is_text}


def edge_of(page: Shopper) -> QColor:
    """The colour beside what is on the page."""
    picture = picture_of(page)
    return picture.pixelColor(SLACK, picture.height() - SLACK)


def distance(one: QColor, other: QColor) -> float:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
