"""What is drawn in the window: each item with its place, what it stands on, and what it scrolls in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow


@dataclass(frozen=True)
class Painted:
    """`surface` is the colour behind it and `sheet` the place of what has it; `room` is the part of the window where
    it can be seen; `enabled` is inherited."""

    item: QQuickItem
    place: QRectF
    surface: QColor
    sheet: QRectF
    room: QRectF
    enabled: bool = True

    @property
    def is_text(self) -> bool:
        return self.item.inherits("QQuickText") and bool(self.item.property("text"))

    @property
    def text(self) -> str:
        return str(self.item.property("text"))

    @property
    def color(self) -> QColor:
        color = self.item.property("color")
        assert isinstance(color, QColor)
        return color

    def is_a(self, component: str) -> bool:
        """Whether it is one of our components. A wrapper of its QMetaObject would outlive it."""
        return qmlContext(self.item) is not None and str(self.read("toString()")).startswith(f"{component}_QMLTYPE")

    def read(self, expression: str) -> Any:
        """For properties whose type Python does not know."""
        context = qmlContext(self.item)
        assert context is not None
        return QQmlExpression(context, self.item, expression).evaluate()[0]


def painted(window: QQuickWindow) -> Iterator[Painted]:
    """Everything that is shown, scrolled out or not, in the order of painting."""
    root = window.contentItem()
    color = window.property("color")
    assert isinstance(color, QColor)
    place = place_of(root)
    return _painted(Painted(root, place, color, place, place))


def place_of(item: QQuickItem) -> QRectF:
    """In the window, in device-independent pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _painted(each: Painted) -> Iterator[Painted]:
    if not each.item.isVisible() or each.item.opacity() == 0:
        return
    yield each
    below: list[Painted] = []
    inner = replace(each, surface=each.color, sheet=each.place) if _is_filled(each.item) else each
    room = each.room.intersected(each.place) if each.item.clip() else each.room
    for child in sorted(each.item.childItems(), key=lambda item: item.z()):
        place = place_of(child)
        under = next((other for other in reversed(below) if other.place.contains(place)), inner)
        surface, sheet = (inner.surface, inner.sheet) if under is inner else (under.color, under.place)
        shown = Painted(child, place, surface, sheet, room, each.enabled and child.isEnabled())
        yield from _painted(shown)
        if child.isVisible() and _is_filled(child):
            below.append(shown)


def _is_filled(item: QQuickItem) -> bool:
    return item.inherits("QQuickRectangle") and item.property("color").alpha() > 0


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG counts it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
