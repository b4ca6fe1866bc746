"""What somebody owns: checked again with today's trust, or asked for anew; a visit to the history it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labelviewer.domain.evidence import Evidence
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.ports import Forgotten, Keeper, Thing, Things, Visit
from labelviewer.pipeline.run import Ports, inspect_code, is_signed, reopen


@dataclass(frozen=True, slots=True)
class Owned:
    thing: Thing
    inspection: Inspection


def things_of(ports: Ports) -> Things | None:
    keeper: object = ports.keeper
    return keeper if isinstance(keeper, Things) else None


def look_over(ports: Ports) -> tuple[Owned, ...]:
    """Every thing, with a newer label where one was scanned meanwhile; no network. Raises KeepError."""
    shelf = things_of(ports)
    return tuple(_newest(thing, shelf, ports) for thing in shelf.things()) if shelf is not None else ()


def thing_from(inspection: Inspection, ports: Ports) -> Thing | None:
    """To be owned; None for a sample, and for what has no label that can be read."""
    evidence, report, label = inspection.evidence, inspection.report, inspection.label
    if evidence is None or report is None or label is None or report.sample:
        return None
    version = label.version if is_signed(report) else 0
    return Thing(0, ports.clock.now(), label.issuer, label.subject, version, evidence)


def ask_again(thing: Thing, ports: Ports) -> Inspection:
    """Its label from its site, which takes the place of the one that we hold. May raise KeepError."""
    shelf, keeper = things_of(ports), ports.keeper
    assert shelf is not None
    assert keeper is not None
    apart = _Apart(thing, keeper)
    asked = inspect_code(
        thing.evidence.box.code or thing.evidence.fetched_from, replace(ports, keeper=apart), again=True
    )
    if apart.came is not None:
        shelf.own(apart.came)
    return asked


def _newest(thing: Thing, shelf: Things, ports: Ports) -> Owned:
    code, keeper = thing.evidence.box.code, ports.keeper
    found = keeper.find(code) if code is not None and keeper is not None else None
    if found is not None and found.fetched_at > thing.evidence.fetched_at:
        inspection = reopen(found, ports)
        newer = thing_from(inspection, ports)
        if newer is not None and _is_newer(newer, thing):
            newer = replace(newer, number=thing.number, since=thing.since, notes=thing.notes)
            shelf.own(newer)
            return Owned(newer, inspection)
    return Owned(thing, reopen(thing.evidence, ports))


def _is_newer(one: Thing, held: Thing) -> bool:
    return (one.issuer, one.subject) == (held.issuer, held.subject) and one.version >= held.version


class _Apart:
    """A keeper that keeps one thing's new label apart, and the history as it is."""

    def __init__(self, thing: Thing, keeper: Keeper) -> None:
        self.came: Thing | None = None
        self._thing = thing
        self._keeper = keeper

    def keep(self, evidence: Evidence, *, issuer: str, subject: str, version: int) -> None:
        came = replace(self._thing, issuer=issuer, subject=subject, version=version, evidence=evidence)
        if evidence.box.code is not None and _is_newer(came, self._thing):
            self.came = replace(came, evidence=replace(evidence, box=self._thing.evidence.box))

    def find(self, address: str) -> Evidence | None:
        return self._keeper.find(address) or self._thing.evidence

    def highest_version(self, issuer: str, subject: str) -> int:
        return max(self._keeper.highest_version(issuer, subject), self._thing.version)

    def history(self) -> Sequence[Visit]:
        return self._keeper.history()

    def search(self, text: str, limit: int) -> Sequence[Evidence]:
        return self._keeper.search(text, limit)

    def forget(self, number: int) -> Sequence[Forgotten]:
        return self._keeper.forget(number)

    def clear_history(self) -> Sequence[Forgotten]:
        return self._keeper.clear_history()
