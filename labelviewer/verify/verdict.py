"""Evidence, trust and the time become one Report; pure, and "verified" is earned by every step or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from labelviewer.domain.errors import Fact, Facts, RefusedError
from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.plain_text import clean
from labelviewer.domain.report import Finding, Report, Standing, State, Step
from labelviewer.domain.web_address import parse_web_address
from labelviewer.verify.case import Case, Form, ReadForeign, day, host_of, open_case
from labelviewer.verify.steps import NAME_LENGTH, STEPS
from labelviewer.verify.trust import Source, Trust

ALWAYS_NEEDED: Final = frozenset(Step) - {Step.BARCODE}
"""What no scheme can do without; its pack adds to this and takes nothing away."""

Findings = Mapping[Step, Finding]


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    code: str
    facts: Facts = field(default_factory=dict)


def evaluate(
    evidence: Evidence,
    trust: Trust,
    status: StatusEvidence | None,
    now: datetime,
    *,
    needs: frozenset[Step],
    seen_version: int = 0,
    offline: bool = False,
    older_status: bool = False,
    other_key_at: datetime | None = None,
    foreign: ReadForeign | None = None,
) -> Report:
    """Every step's finding and the state that follows. No bytes make it raise.

    `needs` are the steps that the scheme's pack names; where it is empty, nothing is ever verified.
    `offline`: the evidence is a saved copy, because the site could not be asked.
    `older_status`: the site served a status list that we knew to be outdated.
    `other_key_at`: when an issuer that nobody vouches for was last seen to sign with another key.
    `foreign` reads documents of other forms; without it only our own tokens are labels.
    """
    case = open_case(
        evidence,
        trust,
        status,
        now,
        seen_version=seen_version,
        offline=offline,
        older_status=older_status,
        other_key_at=other_key_at,
        foreign=foreign,
    )
    findings = tuple(step(case) for step in STEPS)
    verdict = decide(case, {finding.step: finding for finding in findings}, needs)
    signer, document = case.opened.signer, case.opened.document
    return Report(findings, verdict.state, verdict.code, verdict.facts, bool(signer and signer.sample), document)


def decide(case: Case, findings: Findings, needs: frozenset[Step]) -> Verdict:
    """The first rule that matches; where none does, we do not know this kind of label."""
    for rule in _RULES:
        verdict = rule(case, findings)
        if verdict is not None:
            return verdict
    if needs and all(_is_satisfied(findings[step]) for step in needs | ALWAYS_NEEDED):
        return Verdict(State.VERIFIED, "V01", {"issuer": _issuer(case), "when": case.today})
    return Verdict(State.UNREADABLE, "F11")


def _unreadable(case: Case, findings: Findings) -> Verdict | None:
    outer = (Step.SIZE, Step.SHAPE, Step.HEADER, Step.CONTENT)
    if any(findings[step].standing is not Standing.HELD for step in outer) or _is(
        findings, Step.KEY_DATES, "too-early"
    ):
        return Verdict(State.UNREADABLE, "F12", {"host": _host(case)})
    if _is_plain(case) and case.trust.knows_host(host_of(case.evidence)) and _unsigned_site(case) is None:
        return Verdict(State.UNREADABLE, "F12", {"host": _host(case)})  # who signs does not send plain data
    return None


def _tampered(case: Case, findings: Findings) -> Verdict | None:
    if _is_broken(findings, Step.KEY) or _is_broken(findings, Step.SIGNATURE):
        return Verdict(State.TAMPERED, "V03", {"issuer": _issuer(case)})
    return None


def _signer_cancelled(case: Case, findings: Findings) -> Verdict | None:
    for step, reasons in ((Step.KEY_DATES, ("compromised", "too-late")), (Step.ADMINISTRATOR, ("removed",))):
        if _is(findings, step, *reasons):
            return Verdict(
                State.SIGNER_CANCELLED, "V05", {"issuer": _issuer(case), "date": _date(case, findings, step)}
            )
    return None


def _does_not_match(case: Case, findings: Findings) -> Verdict | None:
    box, document = case.evidence.box, case.opened.document
    if _is_broken(findings, Step.CARRIER):
        scanned = box.code
    elif _is_broken(findings, Step.BARCODE):
        scanned = box.gtin
    else:
        return None
    name = document.product.name if document else ""
    return Verdict(State.DOES_NOT_MATCH, "V10", {"a": clean(name, NAME_LENGTH), "b": clean(scanned or "", NAME_LENGTH)})


def _withdrawn(case: Case, findings: Findings) -> Verdict | None:
    if _is(findings, Step.STATUS, "withdrawn"):
        facts = {"issuer": _issuer(case), "date": _date(case, findings, Step.STATUS)}
        return Verdict(State.WITHDRAWN, "V07", facts)
    return None


def _suspended(case: Case, findings: Findings) -> Verdict | None:
    """The label on hold by its issuer, or the issuer on hold by the lead administrator."""
    if _is(findings, Step.STATUS, "suspended"):
        facts = {"issuer": _issuer(case), "date": _date(case, findings, Step.STATUS)}
        return Verdict(State.SUSPENDED, "V17", facts)
    if _is(findings, Step.ADMINISTRATOR, "suspended"):
        lead = case.trust_list.lead.plain_name
        return Verdict(State.SUSPENDED, "V17", {"issuer": lead, "date": day(case.trust_list.issued)})
    return None


def _expired(case: Case, findings: Findings) -> Verdict | None:
    if _is(findings, Step.DATES, "ran-out"):
        return Verdict(State.EXPIRED, "V06", {"date": _date(case, findings, Step.DATES)})
    return None


def _not_signed(case: Case, _findings: Findings) -> Verdict | None:
    """Plain data of a site that is known to sign nothing; of any other, it is a stranger's word."""
    if not _is_plain(case):
        return None
    site = _unsigned_site(case)
    if site is None:
        return Verdict(State.UNKNOWN_SIGNER, "V19", {"host": _host(case)})
    return Verdict(State.NOT_SIGNED, "V02", {"host": site})


def _unknown_signer(case: Case, findings: Findings) -> Verdict | None:
    if case.lacks_key:
        return Verdict(State.UNKNOWN_SIGNER, "V20", {"issuer": _issuer(case), "date": day(case.list_as_of)})
    if findings[Step.SIGNATURE].standing is not Standing.HELD or findings[Step.KEY].standing is not Standing.HELD:
        return Verdict(State.UNKNOWN_SIGNER, "V04", {"name": _unlisted_name(case)})
    if _is(findings, Step.ADMINISTRATOR, "not-yet", "other-scheme"):
        return Verdict(State.UNKNOWN_SIGNER, "V04", {"name": _issuer(case)})
    return None


def _clock_wrong(case: Case, findings: Findings) -> Verdict | None:
    if _is(findings, Step.DATES, "not-yet", "clock-behind"):
        return Verdict(State.CLOCK_WRONG, "F14", {"date": case.today})
    return None


def _added_here(case: Case, findings: Findings) -> Verdict | None:
    if _is(findings, Step.ADMINISTRATOR, Source.ADDED.value):
        return Verdict(State.ADDED_BY_SHOP, "V18", {"name": clean(_issuer(case), NAME_LENGTH)})
    return None


def _not_today(case: Case, findings: Findings) -> Verdict | None:
    if _is(findings, Step.FRESHNESS, "saved-copy"):
        return Verdict(State.NOT_TODAY, "F01", {"date": day(case.evidence.fetched_at)})
    if _is(findings, Step.FRESHNESS, "trust-list-old") or _is(findings, Step.DATES, "clock-in-doubt"):
        return Verdict(State.NOT_TODAY, "V09", {"date": day(case.list_as_of)})
    aged = (Step.VERSION, Step.STATUS, Step.FRESHNESS)
    if any(findings[step].standing is not Standing.HELD for step in aged) or _is(findings, Step.DATES, "no-end"):
        return Verdict(State.NOT_TODAY, "V08", _last_known_good(findings))
    return None


_RULES: Final[tuple[Callable[[Case, Findings], Verdict | None], ...]] = (
    _unreadable,
    _tampered,
    _signer_cancelled,
    _does_not_match,
    _withdrawn,
    _suspended,
    _expired,
    _not_signed,
    _unknown_signer,
    _clock_wrong,
    _added_here,
    _not_today,
)


def _is_plain(case: Case) -> bool:
    return case.opened.form is Form.PLAIN


def _unsigned_site(case: Case) -> str | None:
    site = case.trust.site(host_of(case.evidence))
    return site.host if site is not None and not site.signed else None


def _is(findings: Findings, step: Step, *reasons: str) -> bool:
    return findings[step].reason in reasons


def _is_broken(findings: Findings, step: Step) -> bool:
    return findings[step].standing is Standing.BROKEN


def _is_satisfied(finding: Finding) -> bool:
    """A label from the library has no box to be compared with; the page says so."""
    return finding.standing in (Standing.HELD, Standing.NOT_ASKED)


def _date(case: Case, findings: Findings, step: Step) -> Fact:
    return findings[step].facts.get("date", case.today)


def _issuer(case: Case) -> str:
    signer = case.opened.signer
    return signer.administrator.plain_name if signer else _unlisted_name(case)


def _unlisted_name(case: Case) -> str:
    """The issuer that no list names, or the key that a listed issuer does not have."""
    opened = case.opened
    if opened.signer is not None and opened.signer.source is Source.LISTED and opened.header is not None:
        return opened.header.kid
    return clean(opened.issuer or "", NAME_LENGTH)


def _host(case: Case) -> str:
    try:
        return parse_web_address(case.evidence.fetched_from).host
    except RefusedError:
        return clean(case.evidence.fetched_from, NAME_LENGTH)


def _last_known_good(findings: Findings) -> Facts:
    """The day of which a status list says that the label was good; without one, no day is known."""
    status = findings[Step.STATUS]
    return {"date": status.facts["date"]} if status.standing is Standing.HELD else {}
