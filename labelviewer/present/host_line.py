"""Where a code leads, with the part of the name that somebody had to register set apart from what anybody may add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelviewer.domain.errors import LookAlikeError, ShortLinkError, UnknownSiteError
from labelviewer.domain.host_names import host_parts

if TYPE_CHECKING:
    from labelviewer.domain.errors import LabelViewerError


@dataclass(frozen=True, slots=True)
class HostLine:
    """`before` is shown quietly and `registrable` strongly; never cut, and always in the form that is asked for."""

    before: str
    registrable: str


def host_line(problem: LabelViewerError | None) -> HostLine | None:
    """For problems that are about where a code leads; None for all others."""
    if not isinstance(problem, LookAlikeError | ShortLinkError | UnknownSiteError):
        return None
    parts = host_parts(str(problem.facts["host"]))
    return HostLine(parts.before, parts.registrable)
