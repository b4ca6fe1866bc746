"""The window as a screen reader has it: found by name, read and pressed, never by place on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtQuick import QQuickItem

Role = QAccessible.Role
CONTROLS = frozenset({Role.Button, Role.CheckBox, Role.EditableText, Role.RadioButton})
PRESS = ("Press", "Toggle")


@dataclass(frozen=True)
class Node:
    """What assistive technology gets of one thing."""

    interface: QAccessibleInterface

    @property
    def name(self) -> str:
        return self.interface.text(QAccessible.Text.Name)

    @property
    def description(self) -> str:
        return self.interface.text(QAccessible.Text.Description)

    @property
    def role(self) -> QAccessible.Role:
        return self.interface.role()

    @property
    def rect(self) -> QRect:
        """On the screen, in device-independent pixels."""
        return self.interface.rect()

    @property
    def shown(self) -> bool:
        return not self.interface.state().invisible

    @property
    def checked(self) -> bool:
        return bool(self.interface.state().checked)

    @property
    def enabled(self) -> bool:
        return not self.interface.state().disabled

    @property
    def item(self) -> QQuickItem:
        item = self.interface.object()
        assert isinstance(item, QQuickItem)
        return item

    @property
    def children(self) -> list[Node]:
        return [Node(self.interface.child(place)) for place in range(self.interface.childCount())]

    @property
    def actions(self) -> list[str]:
        offered = self.interface.actionInterface()
        return [] if offered is None else offered.actionNames()  # type: ignore[redundant-expr]

    def press(self) -> None:
        wanted = [action for action in PRESS if action in self.actions]
        assert wanted, f"{self} cannot be pressed, only {self.actions}"
        self.interface.actionInterface().doAction(wanted[0])

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r}"


def tree_of(window: QWindow) -> Node:
    QAccessible.setActive(True)
    return Node(QAccessible.queryAccessibleInterface(window))


def walk(node: Node) -> Iterator[Node]:
    """Everything that is shown, in the order it is read out."""
    for child in node.children:
        if child.shown:
            yield child
            yield from walk(child)


def controls(tree: Node) -> list[Node]:
    """What can be worked."""
    return [node for node in walk(tree) if node.role in CONTROLS]


def by_name(tree: Node, name: str, role: QAccessible.Role | None = None) -> Node:
    """The one thing of this name, among the controls unless a role is given."""
    fitting = [
        node for node in walk(tree) if node.name == name and (node.role is role if role else node.role in CONTROLS)
    ]
    assert len(fitting) == 1, f"{len(fitting)} things are called {name!r} among:\n{outline(tree)}"
    return fitting[0]


def said(tree: Node) -> list[str]:
    """All that is read out: names and descriptions."""
    return [text for node in walk(tree) for text in (node.name, node.description) if text]


def outline(tree: Node, depth: int = 0) -> str:
    """The tree as indented lines, for people."""
    lines = []
    for child in tree.children:
        if child.shown:
            about = f" ({child.description})" if child.description else ""
            ticked = f" [{'x' if child.checked else ' '}]" if child.role is Role.CheckBox else ""
            dim = "" if child.enabled else " (off)"
            lines.append(f"{'  ' * depth}{child.role.name}: {child.name}{about}{ticked}{dim}\n")
            lines.append(outline(child, depth + 1))
    return "".join(lines)
