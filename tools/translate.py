"""For translators: what is missing in a language, putting translations in their places, and whether they fit."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from labelviewer.words.plurals import FORMS, NEEDED

ROOT: Final = Path(__file__).parents[1]
ENGLISH: Final = "en"
WORDS: Final = Path("resources/words/en.json")
SAMPLES: Final = Path("label_samples/index.json")
OFFERED: Final = Path("resources/languages.json")
CHUNK: Final = 60
LONGER: Final = 1.6
SLACK: Final = 12
MOST_WORDS: Final = 25
TITLE: Final = 72
CAPTION: Final = 45
NOT_WORDS: Final = frozenset(("language", "severity", "deed"))

_BLANK = re.compile(r"\{(\w+)(?::[\w.*-]+)?\}")
_HOLE = re.compile(r"\{[^{}]*\}|%\d")
_MARKUP = re.compile(
    r"--[a-z][a-z-]*|\blabelviewer(?: (?:publish|doctor|read|lead|init|sign|key|resign)\b)*|https?://\S+|<[^>]+>"
)
_ARABIC = re.compile("[\u0600-\u06ff]")

Template = str | Sequence[str] | Mapping[str, str]
Texts = dict[str, Template]


class Problem(NamedTuple):
    """`key`: the place inside the file, its steps divided by slashes. A warning does not stop a language."""

    file: Path
    key: str
    fault: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{'warning: ' if self.warning else ''}{self.file.as_posix()}: {self.key}: {self.fault}"


def english_files(root: Path = ROOT) -> list[Path]:
    """Every file with English words, under the root."""
    packs = sorted((root / "resources/schemes").glob("*/text/en.json"))
    return [WORDS, SAMPLES, *(pack.relative_to(root) for pack in packs)]


def texts_of(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Template]]:
    """Every text of a file by its place; a list and a set of plural forms count as one text."""
    if isinstance(data, str) or is_plural(data) or isinstance(data, list):
        yield "/".join(path), data  # type: ignore[misc]
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in NOT_WORDS:
                yield from texts_of(value, (*path, key))


def is_plural(data: object) -> bool:
    return isinstance(data, dict) and "other" in data and data.keys() <= set(FORMS)


def rebuild(english: Mapping[str, Any], texts: Texts, language: str, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """The English file with its texts replaced, in its order, and without those that are not there."""
    built: dict[str, Any] = {}
    for key, value in english.items():
        place = (*path, key)
        if key == "language":
            built[key] = language
        elif key in NOT_WORDS:
            built[key] = value
        elif isinstance(value, dict) and not is_plural(value):
            if (inner := rebuild(value, texts, language, place)).keys() - NOT_WORDS or not value:
                built[key] = inner
        elif "/".join(place) in texts:
            built[key] = texts["/".join(place)]
    return built


def check(language: str, root: Path = ROOT) -> list[Problem]:
    """Everything that keeps a language from being complete, and what is worth a second look."""
    return [problem for file in english_files(root) for problem in check_file(file, language, root)]


def check_file(file: Path, language: str, root: Path = ROOT) -> list[Problem]:
    target = in_language(file, language)
    if not (root / target).is_file():
        return [Problem(target, "", "the file is missing")]
    data = read(root / target)
    english, texts = dict(texts_of(read_english(root / file))), dict(texts_of(data))
    problems = [Problem(target, key, "missing") for key in english if key not in texts]
    problems += [Problem(target, key, "not in the English file") for key in texts if key not in english]
    rebuilt = rebuild(read_english(root / file), texts, language)
    if not problems and rebuilt != data:
        problems.append(Problem(target, "", "language, severity or deed is not as in the English file"))
    for key in english.keys() & texts.keys():
        problems += [
            Problem(target, key, fault, warning) for fault, warning in faults(key, english[key], texts[key], language)
        ]
    order = {key: place for place, key in enumerate(english)}
    return sorted(problems, key=lambda problem: (problem.warning, order.get(problem.key, -1)))


def faults(key: str, english: Template, text: Template, language: str) -> Iterator[tuple[str, bool]]:
    """What is wrong with one text, each with whether it is only a warning."""
    if shape := _shape(english, text, language):
        yield shape, False
        return
    for source, said in _pairs(english, text):
        yield from _one(key, source, said, language)


def _shape(english: Template, text: Template, language: str) -> str:
    match english, text:
        case str(), str():
            return ""
        case str(), dict() if "n" in blanks(english):
            return _forms(text, language)
        case dict(), dict():
            return _forms(text, language)
        case list(), list() if len(english) == len(text) and all(isinstance(each, str) for each in text):
            return ""
        case list(), _:
            return f"takes a list of {len(english)} texts"
        case dict(), _:
            return f"takes one text for each of {', '.join(NEEDED[language])}"
        case _:
            return "takes one text"


def _forms(text: Mapping[str, str], language: str) -> str:
    missing = [form for form in NEEDED[language] if not text.get(form)]
    spare = [form for form in text if form not in NEEDED[language] and (form != "many" or language not in ("es", "fr"))]
    if missing:
        return f"the plural form {missing[0]} is missing"
    return f"{language} has no plural form {spare[0]}" if spare else ""


def _pairs(english: Template, text: Template) -> Iterator[tuple[str, str]]:
    match english, text:
        case list(), list():
            yield from zip(english, text, strict=True)
        case _, dict():
            other = english["other"] if isinstance(english, dict) else str(english)
            yield from ((other, said) for said in text.values())
        case _:
            yield str(english), str(text)


def _one(key: str, source: str, said: str, language: str) -> Iterator[tuple[str, bool]]:
    if not said:
        yield "empty", False
        return
    if unlike := holes(source) - {"{n}"} ^ holes(said) - {"{n}"}:
        yield f"{min(unlike)} is not in both", False
    if "{n}" in holes(said) and "{n}" not in blanks_as_holes(source):
        yield "{n} is not in the English text", False
    if sorted(_MARKUP.findall(source)) != sorted(_MARKUP.findall(said)):
        yield f"take over as they are: {' '.join(_MARKUP.findall(source)) or 'nothing'}", False
    if source.count("\n") != said.count("\n"):
        yield "not as many lines", False
    if (source != source.strip()) == (said == said.strip()) and not source.isspace():
        yield "blanks at the start or the end", True
    yield from _style(key, source, said, language)


def _style(key: str, source: str, said: str, language: str) -> Iterator[tuple[str, bool]]:
    most = (
        TITLE if key.endswith("/title") and key.startswith("messages/") else CAPTION if key.endswith("/caption") else 0
    )
    if most and len(said) > most:
        yield f"{len(said)} letters, more than {most}", False
    if len(said) > LONGER * len(source) + SLACK:
        yield f"{len(said)} letters for {len(source)}", True
    if (longest := max((len(sentence.split()) for sentence in sentences(said)), default=0)) > MOST_WORDS:
        yield f"a sentence of {longest} words", False
    bare = _HOLE.sub("", source)
    if said == source and len(bare.split()) > 2:
        yield "still English", True
    if language == "ar" and re.search("[a-z]{3}", _MARKUP.sub("", bare)) and not _ARABIC.search(said):
        yield "no Arabic letter", True
    if (source[-1:] == "?" and said[-1:] not in "?؟") or source[-1:] == "…" != said[-1:]:
        yield f"does not end with {source[-1]}", True


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!…؟])\s+", text) if sentence]


def holes(text: str) -> set[str]:
    return set(_HOLE.findall(text))


def blanks(text: str) -> set[str]:
    return set(_BLANK.findall(text))


def blanks_as_holes(text: str) -> set[str]:
    return {f"{{{name}}}" for name in blanks(text)} | {"{n}"} & holes(text)


def missing(language: str, root: Path = ROOT) -> Iterator[dict[str, Any]]:
    """Chunks of what is still to be translated; a pack is never divided."""
    for file in english_files(root):
        target = in_language(file, language)
        there = dict(texts_of(read(root / target))) if (root / target).is_file() else {}
        todo = {key: text for key, text in texts_of(read_english(root / file)) if key not in there}
        keys = list(todo)
        size = CHUNK if file == WORDS else len(keys) or 1
        for start in range(0, len(keys), size):
            yield {
                "file": target.as_posix(),
                "texts": {
                    key: {ENGLISH: todo[key], language: _empty(todo[key], language)}
                    for key in keys[start : start + size]
                },
            }


def _empty(text: Template, language: str) -> Template:
    match text:
        case str():
            return ""
        case dict():
            return dict.fromkeys(NEEDED[language], "")
        case _:
            return [""] * len(text)


def put(chunk: Mapping[str, Any], language: str, root: Path = ROOT) -> list[Problem]:
    """Puts a filled chunk in its place. Nothing is written where a text does not fit or a pack stays unfinished."""
    target = Path(chunk["file"])
    source = next(file for file in english_files(root) if in_language(file, language) == target)
    english = read_english(root / source)
    wanted = dict(texts_of(english))
    given = {key: each[language] for key, each in chunk["texts"].items() if _is_filled(each[language])}
    problems = [Problem(target, key, "not in the English file") for key in given if key not in wanted]
    problems += [
        Problem(target, key, fault, warning)
        for key, text in given.items()
        if key in wanted
        for fault, warning in faults(key, wanted[key], text, language)
    ]
    there = dict(texts_of(read(root / target))) if (root / target).is_file() else {}
    texts = there | given
    if source.parts[:2] == ("resources", "schemes"):
        problems += [Problem(target, key, "missing: a pack is put in whole") for key in wanted if key not in texts]
    if not any(not problem.warning for problem in problems):
        write(root / target, rebuild(english, texts, language))
    return problems


def _is_filled(text: Template) -> bool:
    match text:
        case str():
            return bool(text)
        case dict():
            return any(text.values())
        case _:
            return any(text)


def offer(language: str, name: str, root: Path = ROOT) -> None:
    """From now on the program offers the language, under its own name."""
    offered = read(root / OFFERED)
    offered[language] = name
    write(
        root / OFFERED, {ENGLISH: offered[ENGLISH], **{key: offered[key] for key in sorted(offered) if key != ENGLISH}}
    )


def in_language(file: Path, language: str) -> Path:
    return (SAMPLES.with_name("text") / "en.json" if file == SAMPLES else file).with_name(f"{language}.json")


def read_english(file: Path) -> Any:
    """The samples are listed with their English words; other languages have a file of words alone."""
    data = read(file)
    if file.name != SAMPLES.name:
        return data
    return {each["id"]: {"title": each["title"], "about": each["about"]} for each in data}


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def write(file: Path, data: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["missing", language]:
            print(json.dumps(list(missing(language)), indent=1, ensure_ascii=False))
            return 0
        case ["missing", language, folder]:
            for number, chunk in enumerate(missing(language), 1):
                write(Path(folder) / f"{language}-{number:02}.json", chunk)
            return 0
        case ["put", language, *files] if files:
            return _tell([problem for file in files for problem in put(read(Path(file)), language)])
        case ["check", language]:
            return _tell(check(language))
        case ["offer", language, name]:
            status = _tell(check(language))
            if status == 0:
                offer(language, name)
            return status
        case _:
            print("translate.py missing LANG [FOLDER] | put LANG FILE... | check LANG | offer LANG NAME")
            return 2


def _tell(problems: Sequence[Problem]) -> int:
    faulty = [problem for problem in problems if not problem.warning]
    for problem in problems:
        print(problem)
    print(f"{len(faulty)} to put right, {len(problems) - len(faulty)} to look at again")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
