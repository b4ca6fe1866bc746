"""A label source as a person or a database wrote it: read, completed to a document, or said why it cannot be."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from labelviewer.adapters.product_picture import PinnedPicture, UnfitPictureError, pin
from labelviewer.domain import strict_json
from labelviewer.domain.document import LabelDocument
from labelviewer.publish.office import Office
from labelviewer.publish.positions import lines, nearest
from labelviewer.publish.problem import Problem
from labelviewer.publish.rules import Fault, faults
from labelviewer.schemes.packs import Packs
from labelviewer.verify import bounds

PICTURE_FILE: Final = 64 * 1024 * 1024
_HEAD: Final = ("iss", "sub", "ver", "iat", "exp", "status", "carriers")


@dataclass(frozen=True, slots=True)
class Source:
    """A source without a fault. `members` lack only what publishing gives: `ver iat exp status`."""

    file: Path
    label_id: str
    digest: str
    members: Mapping[str, Any]
    picture: PinnedPicture | None = None
    picture_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Faulty:
    file: Path
    problems: tuple[Problem, ...]


def read_source(file: Path, office: Office, packs: Packs, now: datetime) -> Source | Faulty:
    """Every check that can be made before signing."""
    name = file.relative_to(office.folder).as_posix() if file.is_relative_to(office.folder) else str(file)
    try:
        data = file.read_bytes()
        members = _members(data)
    except OSError:
        return Faulty(file, (Problem("not-readable", name),))
    except _TextError as fault:
        return Faulty(file, (Problem(fault.code, name, fault.line, "", fault.facts),))
    picture, picture_file, found = _picture(members, file)
    completed = _completed(members, office, picture)
    found += list(_against_the_format(completed, office, packs, now))
    if found:
        text = data.decode()
        where = lines(text)
        problems = (Problem(each.code, name, nearest(where, each.member), each.member, each.facts) for each in found)
        return Faulty(file, tuple(sorted(problems, key=lambda problem: problem.line)))
    digest = sha256(data + (picture.data if picture else b"")).hexdigest()
    return Source(file, _id_of(completed), digest, completed, picture, picture_file)


def complete(members: Mapping[str, Any], *, ver: int, iat: int, exp: int, uri: str, idx: int) -> dict[str, Any]:
    """The document as it is signed."""
    given = {"ver": ver, "iat": iat, "exp": exp, "status": {"status_list": {"uri": uri, "idx": idx}}}
    whole = dict(members) | given
    return {name: whole[name] for name in _HEAD} | {name: whole[name] for name in whole if name not in _HEAD}


class _TextError(Exception):
    def __init__(self, code: str, line: int = 1, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.facts = facts


def _members(data: bytes) -> dict[str, Any]:
    try:
        members = strict_json.load(data, max_bytes=bounds.LABEL_TOKEN)
    except strict_json.StrictJsonError as fault:
        raise _named(fault.reason, data) from None
    if not isinstance(members, dict):
        raise _TextError("not-an-object")
    return members


def _named(reason: str, data: bytes) -> _TextError:
    if reason == "duplicate-name":
        seen: list[str] = []
        json.loads(data, object_pairs_hook=lambda pairs: seen.extend(_twice(pairs)))
        return _TextError("twice", name=seen[0])
    if reason == "not-json":
        try:
            json.loads(data)
        except json.JSONDecodeError as fault:
            return _TextError("not-json", fault.lineno, column=fault.colno)
    return _TextError(reason)


def _twice(pairs: list[tuple[str, Any]]) -> Iterator[str]:
    names = [name for name, _ in pairs]
    return (name for name in names if names.count(name) > 1)


def _completed(members: Mapping[str, Any], office: Office, picture: PinnedPicture | None) -> dict[str, Any]:
    """What an office need not write down: the issuer, the subject, the code on the box, the picture's hash."""
    grant = members.get("grant")
    number = grant.get("number") if isinstance(grant, dict) else None
    issuer = members.get("iss", office.issuer)
    whole = {"iss": issuer, "sub": f"urn:label:{issuer}:{number}"} | dict(members)
    whole.setdefault("carriers", [office.code(_id_of(whole))])
    whole.setdefault("claims", [])
    if picture is not None:
        pinned = {
            "sha256": sha256(picture.data).hexdigest(),
            "type": "image/webp",
            "bytes": len(picture.data),
            "width": picture.width,
            "height": picture.height,
        }
        whole["product"] = dict(whole["product"]) | {"picture": pinned}
    elif isinstance(product := whole.get("product"), dict) and isinstance(product.get("picture"), str):
        whole["product"] = {name: value for name, value in product.items() if name != "picture"}
    return complete(whole, ver=1, iat=0, exp=1, uri=office.status_uri(1), idx=0)


def _id_of(members: Mapping[str, Any]) -> str:
    return str(members["sub"]).rpartition(":")[2]


def _picture(members: Mapping[str, Any], file: Path) -> tuple[PinnedPicture | None, Path | None, list[Fault]]:
    """`product.picture` may name a file beside the source."""
    product = members.get("product")
    name = product.get("picture") if isinstance(product, dict) else None
    if not isinstance(name, str):
        return None, None, []
    member = "/product/picture"
    path = file.parent / name
    if Path(name).name != name or not path.is_file() or path.stat().st_size > PICTURE_FILE:
        return None, path, [Fault("no-picture", member, {"name": name})]
    try:
        return pin(path.read_bytes()), path, []
    except UnfitPictureError:
        return None, path, [Fault("unfit-picture", member, {"name": name})]


def _against_the_format(members: dict[str, Any], office: Office, packs: Packs, now: datetime) -> Iterator[Fault]:
    try:
        document = LabelDocument.model_validate(members)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            yield _plain(error["type"], error["loc"], error["msg"], error.get("ctx", {}), members)
        return
    yield from faults(document, office, packs, now)


def _plain(kind: str, steps: tuple[int | str, ...], message: str, facts: Mapping[str, Any], members: Any) -> Fault:
    member, inside = "", members
    for step in steps:
        match inside, step:
            case dict(), str() if step in inside:
                pass
            case list(), int() if step < len(inside):
                pass
            case _:
                break
        member, inside = f"{member}/{step}", inside[step]
    match kind:
        case "missing":
            return Fault("missing", f"{member}/{steps[-1]}", {"name": str(steps[-1])})
        case "literal_error":
            return Fault("one-of", member, {"choices": str(facts["expected"])})
        case "string_pattern_mismatch" if steps[0] == "sub":
            return Fault("subject", member)
        case _ if not steps:
            return Fault("subject", "/sub")
        case _:
            return Fault("form", member, {"fault": message.removeprefix("Value error, ")})
