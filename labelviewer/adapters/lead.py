"""Who leads: where the trust list lies and whose keys it begins with, as two files in a folder say."""

from dataclasses import dataclass
from pathlib import Path

from labelviewer.domain import strict_json
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline import limits
from labelviewer.verify.trust import TrustListError


@dataclass(frozen=True, slots=True)
class Lead:
    """`metadata` and `targets` are addresses of folders; `root` is the first root file, whose keys are believed."""

    metadata: str
    targets: str
    root: bytes


def find_lead(*folders: Path) -> Lead | None:
    """The first folder that has a `lead.json` and a `root.json`; None where nobody leads. Raises TrustListError."""
    for folder in folders:
        if not (folder / "lead.json").is_file():
            continue
        try:
            members = strict_json.load((folder / "lead.json").read_bytes(), max_bytes=limits.LEAD)
            root = (folder / "root.json").read_bytes()
        except (OSError, strict_json.StrictJsonError) as fault:
            raise TrustListError("the lead administrator's files cannot be read") from fault
        match members:
            case {"metadata": str(metadata), "targets": str(targets)}:
                return Lead(_folder_address(metadata), _folder_address(targets), root)
            case _:
                raise TrustListError("lead.json does not say where the trust list lies")
    return None


def _folder_address(text: str) -> str:
    """With a slash at its end. Raises TrustListError."""
    try:
        address = parse_web_address(f"{text.rstrip('/')}/")
    except RefusedError as fault:
        raise TrustListError("the address of the trust list is none we would ask") from fault
    return str(address)
