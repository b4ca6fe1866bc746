"""The proof file of the label that is on the page: saved where the shopper says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.viewmodels.label import LabelViewModel
    from labelviewer.words.catalogue import Words

WriteFile = Callable[[Path, bytes], None]
"""Whole or not at all; raises CannotSaveError."""


@dataclass(frozen=True, slots=True)
class ProofState:
    """`saved` is the name of the file that was written, `problem` why none was."""

    saved: str = ""
    problem: KeepError | None = None


def proof_name(inspection: Inspection) -> str:
    """Made by us alone: nothing that a label says becomes a file's name."""
    token = inspection.evidence.token if inspection.evidence else b""
    return f"label-proof-{sha256(token).hexdigest()[:12]}.json"


class ProofViewModel(QObject):
    changed = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        label: LabelViewModel,
        ports: Callable[[], Ports],
        write: WriteFile,
        places: PlacesViewModel,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ProofState()
        self._label = label
        self._ports = ports
        self._write = write
        self._places = places
        self._words = words
        self._job = LatestJob(executor, self)
        label.changed.connect(self.forget)

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._words.say("proof.saved", name=self.state.saved) if self.state.saved else ""

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why nothing was saved; None where nothing went wrong."""
        from labelviewer.present.notice import notice

        problem = self.state.problem
        return as_map(notice(self._words, problem.code, problem.facts)) if problem else None

    @Slot()
    def save(self) -> None:
        """What is on the page now, even if it changes while a place is chosen."""
        inspection = self._label.inspection
        if inspection is not None and inspection.report is not None and inspection.evidence is not None:
            self._places.want(Want("proof", proof_name(inspection)), lambda place: self._save(inspection, place))

    @Slot()
    def forget(self) -> None:
        self._job.forget()
        self._become(ProofState())

    def _save(self, inspection: Inspection, place: Path) -> None:
        def work(_tell: object) -> ProofState:
            from labelviewer.pipeline.proof import make_proof

            try:
                self._write(place, make_proof(inspection, self._ports()))
            except KeepError as problem:
                return ProofState(problem=problem)
            return ProofState(saved=place.name)

        self._job.ask(work, self._finish)

    def _finish(self, answer: Answer[ProofState]) -> None:
        match answer:
            case Done(value=state):
                self._become(state)
            case Failed(error=error):
                self.crashed.emit(error)

    def _become(self, new: ProofState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
