"""Finding an answer on a label page: by its words, or because it needs a look."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from labelviewer.present.criteria import CriterionGroup, CriterionRow
from labelviewer.present.notice import Tone

NEEDS_ATTENTION: Final = frozenset({Tone.WARN, Tone.DANGER, Tone.SILENT})


def found(groups: Iterable[CriterionGroup], sought: str, *, attention: bool) -> tuple[str, ...]:
    """The ids of the rows with every word of `sought` somewhere in them, large or small, with or without accents."""
    wanted = plain(sought).split()
    return tuple(
        row.id
        for group in groups
        for row in group.rows
        if (not attention or row.tone in NEEDS_ATTENTION) and all(word in _text(row, group) for word in wanted)
    )


def plain(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def _text(row: CriterionRow, group: CriterionGroup) -> str:
    return plain(f"{group.title} {row.name} {row.line} {row.says} {row.means} {row.why} {row.do} {row.note}")
