"""The use case: from a picture or a text to an Inspection. The only place where stages are ordered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.errors import (
    KeepError,
    LabelViewerError,
    NoCodeFoundError,
    NotALabelError,
    NotListedError,
    PictureError,
    PriceBarcodeError,
    ReachError,
    RefusedError,
    UnknownNumberError,
    UnknownSiteError,
)
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import Report, Standing, Step
from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, Scanned, classify
from labelviewer.domain.sighting import Reading, Sighting
from labelviewer.pipeline.limits import LABEL_TOKEN, SAVED_IS_FRESH_SECONDS
from labelviewer.pipeline.ports import Clock, Fetcher, Keeper, PictureReader, TrustSource
from labelviewer.schemes.mapping import read_label
from labelviewer.schemes.packs import Packs
from labelviewer.verify.case import open_token
from labelviewer.verify.trust import Route, Trust
from labelviewer.verify.verdict import evaluate

LABEL_TYPES = "application/vnd.labelviewer.label+jwt, application/jwt;q=0.9, text/plain;q=0.5"

UNPROVEN_VERSION = 0

OnStage = Callable[[Stage, str], None]
"""Called with the stage and, while a site is asked, its host."""


def _silently(_stage: Stage, _host: str) -> None:
    """For those who do not wait."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything the use case reaches the outside through. `keeper` is None where nothing may be kept."""

    clock: Clock
    pictures: PictureReader
    fetcher: Fetcher
    trust: TrustSource
    packs: Packs
    keeper: Keeper | None


def inspect_picture(data: bytes, name: str, ports: Ports, on_stage: OnStage = _silently) -> Inspection:
    """Read the codes of a picture; go on by itself where there is no choice to make.

    Several codes that could be meant: the Inspection `needs_choice`, known label sites first.
    """
    on_stage(Stage.READING, "")
    try:
        reading = ports.pictures.read(data, name)
    except PictureError as problem:
        return Inspection(problem=problem)
    return inspect_reading(reading, ports, on_stage)


def inspect_reading(reading: Reading, ports: Ports, on_stage: OnStage = _silently) -> Inspection:
    """What `inspect_picture` does once the picture is read; a camera frame starts here."""
    if not reading.sightings:
        return Inspection(reading=reading, problem=NoCodeFoundError())
    trust = ports.trust.trust()
    reading = replace(reading, sightings=tuple(sorted(reading.sightings, key=lambda seen: _rank(seen, trust))))
    squares = {seen.text for seen in reading.sightings if not seen.symbology.is_price_barcode}
    if len(squares) > 1 or (not squares and len({seen.text for seen in reading.sightings}) > 1):
        return Inspection(reading=reading)
    return inspect_code(reading.sightings[0].text, ports, on_stage, reading=reading)


def inspect_code(
    text: str,
    ports: Ports,
    on_stage: OnStage = _silently,
    *,
    reading: Reading | None = None,
    again: bool = False,
) -> Inspection:
    """Follow one code, link or number to its label. `again` asks the site even if a fresh copy is kept."""
    scanned = classify(text)
    inspection = Inspection(reading=reading, scanned=scanned)
    try:
        route, code = _settle(scanned, ports.trust.trust(), from_picture=reading is not None)
        evidence, problem = _obtain(route, Box(code=code, gtin=_barcode(reading)), ports, on_stage, again=again)
    except LabelViewerError as refused:
        return inspection.failed(refused)
    on_stage(Stage.CHECKING, "")
    return _check(replace(inspection, evidence=evidence, problem=problem), ports, keep=not route.sample and not problem)


def reopen(evidence: Evidence, ports: Ports) -> Inspection:
    """Check again what the library kept, with today's trust list and date; no network, no box."""
    return _check(Inspection(evidence=replace(evidence, box=Box())), ports, keep=False)


def _rank(seen: Sighting, trust: Trust) -> int:
    match classify(seen.text):
        case LabelAddress(address=address) if trust.route(address):
            return 0
        case LabelAddress():
            return 1
        case ForeignLink() | OtherText():
            return 2
        case ProductNumber():
            return 3


def _settle(scanned: Scanned, trust: Trust, *, from_picture: bool) -> tuple[Route, str]:
    """Say what is asked where, before any network use, or why not."""
    match scanned:
        case ForeignLink(problem=problem):
            raise problem
        case OtherText(kind=kind):
            raise NotALabelError(kind=f"kind.{kind}")
        case ProductNumber(raw=raw):
            raise PriceBarcodeError(number=raw) if from_picture else UnknownNumberError(number=raw)
        case LabelAddress(address=address):
            route = trust.route(address)
            if route is not None:
                return route, str(address)
            if trust.knows_host(address.host):
                raise NotListedError(host=address.host)
            raise UnknownSiteError(host=address.host)


def _barcode(reading: Reading | None) -> str | None:
    """The price barcode beside the label, where exactly one was seen."""
    numbers = {
        number.gtin
        for seen in (reading.sightings if reading else ())
        if isinstance(number := classify(seen.text), ProductNumber)
    }
    return numbers.pop() if len(numbers) == 1 else None


def _obtain(
    route: Route, box: Box, ports: Ports, on_stage: OnStage, *, again: bool
) -> tuple[Evidence, ReachError | None]:
    """The label from its site; a copy that is fresh, or kept for when the site cannot be asked."""
    saved = _saved(box, ports)
    now = ports.clock.now()
    if saved is not None and not again and now - saved.fetched_at < timedelta(seconds=SAVED_IS_FRESH_SECONDS):
        return saved, None
    on_stage(Stage.LOOKING_UP, route.fetch.host)
    try:
        fetched = ports.fetcher.fetch(
            route.fetch, accept=LABEL_TYPES, max_bytes=LABEL_TOKEN, is_known=ports.trust.trust().knows_host
        )
    except NotListedError:
        raise
    except ReachError as problem:
        if saved is None:
            raise
        return saved, problem
    return Evidence(fetched.body, str(fetched.address), now, box), None


def _saved(box: Box, ports: Ports) -> Evidence | None:
    if ports.keeper is None or box.code is None:
        return None
    try:
        saved = ports.keeper.find(box.code)
    except KeepError:
        return None
    return None if saved is None else replace(saved, box=box)


def _check(inspection: Inspection, ports: Ports, *, keep: bool) -> Inspection:
    evidence = inspection.evidence
    assert evidence is not None
    trust = ports.trust.trust()
    document = open_token(evidence.token, trust).document
    report = evaluate(
        evidence,
        trust,
        ports.trust.status(document.status.status_list.uri) if document else None,
        ports.clock.now(),
        needs=_needs(document, ports.packs),
        seen_version=_seen_version(document, ports.keeper),
        offline=inspection.problem is not None,
    )
    checked = replace(inspection, report=report, saved=inspection.problem is not None)
    if report.document is None:
        return checked
    try:
        checked = replace(checked, label=read_label(report.document, ports.packs))
    except RefusedError as problem:
        return checked.failed(problem)
    return _keep(checked, ports) if keep and not report.sample else checked


def _needs(document: LabelDocument | None, packs: Packs) -> frozenset[Step]:
    """The steps that the scheme's pack asks for; none where we do not know the scheme, so that nothing holds."""
    pack = packs.find(document.scheme.id) if document else None
    return frozenset(Step[name.upper()] for name in pack.needs) if pack else frozenset()


def _seen_version(document: LabelDocument | None, keeper: Keeper | None) -> int:
    if keeper is None or document is None:
        return 0
    try:
        return keeper.highest_version(document.iss, document.sub)
    except KeepError:
        return 0


def is_signed(report: Report | None) -> bool:
    """Only a signed version number counts; a forged one could make the real label look old for ever."""
    return report is not None and any(
        finding.step is Step.SIGNATURE and finding.standing is Standing.HELD for finding in report.findings
    )


def _keep(inspection: Inspection, ports: Ports) -> Inspection:
    """A full or read-only disk costs the history, never what is on the screen."""
    assert inspection.evidence is not None
    assert inspection.label is not None
    if ports.keeper is None:
        return inspection
    try:
        ports.keeper.keep(
            inspection.evidence,
            issuer=inspection.label.issuer,
            subject=inspection.label.subject,
            version=inspection.label.version if is_signed(inspection.report) else UNPROVEN_VERSION,
        )
    except KeepError as problem:
        return replace(inspection, not_kept=problem)
    return inspection
