"""The gate for every sentence: there for every case, filled in every case, short, plain, and careful near "real"."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, get_args

import pytest

from labelviewer.domain.errors import Fact, LabelViewerError
from labelviewer.domain.inspection import Stage
from labelviewer.domain.label import Basis
from labelviewer.domain.report import Standing, State, Step
from labelviewer.domain.scanned import KINDS
from labelviewer.present.notice import Deed, Notice, Tone, notice
from labelviewer.present.proof import check_key
from labelviewer.schemes.pack import Source, Strength
from labelviewer.verify.reasons import FACTS, REASONS
from labelviewer.words.catalogue import Template, blanks
from tests.labels import packs, words
from tests.packs.test_packs import captions, english
from tests.readability import grade, hard_words

ROOT = Path(__file__).parents[2]
WORDS = words()
CODES = sorted(WORDS.messages)

# What each fact may look like at its usual longest.
SAMPLE_FACTS: dict[str, Fact] = {
    "a": "Hearth Camera 2",
    "agency": "The CPSC",
    "b": "Peep Cam",
    "date": date(2031, 12, 31),
    "fixed": "https://a.example/l/1",
    "host": "labels.example",
    "host1": "labels.example",
    "host2": "shop.example",
    "issuer": "Label Office A",
    "k": 3,
    "key": "language",
    "kind": "kind.wifi",
    "kinds": "a camera and a router",
    "known": "labels.example",
    "language": "Spanish",
    "left": "11 months",
    "megabytes": 64,
    "millions": 64,
    "n": 12,
    "name": "Label Office B",
    "number": "4012345678901",
    "folder": "/folder",
    "place": "labelviewer",
    "raw": "httpsÖ--a.example-l-1",
    "seconds": 30,
    "total": 18,
    "value": "xx",
    "version": "2.1",
    "when": date(2026, 11, 24),
}

BANNED = {
    "error",
    "please",
    "invalid",
    "failed",
    "failure",
    "illegal",
    "bad",
    "wrong you",
    "sorry",
    "oops",
    "fatal",
    "abort",
    "exception",
    "null",
    "token",
    "payload",
    "parse",
    "schema",
    "json",
    "http",
    "tls",
    "certificate",
    "authenticate",
    "authentic",
    "verify",
    "verified",
    "verification",
    "revoked",
    "expired",
    "expires",
    "patch",
    "patches",
    "vulnerability",
    "vulnerabilities",
    "firmware",
    "manufacturer",
    "cryptographic",
    "utilize",
    "in order to",
    "malformed",
    "truncated",
}
NEVER_NEAR_REAL = {"genuine", "authentic", "safe", "secure", "guaranteed", "trustworthy", "official", "certified"}
NEVER_AT_ALL = {"completely secure", "no vulnerabilities", "officially endorsed", "safe to buy", "genuine product"}


def said(code: str) -> Notice:
    return notice(WORDS, code, SAMPLE_FACTS)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?…!])\s+", text) if sentence]


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def templates(template: Template) -> Iterator[str]:
    match template:
        case str():
            yield template
        case dict():
            yield from template.values()
        case _:
            yield from template


def error_classes(of: type[LabelViewerError] = LabelViewerError) -> Iterator[type[LabelViewerError]]:
    for each in of.__subclasses__():
        yield from error_classes(each)
        if "code" in vars(each):
            yield each


ERRORS = sorted(error_classes(), key=lambda error: error.code)


# Messages


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_short_and_plain(code: str) -> None:
    message = said(code)
    text = f"{message.title}. {message.body}"
    assert len(message.title) <= 45
    assert 1 <= len(sentences(message.body)) <= 3
    assert max(len(words_of(sentence)) for sentence in sentences(message.body)) <= 20
    assert grade(message.body) <= 8
    assert "!" not in text
    assert not message.title.endswith(".")
    assert message.body.endswith((".", "?"))


@pytest.mark.parametrize("code", CODES)
def test_every_way_to_say_a_message_ends_well(code: str) -> None:
    for part in ("title", "body"):
        for template in templates(WORDS.messages[code][part]):
            assert template == template.strip()
            assert max(len(words_of(sentence)) for sentence in sentences(plain(template))) <= 20
            assert part == "title" or grade(plain(template)) <= 8
            assert "  " not in template
            assert blanks(template) <= SAMPLE_FACTS.keys()


def test_the_messages_together_read_easily() -> None:
    assert median(grade(said(code).body) for code in CODES) <= 6


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_expected_failure_has_a_message_that_its_facts_fill(error: type[LabelViewerError]) -> None:
    named = documented_facts(error)
    message = WORDS.messages[error.code]
    for part in ("title", "body"):
        assert blanks(message[part]) <= named
    facts = {key: fact for key, fact in SAMPLE_FACTS.items() if key in named}
    assert notice(WORDS, error.code, facts).body


def documented_facts(error: type[LabelViewerError]) -> set[str]:
    """The facts that always come; the docstring names them after "Facts:", and marks the others."""
    docstring = error.__doc__ if "__doc__" in vars(error) and error.__doc__ else ""
    _, _, facts = docstring.partition("Facts:")
    always = re.split(r"[;.]|where", facts, maxsplit=1)[0]
    return {word for word in re.findall(r"\w+", always) if word in SAMPLE_FACTS}


def test_there_are_expected_failures() -> None:
    assert len(ERRORS) >= 25


@pytest.mark.parametrize("code", CODES)
def test_every_button_has_a_deed_and_a_short_caption(code: str) -> None:
    message = said(code)
    for action in (message.primary, message.secondary):
        if action is not None:
            assert isinstance(action.deed, Deed)
            assert 0 < len(action.caption) <= 28
            assert not action.caption.endswith(".")


def test_no_message_offers_the_same_deed_twice() -> None:
    assert [
        code for code in CODES if (one := said(code).primary) and (two := said(code).secondary) and one.deed == two.deed
    ] == []


def test_every_deed_has_a_button_that_asks_for_it() -> None:
    offered = {action.deed for code in CODES for action in (said(code).primary, said(code).secondary) if action}
    assert offered == set(Deed)


def test_every_button_that_promises_more_has_more_to_say() -> None:
    for code in CODES:
        for action in (said(code).primary, said(code).secondary):
            if action and action.deed in (Deed.SHOW_MEANING, Deed.SHOW_ADVICE):
                assert WORDS.say(f"more.{action.deed}.{code}")


def test_every_tone_but_silence_has_a_message() -> None:
    assert {said(code).tone for code in CODES} == set(Tone) - {Tone.SILENT}


# Words


def all_texts() -> Iterator[tuple[str, str]]:
    for code in CODES:
        for part in ("title", "body"):
            yield from ((f"{code} {part}", text) for text in templates(WORDS.messages[code][part]))
    for key, template in WORDS.phrases.items():
        yield from ((key, text) for text in templates(template))
    yield from WORDS.glossary.items()


def captions_of_pages() -> dict[str, str]:
    said: dict[str, str] = json.loads((ROOT / "resources/words/en.json").read_text("utf-8"))["captions"]
    return said


def sample_texts() -> Iterator[tuple[str, str]]:
    for sample in json.loads((ROOT / "label_samples/index.json").read_text("utf-8")):
        yield from ((f"{sample['id']}.{part}", sample[part]) for part in ("title", "about", "shows"))


# Where a file or a form is meant by its own name.
NAMES = ("*.json", "lead.json", "root.json", "Answer in JSON, for programs.")


def test_no_sentence_caption_or_sample_uses_a_banned_word() -> None:
    found = [
        (key, word)
        for key, text in (*all_texts(), *captions_of_pages().items(), *sample_texts())
        for word in BANNED
        if re.search(rf"\b{word}\b", without_names(text), re.IGNORECASE)
    ]
    assert found == [("router-unsupported.shows", "bad")]  # the news is bad, and not what anybody did


def without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


def test_captions_of_pages_are_short_and_plain() -> None:
    for caption in captions_of_pages():
        assert max(len(words_of(sentence)) for sentence in sentences(caption)) <= 20, caption
        assert len(words_of(caption)) < 8 or grade(plain(caption)) <= 8, caption
        assert "!" not in caption


def test_samples_are_told_in_plain_words() -> None:
    for key, text in sample_texts():
        assert len(words_of(text)) < 8 or grade(text) <= 8, key
        assert max(len(words_of(sentence)) for sentence in sentences(text)) <= 20, key
    assert median(grade(text) for _, text in sample_texts()) <= 6


def test_every_long_word_was_looked_at_and_found_plain_enough() -> None:
    """A new one: find a shorter one, or explain it in the glossary, and add it to the list."""
    of_packs = (text for loaded in packs().all() for _, text in (*english(loaded), *captions(loaded)))
    others = (text for _, text in (*all_texts(), *sample_texts()))
    used = {word for text in (*others, *of_packs, *captions_of_pages()) for word in hard_words(text)}
    looked_at = (ROOT / "tests/unit/long_words.txt").read_text("utf-8").split()
    assert looked_at == sorted(looked_at)
    assert used - set(looked_at) == set()
    assert set(looked_at) - used == set()


@pytest.mark.threat("T2")
def test_no_sentence_promises_what_no_label_can() -> None:
    everything = " ".join(text for _, text in all_texts()).lower()
    assert [phrase for phrase in NEVER_AT_ALL if phrase in everything] == []


@pytest.mark.threat("T2")
def test_a_real_label_is_never_called_a_good_product() -> None:
    near = [*templates(WORDS.messages["V01"]["title"]), *templates(WORDS.messages["V01"]["body"])]
    near += [text for key in WORDS.phrases if key.startswith("fact.real.") for text in templates(WORDS.phrases[key])]
    near = [text.replace("over a secure link", "") for text in near]
    assert [(word, text) for text in near for word in NEVER_NEAR_REAL if word in text.lower()] == []


def test_a_label_that_ran_out_is_not_a_product_that_stops() -> None:
    assert "product itself does not stop working" in WORDS.say("fact.current.expired.detail")


@pytest.mark.parametrize("key", sorted(WORDS.phrases))
def test_a_phrase_is_short_and_tidy(key: str) -> None:
    for text in templates(WORDS.phrases[key]):
        assert max((len(words_of(sentence)) for sentence in sentences(text)), default=0) <= 20
        assert text == text.strip() or key in ("list.between", "difference.between", "says.between")
        assert "!" not in text
        assert "'" not in text


def test_longer_phrases_read_easily() -> None:
    hard = {
        key: grade(text)
        for key, template in WORDS.phrases.items()
        for text in templates(template)
        if len(words_of(text)) >= 8 and grade(plain(text)) > 8
    }
    assert hard == {}
    assert median(grade(plain(text)) for key in WORDS.phrases for text in templates(WORDS.phrases[key])) <= 6


def plain(template: str) -> str:
    """A template with a short name in every blank."""
    return re.sub(r"\{[^}]*\}", "Anna", template)


def test_the_glossary_explains_in_plain_words() -> None:
    for term, meaning in WORDS.glossary.items():
        assert meaning.endswith("."), term
        assert max(len(words_of(sentence)) for sentence in sentences(meaning)) <= 20, term
        assert grade(meaning) <= 8, term
    assert median(map(grade, WORDS.glossary.values())) <= 6


# Nothing is left without words


@pytest.mark.parametrize("step", Step)
def test_every_outcome_of_every_step_has_a_phrase_that_its_facts_fill(step: Step) -> None:
    assert WORDS.say(f"{check_key(step)}.title")
    for reason in REASONS[step]:
        facts = {key: SAMPLE_FACTS[key] for key in FACTS.get((step, reason), ())}
        assert WORDS.say(f"{check_key(step)}.{reason}", **facts)


def test_there_are_no_phrases_for_outcomes_that_no_step_has() -> None:
    known = {f"{check_key(step)}.{reason}" for step in Step for reason in {*REASONS[step], "title"}}
    assert {key for key in WORDS.phrases if key.startswith("check.")} == known


@pytest.mark.parametrize(
    "key",
    [
        *(f"kind.{kind}" for kind in KINDS),
        *(f"stage.{stage}" for stage in Stage),
        *(f"standing.{standing}" for standing in Standing),
        *(f"fact.says-who.{basis}" for basis in Basis),
        *(f"confidence.{each}" for each in get_args(Source.model_fields["confidence"].annotation)),
        *(f"strength.{each}" for each in Strength),
        *(f"product.{kind}" for kind in ("iot", "software")),
        *(f"fact.{fact}.question" for fact in ("real", "current", "says-who", "product")),
        *(
            f"fact.{fact}.{state.name.lower().replace('_', '-')}{part}"
            for fact in ("real", "current")
            for state in State
            for part in ("", ".detail")
        ),
    ],
)
def test_every_value_that_names_a_phrase_has_it(key: str) -> None:
    assert WORDS.knows(key)


def test_every_topic_has_a_name_and_a_question() -> None:
    topics = {topic.id for topic in packs().topics}
    assert {key.split(".")[1] for key in WORDS.phrases if key.startswith("topic.")} == topics
    for topic in topics:
        assert WORDS.say(f"topic.{topic}.question").endswith("?")
        assert 0 < len(WORDS.say(f"topic.{topic}.name")) <= 40


def test_a_topic_that_says_yes_in_its_own_words_also_says_no() -> None:
    for topic in packs().topics:
        assert WORDS.knows(f"topic.{topic.id}.yes") <= WORDS.knows(f"topic.{topic.id}.no")


def literal_keys(path: Path) -> Iterator[str]:
    """Keys that the code says outright."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="say" | "knows"), args=[ast.Constant(value=str(key)), *_]):
                yield key
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(key)), *_]):
                yield key
            case _:
                pass


def test_every_phrase_that_the_code_says_is_there() -> None:
    python = {key for path in (ROOT / "labelviewer").rglob("*.py") for key in literal_keys(path)}
    qml = {
        key
        for path in (ROOT / "labelviewer").rglob("*.qml")
        for key in re.findall(r"\.say\(\"([^\"]+)\"\)", path.read_text("utf-8"))
    }
    assert len(python) > 50
    assert {key for key in python | qml if not WORDS.knows(key)} == set()


def test_no_message_is_asked_for_that_is_not_there() -> None:
    asked: set[Any] = set()
    for path in (ROOT / "labelviewer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="notice"), args=[_, ast.Constant(value=str(code)), *_]):
                    asked.add(code)
                case _:
                    pass
    assert asked
    assert asked <= set(CODES)
