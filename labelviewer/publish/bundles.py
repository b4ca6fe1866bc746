"""All published labels in a few files, for readers without a network: `public/v1/bundles`."""

import gzip
import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from labelviewer.publish import files
from labelviewer.publish.index import Index
from labelviewer.publish.office import Office
from labelviewer.publish.sign import as_json

FIRST_LINE: Final = b"lvbundle 1\n"
LABELS: Final = 100_000  # of one file; a reader takes ten times as many
BYTES: Final = 512 * 1024 * 1024  # unpacked; a reader takes twice as much
INDEX: Final = "index.json"


def write_bundles(office: Office) -> tuple[int, int]:
    """How many labels are in how many files. What was there before stays valid until the new index stands."""
    folder = office.served / "bundles"
    folder.mkdir(parents=True, exist_ok=True)
    with Index(office.index) as index:
        ids = index.ids()
        statuses = [(office.served / "status" / f"{row.number}.jwt").read_bytes() for row in index.lists() if row.iat]
    head = FIRST_LINE + b"".join(b"status " + token + b"\n" for token in statuses)
    told = []
    for number, part in enumerate(_parts(office, ids, len(head)), start=1):
        name = _write(folder, head, part)
        told.append({"file": name, "labels": len(part), "bytes": (folder / name).stat().st_size, "part": number})
    files.put(folder / INDEX, as_json({"format": "lvbundle/1", "bundles": told}))
    kept = {INDEX, *(str(each["file"]) for each in told)}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
    return len(ids), len(told)


def bundles(office: Office) -> list[Path]:
    """The files that the index names."""
    folder = office.served / "bundles"
    members = json.loads((folder / INDEX).read_bytes())
    return [folder / each["file"] for each in members["bundles"]]


def _parts(office: Office, ids: list[str], used: int) -> Iterator[list[Path]]:
    part: list[Path] = []
    size = used
    for label_id in ids:
        path = office.served / "l" / f"{label_id}.jwt"
        if not path.is_file():
            continue  # planned, and stopped before it was there
        more = path.stat().st_size + len(b"label \n")
        if part and (len(part) >= LABELS or size + more > BYTES):
            yield part
            part, size = [], used
        part.append(path)
        size += more
    if part:
        yield part


def _write(folder: Path, head: bytes, part: list[Path]) -> str:
    """Named by what is in it, so that it never changes under its name."""
    beside = folder / ".bundle.new~"
    with beside.open("wb") as file:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
            packed.write(head)
            for path in part:
                packed.write(b"label " + path.read_bytes() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    with beside.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    name = f"{digest.hexdigest()[:32]}.lvbundle"
    beside.replace(folder / name)
    files.settle_folder(folder)
    return name
