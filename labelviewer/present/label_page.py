"""The label page as frozen text, in the order it is read; the window, the command line and print all show this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.errors import OfflineError, ReachError
from labelviewer.domain.label import Basis, Stated
from labelviewer.domain.plain_text import clean
from labelviewer.domain.report import Report, Step
from labelviewer.present.answers import SOON_MONTHS, host_of, name, support_end
from labelviewer.present.criteria import CriterionGroup, CriterionRow, Tile, Timeline, groups, tiles, timeline
from labelviewer.present.facts import Fact, four_facts, names_product
from labelviewer.present.foreign import language_name, mark
from labelviewer.present.notice import Notice, Tone, notice, notice_for
from labelviewer.present.proof import CheckLine, check_lines
from labelviewer.present.sheet import Sheet, make_sheet
from labelviewer.words.dates import as_day, months_between, say_span

if TYPE_CHECKING:
    from labelviewer.domain.errors import Facts
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

__all__ = (
    "CheckLine",
    "CriterionGroup",
    "CriterionRow",
    "Fact",
    "LabelPage",
    "Tile",
    "Timeline",
    "label_page",
)

QR_TEXT_LIMIT: Final = 2_953
ALSO_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class LabelPage:
    """`facts_hidden`: everything below the four facts waits behind "See the facts anyway"."""

    headline: Notice
    ribbon: Notice | None
    facts: tuple[Fact, ...]
    facts_hidden: bool
    product: str
    maker: str
    model: str
    scheme: str
    scheme_language: str
    scheme_about: str
    scheme_facts: tuple[str, ...]
    alerts: tuple[Notice, ...]
    tiles: tuple[Tile, ...]
    timeline: Timeline | None
    groups: tuple[CriterionGroup, ...]
    not_told: tuple[str, ...]
    also: tuple[str, ...]
    checks: tuple[CheckLine, ...]
    code_text: str
    came_from: str
    announcement: str
    own_word: str = ""


def label_page(
    inspection: Inspection, words: Words, packs: Packs, today: date, *, show_hidden: bool = False
) -> LabelPage:
    """Needs a report. Facts that it hides are left out, not marked, until `show_hidden` asks for them."""
    report, today = inspection.report, as_day(today)
    assert report is not None
    headline = notice_for(words, inspection)
    facts_hidden = report.state.hides_facts and not show_hidden
    label = inspection.label
    named = label if names_product(report) or show_hidden else None
    sheet = None if facts_hidden or label is None else make_sheet(label, words, packs, today)
    product = name(named.product.name) if named else ""
    return LabelPage(
        headline=headline,
        ribbon=notice(words, "V12", {}) if report.sample else None,
        facts=four_facts(inspection, words, today, show_hidden=show_hidden),
        facts_hidden=facts_hidden,
        product=product,
        maker=name(named.product.maker) if named else "",
        model=name(named.product.model) if named and named.product.model else "",
        scheme=sheet.text.name if sheet else "",
        scheme_language=_scheme_language(sheet) if sheet else "",
        scheme_about=_scheme_about(sheet) if sheet else "",
        scheme_facts=tuple(_scheme_facts(sheet)) if sheet else (),
        alerts=(*(_alerts(report, sheet, headline) if sheet else ()), *_circumstances(inspection, words)),
        tiles=tuple(tiles(sheet)) if sheet else (),
        timeline=timeline(sheet) if sheet else None,
        groups=tuple(groups(sheet)) if sheet else (),
        not_told=_not_told(sheet) if sheet else (),
        also=tuple(_also(sheet)) if sheet else (),
        checks=check_lines(report, words),
        own_word=str(report.facts["name"]) if inspection.own_word and report.code == "V04" else "",
        code_text=_code_text(inspection),
        came_from=_came_from(inspection, words),
        announcement=_announcement(headline, "" if facts_hidden else product, words),
    )


def _alerts(report: Report, sheet: Sheet, headline: Notice) -> Iterator[Notice]:
    words, label = sheet.words, sheet.label
    yield from _support_alert(sheet)
    if label.grant.basis is Basis.SELF_DECLARED:
        yield notice(words, "V11", {})
    silent = sum(answer.stated is Stated.SILENT for answer in label.answers)
    if silent:
        yield notice(words, "F13", {"n": silent, "total": len(label.answers)})
    for code, facts in _age_alerts(report):
        if code != headline.code:
            yield notice(words, code, facts)


def _circumstances(inspection: Inspection, words: Words) -> Iterator[Notice]:
    """What went wrong around the label; said even where its facts are hidden."""
    problem = inspection.problem
    if inspection.secured and inspection.evidence is not None:
        yield notice(words, "S44H", {"host": host_of(inspection.evidence.fetched_from)})
    if inspection.saved and isinstance(problem, ReachError) and not isinstance(problem, OfflineError):
        yield notice(words, problem.code, problem.facts)
    if inspection.not_kept is not None:
        yield notice(words, inspection.not_kept.code, inspection.not_kept.facts)


def _support_alert(sheet: Sheet) -> Iterator[Notice]:
    answer = support_end(sheet.label)
    if answer is None:
        return
    if not isinstance(answer.value, date):
        yield notice(sheet.words, "V13", {})
    elif answer.value < sheet.today:
        yield notice(sheet.words, "V13", {"date": answer.value})
    elif months_between(sheet.today, answer.value) < SOON_MONTHS:
        left = say_span(sheet.today, answer.value, sheet.words.say)
        yield notice(sheet.words, "V14", {"left": left, "date": answer.value})


_AGE_CODES: Final = {
    "ageing": "V09",
    "trust-list-old": "V09",
    "status-old": "V08",
    "older-status": "V08",
    "no-status": "V08",
    "saved-copy": "F01",
}


def _age_alerts(report: Report) -> Iterator[tuple[str, Facts]]:
    for finding in report.findings:
        if finding.step is Step.FRESHNESS and finding.reason in _AGE_CODES:
            yield _AGE_CODES[finding.reason], finding.facts


def _scheme_language(sheet: Sheet) -> str:
    """Said where the words about the scheme are not in the reader's language; empty otherwise."""
    language = mark(sheet.loaded.language_for(sheet.words.language), sheet.words)
    return sheet.words.say("page.scheme-in", language=language_name(language, sheet.words)) if language else ""


def _scheme_about(sheet: Sheet) -> str:
    who_checks = sheet.text.who_checks.get(sheet.label.grant.basis, "")
    return f"{sheet.text.about} {who_checks}".rstrip()


def _scheme_facts(sheet: Sheet) -> Iterator[str]:
    """What the label's level means, how long labels of the scheme count, and which other schemes take this one."""
    level, text, words = sheet.label.grant.level, sheet.text, sheet.words
    if sheet.loaded.added:
        yield words.say("scheme.added")
    if level and (means := sheet.loaded.level_means(level, sheet.label.scheme_version, words.language)):
        yield words.say("says.named", name=text.level_names[level], says=means)
        today = sheet.loaded.level_means(level, sheet.loaded.pack.version, words.language)
        if today and today != means:
            yield words.say("scheme.level-changed", means=today)
    yield from (said for said in (text.validity, text.closed) if said)
    yield from (text.recognition[fact.id] for fact in sheet.loaded.recognised_by(level))


def _not_told(sheet: Sheet) -> tuple[str, ...]:
    limits = tuple(sheet.words.say(key) for key in ("limits.copied", "limits.maker", "limits.changed"))
    unknown = sheet.label.unknown
    return (*((sheet.words.say("limits.unknown", n=unknown),) if unknown else ()), *sheet.text.not_told, *limits)


def _also(sheet: Sheet) -> Iterator[str]:
    """What the document has besides, in its own words; nothing of it is judged."""
    for place, said in sheet.label.also:
        yield sheet.words.say("page.also", place=clean(place, ALSO_LIMIT), said=clean(said, ALSO_LIMIT))


def _code_text(inspection: Inspection) -> str:
    if inspection.scanned is not None:
        return clean(inspection.scanned.raw, QR_TEXT_LIMIT)
    return clean(inspection.evidence.box.code or "", QR_TEXT_LIMIT) if inspection.evidence else ""


def _came_from(inspection: Inspection, words: Words) -> str:
    evidence = inspection.evidence
    if inspection.proof_made is not None:
        return words.say("page.from-proof", date=inspection.proof_made)
    if evidence is None:
        return ""
    key = "page.saved" if inspection.saved else "page.fetched"
    return words.say(key, host=host_of(evidence.fetched_from), date=evidence.fetched_at)


def _announcement(headline: Notice, product: str, words: Words) -> str:
    """Said when the page appears; a danger says what it is about instead of the product's name."""
    title = headline.title if headline.title.endswith(("?", "…")) else words.say("announce.title", title=headline.title)
    if not product or headline.tone is Tone.DANGER:
        return words.say("announce.plain", title=title, body=headline.body)
    return words.say("announce.found", product=product, title=title)
