"""What a label says: at a glance, over time, and criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.label import Answer, Kind, Proof, Stated
from labelviewer.domain.plain_text import clean
from labelviewer.present.answers import SUPPORT_END, host_of, say_left, silence, support_end
from labelviewer.present.foreign import Foreign, language_name, pick
from labelviewer.present.glossary import Term, terms_in
from labelviewer.present.notice import Tone
from labelviewer.words.catalogue import TEXT_LIMIT
from labelviewer.words.dates import say_span

if TYPE_CHECKING:
    from labelviewer.present.sheet import Sheet
    from labelviewer.schemes.pack import Criterion, Topic
    from labelviewer.words.catalogue import Words

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing at a glance. `word` names the tone ("Yes", "No", "Not stated") for those who see no colour."""

    topic: str
    question: str
    answer: str
    detail: str
    tone: Tone
    word: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Support over time. `elapsed` is today's place between start and end, 0..1; `sentence` says it all in words."""

    start: str
    end: str
    today: str
    elapsed: float
    left: str
    sentence: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """`says` is the label's answer in a few words; the rest is folded until asked for. Empty: nothing to say.

    `note_language` is empty where the note is in the reader's language.
    """

    id: str
    name: str
    line: str
    says: str
    tone: Tone
    word: str
    means: str
    why: str
    do: str
    not_mean: str
    note: str
    note_title: str
    note_language: str
    source: str
    strength: str
    proofs: tuple[str, ...]
    terms: tuple[Term, ...]
    more_caption: str


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    id: str
    title: str
    summary: str
    rows: tuple[CriterionRow, ...]


def tiles(sheet: Sheet) -> Iterator[Tile]:
    for topic in sheet.topics:
        if not topic.glance:
            continue
        answer = next(iter(sheet.label.on_topic(topic.id)), None)
        said = sheet.say(answer) if answer else silence(Stated.NOT_ASKED, sheet.words)
        text = _of_what(answer, topic, said.text, sheet) if answer else said.text
        question = sheet.words.say(f"topic.{topic.id}.question")
        yield Tile(topic.id, question, text, _tile_detail(answer, sheet), said.tone, said.word)


def _of_what(answer: Answer, topic: Topic, text: str, sheet: Sheet) -> str:
    """A bare yes or no to a question that asks for more says what it is a yes or no to."""
    if answer.value is None or answer.kind is not Kind.YES_NO or topic.kinds[0] is Kind.YES_NO:
        return text
    return sheet.words.say("says.named", name=sheet.criterion(answer)[1].name, says=text)


def _tile_detail(answer: Answer | None, sheet: Sheet) -> str:
    match answer:
        case Answer(topic=topic, value=date() as end) if topic == SUPPORT_END:
            return say_left(end, sheet.words, sheet.today)
        case Answer(stated=Stated.SILENT):
            return sheet.words.say("silent.ask")
        case Answer(as_of=date() as day):
            return sheet.words.say("page.as-of", date=day)
        case _:
            return ""


def timeline(sheet: Sheet) -> Timeline | None:
    answer = support_end(sheet.label)
    if answer is None or not isinstance(answer.value, date):
        return None
    start, end, today, words = sheet.label.grant.granted, answer.value, sheet.today, sheet.words
    if start is None:
        return None
    whole = (end - start).days
    elapsed = min(max((today - start).days / whole, 0.0), 1.0) if whole > 0 else 1.0
    key = "ended" if end < today else "today" if end == today else "left"
    span = say_span(today, end, words.say)
    return Timeline(
        start=words.say("says.date", date=start),
        end=words.say("says.date", date=end),
        today=words.say("says.date", date=today),
        elapsed=elapsed,
        left=say_left(end, words, today),
        sentence=words.say(f"timeline.sentence-{key}", date=end, span=span),
        tone=sheet.say(answer).tone,
    )


def groups(sheet: Sheet) -> Iterator[CriterionGroup]:
    group_of = {criterion.id: criterion.group for criterion in sheet.loaded.pack.criteria}
    for group, title in sheet.text.groups.items():
        answers = [answer for answer in sheet.label.answers if group_of[answer.criterion] == group]
        given = sum(answer.stated in (Stated.YES, Stated.NO) for answer in answers)
        summary = sheet.words.say("group.summary", n=given, total=len(answers))
        yield CriterionGroup(group, title, summary, tuple(_row(answer, sheet) for answer in answers))


def _row(answer: Answer, sheet: Sheet) -> CriterionRow:
    words = sheet.words
    criterion, text = sheet.criterion(answer)
    said = sheet.say(answer)
    note = pick(answer.note, words)
    return CriterionRow(
        id=answer.criterion,
        name=text.name,
        line=text.line,
        says=said.text,
        tone=said.tone,
        word=said.word,
        means=said.means,
        why=text.why,
        do=text.do,
        not_mean=text.not_mean,
        note=clean(note.text, TEXT_LIMIT),
        note_title=_note_title(note, words),
        note_language=note.language,
        source=_source(criterion, sheet),
        strength=_strength(answer, sheet),
        proofs=tuple(_proof(proof, words) for proof in answer.evidence),
        terms=terms_in(f"{text.line} {said.means} {text.why} {text.do} {text.not_mean}", words),
        more_caption=words.say("page.more", name=text.name),
    )


def _note_title(note: Foreign, words: Words) -> str:
    if not note.language:
        return words.say("page.note")
    return words.say("page.note-in", language=language_name(note.language, words))


def _proof(proof: Proof, words: Words) -> str:
    host = host_of(proof.href)
    return words.say("proof.line", title=proof.title, host=host) if proof.title else words.say("proof.line", host=host)


def _strength(answer: Answer, sheet: Sheet) -> str:
    strength = sheet.strength(answer)
    return sheet.words.say(f"strength.{strength}") if strength else ""


def _source(criterion: Criterion, sheet: Sheet) -> str:
    titles = {source.id: source for source in sheet.loaded.pack.sources}
    return "\n".join(
        sheet.words.say(
            "source.with-confidence",
            source=_place(titles[cite.source].title, cite.place, sheet.words),
            confidence=sheet.words.say(f"confidence.{cite.confidence or titles[cite.source].confidence}"),
        )
        for cite in criterion.cites
    )


def _place(title: str, place: str | None, words: Words) -> str:
    return words.say("source.line", title=title, place=place) if place else words.say("source.line", title=title)
