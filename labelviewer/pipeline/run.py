"""The use case: from a picture or a text to an Inspection. The only place where stages are ordered."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from labelviewer.domain.document import AnyLabel
from labelviewer.domain.errors import (
    KeepError,
    LabelViewerError,
    LibraryDamagedError,
    NoCodeFoundError,
    NotALabelError,
    NotListedError,
    PictureError,
    ReachError,
    RefusedError,
    UnknownNumberError,
    WrongDigitError,
)
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import Report, Standing, State, Step
from labelviewer.domain.scanned import OtherText, ProductNumber, classify
from labelviewer.domain.sighting import Reading, in_rows
from labelviewer.domain.typed import has_wrong_digit, is_label_number, tidy
from labelviewer.pipeline.limits import LABEL_TOKEN, SAVED_IS_FRESH_SECONDS
from labelviewer.pipeline.ports import (
    AddedIssuers,
    CarriedTrust,
    Clock,
    FeedShelf,
    Fetcher,
    Keeper,
    PictureReader,
    Renewal,
    Renewed,
    TrustSource,
    Visit,
)
from labelviewer.pipeline.strangers import last_other_key, own_word
from labelviewer.pipeline.ways import Known, Way, meant, rank, settle
from labelviewer.schemes.forms import recognise
from labelviewer.schemes.mapping import read_label
from labelviewer.schemes.packs import Packs
from labelviewer.schemes.readers.mapped import read_foreign
from labelviewer.verify.case import Opened, open_evidence
from labelviewer.verify.trust import Administrator, Source
from labelviewer.verify.verdict import evaluate

LABEL_TYPES: Final = (
    "application/vnd.labelviewer.label+jwt, application/jwt;q=0.9, application/vc+jwt;q=0.8, application/json;q=0.6, "
    "text/plain;q=0.5, application/linkset+json;q=0.4"
)

UNPROVEN_VERSION: Final = 0
SAVED_IS_FRESH: Final = timedelta(seconds=SAVED_IS_FRESH_SECONDS)

CANCELLED: Final = (State.SIGNER_CANCELLED, State.WITHDRAWN, State.SUSPENDED)

T = TypeVar("T")

OnStage = Callable[[Stage, str], None]
"""Called with the stage and, while a site is asked, its host."""


def _silently(_stage: Stage, _host: str) -> None:
    """For those who do not wait."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything the use case reaches the outside through. `keeper` is None where nothing may be kept.

    `renewal` is None where status lists are never asked for, `added` where nobody can add an issuer,
    `carried` where no list can come in a file, `feeds` where the catalogue of known attacks has no place.
    `short_links`: registered names whose links hide where they lead.
    """

    clock: Clock
    pictures: PictureReader
    fetcher: Fetcher
    trust: TrustSource
    packs: Packs
    keeper: Keeper | None
    renewal: Renewal | None = None
    added: AddedIssuers | None = None
    carried: CarriedTrust | None = None
    feeds: FeedShelf | None = None
    short_links: frozenset[str] = frozenset()


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
        return Inspection(reading=reading, problem=NoCodeFoundError(near_misses=reading.near_misses))
    trust = ports.trust.trust()
    reading = replace(reading, sightings=tuple(sorted(in_rows(reading.sightings), key=lambda seen: rank(seen, trust))))
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
    strangers: bool = False,
) -> Inspection:
    """Follow one code, link or number to its label. `again` asks the site even if a fresh copy is kept.

    `strangers`: somebody said yes to asking a site that no list names.
    """
    scanned = classify(text)
    known = Known(ports.trust.trust(), ports.packs, ports.short_links)
    asked = meant(scanned, known.trust)
    inspection = Inspection(reading=reading, scanned=scanned, secured=asked is not scanned)
    try:
        way, code = settle(asked, known, from_picture=reading is not None, strangers=strangers)
    except LabelViewerError as refused:
        seen = recognise(scanned.raw, ports.packs)
        if seen is not None and seen.kind == "number" and isinstance(refused, NotALabelError):
            refused = UnknownNumberError(number=scanned.raw.strip())
        return replace(inspection.failed(refused), scheme_code=seen)
    if way.sample:
        ports = replace(ports, keeper=None)
    box = Box(code=code, gtin=_barcode(reading))
    saved, damage = _look_up(ports.keeper, lambda keeper: keeper.find(code), None)
    inspection = replace(inspection, not_kept=damage)
    if saved is not None:
        saved = replace(saved, box=box)
        if not again and timedelta() <= ports.clock.now() - saved.fetched_at < SAVED_IS_FRESH:
            on_stage(Stage.CHECKING, "")
            checked = _check(replace(inspection, evidence=saved), ports)
            if _stands_in(checked):
                return _keep(checked, ports)
            inspection = replace(inspection, not_kept=checked.not_kept)
    return _ask(inspection, way, box, saved, ports, on_stage)


def _ask(
    inspection: Inspection, way: Way, box: Box, saved: Evidence | None, ports: Ports, on_stage: OnStage
) -> Inspection:
    """What the site says now, unless it would undo what a recognised office said of the saved label."""
    on_stage(Stage.LOOKING_UP, way.fetch.host)
    try:
        evidence, problem = _fetch(way, box, saved, ports)
    except LabelViewerError as refused:
        cancelled = _still_cancelled(inspection, saved, None, ports)
        code = inspection.scanned.raw if inspection.scanned is not None else ""
        return cancelled or replace(inspection.failed(refused), scheme_code=recognise(code, ports.packs))
    on_stage(Stage.CHECKING, "")
    inspection = replace(inspection, evidence=evidence, problem=problem)
    checked = _check_stranger(inspection, ports) if way.strange and problem is None else _check(inspection, ports)
    if problem is not None:
        return checked
    if checked.report is None or _is_recognised(checked.report):
        return _keep(checked, ports)
    cancelled = _still_cancelled(inspection, saved, checked.report.state, ports)
    return cancelled or _keep(checked, ports, in_place_of=saved)


def _check_stranger(inspection: Inspection, ports: Ports) -> Inspection:
    """With the file that the signer publishes about itself, for whoever wants to add it here."""
    evidence, trust = inspection.evidence, ports.trust.trust()
    assert evidence is not None
    own = own_word(evidence, trust, ports.fetcher)
    nothing: Sequence[Visit] = ()
    history, _ = _look_up(ports.keeper, lambda keeper: keeper.history(), nothing)
    changed = last_other_key(evidence, trust, history)
    claimed = (own.issuer,) if own is not None else ()
    checked = _check(inspection, ports, claimed=claimed, other_key_at=changed)
    return replace(checked, own_word=own.document if own is not None else b"")


def inspect_typed(text: str, ports: Ports, on_stage: OnStage = _silently, *, strangers: bool = False) -> Inspection:
    """Follow what a person typed: an address, the number of a product, or the number of a label."""
    typed = tidy(text)
    scanned = classify(typed)
    match scanned:
        case OtherText(kind="number") if has_wrong_digit(typed.strip()):
            return Inspection(scanned=scanned).failed(WrongDigitError(number=typed.strip()))
        case ProductNumber(gtin=gtin):
            number = gtin
        case OtherText(kind="number" | "text") if is_label_number(typed.strip()):
            number = typed.strip()
        case OtherText() if recognise(typed, ports.packs) is not None:
            number = typed.strip()
        case _:
            return inspect_code(typed, ports, on_stage, strangers=strangers)
    address = ports.trust.trust().address_of(number)
    if address is None:
        unknown = UnknownNumberError(number=typed.strip())
        return Inspection(scanned=scanned, scheme_code=recognise(typed, ports.packs)).failed(unknown)
    return inspect_code(address, ports, on_stage)


def reopen(evidence: Evidence, ports: Ports) -> Inspection:
    """Check again what the library kept, with today's trust list and date; no network, no box to compare with."""
    return _check(Inspection(evidence=evidence), replace(ports, renewal=None), box=Box())


def recheck(inspection: Inspection, ports: Ports) -> Inspection:
    """The same evidence with today's trust, for a page that is open; no network."""
    if inspection.evidence is None or inspection.report is None:
        return inspection
    problem = inspection.problem if isinstance(inspection.problem, ReachError) else None
    box = None if inspection.scanned is not None else Box()
    return _check(replace(inspection, problem=problem), replace(ports, renewal=None), box=box)


def _barcode(reading: Reading | None) -> str | None:
    """The price barcode beside the label, where exactly one was seen; digits in a square code may mean anything."""
    numbers = {
        number.gtin
        for seen in (reading.sightings if reading else ())
        if seen.symbology.is_price_barcode and isinstance(number := classify(seen.text), ProductNumber)
    }
    return numbers.pop() if len(numbers) == 1 else None


def _look_up(keeper: Keeper | None, question: Callable[[Keeper], T], nothing: T) -> tuple[T, KeepError | None]:
    """What the library knows. A damaged one says so once and is a new one by then, so it is asked again."""
    if keeper is None:
        return nothing, None
    try:
        return question(keeper), None
    except LibraryDamagedError as problem:
        damage = problem
    except KeepError:
        return nothing, None
    with suppress(KeepError):
        return question(keeper), damage
    return nothing, damage


def _stands_in(saved: Inspection) -> bool:
    """Whether a fresh copy is as good as asking; with any flaw, the site may have a better one by now."""
    return saved.report is not None and saved.report.state is State.VERIFIED


def _still_cancelled(
    inspection: Inspection, saved: Evidence | None, answer: State | None, ports: Ports
) -> Inspection | None:
    """The saved label, where a recognised office cancelled it and nothing worse came from the site.

    A site that answers no, or whose answer no recognised office signed, undoes nothing.
    """
    if saved is None:
        return None
    before = _check(replace(inspection, evidence=saved), ports)
    if before.report is None or before.report.state not in CANCELLED:
        return None
    if answer is not None and answer is not State.UNREADABLE and answer.value < before.report.state.value:
        return None
    return _keep(before, ports)


def _fetch(way: Way, box: Box, saved: Evidence | None, ports: Ports) -> tuple[Evidence, ReachError | None]:
    """The label from its site, or the saved copy where the site cannot be asked."""
    try:
        fetched = ports.fetcher.fetch(
            way.fetch, accept=LABEL_TYPES, max_bytes=LABEL_TOKEN, is_known=ports.trust.trust().knows_host
        )
    except NotListedError:
        raise
    except ReachError as problem:
        if saved is None:
            raise
        return saved, problem
    return Evidence(fetched.body, str(fetched.address), ports.clock.now(), box), None


def _check(
    inspection: Inspection,
    ports: Ports,
    *,
    box: Box | None = None,
    claimed: tuple[Administrator, ...] = (),
    other_key_at: datetime | None = None,
) -> Inspection:
    """`box` where another one counts than the one in the evidence; `claimed` speak for themselves alone."""
    evidence = inspection.evidence
    assert evidence is not None
    foreign = partial(read_foreign, packs=ports.packs)
    if ports.renewal is not None and inspection.problem is None:
        _renew_keys(open_evidence(evidence, ports.trust.trust(), foreign), ports.renewal)
    trust = replace(ports.trust.trust(), claimed=claimed) if claimed else ports.trust.trust()
    opened = open_evidence(evidence, trust, foreign)
    document = opened.document
    renewed = _renew_status(opened, ports.renewal) if inspection.problem is None else Renewed.FAILED
    seen_version, damage = _seen_version(document, ports.keeper)
    report = evaluate(
        evidence if box is None else replace(evidence, box=box),
        trust,
        ports.trust.status(document.status.status_list.uri) if document and document.status else None,
        ports.clock.now(),
        needs=_needs(document, ports.packs),
        seen_version=seen_version,
        offline=inspection.problem is not None,
        older_status=renewed is Renewed.OLDER,
        other_key_at=other_key_at,
        foreign=foreign,
    )
    if ports.renewal is not None and document is not None and is_signed(report) and not report.sample:
        ports.renewal.witness(document.iat)
    checked = replace(
        inspection, report=report, saved=inspection.problem is not None, not_kept=inspection.not_kept or damage
    )
    if report.document is None:
        return checked
    try:
        return replace(checked, label=read_label(report.document, ports.packs))
    except RefusedError as problem:
        return checked.failed(problem)


def _renew_keys(opened: Opened, renewal: Renewal) -> None:
    """An office of the list that signs with a key which the list lacks: a newer one may have it."""
    signer = opened.signer
    if signer is not None and signer.key is None and signer.source is Source.LISTED and not signer.sample:
        renewal.renew_for_key(signer.administrator.id)


def _renew_status(opened: Opened, renewal: Renewal | None) -> Renewed:
    """Only for a label that is proven: nobody else makes us ask anywhere."""
    signer, document = opened.signer, opened.document
    if renewal is None or not opened.proven or signer is None or signer.sample or document is None:
        return Renewed.CURRENT
    if document.status is None:
        return Renewed.CURRENT
    return renewal.renew_status(document.status.status_list.uri, signer.administrator)


def _is_proven(evidence: Evidence | None, ports: Ports) -> bool:
    trust = ports.trust.trust()
    return evidence is not None and open_evidence(evidence, trust, partial(read_foreign, packs=ports.packs)).proven


def _needs(document: AnyLabel | None, packs: Packs) -> frozenset[Step]:
    """The steps that the scheme's pack asks for; none where we do not know the scheme, so that nothing holds."""
    pack = packs.find(document.scheme.id) if document else None
    return frozenset(Step[name.upper()] for name in pack.needs) if pack else frozenset()


def _seen_version(document: AnyLabel | None, keeper: Keeper | None) -> tuple[int, KeepError | None]:
    if document is None:
        return 0, None
    return _look_up(keeper, lambda one: one.highest_version(document.iss, document.sub), 0)


def is_signed(report: Report) -> bool:
    """By a key that was good for it. Only such a version number counts; a forged one makes the real label look old."""
    return _holds(report, Step.SIGNATURE) and _holds(report, Step.KEY_DATES)


def _is_recognised(report: Report) -> bool:
    """By an office of the list, and no older label than we knew."""
    return is_signed(report) and _holds(report, Step.ADMINISTRATOR) and _holds(report, Step.VERSION)


def _holds(report: Report, step: Step) -> bool:
    return any(finding.step is step and finding.standing is Standing.HELD for finding in report.findings)


def _keep(inspection: Inspection, ports: Ports, *, in_place_of: Evidence | None = None) -> Inspection:
    """Keep what can be read and is no sample; only under a code that it names itself, or
    that led to a known site which signs nothing. `in_place_of` keeps its code where a signature proves it.

    A full or read-only disk costs the history, never what is on the screen.
    """
    evidence, report, label = inspection.evidence, inspection.report, inspection.label
    if ports.keeper is None or evidence is None or report is None or label is None:
        return inspection
    if report.sample or report.state is State.UNREADABLE:
        return inspection
    try:
        ports.keeper.keep(
            evidence
            if (_holds(report, Step.CARRIER) or report.state is State.NOT_SIGNED) and not _is_proven(in_place_of, ports)
            else replace(evidence, box=replace(evidence.box, code=None)),
            issuer=label.issuer,
            subject=label.subject,
            version=label.version if is_signed(report) else UNPROVEN_VERSION,
        )
    except KeepError as problem:
        return replace(inspection, not_kept=problem)
    return inspection
