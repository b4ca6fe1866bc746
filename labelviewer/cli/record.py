"""The answer for programs: one stable JSON object in ASCII, described in docs/json-output.md."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from labelviewer import __version__
from labelviewer.cli.answer import Answer
from labelviewer.cli.exit_status import Exit
from labelviewer.domain import label as said
from labelviewer.domain.errors import Facts
from labelviewer.domain.inspection import SchemeCode
from labelviewer.domain.label import Label
from labelviewer.domain.report import Finding, Report, Standing, State, Step
from labelviewer.domain.scanned import classify
from labelviewer.domain.sighting import Reading
from labelviewer.present.compare_page import ComparePage
from labelviewer.present.facts import is_proven, names_product, standing
from labelviewer.present.notice import Notice

FORMAT: Final = "labelviewer-answer/1"

Json = dict[str, Any]

_CURRENT: Final[Mapping[State, str]] = {
    State.VERIFIED: "yes",
    State.ADDED_BY_SHOP: "yes",
    State.SIGNER_CANCELLED: "no",
    State.WITHDRAWN: "no",
    State.SUSPENDED: "no",
    State.EXPIRED: "no",
}
_STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.HELD: "yes",
    Standing.BROKEN: "no",
    Standing.UNKNOWN: "unknown",
    Standing.NOT_ASKED: "unknown",
}


def to_ascii(value: object) -> str:
    """JSON that any terminal shows as it is."""
    return json.dumps(value, ensure_ascii=True, indent=2)


def record(answer: Answer, *, explain: bool) -> Json:
    inspection, report = answer.inspection, answer.inspection.report
    hidden = answer.page is not None and answer.page.facts_hidden
    label = inspection.label if report is not None and not hidden else None
    named = inspection.label if report is not None and (label or names_product(report)) else None
    return {
        "format": FORMAT,
        "labelviewer": __version__,
        "source": answer.source,
        "exit_status": int(answer.status),
        "code": answer.headline.code,
        "message": message(answer.headline),
        "state": _slug(report.state) if report else None,
        "sample": report.sample if report else False,
        "real": {"answer": _real(report), **_words(answer, "real")},
        "current": {
            "answer": _CURRENT.get(report.state, "unknown") if report else "unknown",
            **_words(answer, "current"),
        },
        "who_says": {**_who(report, named), **_words(answer, "says-who")},
        "product": {**_product(report, named), **_words(answer, "product")},
        "facts_hidden": hidden,
        "claims": [_claim(each) for each in label.answers] if label else None,
        "also": [{"place": place, "says": said} for place, said in label.also] if label else None,
        "alerts": [message(each) for each in answer.page.alerts] if answer.page else [],
        "scanned": inspection.scanned.raw if inspection.scanned else None,
        "looks_like": inspection.scheme_code.name or None if inspection.scheme_code else None,
        "code_facts": _code(inspection.scheme_code),
        "codes": _codes(inspection.reading) if inspection.needs_choice else None,
        "fetched_from": inspection.evidence.fetched_from if inspection.evidence else None,
        "fetched_at": _plain(inspection.evidence.fetched_at) if inspection.evidence else None,
        "saved_copy": inspection.saved,
        "not_kept": _problem(inspection.not_kept.code, inspection.not_kept.facts) if inspection.not_kept else None,
        "findings": [_finding(each) for each in report.findings] if report and explain else None,
    }


def comparison(answers: Sequence[Answer], page: ComparePage | None, status: Exit, *, explain: bool) -> Json:
    """`page` is None where fewer than two labels could be put side by side."""
    rows = [(group.id, row) for group in page.groups for row in group.rows] if page else []
    return {
        "format": FORMAT,
        "labelviewer": __version__,
        "exit_status": int(status),
        "labels": [record(answer, explain=explain) for answer in answers],
        "columns": [column.product for column in page.columns] if page else None,
        "different": page.different if page else None,
        "gaps": page.gaps if page else None,
        "same": page.same if page else None,
        "unanswered": page.unanswered if page else None,
        "sentences": list(page.sentences) if page else None,
        "schemes": list(page.schemes) if page else None,
        "notices": [message(each) for each in page.notices] if page else None,
        "rows": [
            {
                "id": row.id,
                "group": group,
                "name": row.name,
                "contrast": row.contrast.value,
                "sentence": row.sentence or None,
                "cells": [
                    {"text": cell.text, "word": cell.word, "strength": cell.strength or None} for cell in row.cells
                ],
            }
            for group, row in rows
            if explain or row.differs
        ],
    }


def _code(code: SchemeCode | None) -> Json | None:
    if code is None:
        return None
    return {
        "kind": code.kind,
        "scheme": code.scheme or None,
        "number": code.number or None,
        "product_number": code.gtin or None,
        "page": code.page or None,
        "means": code.means or None,
        **{name.replace("-", "_"): _plain(value) for name, value in code.facts if name != "number"},
    }


def message(notice: Notice) -> Json:
    return {"code": notice.code, "severity": notice.tone.value, "title": notice.title, "body": notice.body}


def _real(report: Report | None) -> str:
    if report is None:
        return "unknown"
    if report.state is State.TAMPERED:
        return "no"
    return "yes" if is_proven(report) else "unknown"


def _who(report: Report | None, label: Label | None) -> Json:
    proven = report is not None and is_proven(report)
    grant = label.grant if label and proven else None
    return {
        "basis": grant.basis.value if grant else None,
        "issuer": label.issuer if label and proven else None,
        "administrator": grant.administrator if grant else None,
        "lab": grant.lab if grant else None,
        "granted": _plain(grant.granted) if grant else None,
    }


def _product(report: Report | None, label: Label | None) -> Json:
    product = label.product if label else None
    return {
        "matches_box": _STANDINGS[standing(report, Step.CARRIER)] if report else "unknown",
        "matches_barcode": _STANDINGS[standing(report, Step.BARCODE)] if report else "unknown",
        "kind": product.kind if product else None,
        "name": product.name if product else None,
        "maker": product.maker if product else None,
        "model": product.model if product else None,
        "scheme": label.scheme if label else None,
    }


def _words(answer: Answer, key: str) -> Json:
    fact = next((fact for fact in answer.page.facts if fact.key == key), None) if answer.page else None
    return {"says": fact.answer if fact else None, "detail": fact.detail if fact else None}


def _claim(answer: said.Answer) -> Json:
    return {
        "criterion": answer.criterion,
        "topic": answer.topic,
        "kind": answer.kind.value,
        "stated": answer.stated.value,
        "value": list(answer.value) if isinstance(answer.value, tuple) else _plain(answer.value),
        "as_of": _plain(answer.as_of),
        "note": dict(answer.note),
        "evidence": [{"href": proof.href, "title": proof.title} for proof in answer.evidence],
    }


def _finding(finding: Finding) -> Json:
    return {
        "step": int(finding.step),
        "name": finding.step.name.lower().replace("_", "-"),
        "standing": finding.standing.value,
        "reason": finding.reason,
        "facts": {key: _plain(fact) for key, fact in finding.facts.items()},
    }


def _codes(reading: Reading | None) -> list[Json]:
    seen = reading.sightings if reading else ()
    return [
        {
            "number": number,
            "symbology": each.symbology.value,
            "text": each.text,
            "what": type(classify(each.text)).__name__,
        }
        for number, each in enumerate(seen, 1)
    ]


def _problem(code: str, facts: Facts) -> Json:
    return {"code": code, "facts": {key: _plain(fact) for key, fact in facts.items()}}


def _slug(state: State) -> str:
    return state.name.lower().replace("_", "-")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
