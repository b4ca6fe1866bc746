"""What a label office does with `labelviewer publish`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.publish_task import Deed, Task, algorithm, complain, millimetres, no_more, one, since
from labelviewer.publish import key_states, registry
from labelviewer.publish import office as offices
from labelviewer.publish.bundles import write_bundles
from labelviewer.publish.sheet import write_codes, write_sheet
from labelviewer.publish.status import Status

_STATES: Final = {Deed.WITHDRAW: Status.WITHDRAWN, Deed.SUSPEND: Status.SUSPENDED, Deed.RESTORE: Status.VALID}


def init(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    issuer, name = task.need("issuer"), task.need("name")
    schemes = task.given.scheme or []
    if not schemes or not set(schemes) <= set(task.packs.with_labels):
        raise UsageError("publish.which-scheme", known=", ".join(task.packs.with_labels))
    alg = algorithm(task)
    secret = task.new_secret()
    offices.found(task.folder, issuer, name, schemes)
    office = offices.open_office(task.folder)
    for use in ("label", "status"):
        office, _ = offices.new_key(office, use, alg, task.now, secret)
    offices.write_record(office, task.now)
    task.tell("publish.made", place=str(task.folder / offices.CONFIGURATION))
    task.tell("publish.keep-keys", place=str(task.folder / "keys"))
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    return Exit.CHECKED


def check(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    count, problems = registry.check(offices.open_office(task.folder), task.packs, task.now)
    if problems:
        return complain(task, problems)
    task.tell("publish.all-good", n=count)
    return Exit.CHECKED


def build(task: Task, deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    office = offices.open_office(task.folder)
    if task.given.key:
        office = offices.switch_key(office, task.given.key, task.now)
    done = registry.build(office, task.packs, task.now, task.secret, resign=deed is Deed.RESIGN)
    task.tell("publish.signed", n=len(done.signed))
    task.tell("publish.unchanged", n=done.unchanged)
    task.tell("publish.lists", n=len(done.lists))
    for file in done.gone:
        task.tell("publish.gone", name=file)
    return complain(task, done.problems) if done.problems else Exit.CHECKED


def state(task: Task, deed: Deed, rest: Sequence[str]) -> int:
    number = one(rest, "NUMBER")
    office = offices.open_office(task.folder)
    registry.set_state(office, task.packs, task.now, task.secret, number, _STATES[deed])
    task.tell(f"publish.done-{deed}", number=number)
    return Exit.CHECKED


def key(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    use: Any = one(rest, "label|status")
    if use not in ("label", "status"):
        raise UsageError("publish.needs", name="label|status")
    office = offices.open_office(task.folder)
    if task.given.uri:
        try:
            public = Path(task.need("public")).read_bytes()
        except OSError:
            raise UsageError("publish.no-file", name=task.given.public) from None
        office, key = offices.adopt_key(office, use, task.given.uri, public, task.now)
    else:
        office, key = offices.new_key(office, use, algorithm(task), task.now, task.new_secret())
    offices.write_record(office, task.now)
    task.tell("publish.new-key", name=key.kid)
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    task.tell("publish.then-resign", name=key.kid)
    return Exit.CHECKED


def retire(task: Task, deed: Deed, rest: Sequence[str]) -> int:
    kid = one(rest, "KEY")
    office = offices.open_office(task.folder)
    if deed is Deed.RETIRE:
        office = key_states.retire(office, kid, task.now)
    else:
        office = key_states.compromise(office, kid, since(task))
    offices.write_record(office, task.now)
    task.tell(f"publish.done-{deed}", name=kid)
    task.tell("publish.to-lead", place=str(task.folder / offices.RECORD))
    return Exit.CHECKED


def bundle(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    office = offices.open_office(task.folder)
    labels, _ = write_bundles(office)
    task.tell("publish.bundled", n=labels, place=str(office.served / "bundles"))
    return Exit.CHECKED


def sheet(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    office = offices.open_office(task.folder)
    if not task.given.to and not task.given.codes:
        raise UsageError("publish.needs", name="--to")
    if task.given.to:
        font = Path(task.given.font) if task.given.font else None
        count = write_sheet(office, rest, Path(task.given.to), side_mm=millimetres(task), font=font)
        task.tell("publish.sheet-made", n=count, place=task.given.to)
    if task.given.codes:
        count = write_codes(office, rest, Path(task.given.codes))
        task.tell("publish.codes-made", n=count, place=task.given.codes)
    return Exit.CHECKED
