"""Every scheme pack in a folder: read when first asked for, checked whole, refused by file and key."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from labelviewer.domain.label import Basis
from labelviewer.schemes.foreign import FOLDER, Form
from labelviewer.schemes.pack import Criterion, Pack, PackText, Strength, Topic, Topics

ENGLISH = "en"
TOPICS_FILE = "topics.toml"
SCHEME_FILE = "scheme.toml"
MARK_FILE = "mark.svg"

M = TypeVar("M", bound=BaseModel)

_BY_BASIS = {
    Basis.SELF_DECLARED: Strength.SAYS_SO,
    Basis.TESTED: Strength.IN_LAB,
    Basis.CERTIFIED: Strength.IN_LAB,
}


class PackError(Exception):
    """A pack is at fault, never the shopper: `file` under the folder of schemes, `key` inside it, and the fault."""

    def __init__(self, file: Path, key: str, fault: str) -> None:
        super().__init__(f"{file.as_posix()}: {key}: {fault}" if key else f"{file.as_posix()}: {fault}")
        self.file = file
        self.key = key
        self.fault = fault


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack with its words by language; English is always there. `mark` is our own drawing, not the scheme's.

    `foreign`: the tables by which documents of other forms become labels of this scheme.
    """

    pack: Pack
    texts: Mapping[str, PackText]
    mark: Path
    foreign: tuple[Form, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        return self.pack.needs

    def text(self, language: str = ENGLISH) -> PackText:
        """The language, or its base, or English."""
        return self.texts.get(language) or self.texts.get(language.split("-")[0]) or self.texts[ENGLISH]

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

    def strength(self, criterion: Criterion, basis: Basis, level: str | None) -> Strength:
        """How far a statement was looked into: said of the criterion first, then of the level, then of the basis."""
        at_level = next((each.strength for each in self.pack.levels if each.id == level), None)
        return criterion.strength or at_level or self.pack.strength.get(basis) or _BY_BASIS[basis]


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs of one folder, in the order of their names. A pack is read when it is first asked for."""

    folder: Path
    ids: tuple[str, ...]
    topics: tuple[Topic, ...]

    def find(self, scheme_id: str) -> LoadedPack | None:
        """None where no pack has this id. Raises PackError."""
        return _load_pack(self.folder, scheme_id, self.topics) if scheme_id in self.ids else None

    def all(self) -> tuple[LoadedPack, ...]:
        return tuple(_load_pack(self.folder, scheme_id, self.topics) for scheme_id in self.ids)

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def load_packs(folder: Path) -> Packs:
    """Reads the shared topics, and of the packs only which there are. Raises PackError."""
    topics = parse(Topics, read_toml(folder, Path(TOPICS_FILE)), Path(TOPICS_FILE)).topics
    return Packs(folder, tuple(sorted(path.parent.name for path in folder.glob(f"*/{SCHEME_FILE}"))), topics)


@lru_cache(maxsize=64)
def _load_pack(folder: Path, scheme_id: str, topics: tuple[Topic, ...]) -> LoadedPack:
    file = Path(scheme_id, SCHEME_FILE)
    pack = parse(Pack, read_toml(folder, file), file)
    if pack.id != scheme_id:
        raise PackError(file, "id", f"{pack.id} is not the name of the pack's folder")
    _check_topics(pack, topics, file)
    texts: dict[str, PackText] = {}
    for path in sorted((folder / scheme_id / "text").glob("*.json")):
        text_file = Path(scheme_id, "text", path.name)
        texts[path.stem] = parse(PackText, _json(folder, text_file), text_file)
        _check_words(pack, texts[path.stem], text_file)
    if ENGLISH not in texts:
        raise PackError(Path(scheme_id, "text", f"{ENGLISH}.json"), "", "the English words are missing")
    mark = folder / scheme_id / MARK_FILE
    if not mark.is_file():
        raise PackError(Path(scheme_id, MARK_FILE), "", "the drawing is missing")
    return LoadedPack(pack, texts, mark, _load_forms(folder, pack))


def _load_forms(folder: Path, pack: Pack) -> tuple[Form, ...]:
    forms = []
    for path in sorted((folder / pack.id / FOLDER).glob("*.toml")):
        file = Path(pack.id, FOLDER, path.name)
        form = parse(Form, read_toml(folder, file), file)
        if form.format != path.stem:
            raise PackError(file, "format", f"{form.format} is not the name of the file")
        if form.basis not in pack.basis:
            raise PackError(file, "basis", f"{form.basis} is not a basis of the scheme")
        if unknown := sorted(form.criteria() - {criterion.id for criterion in pack.criteria}):
            raise PackError(file, "rules", f"{unknown[0]} is not a criterion")
        forms.append(form)
    return tuple(forms)


def _check_topics(pack: Pack, topics: Sequence[Topic], file: Path) -> None:
    known = {topic.id: topic for topic in topics}
    asked_at_a_glance: set[str] = set()
    for criterion in pack.criteria:
        topic = known.get(criterion.topic)
        if topic is None:
            raise PackError(file, f"criteria.{criterion.id}.topic", f"{criterion.topic} is not a topic")
        if criterion.kind not in topic.kinds:
            raise PackError(file, f"criteria.{criterion.id}.kind", f"{criterion.kind} does not fit {topic.id}")
        if topic.id in asked_at_a_glance:
            raise PackError(file, f"criteria.{criterion.id}.topic", f"{topic.id} has a tile and is asked twice")
        if topic.glance:
            asked_at_a_glance.add(topic.id)


def _check_words(pack: Pack, text: PackText, file: Path) -> None:
    criteria = {criterion.id: criterion for criterion in pack.criteria}
    _same_keys("criteria", criteria, text.criteria, file)
    _same_keys("groups", {criterion.group for criterion in pack.criteria}, text.groups, file)
    _same_keys("who_checks", pack.basis, text.who_checks, file)
    levels = [level.id for level in pack.levels]
    _same_keys("levels", levels, text.levels, file)
    _same_keys("level_names", levels, text.level_names, file)
    _same_keys("recognition", [fact.id for fact in pack.recognition], text.recognition, file)
    _same_keys("older", [older.id for older in pack.older], text.older, file)
    for older in pack.older:
        _same_keys(f"older.{older.id}", older.levels, text.older[older.id], file)
    _both_or_none("validity", pack.validity, text.validity, file)
    _both_or_none("closed", pack.closed, text.closed, file)
    _both_or_none("code", pack.forms or pack.hosts or None, text.code, file)
    for name, words in text.criteria.items():
        _same_keys(f"criteria.{name}.choices", criteria[name].choices, words.choices, file)
        _both_or_none(f"criteria.{name}.undisclosed", criteria[name].undisclosed, words.undisclosed, file)


def _both_or_none(where: str, wanted: object, given: object, file: Path) -> None:
    if wanted is not None and given is None:
        raise PackError(file, where, "the words are missing")
    if wanted is None and given is not None:
        raise PackError(file, where, "words for something the pack does not have")


def _same_keys(where: str, wanted: Any, given: Any, file: Path) -> None:
    if missing := sorted(set(wanted) - set(given)):
        raise PackError(file, f"{where}.{missing[0]}", "the words are missing")
    if spare := sorted(set(given) - set(wanted)):
        raise PackError(file, f"{where}.{spare[0]}", "words for something the pack does not have")


def parse(model: type[M], data: object, file: Path) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise PackError(file, _key(first["loc"], data), first["msg"].removeprefix("Value error, ")) from fault


def _key(steps: Sequence[int | str], data: object) -> str:
    """`criteria.12.topic` says little to who wrote the file, so that a thing with an id goes by it."""
    names: list[str] = []
    for step in steps:
        data = _inside(data, step)
        name = data.get("id") if isinstance(data, dict) and isinstance(step, int) else None
        names.append(str(step if name is None else name))
    return ".".join(names)


def _inside(data: object, step: int | str) -> object:
    match data, step:
        case dict(), str():
            return data.get(step)
        case list(), int() if step < len(data):
            return data[step]
        case _:
            return None


def read_toml(folder: Path, file: Path) -> object:
    try:
        return tomllib.loads(_read(folder, file))
    except tomllib.TOMLDecodeError as fault:
        raise PackError(file, "", str(fault)) from fault


def _json(folder: Path, file: Path) -> object:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise PackError(file, twice, "given twice")
        return dict(pairs)

    try:
        return json.loads(_read(folder, file), object_pairs_hook=once)
    except json.JSONDecodeError as fault:
        raise PackError(file, "", str(fault)) from fault


def _read(folder: Path, file: Path) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise PackError(file, "", "cannot be read") from fault
