"""The files of a TUF repository that somebody carried here, served like a web site; whoever asks proves them."""

from collections.abc import Callable, Sequence

from labelviewer.domain import strict_json
from labelviewer.domain.errors import DamagedLabelError, NotListedError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetched, TrustPart

JSON = "application/json"


class CarriedParts:
    """A Fetcher: names tell which part is meant; whether its version or digest is right is for TUF to say."""

    def __init__(self, parts: Sequence[TrustPart]) -> None:
        self._roots = {_version(part.data): part.data for part in parts if part.kind == "tuf-root"}
        self._others = {part.kind: part.data for part in parts if part.kind != "tuf-root"}

    def fetch(
        self,
        address: WebAddress,
        *,
        accept: str,  # noqa: ARG002
        max_bytes: int,
        is_known: Callable[[str], bool],  # noqa: ARG002
    ) -> Fetched:
        """Raises NotListedError, or DamagedLabelError for a part that is too large."""
        first, _, rest = address.path.rpartition("/")[2].partition(".")
        match rest:
            case "root.json":
                found = self._roots.get(int(first)) if first.isdecimal() else None
            case "snapshot.json" | "targets.json":
                found = self._others.get(f"tuf-{rest.removesuffix('.json')}")
            case "trust-list.json":
                found = self._others.get("trust-list")
            case _:
                found = self._others.get(f"tuf-{first}")
        if found is None:
            raise NotListedError(host=address.host)
        if len(found) > max_bytes:
            raise DamagedLabelError(host=address.host)
        return Fetched(found, JSON, address)


def _version(data: bytes) -> int:
    """What a root says of itself; 0 where it says nothing."""
    try:
        members = strict_json.load(data, max_bytes=limits.TUF_ROOT)
    except strict_json.StrictJsonError:
        return 0
    match members:
        case {"signed": {"version": int(version)}}:
            return version
        case _:
            return 0
