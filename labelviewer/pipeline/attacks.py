"""Gets the catalogue of known attacks, whole, once a day, and only where somebody said yes; keeps it with its age."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from labelviewer.domain.attacks import Catalogue, CatalogueError, load_catalogue
from labelviewer.domain.errors import DamagedLabelError, KeepError, LabelViewerError, ReachError, RefusedError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.limits import ATTACKS, ATTACKS_EVERY
from labelviewer.pipeline.ports import FeedShelf, Fetcher, KeptFeed

FEED: Final = parse_web_address("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json")
ACCEPT: Final = "application/json"
EVERY: Final = timedelta(seconds=ATTACKS_EVERY)


@dataclass(frozen=True, slots=True)
class Attacks:
    """The newest catalogue that we hold, if any; `problem` is why there is no newer one."""

    catalogue: Catalogue | None = None
    fetched_at: datetime | None = None
    problem: LabelViewerError | None = None


def known_attacks(shelf: FeedShelf) -> Attacks:
    """What we hold; no network."""
    kept = shelf.feed()
    if kept is None:
        return Attacks()
    try:
        return Attacks(load_catalogue(kept.data, max_bytes=ATTACKS), kept.fetched_at)
    except CatalogueError:
        return Attacks()


def look_for_attacks(shelf: FeedShelf, fetcher: Fetcher, now: datetime, *, at_once: bool = False) -> Attacks:
    """Asks for the same bytes on every computer. An older catalogue than the one that we hold is not taken."""
    held = known_attacks(shelf)
    if held.fetched_at is not None and not at_once and timedelta() <= now - held.fetched_at < EVERY:
        return held
    try:
        body = fetcher.fetch(FEED, accept=ACCEPT, max_bytes=ATTACKS, is_known=lambda host: host == FEED.host).body
        catalogue = load_catalogue(body, max_bytes=ATTACKS)
    except CatalogueError:
        return Attacks(held.catalogue, held.fetched_at, DamagedLabelError(host=FEED.host))
    except (ReachError, RefusedError) as problem:
        return Attacks(held.catalogue, held.fetched_at, problem)
    if held.catalogue is not None and catalogue.released < held.catalogue.released:
        return held
    try:
        shelf.keep_feed(KeptFeed(body, now))
    except KeepError as problem:
        return Attacks(catalogue, now, problem)
    return Attacks(catalogue, now)
