"""How it stands with the lead administrator's files on this computer; asks nobody, and judges no keys."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from labelviewer.adapters.lead import Lead
from labelviewer.domain import strict_json
from labelviewer.pipeline import limits

ROLES: Final = ("root", "targets", "snapshot", "timestamp")
"""The one that is hardest to renew first."""


@dataclass(frozen=True, slots=True)
class LeadState:
    """`ended`: the hardest to renew of the roles whose time is over, and when. `damaged`: the file of a role."""

    fetched: bool = False
    damaged: str = ""
    ended: tuple[str, datetime] | None = None


def lead_state(lead: Lead, cache: Path, now: datetime) -> LeadState:
    """What TUF would refuse, as far as the files say it themselves."""
    folder = cache / "metadata"
    files = {role: _read(folder / f"{role}.json") for role in ROLES}
    fetched = files["timestamp"] is not None
    files["root"] = files["root"] or lead.root
    ends = {role: _end(data, role) for role, data in files.items() if data is not None}
    damaged = next((role for role, end in ends.items() if end is None), "")
    over = [(role, end) for role, end in ends.items() if end is not None and end <= now]
    return LeadState(fetched, damaged, over[0] if over else None)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(limits.TUF_ROOT + 1)
    except OSError:
        return None


def _end(data: bytes, role: str) -> datetime | None:
    try:
        members = strict_json.load(data, max_bytes=limits.TUF_ROOT)
        match members:
            case {"signed": {"_type": str(kind), "expires": str(expires)}} if kind == role:
                end = datetime.fromisoformat(expires)
                return end if end.tzinfo else None
            case _:
                return None
    except (strict_json.StrictJsonError, ValueError):
        return None
