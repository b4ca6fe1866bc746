"""A document of another form, read by its table: every fact that can be read, and what could not, by name. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from pydantic import ValidationError

from labelviewer.domain.document import (
    MAX_CARRIERS,
    MAX_TEXT,
    ForeignDocument,
    Origin,
    UnreadError,
)
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.gtin import gtin14
from labelviewer.domain.web_address import parse_web_address
from labelviewer.schemes.foreign import CLAIM, NAME_END, Form, Judged, Rule
from labelviewer.schemes.packs import Packs

MOST_ALSO: Final = 64
LONGEST_ALSO: Final = 200
LONGEST_NAME: Final = 400
LONGEST_NUMBER: Final = 64

_DATE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2}))?")
_YES_NO: Final[Mapping[str, bool]] = {"true": True, "false": False, "yes": True, "no": False}


class _Unread:
    """There, and of no use: of another type, too long, or a word that the table does not know."""


_UNREAD: Final = _Unread()

Path = tuple[str, ...]


def read_foreign(members: Mapping[str, object], origin: Origin, packs: Packs) -> ForeignDocument:
    """By the form that the site is known for, or else by its marks. Raises UnreadError."""
    forms = [(loaded.pack.id, form) for loaded in packs.all() for form in loaded.foreign]
    fitting = [(scheme, form) for scheme, form in forms if _is_of(members, form)]
    named = [(scheme, form) for scheme, form in fitting if form.format == origin.adapter]
    if not fitting:
        raise UnreadError("unknown-form")
    scheme, form = (named or fitting)[0]
    return _read(members, origin, scheme, form)


def find(document: object, place: str) -> Iterator[tuple[Path, Any]]:
    """Everything that stands at a place, with the path that leads there."""
    found: list[tuple[Path, Any]] = [((), document)]
    for step in place.split("/")[1:]:
        found = [each for path, value in found for each in _inside(path, value, step)]
    return iter(found)


def _inside(path: Path, value: object, step: str) -> Iterator[tuple[Path, Any]]:
    match value:
        case list() if step == "*":
            yield from (((*path, str(at)), item) for at, item in enumerate(value))
        case list() if step.isdigit() and int(step) < len(value):
            yield (*path, step), value[int(step)]
        case dict() if step in value:
            yield (*path, step), value[step]
        case dict() if step == "*":
            yield path, value  # one where a list may stand
        case _:
            pass


def _is_of(members: object, form: Form) -> bool:
    for mark in form.recognised:
        found = [value for _, value in find(members, mark.at) if value is not None]
        said = {item for value in found for item in (value if isinstance(value, list) else [value]) if _is_text(item)}
        if not found or (mark.has is not None and mark.has not in said):
            return False
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _read(members: Mapping[str, object], origin: Origin, scheme: str, form: Form) -> ForeignDocument:
    used: set[Path] = set()
    said: dict[str, Any] = {}
    unread: set[str] = set()
    for rule in form.rules:
        if rule.to in said:
            continue
        value, path = _first(members, rule)
        if isinstance(value, _Unread):
            unread.add(rule.to)
            continue
        used |= path
        if value is not None:
            said[rule.to] = value
    for judged in form.judged:
        for criterion, met, path in _judgements(members, judged):
            place = f"{CLAIM}{criterion}"
            if isinstance(met, _Unread) or said.get(place, met) is not met:
                unread.add(place)
            else:
                said[place] = met
                used |= path
    contradicted = {f"{CLAIM}{name}" for judged in form.judged for name in judged.criteria.values()} & unread
    said = {place: value for place, value in said.items() if place not in contradicted}
    if not {"product/name", "product/maker"} <= said.keys():
        raise UnreadError("lacks-product")
    aside = [place.split("/")[1:] for place in form.set_aside]
    also = tuple(_also(members, used, aside))
    try:
        return ForeignDocument.model_validate(_members(origin, scheme, form, said, unread, also))
    except ValidationError:
        raise UnreadError("not-a-label") from None


def _first(members: object, rule: Rule) -> tuple[Any, set[Path]]:
    """The first place that says something; unread only where nothing else can be read."""
    worst: _Unread | None = None
    silent: set[Path] = set()
    for place in rule.at:
        found = [(path, value) for path, value in find(members, place) if value is not None]
        if not found:
            continue
        value = _value(rule, [value for _, value in found])
        if isinstance(value, _Unread):
            worst = value
        elif value is not None:
            return value, {path for path, _ in found}
        elif isinstance(found[0][1], bool):
            silent |= {path for path, _ in found}
    return worst, silent


def _value(rule: Rule, found: Sequence[Any]) -> Any:
    match rule.read:
        case "addresses":
            return _addresses(found)
        case "numbers":
            return _numbers(found)
        case _ if len(found) > 1 and any(value != found[0] for value in found):
            return _UNREAD
        case "text":
            return _text(found[0], _longest(rule.to))
        case "date":
            return _date(found[0])
        case "moment":
            return _moment(found[0])
        case "yes-no":
            word = _word(found[0])
            return rule.says.get(word, _YES_NO.get(word, _UNREAD)) if word is not None else _UNREAD
        case "word":
            word = _word(found[0]) or ""
            return rule.says.get(word) if isinstance(found[0], bool) else rule.says.get(word, _UNREAD)


def _longest(to: str) -> int:
    if to.startswith(CLAIM) or to == "links/about":
        return MAX_TEXT
    return LONGEST_NUMBER if to in ("grant/number", "grant/level") else LONGEST_NAME


def _text(value: object, longest: int) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > longest:
        return _UNREAD
    return value.strip() or None


def _word(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return value.strip().casefold() if isinstance(value, str) else None


def _date(value: object) -> Any:
    """The day of `YYYY-MM-DD`, of a time of RFC 3339, or of year, month and day in a list."""
    if isinstance(value, list) and len(value) == 3 and all(type(part) is int and 0 < part < 10_000 for part in value):
        value = "{:04d}-{:02d}-{:02d}".format(*value)
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        return datetime.strptime(found[1], "%Y-%m-%d").date().isoformat() if found else _UNREAD  # noqa: DTZ007
    except ValueError:
        return _UNREAD


def _moment(value: object) -> Any:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return _UNREAD
    try:
        moment = datetime.fromisoformat(value)
        return max(0, int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        return _UNREAD


def _addresses(found: Sequence[object]) -> Any:
    kept = []
    for value in found:
        if isinstance(value, str):
            try:
                kept.append(str(parse_web_address(value)))
            except RefusedError:
                continue
    return sorted(set(kept))[:MAX_CARRIERS] or None


def _numbers(found: Sequence[object]) -> Any:
    ends = [end for value in found for end in _ends(value)]
    return sorted({number for end in ends if (number := gtin14(end))})[:MAX_CARRIERS] or None


def _judgements(members: object, judged: Judged) -> Iterator[tuple[str, bool | _Unread, set[Path]]]:
    for path, item in find(members, judged.each):
        names = {end for place in judged.named for _, name in find(item, place) for end in _ends(name)}
        verdicts = [value for place in judged.met for _, value in find(item, place) if value is not None]
        for name in sorted(names & judged.criteria.keys()):
            met = verdicts[0] if verdicts and isinstance(verdicts[0], bool) else _UNREAD
            yield judged.criteria[name], met, {path}


def _ends(name: object) -> list[str]:
    """`https://…/EN303645#5.1-1` and `5.1-1` are the same name."""
    return [name.strip(), *NAME_END.findall(name.strip())] if isinstance(name, str) else []


def _members(
    origin: Origin, scheme: str, form: Form, said: Mapping[str, Any], unread: set[str], also: tuple[Any, ...]
) -> dict[str, Any]:
    part = said.get
    name = part("grant/administrator/name")
    return {
        "iss": origin.issuer,
        "sub": f"urn:label:{origin.issuer}:{sha256(origin.address.encode()).hexdigest()[:32]}",
        "ver": 1,
        "iat": part("iat", origin.at),
        "exp": part("exp"),
        "status": origin.status,
        "carriers": part("carriers", []),
        "scheme": {"id": scheme, "version": form.version},
        "product": {
            "kind": form.kind,
            "name": said["product/name"],
            "maker": said["product/maker"],
            "model": part("product/model"),
            "gtin": part("product/gtin", []),
        },
        "grant": {
            "number": part("grant/number", ""),
            "granted": part("grant/granted"),
            "valid_until": part("grant/valid_until"),
            "level": part("grant/level"),
            "basis": form.basis.value,
            "lab": {"name": lab} if (lab := part("grant/lab/name")) else None,
            "administrator": {"name": name, "contact": part("grant/administrator/contact")} if name else None,
        },
        "claims": [
            {"criterion": place.removeprefix(CLAIM), "value": value}
            for place, value in said.items()
            if place.startswith(CLAIM)
        ],
        "links": [{"rel": "about", "href": href}] if (href := part("links/about")) else [],
        "form": form.format,
        "also": also,
        "unread": sorted(place.removeprefix(CLAIM) for place in unread if place.startswith(CLAIM)),
    }


def _also(members: object, used: set[Path], aside: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """What the table has no place for, each with where it stands; short, and not without end."""
    left = MOST_ALSO
    waiting: list[tuple[Path, object]] = [((), members)]
    while waiting and left:
        path, value = waiting.pop()
        if path in used or any(_begins(path, place) for place in aside):
            continue
        match value:
            case dict():
                waiting.extend(((*path, str(name)), inner) for name, inner in reversed(list(value.items())))
            case list():
                waiting.extend(((*path, str(at)), inner) for at, inner in reversed(list(enumerate(value))))
            case None | "":
                pass
            case _:
                left -= 1
                said = str(value).lower() if isinstance(value, bool) else str(value)
                yield "/".join(path)[:LONGEST_ALSO], said[:LONGEST_ALSO]


def _begins(path: Path, place: Sequence[str]) -> bool:
    return len(path) >= len(place) and all(step in ("*", here) for here, step in zip(path, place, strict=False))
