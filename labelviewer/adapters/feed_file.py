"""A public feed on the disk: one line with the time it came, then the feed as it came; it can be fetched again."""

from datetime import UTC, datetime
from pathlib import Path

from labelviewer.adapters.files import write_file
from labelviewer.domain.errors import CannotSaveError
from labelviewer.pipeline.limits import ATTACKS
from labelviewer.pipeline.ports import KeptFeed

LONGEST_TIME = 64


class FeedFile:
    """Keeps the promises of `FeedShelf`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def feed(self) -> KeptFeed | None:
        try:
            with self._path.open("rb") as file:
                text = file.readline(LONGEST_TIME).decode("ascii").strip()
                fetched_at, data = datetime.fromisoformat(text), file.read(ATTACKS + 1)
        except (OSError, ValueError):
            return None
        return KeptFeed(data, fetched_at) if fetched_at.tzinfo is not None else None

    def keep_feed(self, kept: KeptFeed) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as cause:
            raise CannotSaveError(place=str(self._path.parent)) from cause
        write_file(self._path, kept.fetched_at.astimezone(UTC).isoformat().encode() + b"\n" + kept.data)
