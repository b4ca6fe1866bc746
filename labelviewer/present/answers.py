"""One answer of a label in a few words, with its tone; silence is never good and never bad."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from labelviewer.domain.label import Answer, Kind, Label, Stated
from labelviewer.domain.plain_text import clean
from labelviewer.present.notice import Tone
from labelviewer.words.dates import months_between, say_span

if TYPE_CHECKING:
    from labelviewer.schemes.pack import Criterion, CriterionText
    from labelviewer.words.catalogue import Words

SUPPORT_END: Final = "support-end"
SOON_MONTHS: Final = 12
NAME_LENGTH: Final = 120

_SILENCES: Final = {
    Stated.SILENT: "silent",
    Stated.NOT_ASKED: "not-asked",
    Stated.UNREADABLE: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Said:
    """`text` is the answer itself, `word` what its tone means, `means` one or two sentences on it."""

    text: str
    tone: Tone
    word: str
    means: str


def one_after_another(said: Iterable[str], words: Words) -> str:
    """Each once. A full stop at the end of one would stand before the sign that parts them."""
    each = tuple(dict.fromkeys(said))
    return words.say("says.between").join(text.removesuffix(".") for text in each) if len(each) > 1 else "".join(each)


def say_answer(answer: Answer, criterion: Criterion, text: CriterionText, words: Words, today: date) -> Said:
    if answer.stated in _SILENCES:
        means = text.silent if answer.stated is Stated.SILENT else None
        return silence(answer.stated, words, means)
    if answer.stated is Stated.UNDISCLOSED:
        word = words.say("word.undisclosed")
        return Said(word, Tone.WARN, word, text.undisclosed or words.say("undisclosed.means"))
    if answer.topic == SUPPORT_END and isinstance(answer.value, date):
        return _say_support_end(answer.value, text, words, today)
    return Said(
        text=say_value(answer, text, words),
        tone=_tone(answer, criterion),
        word=words.say(f"word.{_word(answer)}"),
        means=text.yes if answer.stated is Stated.YES else text.no,
    )


def silence(stated: Stated, words: Words, means: str | None = None) -> Said:
    key = _SILENCES[stated]
    word = words.say(f"word.{key}")
    return Said(word, Tone.SILENT, word, means or words.say(f"{key}.means"))


def say_value(answer: Answer, text: CriterionText, words: Words) -> str:
    """What stands on the label for a yes or a no, made harmless."""
    match answer.stated, answer.kind, answer.value:
        case (Stated.UNDISCLOSED, _, _):
            return words.say("word.undisclosed")
        case (Stated.YES, Kind.YES_NO, _):
            return words.say("word.yes")
        case (_, Kind.CHOICE, str() as choice):
            return text.choices[choice]
        case (Stated.NO, kind, _):
            own = f"topic.{answer.topic}.says-no"
            return words.say(own if words.knows(own) else "word.none" if kind is Kind.LIST else "word.no")
        case (_, _, tuple() as items):
            return upper_first(words.join([text.choices[item] for item in items]))
        case (_, _, date() as day):
            return words.say("says.date", date=day)
        case (_, Kind.CONTACT, str() as contact):
            return clean(contact.removeprefix("mailto:").removeprefix("tel:"), NAME_LENGTH)
        case (_, _, value):
            return clean(str(value), 2_000)


def support_end(label: Label) -> Answer | None:
    """The label's answer on how long updates last, where it gives one."""
    given = (answer for answer in label.on_topic(SUPPORT_END) if answer.stated in (Stated.YES, Stated.NO))
    return next(given, None)


def name(text: str) -> str:
    """A product's or maker's name, short enough for a heading."""
    return clean(text, NAME_LENGTH)


def host_of(address: str) -> str:
    """The host of an address; of anything else, all of it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _say_support_end(end: date, text: CriterionText, words: Words, today: date) -> Said:
    if end < today:
        said = words.say("says.ended", date=end)
        return Said(said, Tone.DANGER, words.say("word.ended"), words.say("timeline.means-ended"))
    soon = months_between(today, end) < SOON_MONTHS
    word = words.say("word.soon" if soon else "word.stated")
    return Said(words.say("says.until", date=end), Tone.WARN if soon else Tone.OK, word, text.yes)


def say_left(end: date, words: Words, today: date) -> str:
    if end == today:
        return words.say("timeline.today")
    span = say_span(today, end, words.say)
    return words.say("timeline.left", left=span) if end > today else words.say("timeline.ended", ago=span)


def _tone(answer: Answer, criterion: Criterion) -> Tone:
    if answer.topic == SUPPORT_END:
        return Tone.DANGER
    if answer.kind not in (Kind.YES_NO, Kind.CHOICE, Kind.LIST):
        return Tone.INFO if answer.stated is Stated.YES else Tone.WARN
    if criterion.favours == "neither":
        return Tone.INFO
    return Tone.OK if answer.stated == criterion.favours else Tone.WARN


def _word(answer: Answer) -> str:
    if answer.stated is Stated.NO:
        return "none" if answer.kind is Kind.LIST else "no"
    return "yes" if answer.kind is Kind.YES_NO else "stated"
