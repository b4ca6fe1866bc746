"""One label: the page's text, and what of it has been asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.present.notice import Deed
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_MAP, as_map
from labelviewer.ui.viewmodels.words import say_more

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.label_page import LabelPage
    from labelviewer.present.spoken import Passage
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class LabelState:
    """`revealed`: the facts behind a warning were asked for. `unfolded`: the deed and message of a button pressed.

    `sought` and `attention` narrow the answers that are shown.
    """

    inspection: Inspection | None = None
    revealed: bool = False
    unfolded: tuple[str, str] = ("", "")
    sought: str = ""
    attention: bool = False


def shows_checks(state: LabelState) -> bool:
    return state.unfolded[0] == Deed.SHOW_CHECKS


def page_of(state: LabelState, words: Words, ports: Ports) -> LabelPage | None:
    from labelviewer.present.label_page import label_page

    if state.inspection is None:
        return None
    return label_page(state.inspection, words, ports.packs, ports.clock.now(), show_hidden=state.revealed)


class LabelViewModel(QObject):
    changed = Signal()
    unfoldedChanged = Signal()
    foundChanged = Signal()

    def __init__(self, ports: Callable[[], Ports], words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LabelState()
        self._ports = ports
        self._words = words
        self._page: LabelPage | None = None
        self._found: tuple[str, ...] = ()

    @property
    def inspection(self) -> Inspection | None:
        return self.state.inspection

    @property
    def announcement(self) -> str:
        return self._page.announcement if self._page else ""

    @property
    def alarming(self) -> bool:
        return self._page is not None and self._page.headline.tone == "danger"

    def passages(self, row: str = "") -> tuple[Passage, ...]:
        """What there is to be read out: the page as it is, or one of its rows with all that it opens to."""
        from labelviewer.present.spoken import label_passages, row_passages

        if self._page is None:
            return ()
        if not row:
            return label_passages(self._page, frozenset(self._found))
        rows = (each for group in self._page.groups for each in group.rows)
        return next((row_passages(each) for each in rows if each.id == row), ())

    @Property(QVARIANT, notify=changed)
    def label(self) -> Any:
        return as_map(self._page)

    @Property(str, notify=unfoldedChanged)
    def unfoldedCode(self) -> str:
        return self.state.unfolded[1]

    @Property(bool, notify=unfoldedChanged)
    def checksOpen(self) -> bool:
        return shows_checks(self.state)

    @Slot()
    def toggleChecks(self) -> None:
        self._become(replace(self.state, unfolded=("", "") if shows_checks(self.state) else (Deed.SHOW_CHECKS, "")))

    @Property(str, notify=unfoldedChanged)
    def more(self) -> str:
        """What a message's button asked to be told."""
        return say_more(self._words, *self.state.unfolded)

    @Property(QVARIANT_MAP, notify=foundChanged)
    def found(self) -> dict[str, bool]:
        """The rows that are shown, by their ids."""
        return dict.fromkeys(self._found, True)

    @Property(str, notify=foundChanged)
    def foundText(self) -> str:
        """How many; empty while nothing is sought."""
        if self._page is None or not (self.state.sought.strip() or self.state.attention):
            return ""
        if not self._found:
            return self._words.say("find.none")
        total = sum(len(group.rows) for group in self._page.groups)
        return self._words.say("find.shown", n=len(self._found), total=total)

    @Property(str, notify=foundChanged)
    def sought(self) -> str:
        return self.state.sought

    @Property(bool, notify=foundChanged)
    def attention(self) -> bool:
        return self.state.attention

    @Slot(str)
    def seek(self, sought: str) -> None:
        self._become(replace(self.state, sought=sought))

    @Slot(bool)
    def showOnlyAttention(self, attention: bool) -> None:
        self._become(replace(self.state, attention=attention))

    @Slot()
    def reveal(self) -> None:
        self._become(replace(self.state, revealed=True))

    @Slot(str, str)
    def unfold(self, deed: str, code: str) -> None:
        """A button asked to be told more; asked again, it folds."""
        asked = (deed, code)
        self._become(replace(self.state, unfolded=("", "") if asked == self.state.unfolded else asked))

    def show(self, inspection: Inspection) -> None:
        self._become(LabelState(inspection))

    def recheck(self) -> None:
        """The same evidence with what is known by now; what was asked for stays open."""
        from labelviewer.pipeline.run import recheck

        if self.state.inspection is not None:
            self._become(replace(self.state, inspection=recheck(self.state.inspection, self._ports())))

    def speak(self, words: Words) -> None:
        self._words = words
        self._page = page_of(self.state, words, self._ports()) if self._page else None
        self.changed.emit()
        self.unfoldedChanged.emit()
        self._find()

    def check_again(self, ask: Callable[[str], None]) -> None:
        evidence = self.state.inspection.evidence if self.state.inspection else None
        if evidence and evidence.box.code:
            ask(evidence.box.code)

    def _become(self, new: LabelState) -> None:
        old, self.state = self.state, new
        another = (new.inspection, new.revealed) != (old.inspection, old.revealed)
        if another:
            self._page = page_of(new, self._words, self._ports())
        if another or (new.sought, new.attention) != (old.sought, old.attention):
            self._find()
        if another:
            self.changed.emit()
        if new.unfolded != old.unfolded:
            self.unfoldedChanged.emit()

    def _find(self) -> None:
        from labelviewer.present.finding import found

        groups = self._page.groups if self._page else ()
        self._found = found(groups, self.state.sought, attention=self.state.attention)
        self.foundChanged.emit()
