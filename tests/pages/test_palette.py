"""Every pair of colours that the look offers stands apart, in both themes."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickWindow

from tests.painted import contrast
from tests.ui_fixtures import Shopper

TEXT, PART = 4.5, 3.0
TONES = ("ok", "warn", "danger", "silent", "info", "hint", "choice")
FOUR_STATES = ("ok", "warn", "danger", "silent")

# foreground, background, what is needed
PAIRS = [
    *(("ink", behind, TEXT) for behind in ("page", "surface", "sunk")),
    *(("soft", behind, TEXT) for behind in ("page", "surface", "sunk")),
    *(("accent", behind, TEXT) for behind in ("page", "surface", "sunk")),
    ("accentInk", "accent", TEXT),
    ("accentInk", "accentHover", TEXT),
    *(("outline", behind, PART) for behind in ("page", "surface")),
    *((f"tones.{tone}", "surface", TEXT) for tone in TONES),
    *((f"tones.{tone}", f"washes.{tone}", TEXT) for tone in TONES),
    *(("ink", f"washes.{tone}", TEXT) for tone in TONES),
    *(("accent", f"washes.{tone}", PART) for tone in TONES),
]


def color(window: QQuickWindow, name: str) -> QColor:
    """As the pages have it."""
    context = qmlContext(window)
    assert context is not None
    return QColor(QQmlExpression(context, window, f"Style.{name}").evaluate()[0])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_the_palette_stands_apart(shopper: Shopper, theme: str) -> None:
    shopper.look(theme=theme)
    window = shopper.program.window
    faint = [
        f"{front} on {back}: {found:.2f} of {needed}"
        for front, back, needed in PAIRS
        if (found := contrast(color(window, front), color(window, back))) < needed
    ]
    assert faint == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_four_states_are_told_apart_by_their_colour_too(shopper: Shopper, theme: str) -> None:
    shopper.look(theme=theme)
    window = shopper.program.window
    colors = {tone: color(window, f"tones.{tone}").name() for tone in FOUR_STATES}
    assert all(colors[one] != colors[other] for one, other in combinations(FOUR_STATES, 2))


def test_a_page_is_light_or_dark_as_asked(shopper: Shopper) -> None:
    shopper.look(theme="light")
    light = color(shopper.program.window, "page").lightnessF()
    shopper.look(theme="dark")
    dark = color(shopper.program.window, "page").lightnessF()
    assert light > 0.9
    assert dark < 0.2
