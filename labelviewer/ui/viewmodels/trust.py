"""Who may sign labels: the list, and the signers that are added on this computer after 60 digits were compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError, PictureError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.lines import Line, line, say_line
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from datetime import date

    from labelviewer.domain.signers import SignerLine, Signers
    from labelviewer.pipeline.run import Ports
    from labelviewer.words.catalogue import Words

ReadFile = Callable[[Path], bytes]
"""The bytes of a file within a bound; raises PictureError."""


@dataclass(frozen=True, slots=True)
class TrustState:
    """`offered` waits for its digits, with its `document`. `removed` can be taken back."""

    signers: Signers | None = None
    today: date | None = None
    offered: SignerLine | None = None
    document: bytes = b""
    removed: bytes = b""
    told: Line | None = None
    problem: KeepError | None = None


class TrustViewModel(QObject):
    changed = Signal()
    toldChanged = Signal()
    offerChanged = Signal()
    trustChanged = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        ports: Callable[[], Ports],
        read_file: ReadFile,
        places: PlacesViewModel,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = TrustState()
        self._ports = ports
        self._read_file = read_file
        self._places = places
        self._words = words
        self._job = LatestJob(executor, self)
        self._changes = False

    @Property(QVARIANT, notify=changed)
    def page(self) -> Any:
        from labelviewer.present.trust_page import trust_page

        signers, today = self.state.signers, self.state.today
        return as_map(trust_page(signers, self._words, today) if signers and today else None)

    @Property(QVARIANT, notify=offerChanged)
    def offered(self) -> Any:
        return as_map(self.state.offered)

    @Property(str, notify=toldChanged)
    def told(self) -> str:
        """What came of the last thing that was asked for."""
        return say_line(self.state.told, self._words)

    @Property(bool, notify=toldChanged)
    def canUndo(self) -> bool:
        return bool(self.state.removed)

    @Property(QVARIANT, notify=toldChanged)
    def message(self) -> Any:
        """Why nothing was changed; None where nothing went wrong."""
        return say_problem(self._words, self.state.problem)

    @Slot()
    def refresh(self) -> None:
        self._do(lambda _ports, state: replace(state, told=None, problem=None))

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()
        self.toldChanged.emit()

    @Slot()
    def openFile(self) -> None:
        self._places.want(Want("issuer"), self.open_file)

    def open_file(self, path: Path) -> None:
        def read(ports: Ports, state: TrustState) -> TrustState:
            try:
                return self._offer(self._read_file(path), path.name, ports, state)
            except PictureError:
                return replace(state, told=line("trust.no-file", name=path.name))

        self._do(read)

    def offer(self, document: bytes, name: str) -> None:
        """A signer's own file, from wherever it came."""
        self._do(lambda ports, state: self._offer(document, name, ports, state))

    @Slot()
    def leave(self) -> None:
        """The signer that was offered is not added."""
        self._become(replace(self.state, offered=None, document=b"", told=None, problem=None))

    @Slot(str)
    def add(self, digits: str) -> None:
        self._do(lambda ports, state: self._add(digits, ports, state), changes=True)

    @Slot(str)
    def remove(self, host: str) -> None:
        self._do(lambda ports, state: self._remove(host, ports, state), changes=True)

    @Slot()
    def undo(self) -> None:
        def put_back(ports: Ports, state: TrustState) -> TrustState:
            if state.removed:
                _issuers().add_issuer(state.removed, ports)
            return replace(state, removed=b"", told=line("trust.undone"))

        self._do(put_back, changes=True)

    @Slot()
    def renew(self) -> None:
        """Look for a newer list now."""
        self._do(self._renew, changes=True)

    # on the worker's thread

    def _offer(self, document: bytes, name: str, ports: Ports, state: TrustState) -> TrustState:
        signer = _issuers().signer_of(document)
        if signer is None:
            return replace(state, told=line("trust.no-file", name=name))
        if _issuers().is_listed(signer.host, ports):
            return replace(state, told=line("trust.on-the-list", name=signer.name))
        if ports.added is None:
            return replace(state, told=line("trust.not-kept"))
        return replace(state, offered=signer, document=document)

    def _add(self, digits: str, ports: Ports, state: TrustState) -> TrustState:
        if state.offered is None:
            return state
        if not _issuers().is_alike(digits, state.offered.groups):
            return replace(state, told=line("trust.not-alike"))
        _issuers().add_issuer(state.document, ports)
        told = line("trust.was-added", name=state.offered.name)
        return replace(state, offered=None, document=b"", told=told)

    def _remove(self, host: str, ports: Ports, state: TrustState) -> TrustState:
        document = _issuers().remove_issuer(host, ports)
        if document is None:
            return state
        told = line("trust.was-removed", name=_issuers().signer_of(document).name)
        return replace(state, removed=document, told=told)

    def _renew(self, ports: Ports, state: TrustState) -> TrustState:
        match _issuers().renew_list(ports):
            case None:
                told = "trust.not-renewed"
            case True:
                told = "trust.renewed"
            case _:
                told = "trust.newest"
        return replace(state, told=line(told))

    def _read(self, ports: Ports, state: TrustState) -> TrustState:
        return replace(state, signers=_issuers().signers(ports), today=ports.clock.now().date())

    # back in the window

    def _do(self, work: Callable[[Ports, TrustState], TrustState], *, changes: bool = False) -> None:
        before = replace(self.state, told=None, problem=None)
        self._changes = self._changes or changes  # an answer that is not waited for has changed trust all the same

        def on_worker(_tell: object) -> TrustState:
            ports = self._ports()
            try:
                return self._read(ports, work(ports, before))
            except KeepError as problem:
                return replace(before, problem=problem)

        self._job.ask(on_worker, self._finish)

    def _finish(self, answer: Answer[TrustState]) -> None:
        match answer:
            case Done(value=state):
                self._become(state)
                if self._changes:
                    self._changes = False
                    self.trustChanged.emit()
            case Failed(error=error):
                self.crashed.emit(error)

    def _become(self, new: TrustState) -> None:
        old, self.state = self.state, new
        if (new.signers, new.today) != (old.signers, old.today):
            self.changed.emit()
        if new.offered != old.offered:
            self.offerChanged.emit()
        if (new.told, new.problem, new.removed) != (old.told, old.problem, old.removed):
            self.toldChanged.emit()


def _issuers() -> Any:
    from labelviewer.pipeline import issuers

    return issuers
