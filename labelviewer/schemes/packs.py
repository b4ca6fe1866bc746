"""Every scheme pack: ours and those added on this computer; read when first asked for, checked whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from labelviewer.domain.label import Basis
from labelviewer.domain.pseudo import is_pseudo
from labelviewer.schemes.foreign import Form
from labelviewer.schemes.pack import Criterion, Pack, PackText, Recognition, Strength, Topic, Topics
from labelviewer.schemes.pack_check import ENGLISH, SCHEME_FILE, check_text, languages_of, look_over
from labelviewer.schemes.pack_files import PackError, parse, read_toml

TOPICS_FILE = "topics.toml"
MARK_FILE = "mark.svg"
MOST_ADDED = 50

_BY_BASIS = {
    Basis.SELF_DECLARED: Strength.SAYS_SO,
    Basis.TESTED: Strength.IN_LAB,
    Basis.CERTIFIED: Strength.IN_LAB,
}


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack and the languages it has words in, always English among them. `mark` is our drawing, not the scheme's.

    `added`: by somebody on this computer, and not by us.
    `foreign`: the tables by which documents of other forms become labels of this scheme.
    """

    pack: Pack
    languages: tuple[str, ...]
    read_text: Callable[[str], PackText]
    mark: Path | None
    added: bool = False
    foreign: tuple[Form, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        return self.pack.needs

    def language_for(self, language: str) -> str:
        """The language, or its base, or English."""
        return next((name for name in (language, language.partition("-")[0]) if name in self.languages), ENGLISH)

    def text(self, language: str = ENGLISH) -> PackText:
        """The words in the language that `language_for` names. Raises PackError."""
        return self.read_text(language if is_pseudo(language) else self.language_for(language))

    def criterion(self, name: str) -> Criterion | None:
        return next((criterion for criterion in self.pack.criteria if criterion.id == name), None)

    def level_means(self, level: str, scheme_version: str, language: str = ENGLISH) -> str | None:
        """What a level means in the wording that the label was given under; None where the pack has no such level."""
        text = self.text(language)
        return text.older.get(scheme_version, {}).get(level) or text.levels.get(level)

    def asks(self, criterion: Criterion, level: str | None, scheme_version: str) -> bool:
        """Whether the scheme asks this at the level of a label. A level we do not know is taken to ask all."""
        older = next((older for older in self.pack.older if older.id == scheme_version), None)
        if older and criterion.id in older.not_asked:
            return False
        least = older.from_level.get(criterion.id, criterion.from_level) if older else criterion.from_level
        orders = {each.id: each.order for each in self.pack.levels}
        return least is None or level not in orders or orders[level] >= orders[least]

    def recognised_by(self, level: str | None) -> Iterator[Recognition]:
        """Which other schemes take a label of this level."""
        return (fact for fact in self.pack.recognition if not fact.levels or level in fact.levels)

    def strength(self, criterion: Criterion, basis: Basis, level: str | None) -> Strength:
        """How far a statement was looked into: said of the criterion first, then of the level, then of the basis."""
        at_level = next((each.strength for each in self.pack.levels if each.id == level), None)
        return criterion.strength or at_level or self.pack.strength.get(basis) or _BY_BASIS[basis]


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs of one folder, and of a second one where people put their own; in the order of their names.

    Ours come first: a pack added under one of our names is never read. A pack is read when it is first asked for.
    """

    folder: Path
    ids: tuple[str, ...]
    topics: tuple[Topic, ...]
    added_folder: Path | None = None
    added_ids: tuple[str, ...] = ()

    def find(self, scheme_id: str) -> LoadedPack | None:
        """None where no pack has this id, and where an added one is broken. Raises PackError for one of ours."""
        if scheme_id in self.ids:
            return _load_pack(self.folder, scheme_id, self.topics, added=False)
        if self.added_folder is None or scheme_id not in self.added_ids:
            return None
        try:
            return _load_pack(self.added_folder, scheme_id, self.topics, added=True)
        except PackError:
            return None

    def all(self) -> tuple[LoadedPack, ...]:
        """Ours, and of the added ones those that are whole. Raises PackError for one of ours."""
        found = (self.find(scheme_id) for scheme_id in (*self.ids, *self.added_ids))
        return tuple(loaded for loaded in found if loaded is not None)

    @property
    def with_labels(self) -> tuple[str, ...]:
        """The ids of ours under which labels can be given; the others only read documents of other forms."""
        return tuple(
            loaded.pack.id for loaded in self.all() if loaded.pack.reader == "label-token" and not loaded.added
        )

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def load_packs(folder: Path, added: Path | None = None) -> Packs:
    """Reads the shared topics, and of the packs only which there are. Raises PackError."""
    topics = parse(Topics, read_toml(folder, Path(TOPICS_FILE))).topics
    ids = _ids(folder)
    more = tuple(name for name in _ids(added) if name not in ids) if added is not None else ()
    return Packs(folder, ids, topics, added, more[:MOST_ADDED])


def _ids(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{SCHEME_FILE}")))


@lru_cache(maxsize=64)
def _load_pack(folder: Path, scheme_id: str, topics: tuple[Topic, ...], *, added: bool) -> LoadedPack:
    languages = languages_of(folder, scheme_id)
    pack, foreign, faults = look_over(folder, scheme_id, topics, languages if added else (ENGLISH,))
    if faults or pack is None:
        raise faults[0]
    mark = folder / scheme_id / MARK_FILE
    read_text = cache(partial(check_text, folder, pack))
    return LoadedPack(pack, languages, read_text, mark if mark.is_file() else None, added, foreign)
