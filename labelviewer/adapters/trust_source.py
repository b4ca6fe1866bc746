"""The trust list and status lists that came with the program; no network."""

import re
from pathlib import Path

from labelviewer.domain.evidence import StatusEvidence
from labelviewer.verify.trust import Trust, load_trust_list, unite

_DEMO_STATUS = re.compile(r"https://samples\.labelviewer\.example/v1/status/(\d{1,4})")


class BundledTrust:
    """Reads `folder` once, when first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trust: Trust | None = None

    def trust(self) -> Trust:
        if self._trust is None:
            published, demo = (
                load_trust_list((self._folder / name).read_bytes())
                for name in ("trust-list.json", "demo/trust-list.json")
            )
            self._trust = unite(published, demo)
        return self._trust

    def status(self, uri: str) -> StatusEvidence | None:
        named = _DEMO_STATUS.fullmatch(uri)
        path = self._folder / "demo" / f"status-{named[1]}.jwt" if named else None
        if path is None or not path.is_file():
            return None
        demo = self.trust().demo
        return StatusEvidence(uri, path.read_bytes(), demo.issued) if demo else None
