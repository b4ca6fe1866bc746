"""The use case: from a picture or a text to an Inspection. The only place where stages are ordered."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, TypeVar

from labelviewer.domain.document import AnyLabel
from labelviewer.domain.errors import (
    KeepError,
    LabelViewerError,
    LibraryDamagedError,
    LookAlikeError,
    NoCodeFoundError,
    NotALabelError,
    NotListedError,
    PageForPeopleError,
    PictureError,
    PriceBarcodeError,
    ReachError,
    RefusedError,
    ShortLinkError,
    UnknownNumberError,
    UnknownSiteError,
    WrongDigitError,
)
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.host_names import host_parts, imitated
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import Report, Standing, State, Step
from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, Scanned, classify
from labelviewer.domain.sighting import Reading, Sighting
from labelviewer.domain.typed import has_wrong_digit, is_label_number, tidy
from labelviewer.domain.web_address import WebAddress, over_https
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
from labelviewer.pipeline.strangers import is_added, last_other_key, own_word
from labelviewer.schemes.forms import is_office, is_served, recognise
from labelviewer.schemes.mapping import read_label
from labelviewer.schemes.packs import Packs
from labelviewer.schemes.readers.mapped import read_foreign
from labelviewer.verify.case import Opened, open_evidence
from labelviewer.verify.trust import Administrator, Trust
from labelviewer.verify.verdict import evaluate

LABEL_TYPES: Final = (
    "application/vnd.labelviewer.label+jwt, application/jwt;q=0.9, application/vc+jwt;q=0.8, application/json;q=0.6, "
    "text/plain;q=0.5, application/linkset+json;q=0.4"
)

UNPROVEN_VERSION: Final = 0
RESOLVER: Final = "linkset"  # the adapter of a known site that leads elsewhere
SAVED_IS_FRESH: Final = timedelta(seconds=SAVED_IS_FRESH_SECONDS)

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


class _Way(NamedTuple):
    """What is asked for a scanned address; `strange` where no list knows the site."""

    fetch: WebAddress
    sample: bool = False
    strange: bool = False


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
    strangers: bool = False,
) -> Inspection:
    """Follow one code, link or number to its label. `again` asks the site even if a fresh copy is kept.

    `strangers`: somebody said yes to asking a site that no list names.
    """
    scanned = classify(text)
    meant = _meant(scanned, ports.trust.trust())
    inspection = Inspection(reading=reading, scanned=scanned, secured=meant is not scanned)
    try:
        way, code = _settle(meant, ports, from_picture=reading is not None, strangers=strangers)
    except LabelViewerError as refused:
        return replace(inspection.failed(refused), scheme_code=recognise(scanned.raw, ports.packs))
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
    on_stage(Stage.LOOKING_UP, way.fetch.host)
    try:
        evidence, problem = _fetch(way, box, saved, ports)
    except LabelViewerError as refused:
        return replace(inspection.failed(refused), scheme_code=recognise(scanned.raw, ports.packs))
    on_stage(Stage.CHECKING, "")
    claimed: tuple[Administrator, ...] = ()
    changed: datetime | None = None
    if way.strange and problem is None:
        claimed = own_word(evidence, ports.trust.trust(), ports.fetcher)
        nothing: Sequence[Visit] = ()
        history, _ = _look_up(ports.keeper, lambda keeper: keeper.history(), nothing)
        changed = last_other_key(evidence, ports.trust.trust(), history)
    checked = _check(
        replace(inspection, evidence=evidence, problem=problem), ports, claimed=claimed, other_key_at=changed
    )
    return _keep(checked, ports) if problem is None else checked


def inspect_typed(text: str, ports: Ports, on_stage: OnStage = _silently, *, strangers: bool = False) -> Inspection:
    """Follow what a person typed: an address, the number of a product, or the number of a label."""
    meant = tidy(text)
    scanned = classify(meant)
    match scanned:
        case OtherText(kind="number") if has_wrong_digit(meant.strip()):
            return Inspection(scanned=scanned).failed(WrongDigitError(number=meant.strip()))
        case ProductNumber(gtin=gtin):
            number = gtin
        case OtherText(kind="number" | "text") if is_label_number(meant.strip()):
            number = meant.strip()
        case OtherText() if recognise(meant, ports.packs) is not None:
            number = meant.strip()
        case _:
            return inspect_code(meant, ports, on_stage, strangers=strangers)
    address = ports.trust.trust().address_of(number)
    if address is None:
        unknown = UnknownNumberError(number=meant.strip())
        return Inspection(scanned=scanned, scheme_code=recognise(meant, ports.packs)).failed(unknown)
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


def _rank(seen: Sighting, trust: Trust) -> int:
    match _meant(classify(seen.text), trust):
        case LabelAddress(address=address) if trust.route(address):
            return 0
        case LabelAddress():
            return 1
        case ForeignLink() | OtherText():
            return 2
        case ProductNumber():
            return 3


def _meant(scanned: Scanned, trust: Trust) -> Scanned:
    """An http link of a listed host is asked over https; everything else is taken as it stands."""
    if not isinstance(scanned, ForeignLink):
        return scanned
    address = over_https(scanned.raw.strip())
    if address is None or not trust.knows_host(address.host):
        return scanned
    return LabelAddress(scanned.raw, address)


def _settle(scanned: Scanned, ports: Ports, *, from_picture: bool, strangers: bool) -> tuple[_Way, str]:
    """Say what is asked where, before any network use, or why not."""
    match scanned:
        case ForeignLink(problem=problem):
            raise problem
        case OtherText(kind=kind):
            raise NotALabelError(kind=f"kind.{kind}")
        case ProductNumber(raw=raw):
            raise PriceBarcodeError(number=raw) if from_picture else UnknownNumberError(number=raw)
        case LabelAddress(address=address):
            return _way_to(address, ports, strangers=strangers), str(address)


def _way_to(address: WebAddress, ports: Ports, *, strangers: bool) -> _Way:
    trust = ports.trust.trust()
    route = trust.route(address)
    if route is not None:
        return _Way(route.fetch, route.sample)
    site = trust.site(address.host)
    if site is not None and (site.adapter == RESOLVER or is_served(site.adapter, str(address), ports.packs)):
        return _Way(address)
    if site is not None:
        raise PageForPeopleError(host=address.host)
    if trust.knows_host(address.host):
        raise NotListedError(host=address.host)
    refused = _stranger(address.host, trust, ports.short_links)
    if is_added(address, trust) or (strangers and isinstance(refused, UnknownSiteError)):
        return _Way(address, strange=True)
    if isinstance(refused, UnknownSiteError) and is_office(address.host, ports.packs):
        raise PageForPeopleError(host=address.host)
    raise refused


def _stranger(host: str, trust: Trust, short_links: frozenset[str]) -> RefusedError:
    """What is said of a host that no list names; nothing of it is fetched before somebody says yes, a trick never."""
    if host in short_links or host_parts(host).registrable in short_links:
        return ShortLinkError(host=host)
    known = imitated(host, trust.hosts())
    return UnknownSiteError(host=host) if known is None else LookAlikeError(host=host, known=known)


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


def _fetch(way: _Way, box: Box, saved: Evidence | None, ports: Ports) -> tuple[Evidence, ReachError | None]:
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
    trust = replace(ports.trust.trust(), claimed=claimed) if claimed else ports.trust.trust()
    foreign = partial(read_foreign, packs=ports.packs)
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


def _renew_status(opened: Opened, renewal: Renewal | None) -> Renewed:
    """Only for a label that is proven: nobody else makes us ask anywhere."""
    signer, document = opened.signer, opened.document
    if renewal is None or not opened.proven or signer is None or signer.sample or document is None:
        return Renewed.CURRENT
    if document.status is None:
        return Renewed.CURRENT
    return renewal.renew_status(document.status.status_list.uri, signer.administrator)


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


def _holds(report: Report, step: Step) -> bool:
    return any(finding.step is step and finding.standing is Standing.HELD for finding in report.findings)


def _keep(inspection: Inspection, ports: Ports) -> Inspection:
    """Keep what can be read and is no sample; only under a code that it names itself, or
    that led to a known site which signs nothing.

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
            if _holds(report, Step.CARRIER) or report.state is State.NOT_SIGNED
            else replace(evidence, box=replace(evidence.box, code=None)),
            issuer=label.issuer,
            subject=label.subject,
            version=label.version if is_signed(report) else UNPROVEN_VERSION,
        )
    except KeepError as problem:
        return replace(inspection, not_kept=problem)
    return inspection
