"""The lead administrator's side: the trust list, and the TUF repository that carries it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from securesystemslib.exceptions import Error as LibraryError
from securesystemslib.signer import CryptoSigner, SSlibKey
from securesystemslib.signer import Signer as TufSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Key, Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from labelviewer.domain.errors import NewerLabelError
from labelviewer.publish import files
from labelviewer.publish.keys import KeyFileError, from_jwk, generate, is_locked, jwk, load, save
from labelviewer.publish.office import Secret, moment
from labelviewer.publish.problem import refuse
from labelviewer.verify.token import Algorithm
from labelviewer.verify.trust import FORMAT, TrustListError, load_trust_list

Role = Literal["root", "targets", "snapshot", "timestamp"]
Signed = TypeVar("Signed", Root, Targets, Snapshot, Timestamp)

LEAD: Final = "lead.json"
TRUST_LIST: Final = "trust-list.json"
SPEC: Final = "1.0.31"


@dataclass(frozen=True, slots=True)
class RoleRule:
    keys: int
    threshold: int
    alg: Algorithm
    days: int
    renewed_before: int  # days before the end


ROLES: Final[Mapping[Role, RoleRule]] = {
    "root": RoleRule(5, 3, "ES256", 365, 95),
    "targets": RoleRule(4, 2, "ES256", 90, 30),
    "snapshot": RoleRule(1, 1, "Ed25519", 14, 7),
    "timestamp": RoleRule(1, 1, "Ed25519", 7, 7),
}


@dataclass(frozen=True, slots=True)
class Lead:
    """A folder: `lead.json`, `administrators/*.json`, `keys/` with what secret keys are at hand, `public/tuf`."""

    folder: Path
    members: Mapping[str, Any]

    @property
    def served(self) -> Path:
        return self.folder / "public" / "tuf"


def found(folder: Path, name: str, homepage: str, now: datetime, password: bytes | None) -> Lead:
    """All keys, and the first root. Raises PublishError where there is a lead already."""
    if (folder / LEAD).exists():
        raise refuse("is-there", LEAD)
    for place in ("administrators", "public/tuf/targets"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / "keys").mkdir(mode=files.SECRET_FOLDER, exist_ok=True)
    roles: dict[str, dict[str, Any]] = {}
    for role, rule in ROLES.items():
        roles[role] = {}
        for number in range(1, rule.keys + 1):
            key = generate(rule.alg)
            files.put_secret(folder / "keys" / f"{role}-{number}.pem", save(key, password))
            roles[role][f"{role}-{number}"] = jwk(key)
    members = {"name": {"en": name}, "homepage": homepage, "min_app": "0.1", "known_sites": [], "roles": roles}
    files.put_new(folder / LEAD, pretty(members))
    lead = Lead(folder, members)
    _write_root(lead, 1, now, lambda _kid: password or b"", None)
    return lead


def open_lead(folder: Path) -> Lead:
    """Raises PublishError."""
    try:
        members = json.loads((folder / LEAD).read_bytes())
    except (OSError, ValueError):
        raise refuse("no-lead", LEAD, place=str(folder)) from None
    return Lead(folder, members)


def sign(lead: Lead, now: datetime, secret: Secret) -> int:
    """The trust list as the folder says, and all that stands above it; returns its serial. Raises PublishError."""
    old = _read(lead, "targets", Targets)
    serial = (old.signed.version if old else 0) + 1
    data = trust_list(lead, serial, now)
    target = TargetFile.from_data(TRUST_LIST, data, ["sha256"])
    files.put(lead.served / "targets" / f"{target.hashes['sha256']}.{TRUST_LIST}", data)
    targets = Metadata(Targets(serial, SPEC, _ends("targets", now), {TRUST_LIST: target}))
    made = _signed(lead, "targets", targets, secret)
    files.put(lead.served / f"{serial}.targets.json", made)
    _write_snapshot(lead, serial, made, now, secret)
    return serial


def daily(lead: Lead, now: datetime, secret: Secret) -> list[Role]:
    """A new timestamp, and a new snapshot where it ends soon. Returns the roles that people must renew themselves."""
    snapshot, targets = _read(lead, "snapshot", Snapshot), _read(lead, "targets", Targets)
    if snapshot is None or targets is None:
        raise refuse("nothing-signed", "public/tuf")
    if _is_due("snapshot", snapshot.signed.expires, now):
        made = (lead.served / f"{targets.signed.version}.targets.json").read_bytes()
        _write_snapshot(lead, targets.signed.version, made, now, secret)
    else:
        version = snapshot.signed.version
        _write_timestamp(lead, version, (lead.served / f"{version}.snapshot.json").read_bytes(), now, secret)
    root = _newest_root(lead)
    ends: list[tuple[Role, datetime]] = [("root", root.signed.expires), ("targets", targets.signed.expires)]
    return [role for role, end in ends if _is_due(role, end, now)]


def rotate(lead: Lead, now: datetime, secret: Secret) -> int:
    """The next root, signed by enough of the old keys and of the new; the keys are those that `lead.json` names."""
    old = _newest_root(lead)
    version = old.signed.version + 1
    _write_root(lead, version, now, secret, old.signed)
    return version


def trust_list(lead: Lead, serial: int, now: datetime) -> bytes:
    """Checked as every reader checks it. Raises PublishError."""
    administrators = []
    for path in sorted((lead.folder / "administrators").glob("*.json")):
        try:
            administrators.append(json.loads(path.read_bytes()))
        except ValueError:
            raise refuse("not-json-file", f"administrators/{path.name}") from None
    data = pretty(
        {
            "format": FORMAT,
            "serial": serial,
            "issued": moment(now),
            "next_update": moment(now + timedelta(days=ROLES["timestamp"].days)),
            "min_app": lead.members["min_app"],
            "lead": {"name": lead.members["name"], "homepage": lead.members["homepage"]},
            "administrators": administrators,
            "known_sites": lead.members["known_sites"],
            "dropped_hosts": lead.members.get("dropped_hosts", []),
        }
    )
    try:
        load_trust_list(data)
    except (TrustListError, NewerLabelError) as fault:
        raise refuse("trust-list", "administrators", fault=str(fault)) from None
    return data


def _write_root(lead: Lead, version: int, now: datetime, secret: Secret, old: Root | None) -> None:
    root = Root(version, SPEC, _ends("root", now), consistent_snapshot=True)
    for role, rule in ROLES.items():
        for key in _keys(lead.members["roles"][role]):
            root.add_key(key, role)
        root.roles[role].threshold = rule.threshold
    names = lead.members["roles"]["root"].keys() | lead.members.get("former_roots", {}).keys()
    metadata = Metadata(root)
    made = _signed_by(lead, metadata, sorted(names), secret, [root] + ([old] if old else []), "root")
    files.put(lead.served / f"{version}.root.json", made)


def _write_snapshot(lead: Lead, version: int, targets: bytes, now: datetime, secret: Secret) -> None:
    old = _read(lead, "snapshot", Snapshot)
    number = (old.signed.version if old else 0) + 1
    meta = MetaFile.from_data(version, targets, ["sha256"])
    snapshot = Metadata(Snapshot(number, SPEC, _ends("snapshot", now), {"targets.json": meta}))
    made = _signed(lead, "snapshot", snapshot, secret)
    files.put(lead.served / f"{number}.snapshot.json", made)
    _write_timestamp(lead, number, made, now, secret)


def _write_timestamp(lead: Lead, version: int, snapshot: bytes, now: datetime, secret: Secret) -> None:
    path = lead.served / "timestamp.json"
    number = Metadata[Timestamp].from_file(str(path)).signed.version + 1 if path.is_file() else 1
    meta = MetaFile.from_data(version, snapshot, ["sha256"])
    timestamp = Metadata(Timestamp(number, SPEC, _ends("timestamp", now), meta))
    files.put(path, _signed(lead, "timestamp", timestamp, secret))


def _signed(lead: Lead, role: Role, metadata: Metadata[Signed], secret: Secret) -> bytes:
    root = _newest_root(lead).signed
    return _signed_by(lead, metadata, sorted(lead.members["roles"][role]), secret, [root], role)


def _signed_by(
    lead: Lead, metadata: Metadata[Signed], names: Iterable[str], secret: Secret, judges: list[Root], role: Role
) -> bytes:
    """With every key at hand; refused unless each judge finds enough good signatures."""
    for name in names:
        signer = _signer(lead, name, secret)
        if signer is not None:
            metadata.sign(signer, append=True)
    try:
        for judge in judges:
            judge.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError:
        raise refuse("too-few-keys", "keys", name=role, n=len(metadata.signatures)) from None
    return metadata.to_bytes()


def _signer(lead: Lead, name: str, secret: Secret) -> TufSigner | None:
    """From a file, or from the address that stands under `uris`; None where the key is not at hand."""
    uri = lead.members.get("uris", {}).get(name)
    if uri is not None:
        roles = lead.members["roles"].values()
        public = next(key for keys in roles for known, key in keys.items() if known == name)
        try:
            return TufSigner.from_priv_key_uri(uri, _key(public), lambda _what: secret(name).decode())
        except (LibraryError, ValueError, OSError) as fault:
            raise refuse("key-not-opened", LEAD, fault=str(fault)) from None
    path = lead.folder / "keys" / f"{name}.pem"
    if not path.is_file():
        return None
    pem = path.read_bytes()
    try:
        return CryptoSigner(load(pem, secret(name) if is_locked(pem) else None))
    except KeyFileError:
        raise refuse("key-not-opened", f"keys/{name}.pem") from None


def _keys(held: Mapping[str, Mapping[str, str]]) -> list[Key]:
    return [_key(public) for public in held.values()]


def _key(public: Mapping[str, str]) -> SSlibKey:
    return SSlibKey.from_crypto(from_jwk(public))


def _newest_root(lead: Lead) -> Metadata[Root]:
    newest = _read(lead, "root", Root)
    if newest is None:
        raise refuse("nothing-signed", "public/tuf")
    return newest


def _read(lead: Lead, role: Role, kind: type[Signed]) -> Metadata[Signed] | None:
    """The newest version that is there."""
    versions = [int(path.name.partition(".")[0]) for path in lead.served.glob(f"[0-9]*.{role}.json")]
    if not versions:
        return None
    read: Metadata[Signed] = Metadata.from_file(str(lead.served / f"{max(versions)}.{role}.json"))
    assert isinstance(read.signed, kind)
    return read


def _ends(role: Role, now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(days=ROLES[role].days)


def _is_due(role: Role, end: datetime, now: datetime) -> bool:
    return end - now <= timedelta(days=ROLES[role].renewed_before)


def pretty(members: Mapping[str, Any]) -> bytes:
    return (json.dumps(members, indent=1, ensure_ascii=False) + "\n").encode()
