"""Kept labels as rows for other programs: names for machines, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from labelviewer.domain.plain_text import clean
from labelviewer.present.answers import name, support_end
from labelviewer.present.notice import notice_for

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.words.catalogue import Words

LONGEST: Final = 2_048
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_BOM: Final = "\ufeff"  # spreadsheets take the file for another alphabet without it


@dataclass(frozen=True, slots=True)
class ExportRow:
    """Days as YYYY-MM-DD; empty where nothing is known, and where the check hides what the label says."""

    product: str
    maker: str
    model: str
    scheme: str
    state: str
    message: str
    updates_end: str
    owned: bool
    since: str
    address: str
    fetched: str
    issuer: str
    label: str


def export_row(inspection: Inspection, words: Words, *, at: datetime, owned: bool) -> ExportRow:
    """Needs a report and evidence. `at`: when it was scanned, or since when it is owned."""
    report, label, evidence = inspection.report, inspection.label, inspection.evidence
    assert report is not None
    assert evidence is not None
    shown = None if report.state.hides_facts else label
    end = support_end(shown) if shown else None
    return ExportRow(
        product=name(label.product.name) if label else "",
        maker=name(label.product.maker) if label else "",
        model=name(shown.product.model) if shown and shown.product.model else "",
        scheme=label.scheme if label else "",
        state=report.state.name.lower().replace("_", "-"),
        message=notice_for(words, inspection).title,
        updates_end=end.value.isoformat() if end is not None and isinstance(end.value, date) else "",
        owned=owned,
        since=at.date().isoformat(),
        address=clean(evidence.box.code or "", LONGEST),
        fetched=evidence.fetched_at.date().isoformat(),
        issuer=clean(label.issuer, LONGEST) if label else "",
        label=clean(label.subject, LONGEST) if label else "",
    )


def as_json(rows: Sequence[ExportRow], version: str, made: datetime) -> bytes:
    record = {"labelviewer": version, "made": made.isoformat(), "labels": [asdict(row) for row in rows]}
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()


def as_csv(rows: Sequence[ExportRow]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(ExportRow)]
    table.writerow(names)
    for row in rows:
        table.writerow([guarded(_text(getattr(row, each))) for each in names])
    return (_BOM + out.getvalue()).encode()


def guarded(cell: str) -> str:
    """An apostrophe in front makes it text; blanks in front of a formula do not hide it."""
    bare = cell.lstrip(" \u00a0\u2066\u2067\u2068\u2069\u200e\u200f")
    return f"'{cell}" if bare.startswith(_FORMULA) else cell


def _text(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value
