"""The files of a pack: read with a bound, parsed, and every fault told with its file, its line and its key."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from labelviewer.schemes.lines import Steps, line_in_json, line_in_toml, line_of_mention

LARGEST: Final = 512 * 1024
SYNTAX: Final = "syntax"
ENCODING: Final = "encoding"
_AT_LINE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")

M = TypeVar("M", bound=BaseModel)


class PackError(Exception):
    """A pack is at fault, never the shopper. `file`: under the folder of schemes. `key`: inside it, or empty.

    `kind` is pydantic's name of the fault or one of ours, empty where only `fault` says it. `facts` are what it speaks
    of.
    """

    def __init__(
        self,
        file: Path,
        key: str,
        fault: str,
        *,
        line: int | None = None,
        kind: str = "",
        facts: dict[str, str] | None = None,
    ) -> None:
        where = file.as_posix() if line is None else f"{file.as_posix()}:{line}"
        super().__init__(f"{where}: {key}: {fault}" if key else f"{where}: {fault}")
        self.file = file
        self.key = key
        self.fault = fault
        self.line = line
        self.kind = kind
        self.facts = facts or {}


class Written(NamedTuple):
    """A file as it was written: what it holds, and where in it a key stands."""

    file: Path
    text: str
    data: object
    line_of: Callable[[str, Steps], int]

    def wrong(self, steps: Steps, fault: str, kind: str = "", **facts: str) -> PackError:
        line = self.line_of(self.text, steps)
        return PackError(self.file, _key(steps, self.data), fault, line=line, kind=kind, facts=facts)


def parse(model: type[M], written: Written) -> M:
    """Raises PackError with the first fault."""
    try:
        return model.model_validate(written.data)
    except ValidationError as fault:
        raise next(faults_in(fault, written)) from fault


def faults_in(fault: ValidationError, written: Written) -> Iterator[PackError]:
    for each in fault.errors(include_url=False):
        yield _told(each, written)


def read_toml(folder: Path, file: Path) -> Written:
    """Raises PackError."""
    text = _read(folder, file)
    try:
        return Written(file, text, tomllib.loads(text), line_in_toml)
    except tomllib.TOMLDecodeError as fault:
        said = str(fault)
        found = _AT_LINE.search(said)
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise PackError(file, "", said, line=line, kind=SYNTAX) from fault


def read_json(folder: Path, file: Path) -> Written:
    """Raises PackError."""
    text = _read(folder, file)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise PackError(file, twice, "given twice", line=line_of_mention(text, twice, 2))
        return dict(pairs)

    try:
        return Written(file, text, json.loads(text, object_pairs_hook=once), line_in_json)
    except json.JSONDecodeError as fault:
        raise PackError(file, "", str(fault), line=fault.lineno, kind=SYNTAX) from fault
    except RecursionError as fault:
        raise PackError(file, "", "too deep") from fault


def _read(folder: Path, file: Path) -> str:
    try:
        with (folder / file).open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise PackError(file, "", "too large")
        return raw.decode("utf-8-sig").replace("\r\n", "\n")  # some editors begin with a mark of their own
    except UnicodeDecodeError as fault:
        raise PackError(file, "", "is not in UTF-8", kind=ENCODING) from fault
    except OSError as fault:
        raise PackError(file, "", "cannot be read") from fault


def _told(fault: ErrorDetails, written: Written) -> PackError:
    facts = {name: str(value) for name, value in fault.get("ctx", {}).items()}
    line = written.line_of(written.text, fault["loc"])
    if fault["type"] == "misnamed":
        line = line_of_mention(written.text, facts["name"], int(facts["nth"]))
    kind = facts["kind"] if fault["type"] == "misnamed" else fault["type"]
    said = fault["msg"].removeprefix("Value error, ")
    return PackError(written.file, _key(fault["loc"], written.data), said, line=line, kind=kind, facts=facts)


def _key(steps: Steps, data: object) -> str:
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
