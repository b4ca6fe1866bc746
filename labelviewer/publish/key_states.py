"""What becomes of a key: it retires, it was stolen, or another takes its place."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from labelviewer.publish import files, lead
from labelviewer.publish.keys import generate, jwk, save
from labelviewer.publish.lead import LEAD, ROLES, Lead, Role
from labelviewer.publish.office import KEYS, HeldKey, Office, Secret, keep_keys, moment
from labelviewer.publish.problem import refuse

_STOLEN: Final = "compromised"


def retire(office: Office, kid: str, now: datetime) -> Office:
    """It signs no more, and what it signed stays good. Raises PublishError."""
    return _changed(office, kid, "active", {"state": "retired", "until": now})


def compromise(office: Office, kid: str, since: datetime) -> Office:
    """It signs no more, and what it signed counts only where a reader had it before `since`. Raises PublishError."""
    return _changed(office, kid, "", {"state": _STOLEN, "compromised_since": since})


def _changed(office: Office, kid: str, state: str, changes: Mapping[str, Any]) -> Office:
    chosen = next((key for key in office.keys if key.kid == kid), None)
    if chosen is None or (state and chosen.state != state):
        raise refuse("no-such-key", KEYS, name=kid)

    def after(key: HeldKey) -> HeldKey:
        return key.model_copy(update={**changes, "signs": False}) if key.kid == kid else key

    return keep_keys(office, tuple(map(after, office.keys)))


def compromise_listed(one: Lead, issuer: str, kid: str, since: datetime) -> None:
    """On the trust list, whether the office has said so or not; in force once it is signed. Raises PublishError."""
    path = one.folder / "administrators" / f"{issuer}.json"
    known = {each.name: each for each in path.parent.glob("*.json")}
    try:
        members = json.loads(known[path.name].read_bytes())
        key = next(each for each in members["keys"] if each["kid"] == kid)
    except (KeyError, OSError, StopIteration, TypeError, ValueError):
        raise refuse("no-such-key", f"administrators/{issuer}.json", name=kid) from None
    key |= {"state": _STOLEN, "compromised_since": moment(since)}
    files.put(path, lead.pretty(members))


def replace_lead_key(one: Lead, name: str, now: datetime, secret: Secret, password: bytes | None) -> tuple[str, int]:
    """A new key for one of the lead's, and the next root that says so; the new name, and the root's version.

    Whatever the old key signed for its role is signed anew. Raises PublishError, and then nothing was changed.
    """
    role = name.rpartition("-")[0]
    held: Mapping[str, Mapping[str, Any]] = one.members["roles"]
    if role not in ROLES or name not in held[role]:
        raise refuse("no-such-key", LEAD, name=name)
    known: Role = cast(Role, role)
    taken = {*held[role], *one.members.get("former_roots", {}), *(p.stem for p in (one.folder / "keys").glob("*.pem"))}
    numbers = (each.rpartition("-")[2] for each in taken if each.startswith(f"{role}-"))
    fresh = f"{role}-{max(int(number) for number in numbers if number.isdecimal()) + 1}"
    key = generate(ROLES[known].alg)
    keys = {other: public for other, public in held[role].items() if other != name} | {fresh: jwk(key)}
    former = {name: held[role][name]} if known == "root" else {}
    members = {**one.members, "roles": {**held, role: keys}, "former_roots": former}
    path = one.folder / "keys" / f"{fresh}.pem"
    files.put_secret(path, save(key, password))

    def opened(kid: str) -> bytes:
        return (password or b"") if kid == fresh else secret(kid)

    after = replace(one, members=members)
    rotated = False
    try:
        version = lead.rotate(after, now, opened)
        rotated = True
    finally:
        if not rotated:
            path.unlink()
    files.put(one.folder / LEAD, lead.pretty({**members, "former_roots": {}}))
    if known != "root" and any(one.served.glob("[0-9]*.targets.json")):
        lead.sign(after, now, opened)
    return fresh, version
