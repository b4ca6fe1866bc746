"""What somebody owns, with what changed for the worse; asked for anew on request, stopped when told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob, StopSign, Tell
from labelviewer.ui.viewmodels.lines import Line, line, say_line
from labelviewer.ui.viewmodels.listing import Listing, Order, arrange, label_name
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map
from labelviewer.ui.viewmodels.owned import HIDDEN, ThingRow, ThingsState, read_things
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from labelviewer.domain.errors import LabelViewerError
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.ports import Thing, Things
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.viewmodels.label import LabelViewModel
    from labelviewer.ui.viewmodels.settings import SettingsViewModel
    from labelviewer.words.catalogue import Words

FIRST_MILLISECONDS: Final = 1_000
DONE: Final = "done:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for everything anew."""

    checked: int = 0
    missed: int = 0
    stopped: bool = False
    problem: LabelViewerError | None = None


class ThingsViewModel(QObject):
    changed = Signal()
    rowsChanged = Signal()
    alertsChanged = Signal()
    ownableChanged = Signal()
    doneChanged = Signal()
    opened = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        ports: Callable[[], Ports],
        label: LabelViewModel,
        settings: SettingsViewModel,
        words: Words,
        executor: Executor,
        bulk: Executor,
        parent: QObject | None = None,
    ) -> None:
        """`bulk` asks the sites, `executor` reads the library."""
        super().__init__(parent)
        self.state = ThingsState()
        self._ports = ports
        self._label = label
        self._settings = settings
        self._words = words
        self._reading = LatestJob(executor, self)
        self._asking = LatestJob(bulk, self)
        self._stop = StopSign()
        label.changed.connect(self.ownableChanged)
        self.rowsChanged.connect(self.ownableChanged)
        self.ownableChanged.connect(self.doneChanged)

    # what is shown

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return [as_map(row) for row in arrange(self.state.rows, self.state.listing)]

    @Property(int, notify=rowsChanged)
    def total(self) -> int:
        return len(self.state.rows)

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def labels(self) -> list[str]:
        return [row.label for row in self.state.rows]

    @Property(QVARIANT_LIST, notify=alertsChanged)
    def alerts(self) -> list[Any]:
        return [as_map(alert) for alert in self.state.alerts]

    @Property(int, notify=alertsChanged)
    def count(self) -> int:
        return len(self.state.alerts)

    @Property(str, notify=alertsChanged)
    def badge(self) -> str:
        """How many alerts there are, in words; empty where there is none."""
        return self._words.say("things.alerts", n=len(self.state.alerts)) if self.state.alerts else ""

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self.state.busy

    @Property(float, notify=changed)
    def part(self) -> float:
        return self.state.part

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._words.say("things.checking", product=self.state.product) if self.state.product else ""

    @Property(str, notify=changed)
    def told(self) -> str:
        return "\n".join(say_line(each, self._words) for each in self.state.told)

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        return say_problem(self._words, self.state.problem or self.state.missed)

    @Property(str, notify=changed)
    def removed(self) -> str:
        """What can be owned again, in words; empty where there is nothing."""
        return self._words.say("history.removed", n=1) if self.state.gone else ""

    @Property(bool, notify=ownableChanged)
    def ownable(self) -> bool:
        """Whether the label on the page can be owned, and is not yet."""
        return self._shown() is not None and self._owned() is None

    @Property(str, notify=ownableChanged)
    def yours(self) -> str:
        """Since when the label on the page is owned; empty where it is not."""
        row = self._owned()
        return row.when if row is not None else ""

    @Property(QVARIANT_LIST, notify=ownableChanged)
    def checklist(self) -> list[Any]:
        """What to do with the thing on the page, once it is owned."""
        from labelviewer.present.checklist import checklist

        inspection = self._label.inspection
        if inspection is None or self._owned() is None:
            return []
        ports = self._ports()
        return [as_map(task) for task in checklist(inspection, self._words, ports.packs, ports.clock.now())]

    @Property(QVARIANT_LIST, notify=doneChanged)
    def done(self) -> list[str]:
        """The ticks, apart from the tasks, so that a tick leaves the keyboard where it is."""
        thing = self._thing()
        notes = thing.notes if thing is not None else ()
        return [note.removeprefix(DONE) for note in notes if note.startswith(DONE)]

    def _thing(self) -> Thing | None:
        row = self._owned()
        return next((each.thing for each in self.state.owned if row and each.thing.number == row.number), None)

    def _owned(self) -> ThingRow | None:
        shown = self._shown()
        name = label_name(shown.issuer, shown.subject) if shown is not None else ""
        return next((row for row in self.state.rows if row.label == name), None)

    def _shown(self) -> Thing | None:
        from labelviewer.pipeline.belongings import thing_from

        inspection = self._label.inspection
        return thing_from(inspection, self._ports()) if inspection is not None else None

    # known attacks

    @Property(bool, notify=changed)
    def asks(self) -> bool:
        """Asked once, and only who owns something."""
        return self._settings.state.known_attacks == "" and bool(self.state.rows)

    @Property(bool, notify=changed)
    def looksForAttacks(self) -> bool:
        return self._settings.state.known_attacks == "on"

    @Property(str, notify=changed)
    def attacksAbout(self) -> str:
        from labelviewer.pipeline.attacks import FEED

        return self._words.say("attacks.ask.about", host=FEED.host)

    @Property(str, notify=changed)
    def attacksList(self) -> str:
        """Which list counts, and how old it is; empty where there is none."""
        from labelviewer.pipeline.attacks import FEED

        attacks = self.state.attacks
        if attacks is None or attacks.catalogue is None or attacks.fetched_at is None:
            return ""
        fetched = attacks.fetched_at.astimezone().date()
        return self._words.say("attacks.list", host=FEED.host, released=attacks.catalogue.released, date=fetched)

    @Slot(bool)
    def lookForAttacks(self, on: bool) -> None:
        self._settings.setKnownAttacks(on)
        self.changed.emit()
        if on:
            self._ask(lambda _stop, _tell: self._ask_for_attacks(Asked()))
        else:
            self.refresh()

    # what can be done

    def start(self) -> None:
        QTimer.singleShot(FIRST_MILLISECONDS, self, self.refresh)

    def stop(self) -> None:
        self._stop.raised = True
        self._asking.forget()
        self._reading.forget()

    def speak(self, words: Words) -> None:
        self._words = words
        if self.state.rows:
            self.refresh()
        self.changed.emit()
        self.alertsChanged.emit()

    @Slot()
    def refresh(self) -> None:
        self._do(lambda _shelf: None, self.state.gone)

    @Slot(str)
    def find(self, text: str) -> None:
        self._list(replace(self.state.listing, text=text))

    @Slot(bool)
    def showAttention(self, on: bool) -> None:
        self._list(replace(self.state.listing, attention=on))

    @Slot(str)
    def sort(self, order: str) -> None:
        self._list(replace(self.state.listing, order=Order(order)))

    @Slot(int)
    def open(self, number: int) -> None:
        for owned in self.state.owned:
            if owned.thing.number == number:
                self.opened.emit(owned.inspection)

    @Slot()
    def ownShown(self) -> None:
        """The label on the page."""
        if self._label.inspection is not None:
            self.own(self._label.inspection)

    def own(self, inspection: Inspection) -> None:
        from labelviewer.pipeline.belongings import thing_from

        thing = thing_from(inspection, self._ports())
        if thing is not None:
            self._do(lambda shelf: shelf.own(thing))

    @Slot(int)
    def disown(self, number: int) -> None:
        gone = next((owned.thing for owned in self.state.owned if owned.thing.number == number), None)
        if gone is not None:
            self._do(lambda shelf: shelf.disown(number), gone)

    @Slot()
    def undo(self) -> None:
        gone = self.state.gone
        if gone is not None:
            self._do(lambda shelf: shelf.own(gone))

    @Slot(int, str)
    def hide(self, number: int, key: str) -> None:
        """Until its state is another one."""
        notes = next((owned.thing.notes for owned in self.state.owned if owned.thing.number == number), None)
        if notes is not None:
            hidden = (*notes, HIDDEN + key)
            self._do(lambda shelf: shelf.note(number, hidden), self.state.gone)

    @Slot(str)
    def tick(self, criterion: str) -> None:
        """Of the checklist; ticked again it is open."""
        thing = self._thing()
        if thing is not None:
            notes = tuple(sorted({*thing.notes} ^ {DONE + criterion}))
            self._do(lambda shelf: shelf.note(thing.number, notes), self.state.gone)

    @Slot()
    def checkAll(self) -> None:
        self._ask(self._ask_for_all)

    @Slot()
    def stopChecking(self) -> None:
        """At once for who waits; the site that is being asked may still answer."""
        self._stop.raised = True

    # on a worker

    def _ask_for_all(self, stop: StopSign, tell: Tell) -> Asked:
        from labelviewer.pipeline.belongings import ask_again

        ports, asked = self._ports(), Asked()
        owned, products = self.state.owned, {row.number: row.product for row in self.state.rows}
        for place, each in enumerate(owned):
            if stop.raised:
                return replace(asked, stopped=True)
            tell((products[each.thing.number], place / len(owned)))
            try:
                problem = ask_again(each.thing, ports).problem
            except KeepError as refused:
                problem = refused
            missed = asked.missed + (problem is not None)
            asked = replace(asked, checked=place + 1 - missed, missed=missed, problem=asked.problem or problem)
        return self._ask_for_attacks(asked) if self._settings.state.known_attacks == "on" else asked

    def _ask_for_attacks(self, asked: Asked) -> Asked:
        from labelviewer.pipeline.attacks import look_for_attacks

        ports = self._ports()
        if ports.feeds is None:
            return asked
        looked = look_for_attacks(ports.feeds, ports.fetcher, ports.clock.now(), at_once=True)
        return replace(asked, problem=asked.problem or looked.problem)

    # back in the window

    def _ask(self, work: Callable[[StopSign, Tell], Asked]) -> None:
        if self.state.busy:
            return
        self._stop = stop = StopSign()
        self._become(replace(self.state, busy=True, part=0, product="", told=(), missed=None))
        self._asking.ask(lambda tell: work(stop, tell), self._asked, self._hear)

    def _hear(self, far: tuple[str, float]) -> None:
        self._become(replace(self.state, product=far[0], part=far[1]))

    def _asked(self, answer: Answer[Asked]) -> None:
        match answer:
            case Done(value=asked):
                told = _outcome(asked)
                self._become(replace(self.state, busy=False, product="", told=told, missed=asked.problem))
                self.refresh()
            case Failed(error=error):
                self._become(replace(self.state, busy=False, product=""))
                self.crashed.emit(error)

    def _do(self, change: Callable[[Things], None], gone: Thing | None = None) -> None:
        def work(_tell: object) -> ThingsState:
            from labelviewer.pipeline.belongings import things_of

            ports, attacks = self._ports(), self._settings.state.known_attacks == "on"
            shelf = things_of(ports)
            try:
                if shelf is not None:
                    change(shelf)
            except KeepError as problem:
                return replace(read_things(ports, self._words, look_for_attacks=attacks), problem=problem)
            return replace(read_things(ports, self._words, look_for_attacks=attacks), gone=gone)

        self._reading.ask(work, self._read)

    def _read(self, answer: Answer[ThingsState]) -> None:
        match answer:
            case Done(value=read):
                now = self.state
                kept = replace(read, listing=now.listing, busy=now.busy, part=now.part, product=now.product)
                self._become(replace(kept, told=now.told, missed=now.missed))
            case Failed(error=error):
                self.crashed.emit(error)

    def _list(self, listing: Listing) -> None:
        self._become(replace(self.state, listing=listing))

    def _become(self, new: ThingsState) -> None:
        old, self.state = self.state, new
        if (new.rows, new.listing) != (old.rows, old.listing):
            self.rowsChanged.emit()
        if new.alerts != old.alerts:
            self.alertsChanged.emit()
        if new.owned != old.owned:
            self.doneChanged.emit()
        if new != old:
            self.changed.emit()


def _outcome(asked: Asked) -> tuple[Line, ...]:
    stopped = (line("things.stopped"),) if asked.stopped else ()
    checked = (line("things.checked", n=asked.checked),) if asked.checked or asked.stopped else ()
    missed = (line("things.not-reached", n=asked.missed),) if asked.missed else ()
    return (*stopped, *checked, *missed)
