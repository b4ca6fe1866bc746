"""The numbered steps of a check, one small function each; every step reports, whatever the others found."""

from collections.abc import Callable
from typing import Final

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.errors import Fact, RefusedError
from labelviewer.domain.plain_text import clean
from labelviewer.domain.report import Finding, Standing, Step
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.verify import bounds
from labelviewer.verify.case import Case, day, seconds
from labelviewer.verify.reasons import NOT_REACHED
from labelviewer.verify.status import StatusList
from labelviewer.verify.trust import Administrator, Source

NAME_LENGTH: Final = 120


def size(case: Case) -> Finding:
    length = len(case.evidence.token)
    if not length:
        return _broken(Step.SIZE, "empty")
    return _held(Step.SIZE, "right") if length <= bounds.LABEL_TOKEN else _broken(Step.SIZE, "too-big")


def shape(case: Case) -> Finding:
    if not 0 < len(case.evidence.token) <= bounds.LABEL_TOKEN:
        return _not_reached(Step.SHAPE)
    return _held(Step.SHAPE, "right") if case.opened.token else _broken(Step.SHAPE, "not-a-token")


def header(case: Case) -> Finding:
    if case.opened.token is None:
        return _not_reached(Step.HEADER)
    return _held(Step.HEADER, "right") if case.opened.header else _broken(Step.HEADER, "not-a-label")


def key(case: Case) -> Finding:
    opened = case.opened
    if opened.header is None or opened.issuer is None:
        return _not_reached(Step.KEY)
    is_alone = opened.signer is None or opened.signer.source is Source.CLAIMED
    if is_alone and case.other_key_at is not None:
        return _unknown(Step.KEY, "changed", name=clean(opened.issuer, NAME_LENGTH), date=day(case.other_key_at))
    if opened.signer is None:
        return _unknown(Step.KEY, "unknown-issuer", name=clean(opened.issuer, NAME_LENGTH))
    issuer = opened.signer.administrator.plain_name
    claimed = opened.signer.source is Source.CLAIMED
    if opened.key is None or (claimed and opened.key.use != "label"):
        return _unknown(Step.KEY, "unknown-key", issuer=clean(issuer, NAME_LENGTH))
    if claimed:
        return _unknown(Step.KEY, "claimed", name=clean(opened.issuer, NAME_LENGTH))
    if opened.key.use != "label":
        return _broken(Step.KEY, "wrong-use", issuer=issuer)
    if opened.signer.source is Source.ADDED:
        return _held(Step.KEY, "added", issuer=clean(issuer, NAME_LENGTH))
    return _held(Step.KEY, "known", issuer=issuer)


def signature(case: Case) -> Finding:
    opened = case.opened
    if opened.header is None or opened.issuer is None:
        return _not_reached(Step.SIGNATURE)
    if opened.signed is None or opened.key is None:
        return _unknown(Step.SIGNATURE, "no-key")
    if opened.key.alg != opened.header.alg:
        return _broken(Step.SIGNATURE, "wrong-algorithm")
    return _held(Step.SIGNATURE, "right") if opened.signed else _broken(Step.SIGNATURE, "wrong")


def content(case: Case) -> Finding:
    opened = case.opened
    if opened.token is None:
        return _not_reached(Step.CONTENT)
    if opened.members is None:
        return _broken(Step.CONTENT, "not-json")
    return _held(Step.CONTENT, "right") if opened.document else _broken(Step.CONTENT, "not-a-label")


def key_dates(case: Case) -> Finding:
    signing_key, document = case.opened.key, case.proven
    if signing_key is None or document is None:
        return _not_reached(Step.KEY_DATES)
    since = signing_key.compromised_since
    kept_before = since is not None and case.evidence.fetched_at < since
    if signing_key.state == "compromised" and not kept_before:
        return _broken(Step.KEY_DATES, "compromised", date=day(since or signing_key.until))
    if document.iat < seconds(signing_key.from_):
        return _broken(Step.KEY_DATES, "too-early", date=day(signing_key.from_))
    if document.iat > seconds(signing_key.until):
        return _broken(Step.KEY_DATES, "too-late", date=day(signing_key.until))
    if signing_key.state == "compromised" and since is not None:
        return _held(Step.KEY_DATES, "kept-before", date=day(since))
    if signing_key.state == "retired":
        return _held(Step.KEY_DATES, "retired", date=day(signing_key.until))
    return _held(Step.KEY_DATES, "in-force")


def administrator(case: Case) -> Finding:
    signer = case.opened.signer
    if signer is None:
        return _not_reached(Step.ADMINISTRATOR)
    if signer.source is not Source.LISTED:
        return _unknown(Step.ADMINISTRATOR, signer.source.value)
    one = signer.administrator
    issuer, today = one.plain_name, case.today
    if one.state == "removed" or (one.until is not None and one.until < today):
        return _broken(Step.ADMINISTRATOR, "removed", issuer=issuer, date=one.until or day(case.trust_list.issued))
    if one.state == "suspended":
        return _broken(Step.ADMINISTRATOR, "suspended", issuer=issuer)
    if one.since > today and not case.clock_is_behind:
        return _broken(Step.ADMINISTRATOR, "not-yet", issuer=issuer, date=one.since)
    if case.opened.document is not None and case.opened.document.scheme.id not in one.schemes:
        return _broken(Step.ADMINISTRATOR, "other-scheme", issuer=issuer)
    return _held(Step.ADMINISTRATOR, "recognised", issuer=issuer)


def carrier(case: Case) -> Finding:
    document, code = case.claimed, case.evidence.box.code
    if document is None:
        return _not_reached(Step.CARRIER)
    if code is None:
        return Finding(Step.CARRIER, Standing.NOT_ASKED, "no-box")
    try:
        scanned = parse_web_address(code)
    except RefusedError:
        return _broken(Step.CARRIER, "not-listed")
    if scanned in map(parse_web_address, document.carriers):
        return _held(Step.CARRIER, "listed")
    signer = case.opened.signer
    if signer is not None and _links_to_product(scanned, document, signer.administrator):
        return _held(Step.CARRIER, "digital-link")
    return _broken(Step.CARRIER, "not-listed")


def barcode(case: Case) -> Finding:
    document, gtin = case.claimed, case.evidence.box.gtin
    if document is None:
        return _not_reached(Step.BARCODE)
    if gtin is None:
        return Finding(Step.BARCODE, Standing.NOT_ASKED, "no-barcode")
    if not document.product.gtin:
        return _unknown(Step.BARCODE, "no-numbers")
    if gtin.zfill(14) in document.product.gtin:
        return _held(Step.BARCODE, "listed")
    return _broken(Step.BARCODE, "not-listed")


def dates(case: Case) -> Finding:
    document = case.claimed
    if document is None:
        return _not_reached(Step.DATES)
    ends = [day(document.exp)]
    if document.grant.valid_until is not None:
        ends.append(document.grant.valid_until)
    if case.now >= document.exp or min(ends) < case.today:
        if case.now > seconds(case.trust_list.next_update) + bounds.CLOCK_IN_DOUBT:
            return _unknown(Step.DATES, "clock-in-doubt")
        return _broken(Step.DATES, "ran-out", date=min(ends))
    if document.iat > case.now + bounds.CLOCK_SLACK:
        return _broken(Step.DATES, "not-yet", date=day(document.iat))
    if case.clock_is_behind:
        return _unknown(Step.DATES, "clock-behind")
    return _held(Step.DATES, "in-force", date=min(ends))


def version(case: Case) -> Finding:
    document = case.claimed
    if document is None:
        return _not_reached(Step.VERSION)
    if not case.seen_version:
        return _held(Step.VERSION, "first-seen")
    if document.ver < case.seen_version:
        return _broken(Step.VERSION, "older")
    return _held(Step.VERSION, "newest")


def status(case: Case) -> Finding:
    document = case.proven
    if document is None:
        return _not_reached(Step.STATUS)
    if not isinstance(case.status, StatusList):
        return _unknown(Step.STATUS, case.status)
    as_of = day(case.status.issued)
    match case.status.value(document.status.status_list.idx):
        case 0:
            return _held(Step.STATUS, "good", date=as_of)
        case 1:
            return _broken(Step.STATUS, "withdrawn", date=as_of)
        case 2:
            return _broken(Step.STATUS, "suspended", date=as_of)
        case None:
            return _unknown(Step.STATUS, "outside")
        case _:
            return _unknown(Step.STATUS, "unknown-value")


def freshness(case: Case) -> Finding:
    if case.proven is None or case.opened.signer is None:
        return _not_reached(Step.FRESHNESS)
    if case.offline:
        return _unknown(Step.FRESHNESS, "saved-copy", date=day(case.evidence.fetched_at))
    trust_list = case.trust_list
    as_of = case.list_as_of
    if case.now > max(as_of + bounds.TRUST_GOOD_FOR, seconds(trust_list.next_update)):
        return _unknown(Step.FRESHNESS, "trust-list-old", date=day(as_of))
    if not isinstance(case.status, StatusList):
        return _unknown(Step.FRESHNESS, "no-status")
    if case.older_status:
        return _unknown(Step.FRESHNESS, "older-status", date=day(case.status.issued))
    if case.now >= _status_good_until(case.status, sample=case.opened.signer.sample):
        return _unknown(Step.FRESHNESS, "status-old", date=day(case.status.issued))
    if case.now > case.list_good_until:
        return _held(Step.FRESHNESS, "ageing", date=day(as_of))
    return _held(Step.FRESHNESS, "fresh")


STEPS: Final[tuple[Callable[[Case], Finding], ...]] = (
    size,
    shape,
    header,
    key,
    signature,
    content,
    key_dates,
    administrator,
    carrier,
    barcode,
    dates,
    version,
    status,
    freshness,
)


def _links_to_product(scanned: WebAddress, document: LabelDocument, signer: Administrator) -> bool:
    """A GS1 Digital Link by one of the signer's own rules, with a number of this product in it."""
    numbers = {rule.found_in(scanned) for rule in signer.resolve if rule.by_product_number}
    return not numbers.isdisjoint(document.product.gtin)


def _status_good_until(status_list: StatusList, *, sample: bool) -> int:
    """The lists of samples come with the program and are not renewed; all others are good for a week at most."""
    if sample:
        return status_list.expires
    return min(status_list.expires, status_list.issued + bounds.STATUS_GOOD_FOR)


def _held(step: Step, reason: str, **facts: Fact) -> Finding:
    return Finding(step, Standing.HELD, reason, facts)


def _broken(step: Step, reason: str, **facts: Fact) -> Finding:
    return Finding(step, Standing.BROKEN, reason, facts)


def _unknown(step: Step, reason: str, **facts: Fact) -> Finding:
    return Finding(step, Standing.UNKNOWN, reason, facts)


def _not_reached(step: Step) -> Finding:
    return Finding(step, Standing.UNKNOWN, NOT_REACHED)
