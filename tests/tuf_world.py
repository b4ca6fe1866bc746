"""A lead administrator in memory: a real TUF repository, served by address, that can do everything wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from securesystemslib.signer._crypto_signer import CryptoSigner as Key
from tuf.api._payload import MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.metadata import Metadata
from tuf.api.serialization.json import JSONSerializer

from labelviewer.adapters.lead import Lead
from labelviewer.domain.errors import DamagedLabelError, LabelViewerError, NotListedError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched
from labelviewer.publish.sign import as_json

METADATA = "https://trust.lead.example/tuf/"
TARGETS = "https://trust.lead.example/targets/"
ROLES = ("root", "targets", "snapshot", "timestamp")
HOW_MANY = {"root": (5, 3), "targets": (4, 2), "snapshot": (1, 1), "timestamp": (1, 1)}


def new_key() -> Key:
    return Key.generate_ed25519()


def _signer(role: str) -> Key:
    online = role in ("snapshot", "timestamp")
    return Key.generate_ed25519() if online else Key.generate_ecdsa()


@dataclass
class LeadOffice:
    """`files` is what a web host has; `trouble` meets whoever asks."""

    keys: dict[str, list[Key]] = field(
        default_factory=lambda: {role: [_signer(role) for _ in range(HOW_MANY[role][0])] for role in ROLES}
    )
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: LabelViewerError | None = None
    asked: list[str] = field(default_factory=list)
    caps: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    root: Metadata[Root] = field(init=False)
    first_root: bytes = b""
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.root = Metadata(Root(version=1, expires=_later(365), consistent_snapshot=True))
        for role in ROLES:
            for signer in self.keys[role]:
                self.root.signed.add_key(signer.public_key, role)
            self.root.signed.roles[role].threshold = HOW_MANY[role][1]
        self._lay(f"{METADATA}1.root.json", self.root, self.keys["root"])
        self.first_root = self.files[f"{METADATA}1.root.json"]

    @property
    def lead(self) -> Lead:
        return Lead(METADATA, TARGETS, self.first_root)

    def rotate(self, *, days: float = 365, step: int = 1, signers: list[Key] | None = None, **replaced: Key) -> None:
        """A new root; `replaced` gives a role its only key. `step`: how much further its version says that it is."""
        before = list(self.keys["root"])
        number = self.root.signed.version + 1
        self.root.signed.expires = _later(days)
        for role, signer in replaced.items():
            for keyid in list(self.root.signed.roles[role].keyids):
                self.root.signed.revoke_key(keyid, role)
            self.root.signed.add_key(signer.public_key, role)
            self.root.signed.roles[role].threshold = 1
            self.keys[role] = [signer]
        self.root.signed.version += step
        self._lay(f"{METADATA}{number}.root.json", self.root, before if signers is None else signers)

    def publish(self, trust_list: dict[str, Any], **how: Any) -> None:
        self.publish_bytes(as_json(trust_list), **how)

    def publish_bytes(
        self,
        data: bytes,
        *,
        days: dict[str, float] | None = None,
        signers: dict[str, list[Key]] | None = None,
        versions: dict[str, int] | None = None,
        served: bytes | None = None,
    ) -> None:
        """`days` until a role expires, `signers` where the wrong ones sign, `served` where other bytes are laid."""
        keys = {**self.keys, **(signers or {})}
        expires = {"targets": 90, "snapshot": 14, "timestamp": 7, **(days or {})}
        for role in ROLES[1:]:
            self.versions[role] = (versions or {}).get(role, self.versions[role] + 1)
        target = TargetFile.from_data("trust-list.json", data, ["sha256"])
        targets = Metadata(Targets(self.versions["targets"], expires=_later(expires["targets"])))
        targets.signed.targets["trust-list.json"] = target
        targets.signed.targets |= {name: TargetFile.from_data(name, data) for name in self.others}
        self._lay(f"{METADATA}{self.versions['targets']}.targets.json", targets, keys["targets"])
        snapshot = Metadata(Snapshot(self.versions["snapshot"], expires=_later(expires["snapshot"])))
        snapshot.signed.meta["targets.json"] = MetaFile(self.versions["targets"])
        self._lay(f"{METADATA}{self.versions['snapshot']}.snapshot.json", snapshot, keys["snapshot"])
        timestamp = Metadata(Timestamp(self.versions["timestamp"], expires=_later(expires["timestamp"])))
        timestamp.signed.snapshot_meta = MetaFile(self.versions["snapshot"])
        self._lay(f"{METADATA}timestamp.json", timestamp, keys["timestamp"])
        self.files[f"{TARGETS}{sha256(data).hexdigest()}.trust-list.json"] = data if served is None else served

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        assert not is_known("elsewhere.example")
        self.asked.append(str(address))
        self.caps[str(address).rpartition("/")[2].split(".")[-2]] = max_bytes
        if self.trouble is not None:
            raise self.trouble
        body = self.files.get(str(address))
        if body is None:
            raise NotListedError(host=address.host)
        if len(body) > max_bytes:
            raise DamagedLabelError(host=address.host)
        self.sent += len(body)
        return Fetched(body, "application/json", address)

    def _lay(self, address: str, metadata: Metadata[Any], signers: list[Key]) -> None:
        metadata.signatures.clear()
        for signer in signers:
            metadata.sign(signer, append=True)
        self.files[address] = metadata.to_bytes(JSONSerializer(compact=True))


def _later(days: float) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)
