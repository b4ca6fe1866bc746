"""The folder of a label office: its configuration, its keys, and where everything in it lies."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from labelviewer.domain.document import MAX_LABEL_DAYS
from labelviewer.publish import files
from labelviewer.publish.hardware import open_signer
from labelviewer.publish.keys import KeyFileError, algorithm, generate, is_locked, jwk, load, load_public, save, signer
from labelviewer.publish.problem import refuse
from labelviewer.publish.sign import as_json
from labelviewer.publish.signer import Signer
from labelviewer.verify.token import Algorithm
from labelviewer.verify.trust import Administrator, Key, ResolveRule

CONFIGURATION: Final = "registry.toml"
FORMAT: Final = "labelviewer-registry/1"
KEYS: Final = "keys/keys.json"
RECORD: Final = "administrator.json"
SOURCE: Final = "label.json"
KEY_DAYS: Final = 1_095

Use = Literal["label", "status"]
Secret = Callable[[str], bytes]
"""Told for which key; gives its passphrase."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Registry(_Part):
    """`registry.toml`. `match` and `fetch` as a trust list has them; `status` is the address of the status lists."""

    format: Literal["labelviewer-registry/1"]
    issuer: Annotated[str, Field(min_length=3, max_length=253)]
    name: Annotated[dict[str, str], Field(min_length=1)]
    homepage: str
    hosts: Annotated[list[str], Field(min_length=1)]
    schemes: Annotated[list[str], Field(min_length=1)]
    match: str
    fetch: str
    status: str
    label_days: Annotated[int, Field(ge=30, le=MAX_LABEL_DAYS)] = 730
    renew_days: Annotated[int, Field(ge=1, le=365)] = 90


class HeldKey(Key):
    """A key of this office: the public record, whether it signs now, and where its secret half lies."""

    signs: bool = False
    file: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that is read once; `folder` is where `registry.toml` lies."""

    folder: Path
    registry: Registry
    keys: tuple[HeldKey, ...]

    @property
    def issuer(self) -> str:
        return self.registry.issuer

    @property
    def rule(self) -> ResolveRule:
        return ResolveRule(match=self.registry.match, fetch=self.registry.fetch)

    @property
    def labels(self) -> Path:
        return self.folder / "labels"

    @property
    def public(self) -> Path:
        """What a web server shows, and nothing else."""
        return self.folder / "public"

    @property
    def served(self) -> Path:
        return self.public / "v1"

    @property
    def index(self) -> Path:
        return self.folder / "index.sqlite"

    def status_uri(self, number: int) -> str:
        return f"{self.registry.status}{number}.jwt"

    def code(self, label_id: str) -> str:
        """What the code on the box says."""
        return self.registry.match.replace("{id}", label_id)

    def signing(self, use: Use) -> HeldKey:
        """Raises PublishError where no key of this use signs."""
        for key in self.keys:
            if key.use == use and key.signs:
                return key
        raise refuse("no-key", KEYS, use=use)

    def open(self, use: Use, secret: Secret) -> tuple[Signer, str]:
        """The signer and its `kid`. Raises PublishError, SigningError."""
        key = self.signing(use)
        public = key.jwk.model_dump(exclude_none=True)
        if key.uri is not None:
            return open_signer(key.uri, public, lambda _what: secret(key.kid).decode()), key.kid
        path = self.folder / "keys" / (key.file or "")
        try:
            pem = path.read_bytes()
            opened = signer(load(pem, secret(key.kid) if is_locked(pem) else None))
        except OSError:
            raise refuse("key-not-there", f"keys/{key.file}") from None
        except KeyFileError:
            raise refuse("key-not-opened", f"keys/{key.file}") from None
        if dict(opened.jwk) != public:
            raise refuse("other-key", f"keys/{key.file}", name=key.kid)
        return opened, key.kid

    def record(self, today: datetime) -> Administrator:
        """What the lead administrator puts on the trust list."""
        return Administrator.model_validate(self.record_members(today))

    def record_members(self, today: datetime) -> dict[str, Any]:
        registry = self.registry
        since = min((key.from_ for key in self.keys), default=today).date()
        return {
            "id": registry.issuer,
            "name": registry.name,
            "homepage": registry.homepage,
            "state": "recognised",
            "since": since.isoformat(),
            "until": None,
            "schemes": registry.schemes,
            "hosts": registry.hosts,
            "resolve": [{"match": registry.match, "fetch": registry.fetch}],
            "status_index": f"{registry.status}index.json",
            "keys": [_public(key) for key in self.keys],
        }


def found(folder: Path, issuer: str, name: str, schemes: list[str]) -> None:
    """A new office: configuration and folders. Raises PublishError where there is one already."""
    path = folder / CONFIGURATION
    if path.exists():
        raise refuse("is-there", CONFIGURATION)
    for place in (folder / "labels", folder / "public" / "v1"):
        place.mkdir(parents=True, exist_ok=True)
    (folder / "keys").mkdir(mode=files.SECRET_FOLDER, exist_ok=True)
    lines = {
        "format": FORMAT,
        "issuer": issuer,
        "homepage": f"https://{issuer}/",
        "hosts": [issuer],
        "schemes": schemes,
        "match": f"https://{issuer}/l/{{id}}",
        "fetch": f"https://{issuer}/v1/l/{{id}}.jwt",
        "status": f"https://{issuer}/v1/status/",
        "label_days": 730,
        "renew_days": 90,
    }
    text = "".join(f"{member} = {json.dumps(value, ensure_ascii=False)}\n" for member, value in lines.items())
    files.put_new(path, f"{text}\n[name]\nen = {json.dumps(name, ensure_ascii=False)}\n".encode())
    _write_keys(folder, ())


def open_office(folder: Path) -> Office:
    """Raises PublishError."""
    try:
        members = tomllib.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
    except OSError:
        raise refuse("no-registry", CONFIGURATION, place=str(folder)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise refuse("not-toml", CONFIGURATION, fault=str(fault)) from None
    try:
        registry = Registry.model_validate(members)
        held = json.loads((folder / KEYS).read_bytes())
        office = Office(folder, registry, tuple(HeldKey.model_validate(key) for key in held))
        office.record(datetime.now(UTC))  # the rules between the members are those of a trust list
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        raise refuse("configuration", CONFIGURATION, name=name or "match, fetch, hosts", fault=first["msg"]) from None
    except (OSError, ValueError):
        raise refuse("no-keys", KEYS) from None
    return office


def new_key(office: Office, use: Use, alg: Algorithm, now: datetime, password: bytes | None) -> tuple[Office, HeldKey]:
    """A key in a file of its own. The first of its use signs at once; a later one when `switch_key` says so."""
    key = generate(alg)
    kid = _free_kid(office, use, now)
    record = _record(kid, use, alg, jwk(key), now, file=f"{kid}.pem")
    files.put_secret(office.folder / "keys" / f"{kid}.pem", save(key, password))
    return _with_key(office, record)


def adopt_key(office: Office, use: Use, uri: str, public: bytes, now: datetime) -> tuple[Office, HeldKey]:
    """A key that lies on a token or at a key service, known by its public half as PEM. Raises PublishError."""
    try:
        key = load_public(public)
    except KeyFileError:
        raise refuse("not-public-key") from None
    return _with_key(office, _record(_free_kid(office, use, now), use, algorithm(key), jwk(key), now, uri=uri))


def switch_key(office: Office, kid: str, now: datetime) -> Office:
    """From now on this key signs; the one before it retires, so that what it signed stays good. Raises PublishError."""
    chosen = next((key for key in office.keys if key.kid == kid), None)
    if chosen is None or chosen.state != "active":
        raise refuse("no-such-key", KEYS, name=kid)

    def after(key: HeldKey) -> HeldKey:
        if key.kid == kid:
            return key.model_copy(update={"signs": True})
        if key.use == chosen.use and key.signs:
            return key.model_copy(update={"signs": False, "state": "retired", "until": now})
        return key

    return keep_keys(office, tuple(map(after, office.keys)))


def _record(kid: str, use: Use, alg: Algorithm, public: Mapping[str, str], now: datetime, **place: str) -> HeldKey:
    members: dict[str, Any] = {
        "kid": kid,
        "use": use,
        "alg": alg,
        "jwk": dict(public),
        "from": moment(now),
        "until": moment(now + timedelta(days=KEY_DAYS)),
        "state": "active",
        "compromised_since": None,
        **place,
    }
    return HeldKey.model_validate(members)


def _with_key(office: Office, record: HeldKey) -> tuple[Office, HeldKey]:
    first = not any(key.use == record.use and key.signs for key in office.keys)
    record = record.model_copy(update={"signs": first})
    return keep_keys(office, (*office.keys, record)), record


def keep_keys(office: Office, keys: tuple[HeldKey, ...]) -> Office:
    """The same office with other keys, here and on the disk."""
    _write_keys(office.folder, keys)
    return Office(office.folder, office.registry, keys)


def _write_keys(folder: Path, keys: tuple[HeldKey, ...]) -> None:
    held = [_public(key) | {"signs": key.signs, "file": key.file, "uri": key.uri} for key in keys]
    files.put(folder / KEYS, (json.dumps(held, indent=2) + "\n").encode())


def _public(key: HeldKey) -> dict[str, Any]:
    since = key.compromised_since
    return {
        "kid": key.kid,
        "use": key.use,
        "alg": key.alg,
        "jwk": key.jwk.model_dump(exclude_none=True),
        "from": moment(key.from_),
        "until": moment(key.until),
        "state": key.state,
        "compromised_since": moment(since) if since else None,
    }


def _free_kid(office: Office, use: Use, now: datetime) -> str:
    taken = {key.kid for key in office.keys}
    day = f"{use}-{now:%Y%m%d}"
    return next(kid for letter in "abcdefghijklmnopqrstuvwxyz" if (kid := f"{day}{letter}") not in taken)


def moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_record(office: Office, now: datetime) -> None:
    """`administrator.json` for the lead administrator, and the public keys where anybody can see them."""
    members = office.record_members(now)
    files.put(office.folder / RECORD, (json.dumps(members, indent=2, ensure_ascii=False) + "\n").encode())
    well_known = office.public / ".well-known"
    well_known.mkdir(parents=True, exist_ok=True)
    public = {"iss": office.issuer, "name": members["name"], "keys": members["keys"]}
    files.put(well_known / "label-issuer.json", as_json(public))
