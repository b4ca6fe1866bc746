"""The lead administrator's trust list by TUF: how the newest one is got, proven from the root on."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.api.metadata import Metadata, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.ngclient.config import UpdaterConfig
from tuf.ngclient.updater import Updater

from labelviewer.adapters.lead import Lead
from labelviewer.adapters.tuf_carried import CarriedParts
from labelviewer.adapters.tuf_fetcher import TufFetcher
from labelviewer.domain.errors import OfflineError
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetcher, ProvenList, TrustPart
from labelviewer.verify.trust import TrustListError

TARGET: Final = "trust-list.json"
STALE_SECONDS: Final = 120  # no refresh takes so long: whoever locked the folder is gone
CONFIG: Final = UpdaterConfig(
    max_root_rotations=limits.TUF_ROOT_ROTATIONS,
    max_delegations=1,
    root_max_length=limits.TUF_ROOT,
    timestamp_max_length=limits.TUF_TIMESTAMP,
    snapshot_max_length=limits.TUF_SNAPSHOT,
    targets_max_length=limits.TUF_TARGETS,
)


class TufLead:
    """`cache` keeps the newest metadata between runs; what is damaged in it is fetched anew."""

    def __init__(self, lead: Lead, fetcher: Fetcher, cache: Path) -> None:
        self._lead = lead
        self._fetcher = fetcher
        self._cache = cache

    def trust_list(self) -> bytes:
        """The newest list, proven from the root on. Raises ReachError, RefusedError or TrustListError."""
        return self._proven_by(self._fetcher)

    def prove(self, parts: Sequence[TrustPart]) -> ProvenList:
        """By the same rules, and no network. Raises RefusedError or TrustListError."""
        data = self._proven_by(CarriedParts(parts))
        try:
            timestamp = Metadata[Timestamp].from_bytes((self._cache / "metadata" / "timestamp.json").read_bytes())
        except (OSError, DeserializationError) as fault:
            raise TrustListError("the confirmation of the trust list is gone") from fault
        return ProvenList(data, timestamp.signed.expires.astimezone(UTC))

    def parts(self) -> Sequence[TrustPart]:
        """Every root that we know, for those who know an older one."""
        metadata = self._cache / "metadata"
        roots = sorted((metadata / "root_history").glob("*.root.json"), key=lambda path: path.name.zfill(32))
        files = [("tuf-root", path) for path in roots]
        files += [(f"tuf-{role}", metadata / f"{role}.json") for role in ("timestamp", "snapshot", "targets")]
        files.append(("trust-list", self._cache / TARGET))
        try:
            return [TrustPart(kind, path.read_bytes()) for kind, path in files]
        except OSError:
            return ()

    def _proven_by(self, fetcher: Fetcher) -> bytes:
        try:
            with _alone(self._cache):
                try:
                    return self._newest(fetcher)
                except OSError:
                    shutil.rmtree(self._cache / "metadata", ignore_errors=True)
                    return self._newest(fetcher)
        except OSError as fault:
            raise TrustListError("the folder for the trust list cannot be written") from fault

    def _newest(self, source: Fetcher) -> bytes:
        fetcher = TufFetcher(source, self._lead.metadata)
        metadata = self._cache / "metadata"
        if metadata.exists() and not metadata.is_dir():
            metadata.unlink()
        metadata.mkdir(parents=True, exist_ok=True)
        try:
            updater = Updater(
                str(metadata),
                self._lead.metadata,
                target_base_url=self._lead.targets,
                fetcher=fetcher,
                config=CONFIG,
                bootstrap=self._lead.root,
            )
            updater.refresh()
            target = updater.get_targetinfo(TARGET)
            if target is None or target.length > limits.TRUST_LIST:
                raise TrustListError("the lead administrator offers no trust list that we can take")
            held = self._cache / TARGET
            if updater.find_cached_target(target, str(held)) is None:
                with TemporaryDirectory(dir=self._cache) as folder:
                    fresh = Path(updater.download_target(target, str(Path(folder) / TARGET)))
                    fresh.replace(held)
            return held.read_bytes()
        except DownloadError as fault:
            raise (fetcher.trouble or TrustListError(str(fault))) from fault
        except RepositoryError as fault:
            raise TrustListError(str(fault)) from fault


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One refresh at a time in this folder, whichever program does it. Raises OfflineError while another one does."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / "lock"
    with suppress(FileNotFoundError):
        if abs(time.time() - lock.stat().st_mtime) > STALE_SECONDS:
            lock.unlink()
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise OfflineError from None
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
