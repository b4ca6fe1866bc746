"""An issuer in memory and the lead who lists it: signs for real, and does everything wrong when asked to."""

import base64
import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.publish.keys import SigningKey, algorithm, jwk
from labelviewer.publish.sign import as_json, sign_label, sign_token
from labelviewer.publish.status import Status, sign_status_list
from labelviewer.verify.token import LABEL_TYPE
from labelviewer.verify.trust import Trust, TrustList, load_trust_list, unite

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NUMBER = "2026-000123"
INDEX = 4_123
GTIN = "04012345678901"
ENTRIES = 2**13


def ed25519_key(name: str) -> SigningKey:
    """The same key for the same name, on every run."""
    return ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def p256_key(name: str) -> SigningKey:
    secret = int.from_bytes(hashlib.sha256(name.encode()).digest()[:31], "big")
    return ec.derive_private_key(secret, ec.SECP256R1())


@dataclass(frozen=True)
class Authority:
    """An administrator. Every method that changes something returns a new one.

    `now` is when its newest papers are dated; `labels` maps the address of a token to its bytes.
    """

    id: str = "a.example"
    name: str = "Administrator A"
    schemes: tuple[str, ...] = ("us-ctm",)
    now: datetime = NOW
    state: str = "recognised"
    until: date | None = None
    key_state: str = "active"
    key_until: datetime = datetime(2027, 6, 30, tzinfo=UTC)
    compromised_since: datetime | None = None
    dropped_hosts: tuple[str, ...] = ()
    statuses: Mapping[int, Status] = field(default_factory=dict)
    labels: Mapping[str, bytes] = field(default_factory=dict)
    es256: bool = False

    # names and addresses

    @property
    def label_host(self) -> str:
        return f"labels.{self.id}"

    @property
    def label_kid(self) -> str:
        return f"{self.id}-2026"

    @property
    def status_kid(self) -> str:
        return f"{self.id}-status-2026"

    @property
    def label_key(self) -> SigningKey:
        return (p256_key if self.es256 else ed25519_key)(self.label_kid)

    @property
    def status_key(self) -> SigningKey:
        return p256_key(self.status_kid)

    @property
    def status_uri(self) -> str:
        return f"https://{self.label_host}/v1/status/7"

    def code(self, number: str = NUMBER) -> str:
        """What is printed on the box."""
        return f"https://{self.id}/l/{number}"

    def address(self, number: str = NUMBER) -> str:
        """Where the token lies."""
        return f"https://{self.label_host}/v1/l/{number}.jwt"

    # labels

    def document(self, number: str = NUMBER, **changes: Any) -> dict[str, Any]:
        """A full label; `changes` replace whole members, or members of `product` and `grant` where they are objects."""
        issued = int((self.now - 90 * DAY).timestamp())
        document: dict[str, Any] = {
            "iss": self.id,
            "sub": f"urn:label:{self.id}:{number}",
            "ver": 3,
            "iat": issued,
            "exp": issued + 800 * 86_400,
            "status": {"status_list": {"uri": self.status_uri, "idx": INDEX}},
            "carriers": [self.code(number)],
            "scheme": {"id": self.schemes[0], "version": "2024"},
            "product": {
                "kind": "iot",
                "name": "Hearth Camera 2",
                "maker": "Acme Home Ltd",
                "model": "HC-2",
                "category": "camera",
                "gtin": [GTIN],
            },
            "grant": {
                "number": number,
                "granted": "2026-03-01",
                "valid_until": None,
                "basis": "tested",
                "lab": {"name": "Lab X"},
                "administrator": {"name": self.name, "contact": f"mailto:labels@{self.id}"},
            },
            "claims": [
                {"criterion": "support-until", "value": "2031-12-31", "as_of": "2026-03-01"},
                {"criterion": "updates-automatic", "value": True},
                {"criterion": "data-collected", "value": ["video", "audio"]},
            ],
            "links": [{"rel": "support", "href": "https://acme.example/hc2"}],
        }
        for name, value in changes.items():
            inner = document.get(name)
            document[name] = {**inner, **value} if isinstance(inner, dict) and isinstance(value, dict) else value
        return document

    def label(self, document: Mapping[str, Any] | None = None, **changes: Any) -> bytes:
        wanted = self.document(**changes) if document is None else document
        return sign_label(wanted, self.label_key, self.label_kid)

    def sign_anything(self, members: object, *, key: SigningKey | None = None, kid: str | None = None) -> bytes:
        """A well-signed token around a payload that `sign_label` would refuse."""
        payload = members if isinstance(members, bytes) else json.dumps(members).encode()
        return sign_token(LABEL_TYPE, payload, key or self.label_key, kid or self.label_kid)

    def publish(self, number: str = NUMBER, token: bytes | None = None, **changes: Any) -> Self:
        """Lay a token at its address; by default a good one."""
        laid = self.label(self.document(number, **changes)) if token is None else token
        return replace(self, labels={**self.labels, self.address(number): laid})

    def serve(self, address: str) -> bytes | None:
        """The file at an address, as a web host has it; None is a 404."""
        if address == self.status_uri:
            return self.status_list()
        return self.labels.get(address)

    # status

    def withdraw(self, index: int = INDEX) -> Self:
        return replace(self, statuses={**self.statuses, index: Status.WITHDRAWN})

    def put_on_hold(self, index: int = INDEX) -> Self:
        return replace(self, statuses={**self.statuses, index: Status.SUSPENDED})

    def status_list(self, **options: Any) -> bytes:
        """Options as for `sign_status_list`; issued an hour before now."""
        wanted: dict[str, Any] = {"issued": self.now - timedelta(hours=1), "entries": ENTRIES, **options}
        uri = wanted.pop("uri", self.status_uri)
        key, kid = wanted.pop("key", self.status_key), wanted.pop("kid", self.status_kid)
        return sign_status_list(uri, self.statuses, key, kid, **wanted)

    def status_evidence(self, token: bytes | None = None, *, uri: str | None = None) -> StatusEvidence:
        return StatusEvidence(uri or self.status_uri, self.status_list() if token is None else token, self.now)

    # what the lead administrator says

    def remove(self, until: date | None = None) -> Self:
        return replace(self, state="removed", until=until)

    def suspend(self) -> Self:
        return replace(self, state="suspended")

    def compromise(self, since: datetime | None = None) -> Self:
        return replace(self, key_state="compromised", compromised_since=since)

    def retire(self, until: datetime) -> Self:
        return replace(self, key_state="retired", key_until=until)

    def drop_host(self, host: str) -> Self:
        return replace(self, dropped_hosts=(*self.dropped_hosts, host))

    def entry(self) -> dict[str, Any]:
        """This administrator as it stands in a trust list."""
        start = "2025-01-01T00:00:00Z"
        label_key = {
            "kid": self.label_kid,
            "use": "label",
            "alg": algorithm(self.label_key),
            "jwk": jwk(self.label_key),
            "from": start,
            "until": _moment(self.key_until),
            "state": self.key_state,
            "compromised_since": _moment(self.compromised_since) if self.compromised_since else None,
        }
        status_key = {
            "kid": self.status_kid,
            "use": "status",
            "alg": algorithm(self.status_key),
            "jwk": jwk(self.status_key),
            "from": start,
            "until": "2036-01-01T00:00:00Z",
            "state": "active",
        }
        return {
            "id": self.id,
            "name": {"en": self.name},
            "homepage": f"https://{self.id}/",
            "state": self.state,
            "since": "2025-01-01",
            "until": self.until.isoformat() if self.until else None,
            "schemes": list(self.schemes),
            "hosts": [self.id, self.label_host],
            "resolve": [
                {"match": self.code("{id}"), "fetch": self.address("{id}")},
                {
                    "match": f"https://{self.id}/01/{{gtin14}}",
                    "fetch": f"https://{self.label_host}/v1/g/{{gtin14}}.jwt",
                },
            ],
            "status_index": f"https://{self.label_host}/v1/status/index.json",
            "keys": [label_key, status_key],
        }

    def trust_list(self, **changes: Any) -> dict[str, Any]:
        return {**list_of(self, now=self.now), "dropped_hosts": list(self.dropped_hosts), **changes}

    def trust(self, **changes: Any) -> Trust:
        """This administrator on the published list, or as a sample issuer if that is where it lives."""
        own = parsed(self.trust_list(**changes))
        return unite(parsed(list_of(now=self.now)), own) if self.is_demo else unite(own)

    @property
    def is_demo(self) -> bool:
        return self.id.endswith(".labelviewer.example")

    # evidence

    def evidence(
        self,
        token: bytes | None = None,
        *,
        code: str | None = "",
        gtin: str | None = None,
        fetched_at: datetime | None = None,
    ) -> Evidence:
        """As if the label's own code had been scanned; `code=None` is a label opened from the library."""
        box = Box(self.code() if code == "" else code, gtin)
        return Evidence(self.label() if token is None else token, self.address(), fetched_at or self.now, box)


def demo_authority(**changes: Any) -> Authority:
    return replace(Authority(id="samples.labelviewer.example", name="Sample Administrator"), **changes)


def list_of(*authorities: Authority, now: datetime = NOW) -> dict[str, Any]:
    """A trust list issued yesterday."""
    return {
        "format": "labelviewer-trust-list/1",
        "serial": 42,
        "issued": _moment(now - DAY),
        "next_update": _moment(now + 6 * DAY),
        "min_app": "0.1",
        "lead": {"name": {"en": "Lead Administrator"}, "homepage": "https://lead.example/"},
        "administrators": [authority.entry() for authority in authorities],
        "known_sites": [],
        "dropped_hosts": [],
    }


def parsed(members: Mapping[str, Any]) -> TrustList:
    return load_trust_list(as_json(members))


def tamper(token: bytes, **changes: Any) -> bytes:
    """The same signature over a changed document, well-formed."""
    header, payload, signature = token.split(b".")
    members = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
    changed = copy.deepcopy(members)
    changed["product"]["name"] = "Better Camera 9"
    changed.update(changes)
    return b".".join((header, base64.urlsafe_b64encode(as_json(changed)).rstrip(b"="), signature))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
