"""The four facts: is it real, is it current, who says so, which product is it; each answered in every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.label import Basis, Label
from labelviewer.domain.report import Report, Standing, State, Step
from labelviewer.present.answers import host_of, name
from labelviewer.present.notice import Tone
from labelviewer.words.dates import as_day

if TYPE_CHECKING:
    from labelviewer.domain.errors import Facts
    from labelviewer.domain.inspection import Inspection
    from labelviewer.words.catalogue import Words

_REAL: Final[Mapping[State, Tone]] = {
    State.VERIFIED: Tone.OK,
    State.NOT_TODAY: Tone.OK,
    State.ADDED_BY_SHOP: Tone.INFO,
    State.NOT_SIGNED: Tone.INFO,
    State.EXPIRED: Tone.INFO,
    State.CLOCK_WRONG: Tone.INFO,
    State.WITHDRAWN: Tone.DANGER,
    State.DOES_NOT_MATCH: Tone.DANGER,
    State.TAMPERED: Tone.DANGER,
    State.SIGNER_CANCELLED: Tone.DANGER,
}
_CURRENT: Final[Mapping[State, Tone]] = {
    State.VERIFIED: Tone.OK,
    State.ADDED_BY_SHOP: Tone.INFO,
    State.NOT_SIGNED: Tone.INFO,
    State.WITHDRAWN: Tone.DANGER,
    State.DOES_NOT_MATCH: Tone.DANGER,
    State.SIGNER_CANCELLED: Tone.DANGER,
}
"""All other states: WARN."""

_VOUCHED: Final = frozenset(
    (
        State.VERIFIED,
        State.NOT_TODAY,
        State.ADDED_BY_SHOP,
        State.CLOCK_WRONG,
        State.SUSPENDED,
        State.EXPIRED,
        State.WITHDRAWN,
        State.DOES_NOT_MATCH,
    )
)
_IN_FORCE: Final = frozenset((State.VERIFIED, State.NOT_TODAY))
_CLAIMED: Final = frozenset((State.UNKNOWN_SIGNER, State.NOT_SIGNED))


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the four facts. `key`: real, current, says-who, product."""

    key: str
    question: str
    answer: str
    detail: str
    tone: Tone


def is_proven(report: Report) -> bool:
    """Somebody we know signed it, and nothing was changed; whatever else may be wrong."""
    return report.state in _VOUCHED and standing(report, Step.SIGNATURE) is Standing.HELD


def names_product(report: Report) -> bool:
    """Even a name may not be repeated from a document that proved nothing, unless that is said beside it."""
    return is_proven(report) or report.state in _CLAIMED


def standing(report: Report, step: Step) -> Standing:
    return next((finding.standing for finding in report.findings if finding.step is step), Standing.UNKNOWN)


def four_facts(inspection: Inspection, words: Words, today: date, *, show_hidden: bool = False) -> tuple[Fact, ...]:
    report = inspection.report
    assert report is not None
    label = inspection.label if names_product(report) or show_hidden else None
    known = _known(inspection, report, label, today)
    return (
        _real(report, words, known),
        _current(inspection, report, words, known, today),
        _says_who(report, label, words, known),
        _product(report, label, words, known),
    )


def _known(inspection: Inspection, report: Report, label: Label | None, today: date) -> Facts:
    known = {key: fact for finding in report.findings for key, fact in finding.facts.items() if key == "issuer"}
    known |= report.facts
    known["when"] = today
    if inspection.evidence is not None:
        known["host"] = host_of(inspection.evidence.fetched_from)
    if label is None:
        return known
    known |= {"product": name(label.product.name), "maker": name(label.product.maker)}
    if label.grant.granted is not None:
        known["granted"] = label.grant.granted
    if label.grant.lab:
        known["lab"] = name(label.grant.lab)
    if label.grant.administrator:
        known["administrator"] = name(label.grant.administrator)
    dates = next((finding for finding in report.findings if finding.step is Step.DATES), None)
    if dates is not None and dates.standing is Standing.HELD and "date" in dates.facts:
        known["until"] = dates.facts["date"]
    return known


def _real(report: Report, words: Words, known: Facts) -> Fact:
    state = report.state
    if state in _VOUCHED and not is_proven(report):
        state = State.UNKNOWN_SIGNER
    slug = _slug(state)
    by_code = f"{slug}.{report.code}"
    said = by_code if words.knows(f"fact.real.{by_code}.detail") else slug
    return _say("real", slug, _REAL.get(state, Tone.WARN), words, known, detail=said)


def _current(inspection: Inspection, report: Report, words: Words, known: Facts, today: date) -> Fact:
    slug, evidence = _slug(report.state), inspection.evidence
    if report.state is State.NOT_SIGNED and evidence is not None and as_day(evidence.fetched_at) != as_day(today):
        facts = {**known, "date": evidence.fetched_at}
        return _say("current", f"{slug}.saved", Tone.WARN, words, facts)  # its site may say something else by now
    by_code = f"{slug}.{report.code}"
    said = by_code if words.knows(f"fact.current.{by_code}.detail") else slug
    return _say("current", slug, _CURRENT.get(report.state, Tone.WARN), words, known, detail=said)


def _says_who(report: Report, label: Label | None, words: Words, known: Facts) -> Fact:
    match report.state:
        case State.UNKNOWN_SIGNER:
            return _say("says-who", "unknown-signer", Tone.WARN, words, known)
        case State.NOT_SIGNED:
            return _say("says-who", "not-signed", Tone.INFO, words, known)
        case _ if label is None or not is_proven(report):
            return _say("says-who", "nobody", Tone.WARN, words, known)
        case _:
            checked = label.grant.basis is not Basis.SELF_DECLARED and report.state in _IN_FORCE
            return _say("says-who", label.grant.basis, Tone.OK if checked else Tone.INFO, words, known)


def _product(report: Report, label: Label | None, words: Words, known: Facts) -> Fact:
    if label is None:
        return _say("product", "unknown", Tone.WARN, words, known)
    if report.state is State.DOES_NOT_MATCH:
        return _say("product", "does-not-match", Tone.DANGER, words, known)
    if not is_proven(report):
        return _say("product", "claimed", Tone.WARN, words, known)
    if standing(report, Step.CARRIER) is not Standing.HELD:
        return _say("product", "no-box", Tone.INFO, words, known)
    barcode = standing(report, Step.BARCODE) is Standing.HELD
    tone = Tone.OK if report.state in _IN_FORCE else Tone.INFO
    return _say("product", "matches-barcode" if barcode else "matches", tone, words, known)


def _say(key: str, answer: str, tone: Tone, words: Words, known: Facts, detail: str | None = None) -> Fact:
    stem = f"fact.{key}"
    return Fact(
        key=key,
        question=words.say(f"{stem}.question"),
        answer=words.say(f"{stem}.{answer}", **known),
        detail=words.say(f"{stem}.{detail or answer}.detail", **known),
        tone=tone,
    )


def _slug(state: State) -> str:
    return state.name.lower().replace("_", "-")
