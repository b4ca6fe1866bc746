"""What somebody owns, read and checked: its rows, and what changed for the worse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.errors import KeepError
from labelviewer.ui.viewmodels.lines import Line
from labelviewer.ui.viewmodels.listing import ALL, Listing, label_name

if TYPE_CHECKING:
    from labelviewer.domain.errors import LabelViewerError
    from labelviewer.pipeline.attacks import Attacks
    from labelviewer.pipeline.belongings import Owned
    from labelviewer.pipeline.ports import Thing, Things
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.alerts import Alert
    from labelviewer.words.catalogue import Words

HIDDEN: Final = "hidden:"
ATTACKED: Final = "V15"


@dataclass(frozen=True, slots=True)
class Warned:
    """What an alert is about, in short; it stays with its thing when the alert is hidden."""

    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class ThingRow:
    number: int
    label: str
    product: str
    maker: str
    when: str
    standing: str
    tone: str
    words: str
    ends: date | None
    warnings: tuple[Warned, ...] = ()

    @property
    def calm(self) -> bool:
        return self.tone == "ok" and not self.warnings


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """One alert of one thing, not hidden by its owner."""

    number: int
    product: str
    key: str
    code: str
    tone: str
    title: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class ThingsState:
    """`owned` go with `rows`, one each. `busy`: something is asked for, `part` of it done; `product` is the one now.

    `gone` can be owned again. `told`: what came of asking, `missed` what was in the way of it; `problem`: of the disk.
    """

    owned: tuple[Owned, ...] = ()
    rows: tuple[ThingRow, ...] = ()
    alerts: tuple[ToldAlert, ...] = ()
    attacks: Attacks | None = None
    listing: Listing = ALL
    busy: bool = False
    part: float = 0
    product: str = ""
    told: tuple[Line, ...] = ()
    missed: LabelViewerError | None = None
    problem: KeepError | None = None
    gone: Thing | None = None


def read_things(ports: Ports, words: Words, *, look_for_attacks: bool) -> ThingsState:
    """Everything owned, checked with what is known today; runs on a worker."""
    from labelviewer.pipeline.attacks import known_attacks
    from labelviewer.pipeline.belongings import look_over, things_of

    try:
        owned, shelf = look_over(ports), things_of(ports)
        attacks = known_attacks(ports.feeds) if look_for_attacks and owned and ports.feeds is not None else None
        told = tuple(_alerts(each, ports, words, attacks) for each in owned)
        for each, alerts in zip(owned, told, strict=True):
            if shelf is not None:
                _forget_hidden(each.thing, alerts, shelf, knows_attacks=attacks is not None)
    except KeepError as problem:
        return ThingsState(problem=problem)
    rows = tuple(_row(each, alerts, ports, words) for each, alerts in zip(owned, told, strict=True))
    shown = (
        (row, alert)
        for row, each, alerts in zip(rows, owned, told, strict=True)
        for alert in alerts
        if HIDDEN + alert.key not in each.thing.notes
    )
    return ThingsState(owned, rows, tuple(_told(row, alert) for row, alert in shown), attacks)


def _alerts(owned: Owned, ports: Ports, words: Words, attacks: Attacks | None) -> tuple[Alert, ...]:
    from labelviewer.pipeline.attacks import FEED
    from labelviewer.present.alerts import alerts_of

    catalogue = attacks.catalogue if attacks is not None else None
    return alerts_of(owned.inspection, words, ports.packs, ports.clock.now(), catalogue, FEED.host)


def _forget_hidden(thing: Thing, alerts: tuple[Alert, ...], shelf: Things, *, knows_attacks: bool) -> None:
    """A state that is over: should it come again, it is told again."""
    current = {HIDDEN + alert.key for alert in alerts}
    left = tuple(
        note
        for note in thing.notes
        if not note.startswith(HIDDEN) or note in current or (note.startswith(HIDDEN + ATTACKED) and not knows_attacks)
    )
    if left != thing.notes:
        shelf.note(thing.number, left)


def _row(owned: Owned, alerts: tuple[Alert, ...], ports: Ports, words: Words) -> ThingRow:
    from labelviewer.domain.hints import hints_of
    from labelviewer.present.answers import support_end
    from labelviewer.present.label_page import label_page

    thing, label = owned.thing, owned.inspection.label
    page = label_page(owned.inspection, words, ports.packs, ports.clock.now(), show_hidden=True)
    end = support_end(label) if label is not None else None
    return ThingRow(
        number=thing.number,
        label=label_name(thing.issuer, thing.subject),
        product=page.product,
        maker=page.maker,
        when=words.say("things.since", date=thing.since.astimezone().date()),
        standing=page.headline.title,
        tone=page.headline.tone,
        words=hints_of(thing.evidence.token).words,
        ends=end.value if end is not None and isinstance(end.value, date) else None,
        warnings=tuple(
            Warned(alert.notice.tone, alert.notice.title) for alert in alerts if alert.notice.code != page.headline.code
        ),
    )


def _told(row: ThingRow, alert: Alert) -> ToldAlert:
    said = alert.notice
    return ToldAlert(row.number, row.product, alert.key, said.code, said.tone, said.title, said.body, alert.source)
