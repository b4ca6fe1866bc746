"""Where a file is to be saved, or which one to open: asked of the person, by the system's own dialog."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot


@dataclass(frozen=True, slots=True)
class Want:
    """`kind` says which files are meant: proof, bundle, issuer. `name` is what a new file is called at first."""

    kind: str
    name: str = ""

    @property
    def saving(self) -> bool:
        return self.name != ""


Ask = Callable[[Want], Path | None]
"""None where nothing was chosen."""


class PlacesViewModel(QObject):
    """`ask` answers at once, in place of the dialog."""

    wanted = Signal(str, str)

    def __init__(self, ask: Ask | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask = ask
        self._then: Callable[[Path], None] | None = None

    def want(self, want: Want, then: Callable[[Path], None]) -> None:
        self._then = then
        if self.ask is None:
            self.wanted.emit(want.kind, want.name)
        elif (place := self.ask(want)) is not None:
            then(place)

    @Slot(QUrl)
    def choose(self, url: QUrl) -> None:
        then, self._then = self._then, None
        if then is not None and url.isLocalFile():
            then(Path(url.toLocalFile()))
