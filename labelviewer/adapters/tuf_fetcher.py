"""TUF downloads through the one fetch function: checked addresses, no proxies, a cap for each kind of file."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

from labelviewer.domain.errors import LabelViewerError, NotListedError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetcher

JSON: Final = "application/json"
CAPS: Final[Mapping[str, int]] = {
    "root": limits.TUF_ROOT,
    "timestamp": limits.TUF_TIMESTAMP,
    "snapshot": limits.TUF_SNAPSHOT,
    "targets": limits.TUF_TARGETS,
}

_ROLE = re.compile(r"/(?:[0-9]{1,9}\.)?([a-z]+)\.json")


class TufFetcher(FetcherInterface):
    """`trouble` is the last thing that went wrong, in our words."""

    def __init__(self, fetcher: Fetcher, metadata: str) -> None:
        self._fetcher = fetcher
        self._metadata = metadata.rstrip("/")
        self.trouble: LabelViewerError | None = None

    def _fetch(self, url: str) -> Iterator[bytes]:
        address = parse_web_address(url)
        try:
            fetched = self._fetcher.fetch(
                address, accept=JSON, max_bytes=self._cap(url), is_known=lambda host: host == address.host
            )
        except NotListedError as missing:
            raise DownloadHTTPError(missing.code, 404) from missing
        except LabelViewerError as trouble:
            self.trouble = trouble
            raise DownloadError(trouble.code) from trouble
        return iter((fetched.body,))

    def _cap(self, url: str) -> int:
        role = _ROLE.fullmatch(url.removeprefix(self._metadata)) if url.startswith(self._metadata) else None
        return CAPS.get(role[1], limits.TRUST_LIST) if role else limits.TRUST_LIST
