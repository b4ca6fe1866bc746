"""Bundles: many labels in one file, for places without a network. A bundle has no authority of its own.

One record a line, `<kind> <value>`; the first line is `lvbundle 1`. Every label and every status list is verified by
the trust that is in force; what the file says about trust is handed to whoever can prove it.
"""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import SEEK_END
from typing import BinaryIO, Final, cast

from labelviewer.domain import strict_json
from labelviewer.domain.document import AnyLabel
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.imported import Imported
from labelviewer.domain.report import Standing
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.limits import BUNDLE, BUNDLE_LABELS, BUNDLE_LINE
from labelviewer.pipeline.ports import TRUST_KINDS, Bundled, BundleMark, Shelf, TrustPart
from labelviewer.verify import bounds
from labelviewer.verify.case import open_case
from labelviewer.verify.status import StatusError, StatusList, open_status
from labelviewer.verify.steps import key_dates
from labelviewer.verify.token import STATUS_TYPE, TokenError, decode, encode, read_header, split
from labelviewer.verify.trust import Trust

MAGIC: Final = b"lvbundle"
FIRST_LINE: Final = MAGIC + b" 1"
BATCH: Final = 1_000
_NAME_BYTES: Final = 64 * 1024
_CHUNK: Final = 1024 * 1024
_LITTLE: Final = 1024
_GZIP: Final = b"\x1f\x8b"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class BundleError(ValueError):
    """`reason`: not-a-bundle, newer, too-big, line-too-long, too-many, cut-off. What came before is kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


TakeTrust = Callable[[Sequence[TrustPart]], bool]
"""Proves the parts and, where they are newer, puts them in force; says whether it believed them."""

OnProgress = Callable[[int, int], None]
"""Bytes of the file that are done, and all of them."""


def import_bundle(
    file: BinaryIO,
    shelf: Shelf,
    trust: Callable[[], Trust],
    now: datetime,
    *,
    take_trust: TakeTrust | None = None,
    on_progress: OnProgress = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Imported:
    """Some labels at a time; stopped at any moment, the next import of the same file goes on there.

    Raises BundleError and KeepError.
    """
    return _Import(file, shelf, trust, now, take_trust, on_progress, should_stop).run()


def export_bundle(
    file: BinaryIO,
    shelf: Shelf,
    trust: Trust,
    now: datetime,
    *,
    parts: Sequence[TrustPart] = (),
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[int, int]:
    """Every kept label and status list that would be taken back: how many of each. Raises KeepError.

    Stopped, it is a whole bundle with fewer labels.
    """
    labels = statuses = 0
    file.write(FIRST_LINE + b"\n")
    file.writelines(part.kind.encode() + b" " + encode(part.data) + b"\n" for part in parts)
    for evidence in shelf.statuses():
        if verified_status(evidence.token, trust) is not None:
            file.write(b"status " + evidence.token + b"\n")
            statuses += 1
    for token in shelf.tokens():
        if should_stop():
            break
        if verified_label(token, trust, now) is not None:
            file.write(b"label " + token + b"\n")
            labels += 1
    return labels, statuses


def is_bundle(beginning: bytes) -> bool:
    """By the first bytes of a file, packed or not."""
    if beginning.startswith(_GZIP):
        with suppress(zlib.error):
            beginning = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(beginning, _LITTLE)
    return beginning.startswith(MAGIC + b" ")


def verified_label(token: bytes, trust: Trust, now: datetime) -> Bundled | None:
    """None unless a listed key signed it while it was good for that; samples are never kept."""
    case = open_case(Evidence(token, "", now), trust, None, now, seen_version=0, offline=True)
    document, signer = case.proven, case.opened.signer
    if document is None or signer is None or signer.sample or key_dates(case).standing is not Standing.HELD:
        return None
    carriers = tuple(_carriers(document, trust))
    return Bundled(case.evidence, document.iss, document.sub, document.ver, carriers)


def verified_status(token: bytes, trust: Trust) -> StatusList | None:
    """None unless it is from a site of the administrator whose status key signed it."""
    try:
        parts = split(token)
        kid = read_header(parts.header, STATUS_TYPE).kid
        members = strict_json.load(parts.payload, max_bytes=bounds.STATUS_TOKEN, max_string=bounds.STATUS_TOKEN)
        uri = members.get("sub") if isinstance(members, dict) else None
        host = parse_web_address(uri).host if isinstance(uri, str) else None
    except (TokenError, strict_json.StrictJsonError, RefusedError):
        return None
    for administrator in trust.published.administrators:
        if isinstance(uri, str) and host in administrator.hosts and administrator.key(kid) is not None:
            with suppress(StatusError):
                return open_status(StatusEvidence(uri, token, _EPOCH), uri, administrator)
    return None


def _carriers(document: AnyLabel, trust: Trust) -> Iterator[str]:
    """Those addresses that the signer's own rules cover: nobody fills the codes of another office."""
    for text in document.carriers:
        try:
            address = parse_web_address(text)
        except RefusedError:
            continue
        route = trust.route(address)
        if route is not None and not route.sample and route.administrator.id == document.iss:
            yield str(address)


@dataclass(slots=True)
class _Import:
    file: BinaryIO
    shelf: Shelf
    trust_now: Callable[[], Trust]
    now: datetime
    take_trust: TakeTrust | None
    on_progress: OnProgress
    should_stop: Callable[[], bool]
    state: Imported = field(default_factory=Imported)
    parts: list[TrustPart] = field(default_factory=list)
    batch: list[Bundled] = field(default_factory=list)
    trust: Trust | None = None

    def run(self) -> Imported:
        total = self.file.seek(0, SEEK_END)
        bundle = sha256(self._beginning()).digest()
        lines = self._begin(bundle)
        try:
            for number, line in enumerate(lines, start=1):
                self._take(line)
                if number % BATCH == 0:
                    self._save(lines.mark(bundle, self.state))
                    self.on_progress(min(self.file.tell(), total), total)
                if self.should_stop():
                    self._save(lines.mark(bundle, self.state))
                    return self.state
        except BundleError:
            self._save(lines.mark(bundle, self.state))
            raise
        self._hand_over()
        self._save(lines.mark(bundle, self.state))
        self.shelf.drop_mark(bundle)
        self.on_progress(total, total)
        return replace(self.state, done=True)

    def _beginning(self) -> bytes:
        """What tells this bundle from others; of one that is cut off early, what there is."""
        stream, data = _unpacked(self.file), b""
        with suppress(OSError, EOFError, zlib.error):
            while len(data) < _NAME_BYTES and (part := stream.read(min(_LITTLE, _NAME_BYTES - len(data)))):
                data += part
        return data

    def _begin(self, bundle: bytes) -> "_Lines":
        """Where an earlier import of these very bytes stopped, or at the beginning."""
        mark = self.shelf.mark(bundle)
        lines = _Lines(_unpacked(self.file))
        if mark is not None and lines.skip(mark):
            self.state = Imported(kept=mark.kept, refused=mark.refused, resumed_at=mark.read)
            return lines
        lines = _Lines(_unpacked(self.file))
        lines.read_first_line()
        return lines

    def _take(self, line: bytes) -> None:
        kind, _, value = line.partition(b" ")
        match kind.decode("ascii", "replace"):
            case "label":
                self._take_label(value)
            case "status":
                self._take_status(value)
            case name if name in TRUST_KINDS and self.trust is None:
                self._gather(name, value)
            case _:
                self.state = replace(self.state, ignored=self.state.ignored + 1)

    def _gather(self, name: str, value: bytes) -> None:
        try:
            self.parts.append(TrustPart(name, decode(value)))
        except TokenError:
            self.state = replace(self.state, refused=self.state.refused + 1)

    def _take_label(self, token: bytes) -> None:
        if self.state.kept + self.state.refused >= BUNDLE_LABELS:
            raise BundleError("too-many")
        label = verified_label(token, self._hand_over(), self.now)
        if label is None:
            self.state = replace(self.state, refused=self.state.refused + 1)
            return
        self.batch.append(label)
        self.state = replace(self.state, kept=self.state.kept + 1)

    def _take_status(self, token: bytes) -> None:
        found = verified_status(token, self._hand_over())
        if found is None:
            self.state = replace(self.state, refused=self.state.refused + 1)
            return
        issued = datetime.fromtimestamp(found.issued, UTC)  # as old as it is: a newer one is asked for in time
        self.shelf.keep_status(StatusEvidence(found.uri, token, issued), issued=found.issued)
        self.state = replace(self.state, statuses=self.state.statuses + 1)

    def _hand_over(self) -> Trust:
        """Once, before the first record that trust decides on: the parts of trust stand in front."""
        if self.trust is None:
            if self.parts:
                taken = self.take_trust is not None and self.take_trust(self.parts)
                self.state = replace(self.state, trust_taken=taken)
            self.trust = self.trust_now()
        return self.trust

    def _save(self, mark: BundleMark) -> None:
        """Nothing before the parts of trust were handed over: the next import must not skip them."""
        if self.trust is None:
            return
        self.shelf.keep_bundled(self.batch, mark)
        self.batch = []


@dataclass(slots=True)
class _Lines:
    """Whole lines, within bounds, and the digest of all that was read. Raises BundleError."""

    stream: BinaryIO
    read: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __iter__(self) -> Iterator[bytes]:
        while line := self._next():
            yield line.removesuffix(b"\n")

    def _next(self) -> bytes:
        try:
            line = self.stream.readline(BUNDLE_LINE + 1)
        except (OSError, EOFError, zlib.error) as cause:
            raise BundleError("cut-off") from cause
        if len(line) > BUNDLE_LINE:
            raise BundleError("line-too-long")
        if line and not line.endswith(b"\n"):
            raise BundleError("cut-off")
        self.read += len(line)
        if self.read > BUNDLE:
            raise BundleError("too-big")
        self.digest.update(line)
        return line

    def read_first_line(self) -> None:
        try:
            line = self._next()
        except BundleError as cause:
            raise BundleError("not-a-bundle") from cause
        if line != FIRST_LINE + b"\n":
            raise BundleError("newer" if line.startswith(MAGIC + b" ") else "not-a-bundle")

    def skip(self, mark: BundleMark) -> bool:
        """False where what was read then is not what stands there now."""
        while self.read < mark.read:
            try:
                part = self.stream.read(min(_CHUNK, mark.read - self.read))
            except (OSError, EOFError, zlib.error):
                return False
            if not part:
                return False
            self.read += len(part)
            self.digest.update(part)
        return self.digest.digest() == mark.digest

    def mark(self, bundle: bytes, state: Imported) -> BundleMark:
        return BundleMark(bundle, self.read, self.digest.digest(), state.kept, state.refused)


def _unpacked(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    packed = file.read(2) == _GZIP
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
