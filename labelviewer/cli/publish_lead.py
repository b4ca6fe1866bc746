"""What the lead administrator does with `labelviewer publish lead`."""

from collections.abc import Sequence

from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.publish_task import Deed, Task, no_more, one, since
from labelviewer.publish import key_states
from labelviewer.publish import lead as leads


def init(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    leads.found(task.folder, task.need("name"), task.need("homepage"), task.now, task.new_secret())
    task.tell("publish.lead-made", place=str(task.folder / "administrators"))
    task.tell("publish.lead-keys", place=str(task.folder / "keys"))
    return Exit.CHECKED


def sign(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    serial = leads.sign(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-signed", number=str(serial))
    return Exit.CHECKED


def daily(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    due = leads.daily(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-renewed")
    for role in due:
        task.tell(f"publish.lead-due-{role}")
    return Exit.CHECKED


def root(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    no_more(rest)
    version = leads.rotate(leads.open_lead(task.folder), task.now, task.secret)
    task.tell("publish.lead-rotated", number=str(version))
    return Exit.CHECKED


def key(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    name = one(rest, "KEY")
    lead = leads.open_lead(task.folder)
    fresh, version = key_states.replace_lead_key(lead, name, task.now, task.secret, task.new_secret())
    task.tell("publish.lead-replaced", name=name, other=fresh)
    task.tell("publish.lead-rotated", number=str(version))
    return Exit.CHECKED


def compromise(task: Task, _deed: Deed, rest: Sequence[str]) -> int:
    if len(rest) != 2:
        raise UsageError("publish.needs", name="HOST KEY")
    issuer, kid = rest
    key_states.compromise_listed(leads.open_lead(task.folder), issuer, kid, since(task))
    task.tell("publish.done-lead-compromise", name=kid)
    return Exit.CHECKED
