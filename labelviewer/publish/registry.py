"""Lays out the registry: labels, then status lists, then their index. Whatever stops it, what is served stays valid."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final, NamedTuple

from labelviewer.domain.evidence import StatusEvidence
from labelviewer.publish import files
from labelviewer.publish.index import Index, ListRow, Row
from labelviewer.publish.office import KEYS, Office, Secret, write_record
from labelviewer.publish.problem import Problem, refuse
from labelviewer.publish.sign import as_json, sign_label
from labelviewer.publish.signer import Signer, SigningError
from labelviewer.publish.source import Faulty, Source, complete, read_source
from labelviewer.publish.status import Status, sign_status_list
from labelviewer.schemes.packs import Packs
from labelviewer.verify import bounds
from labelviewer.verify.content import ContentError
from labelviewer.verify.status import StatusError, open_status

BATCH: Final = 5_000
STATUS_RENEWED_BEFORE: Final = bounds.STATUS_GOOD_FOR // 2

OnLabel = Callable[[int], None]
"""Called with how many were signed so far."""


@dataclass
class Published:
    """What a run did. `gone`: published before, and their sources are no longer there; they stay published."""

    signed: list[str] = field(default_factory=list)
    unchanged: int = 0
    lists: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Found(NamedTuple):
    """A source on the disk; the stamp changes whenever the file does."""

    file: str
    stamp: str


@dataclass(frozen=True, slots=True)
class _Press:
    """What a run signs with."""

    office: Office
    packs: Packs
    now: datetime
    label: tuple[Signer, str]
    status: tuple[Signer, str]


def check(office: Office, packs: Packs, now: datetime) -> tuple[int, list[Problem]]:
    """How many sources there are, and what is wrong in them; nothing is written."""
    problems: list[Problem] = []
    ids: dict[str, tuple[str, str]] = {}
    count = 0
    for found in sources(office):
        count += 1
        match read_source(office.labels / found.file, office, packs, now):
            case Faulty(problems=more):
                problems += more
            case Source(label_id=label_id):
                first_id, first = ids.setdefault(label_id.lower(), (label_id, found.file))
                if first_id != label_id:
                    problems.append(_same_but_for_case(found.file, label_id, first_id))
                elif first != found.file:
                    problems.append(_same_number(found.file, label_id, first))
    return count, problems


def build(
    office: Office,
    packs: Packs,
    now: datetime,
    secret: Secret,
    *,
    resign: bool = False,
    on_label: OnLabel = lambda _count: None,
) -> Published:
    """Publish what is new, changed or about to run out; a faulty source keeps its old label in force.

    `resign`: also what another key signed, and every status list. Raises PublishError, SigningError.
    """
    press = _press(office, packs, now, secret)
    done = Published()
    for name in ("l", "status", "img"):
        (office.served / name).mkdir(parents=True, exist_ok=True)
    write_record(office, now)
    with Index(office.index) as index:
        renew = int((now + timedelta(days=office.registry.renew_days)).timestamp())
        due = index.due(renew, press.label[1] if resign else None)
        work = _changed(office, index, due, done)
        while batch := list(islice(work, BATCH)):
            _publish_batch(batch, press, index, due, done)
            on_label(len(done.signed))
        done.gone = [file for file in done.gone if index.holds(file)]
        _publish_lists(press, index, done, every=resign)
    return done


def set_state(office: Office, packs: Packs, now: datetime, secret: Secret, label_id: str, state: Status) -> Published:
    """Withdraw, suspend or restore one label. Raises PublishError, SigningError."""
    press = _press(office, packs, now, secret)
    done = Published()
    with Index(office.index) as index:
        row = index.find(label_id)
        if row is None:
            raise refuse("no-such-label", name=label_id)
        index.set_state(row, state)
        _publish_lists(press, index, done, every=False)
    return done


def sources(office: Office) -> Iterator[Found]:
    """Every `*.json` below `labels/`, in no order; paths are relative to it."""
    return _walk(str(office.labels), "")


def _walk(folder: str, inside: str) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(".json"):
                yield Found(inside + entry.name, _stamp(entry.stat()))
            elif entry.is_dir():
                yield from _walk(entry.path, f"{inside}{entry.name}/")


def _stamp(about: os.stat_result) -> str:
    return f"{about.st_mtime_ns:x}.{about.st_ctime_ns:x}.{about.st_size:x}.{about.st_ino:x}"


def _press(office: Office, packs: Packs, now: datetime, secret: Secret) -> _Press:
    for use in ("label", "status"):
        key = office.signing(use)
        if not key.from_ <= now <= key.until:
            raise refuse("key-dates", KEYS, name=key.kid, date=key.until)
    return _Press(office, packs, now, office.open("label", secret), office.open("status", secret))


def _changed(office: Office, index: Index, due: set[str], done: Published) -> Iterator[Found]:
    stamps, pictures = index.stamps(), index.pictures()
    for file, stamp in sources(office):
        picture = pictures.get(file) if pictures else None
        whole = stamp if picture is None else stamp + _picture_stamp(office, file, picture)
        if stamps.pop(file, None) == whole and file not in due:
            done.unchanged += 1
        else:
            yield Found(file, whole)
    done.gone += sorted(stamps)


def _picture_stamp(office: Office, file: str, picture: str | None) -> str:
    if picture is None:
        return ""
    path = (office.labels / file).parent / picture
    return f"+{_stamp(path.stat())}" if path.is_file() else "+"


def _publish_batch(batch: list[Found], press: _Press, index: Index, due: set[str], done: Published) -> None:
    """Plan and remember the plan; write; remember that it is there. A number or a version is never given twice."""
    planned: dict[str, tuple[Row, Source]] = {}
    for found in batch:
        source = read_source(press.office.labels / found.file, press.office, press.packs, press.now)
        if isinstance(source, Faulty):
            done.problems += source.problems
            continue
        before = index.find(source.label_id)
        clash = _clash(found, source.label_id, before, planned, index, press)
        if clash is not None:
            done.problems.append(clash)
        elif before and before.digest == source.digest and found.file not in due:
            index.seen(source.label_id, found.file, _whole_stamp(press.office, found, source))
            done.unchanged += 1
        else:
            planned[source.label_id.lower()] = _row(found, source, before, press, index), source
    index.keep(replace(row, digest=None) for row, _ in planned.values())
    _publish_lists(press, index, done, every=False, only_new=True)
    written: list[Row] = []
    for row, source in planned.values():
        try:
            token = _token(row, source, press)
        except ContentError as fault:
            done.problems.append(Problem("not-signed", f"labels/{row.file}", facts={"fault": str(fault)}))
            continue
        if source.picture is not None:
            name = f"{sha256(source.picture.data).hexdigest()}.webp"
            files.put(press.office.served / "img" / name, source.picture.data, durable=False)
        files.put(press.office.served / "l" / f"{row.label_id}.jwt", token, durable=False)
        written.append(row)
    files.settle()
    index.keep(written)
    done.signed += [row.label_id for row in written]


def _clash(
    found: Found,
    label_id: str,
    before: Row | None,
    planned: Mapping[str, tuple[Row, Source]],
    index: Index,
    press: _Press,
) -> Problem | None:
    """Two sources for one number; or two numbers that are one file where a disk knows no capitals."""
    plan = planned.get(label_id.lower())
    twin = plan[0].label_id if plan else index.twin(label_id) if before is None else None
    if twin not in (None, label_id):
        return _same_but_for_case(found.file, label_id, str(twin))
    other = plan[0].file if plan else before.file if before else ""
    if other not in ("", found.file) and (press.office.labels / other).is_file():
        return _same_number(found.file, label_id, other)
    return None


def _row(found: Found, source: Source, before: Row | None, press: _Press, index: Index) -> Row:
    iat = max(int(press.now.timestamp()), before.iat if before else 0)
    number, place = (before.list, before.idx) if before else index.free_place()
    return Row(
        source.label_id,
        found.file,
        _whole_stamp(press.office, found, source),
        source.picture_file.name if source.picture_file else None,
        source.digest,
        before.ver + 1 if before else 1,
        iat,
        _end(source, iat, press.office),
        press.label[1],
        number,
        place,
        before.state if before else Status.VALID,
    )


def _whole_stamp(office: Office, found: Found, source: Source) -> str:
    """With the stamp of the picture that it has now."""
    picture = source.picture_file.name if source.picture_file else None
    return found.stamp.partition("+")[0] + _picture_stamp(office, found.file, picture)


def _end(source: Source, iat: int, office: Office) -> int:
    """As long as the office says, and never past the day until which the label may be used."""
    end = iat + office.registry.label_days * bounds.DAY
    until = source.members["grant"].get("valid_until")
    if until is None:
        return end
    last = datetime.combine(datetime.fromisoformat(until).date() + timedelta(days=1), time(), UTC)
    return max(iat, min(end, int(last.timestamp())))


def _token(row: Row, source: Source, press: _Press) -> bytes:
    document = complete(
        source.members, ver=row.ver, iat=row.iat, exp=row.exp, uri=press.office.status_uri(row.list), idx=row.idx
    )
    signer, kid = press.label
    return sign_label(document, signer, kid)


def _publish_lists(press: _Press, index: Index, done: Published, *, every: bool, only_new: bool = False) -> None:
    """A new list is served before the first label that names it."""
    now = int(press.now.timestamp())
    rows = index.lists()
    for row in rows:
        is_meant = row.iat == 0 if only_new else every or row.dirty or row.exp - now < STATUS_RENEWED_BEFORE
        if is_meant:
            _publish_list(row, press, index)
            done.lists.append(row.number)
    if rows and not only_new:
        listed = as_json({"status_lists": [press.office.status_uri(row.number) for row in rows]})
        files.put(press.office.served / "status" / "index.json", listed)


def _publish_list(row: ListRow, press: _Press, index: Index) -> None:
    uri = press.office.status_uri(row.number)
    issued = max(press.now, datetime.fromtimestamp(row.iat, UTC))
    signer, kid = press.status
    token = sign_status_list(uri, index.marked(row.number), signer, kid, issued=issued)
    try:
        made = open_status(StatusEvidence(uri, token, press.now), uri, press.office.record(press.now))
    except StatusError as refused:
        raise SigningError(refused.reason) from None
    files.put(press.office.served / "status" / f"{row.number}.jwt", token)
    index.list_published(row.number, made.issued, made.expires)


def _same_but_for_case(file: str, label_id: str, other: str) -> Problem:
    return Problem("number-case", f"labels/{file}", facts={"number": label_id, "name": other})


def _same_number(file: str, label_id: str, other: str) -> Problem:
    return Problem("same-number", f"labels/{file}", facts={"number": label_id, "name": other})
