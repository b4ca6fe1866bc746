"""The demo label site, answered from the bundled samples without any network."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from labelviewer.domain.errors import DamagedLabelError, NotListedError
from labelviewer.domain.web_address import WebAddress, is_below
from labelviewer.pipeline.ports import Fetched, Fetcher
from labelviewer.verify.trust import DEMO_DOMAIN

HOST: Final = f"samples.{DEMO_DOMAIN}"
MEDIA_TYPE: Final = "application/vnd.labelviewer.label+jwt"

_LABEL_PATH = re.compile(r"/v1/l/([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.jwt")


class DemoSite:
    """Hands every address outside the demo domain to `inner`; nothing inside it ever reaches a network."""

    def __init__(self, inner: Fetcher, samples: Path) -> None:
        self._inner = inner
        self._samples = samples

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        if not is_below(address.host, DEMO_DOMAIN):
            return self._inner.fetch(address, accept=accept, max_bytes=max_bytes, is_known=is_known)
        token = self._token(address)
        if len(token) > max_bytes:
            raise DamagedLabelError(host=address.host)
        return Fetched(token, MEDIA_TYPE, address)

    def _token(self, address: WebAddress) -> bytes:
        """Only a path that the index names is opened; the address merely chooses among them."""
        asked = _LABEL_PATH.fullmatch(address.path)
        index = json.loads((self._samples / "index.json").read_bytes())
        paths: dict[str, str] = {sample["id"]: sample["path"] for sample in index}
        if address.host != HOST or address.query or not asked or asked[1] not in paths:
            raise NotListedError(host=address.host)
        return (self._samples / paths[asked[1]] / "label.jwt").read_bytes()
