"""What an import of a bundle did, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelviewer.domain.imported import Imported
    from labelviewer.words.catalogue import Words


def bundle_lines(done: Imported, words: Words) -> Iterator[str]:
    say = words.say
    if not done.done:
        yield say("bundle.stopped")
    if done.resumed_at:
        yield say("bundle.resumed")
    yield say("bundle.imported", n=done.kept)
    if done.statuses:
        yield say("bundle.statuses", n=done.statuses)
    if done.refused:
        yield say("bundle.refused", n=done.refused)
    if done.trust_taken:
        yield say("bundle.trust-taken")
    if done.trust_taken is False:
        yield say("bundle.trust-skipped")
