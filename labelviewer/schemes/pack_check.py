"""Looks a whole pack over: every fault in every file, and not only the first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.pseudo import is_pseudo, pseudo
from labelviewer.schemes.foreign import FOLDER, Form
from labelviewer.schemes.pack import Pack, PackText, Topic
from labelviewer.schemes.pack_files import M, PackError, Written, faults_in, read_json, read_toml

ENGLISH: Final = "en"
SCHEME_FILE: Final = "scheme.toml"
NAME: Final = 60
LINE: Final = 140
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Overview(NamedTuple):
    """What could be read, and what is wrong. The pack is fit for use only where nothing is."""

    pack: Pack | None
    foreign: tuple[Form, ...]
    faults: tuple[PackError, ...]


def look_over(folder: Path, scheme_id: str, topics: Sequence[Topic], languages: Sequence[str]) -> Overview:
    faults: list[PackError] = []
    written = _attempt(read_toml, folder, Path(scheme_id, SCHEME_FILE), faults)
    pack = _parsed(Pack, written, faults)
    if pack is not None and written is not None:
        faults += _faults_of_scheme(pack, scheme_id, topics, written)
    for language in languages:
        _read_words(folder, scheme_id, pack, language, faults)
    foreign = tuple(_forms(folder, scheme_id, pack, faults))
    return Overview(pack, foreign, tuple(faults))


def languages_of(folder: Path, scheme_id: str) -> tuple[str, ...]:
    """The languages that a pack has words in; English whether it is there or not."""
    there = {path.stem for path in (folder / scheme_id / "text").glob("*.json")}
    return tuple(sorted({ENGLISH, *filter(_LANGUAGE.fullmatch, there)}))


def check_text(folder: Path, pack: Pack, language: str) -> PackText:
    """Raises PackError."""
    if is_pseudo(language):
        foreign: PackText = _made_foreign(check_text(folder, pack, ENGLISH), language)
        return foreign
    faults: list[PackError] = []
    text = _read_words(folder, pack.id, pack, language, faults)
    if faults or text is None:
        raise faults[0]
    return text


def _made_foreign(part: Any, language: str) -> Any:
    """English made to look foreign."""
    match part:
        case str():
            return pseudo(part, language)
        case BaseModel():
            return part.model_copy(update={name: _made_foreign(value, language) for name, value in part})
        case dict():
            return {key: _made_foreign(value, language) for key, value in part.items()}
        case tuple():
            return tuple(_made_foreign(value, language) for value in part)
        case _:
            return part


def _read_words(
    folder: Path, scheme_id: str, pack: Pack | None, language: str, faults: list[PackError]
) -> PackText | None:
    file = Path(scheme_id, "text", f"{language}.json")
    if not (folder / file).is_file():
        faults.append(PackError(file, "", "the words are missing", kind="no-words"))
        return None
    written = _attempt(read_json, folder, file, faults)
    text = _parsed(PackText, written, faults)
    if text is not None and written is not None and pack is not None:
        faults += _faults_of_words(pack, text, written)
        if language == ENGLISH:
            faults += _too_long(text, written)
    return text


def _forms(folder: Path, scheme_id: str, pack: Pack | None, faults: list[PackError]) -> Iterator[Form]:
    for path in sorted((folder / scheme_id / FOLDER).glob("*.toml")):
        written = _attempt(read_toml, folder, Path(scheme_id, FOLDER, path.name), faults)
        form = _parsed(Form, written, faults)
        if form is None or written is None:
            continue
        if form.format != path.stem:
            faults.append(written.wrong(("format",), f"{form.format} is not the name of the file"))
        if pack is not None:
            if form.basis not in pack.basis:
                faults.append(written.wrong(("basis",), f"{form.basis} is not a basis of the scheme"))
            unknown = sorted(form.criteria() - {criterion.id for criterion in pack.criteria})
            faults += [written.wrong(("rules",), f"{name} is not a criterion") for name in unknown]
        yield form


def _attempt(read: Any, folder: Path, file: Path, faults: list[PackError]) -> Written | None:
    try:
        written: Written = read(folder, file)
    except PackError as fault:
        faults.append(fault)
        return None
    return written


def _parsed(model: type[M], written: Written | None, faults: list[PackError]) -> M | None:
    if written is None:
        return None
    try:
        return model.model_validate(written.data)
    except ValidationError as fault:
        faults += faults_in(fault, written)
        return None


def _faults_of_scheme(pack: Pack, scheme_id: str, topics: Sequence[Topic], written: Written) -> Iterator[PackError]:
    if pack.id != scheme_id:
        yield written.wrong(("id",), f"{pack.id} is not the name of the pack's folder", "other-folder", name=pack.id)
    known = {topic.id: topic for topic in topics}
    asked_at_a_glance: set[str] = set()
    for at, criterion in enumerate(pack.criteria):
        steps = ("criteria", at)
        for nth, place in enumerate(criterion.read_from):
            if not _is_in_a_label(place):
                yield written.wrong(
                    (*steps, "read_from", nth), f"{place} is no place in a label", "no-place", name=place
                )
        topic = known.get(criterion.topic)
        if topic is None:
            yield written.wrong(
                (*steps, "topic"), f"{criterion.topic} is not a topic", "no-topic", name=criterion.topic
            )
            continue
        if criterion.kind not in topic.kinds:
            said = f"{criterion.kind} does not fit {topic.id}"
            yield written.wrong((*steps, "kind"), said, "other-kind", given=criterion.kind, topic=topic.id)
        if topic.id in asked_at_a_glance:
            said = f"{topic.id} has a tile and is asked twice"
            yield written.wrong((*steps, "topic"), said, "asked-twice", topic=topic.id)
        if topic.glance:
            asked_at_a_glance.add(topic.id)


def _is_in_a_label(place: str) -> bool:
    """Whether a label has such a member, whatever a label says there."""
    part: Any = LabelDocument
    for name in place.split("/")[1:]:
        member = part.model_fields.get(name) if part is not None else None
        if member is None:
            return False
        kinds = (member.annotation, *get_args(member.annotation))
        part = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
    return True


def _faults_of_words(pack: Pack, text: PackText, written: Written) -> Iterator[PackError]:
    criteria = {criterion.id: criterion for criterion in pack.criteria}
    levels = [level.id for level in pack.levels]
    yield from _same_keys(("criteria",), criteria, text.criteria, written)
    yield from _same_keys(("groups",), {criterion.group for criterion in pack.criteria}, text.groups, written)
    yield from _same_keys(("who_checks",), pack.basis, text.who_checks, written)
    yield from _same_keys(("levels",), levels, text.levels, written)
    yield from _same_keys(("level_names",), levels, text.level_names, written)
    yield from _same_keys(("recognition",), [fact.id for fact in pack.recognition], text.recognition, written)
    yield from _same_keys(("older",), [older.id for older in pack.older], text.older, written)
    for older in pack.older:
        yield from _same_keys(("older", older.id), older.levels, text.older.get(older.id, {}), written)
    yield from _both_or_none(("validity",), pack.validity, text.validity, written)
    yield from _both_or_none(("closed",), pack.closed, text.closed, written)
    yield from _both_or_none(("code",), pack.forms or pack.hosts or None, text.code, written)
    for name, words in text.criteria.items():
        if name not in criteria:
            continue
        steps = ("criteria", name)
        yield from _same_keys((*steps, "choices"), criteria[name].choices, words.choices, written)
        yield from _both_or_none((*steps, "undisclosed"), criteria[name].undisclosed, words.undisclosed, written)


def _too_long(text: PackText, written: Written) -> Iterator[PackError]:
    """Other languages may need more letters."""
    for name, words in text.criteria.items():
        for part, said, most in (("name", words.name, NAME), ("line", words.line, LINE)):
            if len(said) > most:
                yield written.wrong(
                    ("criteria", name, part), f"longer than {most} letters", "string_too_long", max_length=str(most)
                )


def _both_or_none(steps: tuple[str, ...], wanted: object, given: object, written: Written) -> Iterator[PackError]:
    if wanted is not None and given is None:
        yield written.wrong(steps, "the words are missing", "no-words")
    if wanted is None and given is not None:
        yield written.wrong(steps, "words for something the pack does not have", "spare-words")


def _same_keys(
    steps: tuple[str, ...], wanted: Iterable[str], given: Iterable[str], written: Written
) -> Iterator[PackError]:
    for missing in sorted(set(wanted) - set(given)):
        yield written.wrong((*steps, missing), "the words are missing", "no-words")
    for spare in sorted(set(given) - set(wanted)):
        yield written.wrong((*steps, spare), "words for something the pack does not have", "spare-words")
