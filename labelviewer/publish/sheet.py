"""Codes and sheets to print, of labels as they were published."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from labelviewer.adapters.label_sheet import SheetFontError, SheetLabel, sheet
from labelviewer.adapters.qr_writer import png_bytes
from labelviewer.domain.document import is_identifier
from labelviewer.publish import files
from labelviewer.publish.index import Index
from labelviewer.publish.office import Office
from labelviewer.publish.problem import refuse
from labelviewer.verify.token import split


def write_sheet(office: Office, ids: Sequence[str], to: Path, *, side_mm: float, font: Path | None) -> int:
    """A PDF; how many labels are on it. Raises PublishError."""
    labels = list(_labels(office, ids))
    title = next(iter(office.registry.name.values()))
    try:
        files.put(to, sheet(labels, title, side_mm=side_mm, font=font))
    except SheetFontError as fault:
        raise refuse("font-letters" if fault.text else "font", name=fault.text or str(font)) from None
    return len(labels)


def write_codes(office: Office, ids: Sequence[str], folder: Path) -> int:
    """One PNG for each label, named by its number. Raises PublishError."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = list(_labels(office, ids))
    for label_id, label in zip(ids or _published(office), labels, strict=True):
        files.put(folder / f"{label_id}.png", png_bytes(label.code), durable=False)
    return len(labels)


def _labels(office: Office, ids: Sequence[str]) -> Iterator[SheetLabel]:
    for label_id in ids or _published(office):
        document = published_document(office, label_id)
        product = document["product"]
        yield SheetLabel(
            document["carriers"][0], product["name"], product.get("model") or "", document["grant"]["number"]
        )


def published_document(office: Office, label_id: str) -> dict[str, Any]:
    """Raises PublishError."""
    try:
        token = (office.served / "l" / f"{label_id}.jwt").read_bytes() if is_identifier(label_id) else None
    except OSError:
        token = None
    if token is None:
        raise refuse("no-such-label", name=label_id)
    members: dict[str, Any] = json.loads(split(token).payload)
    return members


def _published(office: Office) -> list[str]:
    if not office.index.is_file():
        return []
    with Index(office.index) as index:
        return index.ids()
