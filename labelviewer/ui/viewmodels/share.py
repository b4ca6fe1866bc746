"""What is on the page, put on paper, into a file, on the clipboard or on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.domain.paper import Paper
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.gallery import Gallery
    from labelviewer.ui.viewmodels.compare import CompareViewModel
    from labelviewer.ui.viewmodels.label import LabelViewModel
    from labelviewer.words.catalogue import Words

NOT_PRINTED: Final = "C08"


class Deed(StrEnum):
    """Closed, so that no button leads nowhere. PHONE and ASK open what stands below the buttons, and close it."""

    PRINT = "print"
    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    COPY = "copy"
    COMPARISON = "comparison"
    PHONE = "phone"
    ASK = "ask"


KINDS: Final = {Deed.PDF: "pdf", Deed.PICTURE: "png", Deed.TEXT: "txt", Deed.COMPARISON: "labelcmp"}


class Tools(NamedTuple):
    """`pdf` and `picture` are called on the worker; `printed` answers later, with None where nobody wanted it."""

    pdf: Callable[[tuple[Paper, ...]], bytes]
    picture: Callable[[tuple[Paper, ...]], bytes]
    print_out: Callable[[tuple[Paper, ...], Callable[[bool | None], None]], None]
    draw_code: Callable[[str], QImage]
    write: Callable[[Path, bytes], None]


class Subject(NamedTuple):
    """What it is about: the labels, which facts behind a warning may be shown, and whether only the questions are."""

    looks: tuple[Inspection, ...]
    revealed: bool
    ask: bool

    @property
    def name(self) -> str:
        """Made by us alone: nothing that a label says becomes a file's name."""
        tokens = b"\n".join(look.evidence.token if look.evidence else b"" for look in self.looks)
        kind = "questions" if self.ask else "label" if len(self.looks) == 1 else "comparison"
        return f"{kind}-{sha256(tokens).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class ShareState:
    """`open`: which panel is below the buttons, with its `words` and the address of its code."""

    busy: bool = False
    told: tuple[str, str] = ("", "")
    problem: KeepError | None = None
    unprinted: bool = False
    open: str = ""
    words: tuple[str, ...] = ()
    code: str = ""


class ShareViewModel(QObject):
    changed = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        label: LabelViewModel,
        compare: CompareViewModel,
        ports: Callable[[], Ports],
        tools: Tools,
        gallery: Gallery,
        places: PlacesViewModel,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ShareState()
        self._label = label
        self._compare = compare
        self._ports = ports
        self._tools = tools
        self._gallery = gallery
        self._places = places
        self._words = words
        self._last: Callable[[], None] = lambda: None
        self._job = LatestJob(executor, self)
        label.changed.connect(self.forget)
        compare.changed.connect(self.forget)

    def speak(self, words: Words) -> None:
        self._words = words
        self.forget()
        self.changed.emit()

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self.state.busy

    @Property(str, notify=changed)
    def told(self) -> str:
        key, name = self.state.told
        if self.state.busy:
            return self._words.say("share.busy")
        return self._words.say(key, name=name) if key else ""

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why nothing was printed or saved; None where nothing went wrong."""
        if self.state.unprinted:
            from labelviewer.present.notice import notice

            return as_map(notice(self._words, NOT_PRINTED, {}))
        return say_problem(self._words, self.state.problem)

    @Property(str, notify=changed)
    def open(self) -> str:
        return self.state.open

    @Property(str, notify=changed)
    def heading(self) -> str:
        """Above the code; or why there is nothing to ask."""
        if not self.state.open:
            return ""
        return self._words.say("share.phone" if self.state.words else "ask.nothing")

    @Property(str, notify=changed)
    def words(self) -> str:
        return "\n".join(self.state.words)

    @Property(str, notify=changed)
    def code(self) -> str:
        return self.state.code

    @Slot(str, str)
    def act(self, page: str, deed: str) -> None:
        """Of the page `label` or `compare`, as it is now, even if it changes meanwhile."""
        self._do(Deed(deed), self._subject(page, ask=False))

    @Slot(str, str)
    def ask(self, page: str, deed: str) -> None:
        """The same with the questions that are left open."""
        self._do(Deed(deed), self._subject(page, ask=True))

    @Slot()
    def again(self) -> None:
        self._last()

    @Slot()
    def forget(self) -> None:
        self._job.forget()
        self._become(ShareState())

    def _subject(self, page: str, *, ask: bool) -> Subject:
        if page == "compare":
            return Subject(self._compare.state.inspections, revealed=False, ask=ask)
        inspection = self._label.inspection
        return Subject((inspection,) if inspection else (), self._label.state.revealed, ask)

    def _do(self, deed: Deed, subject: Subject) -> None:
        if not subject.looks or any(look.report is None for look in subject.looks):
            return
        self._last = lambda: self._do(deed, subject)
        match deed:
            case Deed.PRINT:
                self._make(lambda: self._papers(subject), self._print)
            case Deed.COPY:
                self._make(lambda: self._text(subject), self._copy)
            case Deed.PDF | Deed.PICTURE | Deed.TEXT | Deed.COMPARISON:
                self._save(deed, subject)
            case Deed.PHONE | Deed.ASK if self.state.open == deed:
                self._fold()
            case Deed.PHONE | Deed.ASK:
                about = subject._replace(ask=deed is Deed.ASK)
                self._make(lambda: self._for_a_phone(about), lambda text: self._unfold(deed, text))
            case unknown:
                assert_never(unknown)

    def _save(self, deed: Deed, subject: Subject) -> None:
        def make() -> bytes:
            match deed:
                case Deed.PDF:
                    return self._tools.pdf(self._papers(subject))
                case Deed.PICTURE:
                    return self._tools.picture(self._papers(subject))
                case Deed.COMPARISON:
                    return self._comparison(subject)
                case _:
                    return self._text(subject).encode()

        kind = KINDS[deed]
        self._places.want(Want(kind, f"{subject.name}.{kind}"), lambda place: self._write(place, make))

    def _papers(self, subject: Subject) -> tuple[Paper, ...]:
        """On the worker."""
        from labelviewer.present.paper import compare_papers, label_papers
        from labelviewer.present.questions import question_card

        ports, words = self._ports(), self._words
        today = ports.clock.now().astimezone().date()
        if subject.ask:
            return question_card(subject.looks, words, ports.packs, today)
        if len(subject.looks) > 1:
            return compare_papers(subject.looks, words, ports.packs, today, show_hidden=subject.revealed)
        return label_papers(subject.looks[0], words, ports.packs, today, show_hidden=subject.revealed)

    def _text(self, subject: Subject) -> str:
        from labelviewer.present.paper_text import as_text

        return as_text(self._papers(subject)[0])

    def _comparison(self, subject: Subject) -> bytes:
        from labelviewer.pipeline.saved_comparison import make_comparison

        return make_comparison(subject.looks, self._ports())

    def _for_a_phone(self, subject: Subject) -> str:
        from labelviewer.present import hand_over

        ports, words = self._ports(), self._words
        today = ports.clock.now().astimezone().date()
        if subject.ask:
            return hand_over.questions_for_a_phone(subject.looks, words, ports.packs, today)
        if len(subject.looks) > 1:
            return hand_over.comparison_for_a_phone(
                subject.looks, words, ports.packs, today, show_hidden=subject.revealed
            )
        return hand_over.label_for_a_phone(subject.looks[0], words, ports.packs, today, show_hidden=subject.revealed)

    def _print(self, papers: tuple[Paper, ...]) -> None:
        self._become(replace(self.state, busy=True))
        self._tools.print_out(papers, self._printed)

    def _printed(self, printed: bool | None) -> None:
        told = ("share.printed", "") if printed else ("", "")
        self._become(replace(self.state, busy=False, told=told, unprinted=printed is False))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._become(replace(self.state, busy=False, told=("share.copied", "")))

    def _unfold(self, deed: Deed, text: str) -> None:
        self._fold()
        code = self._gallery.hang(self._tools.draw_code(text)) if text else ""
        self._become(replace(self.state, open=deed, words=tuple(text.splitlines()), code=code))

    def _fold(self) -> None:
        self._become(replace(self.state, busy=False, open="", words=(), code=""))

    def _write(self, place: Path, make: Callable[[], bytes]) -> None:
        def work() -> ShareState:
            try:
                self._tools.write(place, make())
            except KeepError as problem:
                return ShareState(problem=problem)
            return ShareState(told=("proof.saved", place.name))

        def finish(new: ShareState) -> None:
            self._become(replace(self.state, busy=False, told=new.told, problem=new.problem))

        self._make(work, finish)

    def _make(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._become(replace(self.state, busy=True, told=("", ""), problem=None, unprinted=False))

        def finish(answer: Answer[Any]) -> None:
            match answer:
                case Done(value=value):
                    then(value)
                case Failed(error=error):
                    self._become(replace(self.state, busy=False))
                    self.crashed.emit(error)

        self._job.ask(lambda _tell: work(), finish)

    def _become(self, new: ShareState) -> None:
        old, self.state = self.state, new
        if old.code and new.code != old.code:
            self._gallery.take_down(old.code)
        if new != old:
            self.changed.emit()
