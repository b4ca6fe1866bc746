"""Where a label can be looked up again: an address that may be put into a QR code, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from labelviewer.domain.errors import LabelViewerError
from labelviewer.domain.report import State
from labelviewer.domain.web_address import parse_web_address
from labelviewer.present.facts import is_proven

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection


def way_back(inspection: Inspection) -> str:
    """The address that was scanned, where a proven label lists it; else the first one that it lists.

    Of a label that proved nothing, or that belongs on another box, no address is passed on; of one that nobody signs,
    where it was found.
    """
    report, label = inspection.report, inspection.label
    if report is None or label is None or report.state is State.DOES_NOT_MATCH:
        return ""
    candidates: Sequence[str | None]
    if is_proven(report):
        scanned = _scanned(inspection)
        candidates = (scanned, *label.carriers) if scanned in label.carriers else label.carriers
    elif report.state is State.NOT_SIGNED and inspection.evidence is not None:
        candidates = [inspection.evidence.box.code, inspection.evidence.fetched_from]
    else:
        return ""
    return next((each for each in candidates if each and _is_address(each)), "")


def _scanned(inspection: Inspection) -> str | None:
    if inspection.scanned is not None:
        return inspection.scanned.raw
    return inspection.evidence.box.code if inspection.evidence else None


def _is_address(text: str) -> bool:
    try:
        parse_web_address(text)
    except LabelViewerError:
        return False
    return True
