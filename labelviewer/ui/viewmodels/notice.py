"""A failure and its two ways on; what was scanned is plain text, shown when asked for or before asking a stranger."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.inspection import Inspection
from labelviewer.domain.plain_text import clean
from labelviewer.present.host_line import HostLine, host_line
from labelviewer.present.notice import Deed, Notice, notice
from labelviewer.present.scheme_code import number_to_look_up, page_of, say_scheme_code
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map
from labelviewer.ui.viewmodels.words import say_more

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelviewer.domain.errors import Facts
    from labelviewer.domain.sighting import Reading
    from labelviewer.present.spoken import Passage
    from labelviewer.ui.stills import Stills
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class NoticeState:
    """`unfolded` names the part that a button opened."""

    notice: Notice | None = None
    leads: HostLine | None = None
    inspection: Inspection | None = None
    still: str = ""
    unfolded: str = ""
    facts: Facts = field(default_factory=dict)


def scanned_text(state: NoticeState) -> str:
    scanned = state.inspection.scanned if state.inspection else None
    return clean(scanned.raw, 2_953) if scanned else ""


def details(state: NoticeState, version: str) -> str:
    """For support: the version and the code of the message, and nothing of what was scanned."""
    problem = state.inspection.problem if state.inspection else None
    kinds = [type(each).__name__ for each in (problem, problem.__cause__ if problem else None) if each is not None]
    return " | ".join((f"labelviewer {version}", *((state.notice.code,) if state.notice else ()), *kinds))


class NoticeViewModel(QObject):
    changed = Signal()
    lookedUp = Signal(str)

    def __init__(
        self,
        words: Words,
        version: str,
        stills: Stills,
        open_page: Callable[[str], bool] = lambda page: False,  # noqa: ARG005
        support: Callable[[], str] = lambda: "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_page = open_page
        self._support = support
        self.state = NoticeState()
        self._words = words
        self._version = version
        self._stills = stills

    @property
    def inspection(self) -> Inspection | None:
        return self.state.inspection

    @property
    def code(self) -> str:
        return self.state.notice.code if self.state.notice else ""

    @property
    def announcement(self) -> str:
        return f"{self.state.notice.title}. {self.state.notice.body}" if self.state.notice else ""

    @property
    def alarming(self) -> bool:
        return self.state.notice is not None and self.state.notice.tone == "danger"

    def passages(self, _row: str = "") -> tuple[Passage, ...]:
        """What there is to be read out."""
        from labelviewer.present.spoken import notice_passages

        if self.state.notice is None:
            return ()
        more = say_more(self._words, self.state.unfolded, self.code)
        return notice_passages(self.state.notice, *say_scheme_code(self.state.inspection, self._words), more)

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        return as_map(self.state.notice)

    @Property(QVARIANT, notify=changed)
    def leads(self) -> Any:
        """Where the code leads, in two parts; None where the message is not about that."""
        return as_map(self.state.leads)

    @Property(str, notify=changed)
    def looksLike(self) -> str:
        """Whose code it is by its form alone; empty where that tells nothing."""
        return "\n".join(say_scheme_code(self.state.inspection, self._words))

    @Property(str, notify=changed)
    def officialPage(self) -> str:
        """Where the label's office has more, to be opened in a browser; empty where that is not known."""
        return page_of(self.state.inspection)

    @Slot()
    def openPage(self) -> None:
        if page := page_of(self.state.inspection):
            self._open_page(page)

    @Property(str, notify=changed)
    def productNumber(self) -> str:
        """The number in the code that can be looked up as if it had been typed; empty where there is none."""
        return number_to_look_up(self.state.inspection)

    @Slot()
    def lookUp(self) -> None:
        if number := number_to_look_up(self.state.inspection):
            self.lookedUp.emit(number)

    @Property(str, notify=changed)
    def scannedText(self) -> str:
        """What the code says, once asked for; empty before."""
        return scanned_text(self.state) if self.state.unfolded == Deed.SHOW_TEXT else ""

    @Property(str, notify=changed)
    def details(self) -> str:
        return self._details() if self.state.unfolded == Deed.SHOW_DETAILS else ""

    @Property(str, notify=changed)
    def still(self) -> str:
        """The picture that was tried, so that the shopper sees what we saw."""
        return self.state.still

    @Property(bool, notify=changed)
    def showsPlace(self) -> bool:
        return self.state.unfolded == Deed.SHOW_PLACE

    @Property(str, notify=changed)
    def more(self) -> str:
        """What the message's button asked to be told, where there is more to tell."""
        return say_more(self._words, self.state.unfolded, self.code)

    @Slot(str, str)
    def unfold(self, part: str, _code: str = "") -> None:
        self._become(replace(self.state, unfolded="" if part == self.state.unfolded else part))

    @Slot()
    def copyDetails(self) -> None:
        QGuiApplication.clipboard().setText(self._details())
        self.unfold(Deed.SHOW_DETAILS)

    def _details(self) -> str:
        """After a fault of ours also what runs here, and where in the program it happened."""
        more = self._support() if self.code == "A05" else ""
        return "\n".join(filter(None, (details(self.state, self._version), more)))

    def follow_stranger(self, ask: Callable[[str, Reading | None], None]) -> None:
        """The shopper said yes to the site on this page."""
        inspection = self.state.inspection
        if inspection is not None and inspection.scanned is not None:
            ask(inspection.scanned.raw, inspection.reading)

    def show(self, inspection: Inspection) -> None:
        problem = inspection.problem
        assert problem is not None
        still = self._stills.keep(inspection.reading.still) if inspection.reading else ""
        said = notice(self._words, problem.code, problem.facts)
        asks = said.secondary is not None and said.secondary.deed is Deed.ASK_STRANGER
        self._become(
            NoticeState(said, host_line(problem), inspection, still, Deed.SHOW_TEXT if asks else "", problem.facts)
        )

    def show_message(self, code: str, facts: Facts) -> None:
        self._become(NoticeState(notice(self._words, code, facts), facts=facts))

    def speak(self, words: Words) -> None:
        self._words = words
        said = self.state.notice and notice(words, self.code, self.state.facts)
        self.state = replace(self.state, notice=said)
        self.changed.emit()

    def _become(self, new: NoticeState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
