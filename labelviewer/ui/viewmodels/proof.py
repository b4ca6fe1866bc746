"""The proof file of the label that is on the page: saved where the shopper says."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.saving import SavingViewModel

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.jobs import Executor
    from labelviewer.ui.viewmodels.label import LabelViewModel
    from labelviewer.ui.viewmodels.saving import WriteFile
    from labelviewer.words.catalogue import Words


def proof_name(inspection: Inspection) -> str:
    """Made by us alone: nothing that a label says becomes a file's name."""
    token = inspection.evidence.token if inspection.evidence else b""
    return f"label-proof-{sha256(token).hexdigest()[:12]}.json"


class ProofViewModel(SavingViewModel):
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
        super().__init__(write, places, words, executor, parent)
        self._label = label
        self._ports = ports
        label.changed.connect(self.forget)

    @Slot()
    def save(self) -> None:
        """What is on the page now, even if it changes while a place is chosen."""
        inspection = self._label.inspection
        if inspection is None or inspection.report is None or inspection.evidence is None:
            return

        def make() -> bytes:
            from labelviewer.pipeline.proof import make_proof

            return make_proof(inspection, self._ports())

        self.ask_where(Want("proof", proof_name(inspection)), make)
