"""Reads a program of another process over the accessibility bus, as a screen reader does: names, roles and actions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from tests.e2e.bus import Bus, GoneError

PATIENCE_SECONDS = 15.0

T = TypeVar("T")

_ATSPI = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"


@dataclass(frozen=True)
class Node:
    bus: Bus
    service: str
    path: str

    @property
    def name(self) -> str:
        return str(self._property("Name"))

    @property
    def description(self) -> str:
        return str(self._property("Description"))

    @property
    def role(self) -> str:
        return str(self._call("Accessible", "GetRoleName"))

    @property
    def is_hidden(self) -> bool:
        """It is in the tree and takes no room; what is scrolled out of sight does."""
        _, _, width, height = self._call("Component", "GetExtents", 0)
        return bool(width <= 0 or height <= 0)

    @property
    def children(self) -> list[Node]:
        return [Node(self.bus, service, path) for service, path in self._call("Accessible", "GetChildren")]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def press(self) -> None:
        """The first action it offers."""
        assert self._call("Action", "DoAction", 0), f"{self.name} cannot be pressed"

    def fill(self, text: str) -> None:
        assert self._call("EditableText", "SetTextContents", text), f"{self.name} cannot be written in"

    def _property(self, name: str) -> Any:
        interface = f"{_ATSPI}.Accessible"
        return self.bus.call(self.service, self.path, "org.freedesktop.DBus.Properties", "Get", interface, name)

    def _call(self, interface: str, method: str, *arguments: str | int) -> Any:
        return self.bus.call(self.service, self.path, f"{_ATSPI}.{interface}", method, *arguments)


def accessibility_bus(session: str) -> Bus:
    """The bus that screen readers listen on, of the session at this address."""
    asked = Bus(session)
    address = asked.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
    asked.close()
    return Bus(address)


@dataclass(frozen=True)
class Listener:
    """Hears one program, and knows it by nothing but what it says."""

    bus: Bus
    program: str = "labelviewer"

    def tree(self) -> Node | None:
        desktop = Node(self.bus, "org.a11y.atspi.Registry", _ROOT)
        return next((program for program in desktop.children if program.name == self.program), None)

    @property
    def said(self) -> list[str]:
        """The names of all that is there to be read, from top to bottom."""
        return [node.name for node in self._nodes() if not node.is_hidden]

    @property
    def everything(self) -> str:
        """All that the program hands out about itself, hidden or not."""
        return "\n".join(f"{node.name}\n{node.description}" for node in self._nodes())

    def wait_for(self, text: str) -> None:
        """Until a name begins with this text."""
        heard: list[str] = []

        def is_said() -> bool:
            heard[:] = self._patiently(lambda: self.said, list[str]())
            return any(name.startswith(text) for name in heard)

        wait_until(is_said, lambda: f"{text!r} was never said, but:\n" + "\n".join(filter(None, heard)))

    def press(self, name: str) -> None:
        """The button that is called exactly this, as soon as there is one."""
        self._work(name, "push button", Node.press)

    def fill(self, name: str, text: str) -> None:
        self._work(name, "text", lambda node: node.fill(text))

    def _work(self, name: str, role: str, use: Callable[[Node], None]) -> None:
        def is_done() -> bool:
            for node in self._nodes():
                if node.name == name and node.role == role and not node.is_hidden:
                    use(node)
                    return True
            return False

        wait_until(lambda: self._patiently(is_done, False), lambda: f"nothing to use is called {name!r}")

    def _nodes(self) -> Iterator[Node]:
        tree = self.tree()
        return chain.from_iterable(window.walk() for window in tree.children) if tree else iter(())

    def _patiently(self, look: Callable[[], T], otherwise: T) -> T:
        """A page may change while it is read."""
        try:
            return look()
        except GoneError:
            return otherwise


def wait_until(condition: Callable[[], bool], complaint: Callable[[], str]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, complaint()
        time.sleep(0.02)
