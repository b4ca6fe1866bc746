"""Rebuilds the bundled samples from their sources: `python -m label_samples.build`. Signs with the demo keys alone."""

import copy
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from label_samples.box_art import box_front
from label_samples.boxes import ED25519, ES256, SAMPLES, STATUS, Sample
from label_samples.photograph import photograph
from labelviewer.adapters.qr_writer import png_bytes
from labelviewer.publish.keys import SigningKey, algorithm, jwk, load
from labelviewer.publish.sign import as_json, sign_label
from labelviewer.publish.status import Status, sign_status_list
from labelviewer.resources import SAMPLES as FOLDER
from labelviewer.resources import TRUST
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.token import encode, split
from labelviewer.verify.trust import FORMAT, Jwk

HOST = "samples.labelviewer.example"
STATUS_URI = f"https://{HOST}/v1/status/1"
STATUS_ENTRIES = 1_024
ISSUED = datetime(2026, 11, 2, 9, tzinfo=UTC)
LASTS = timedelta(days=3_653)  # the lists are bundled, and nobody is there to renew them
KEYS_FROM = datetime(2023, 1, 1, tzinfo=UTC)
DRAWING = ("brush.py", "products.py", "box_art.py", "photograph.py", "boxes.py")


def key(kid: str) -> SigningKey:
    return load((FOLDER / "keys" / f"{kid}.pem").read_bytes())


def document(sample: Sample) -> dict[str, Any]:
    """The label as it was signed."""
    members: dict[str, Any] = json.loads((FOLDER / sample.path / "label.json").read_text(encoding="utf-8"))
    return members


def code(sample: Sample) -> str:
    """What the code on the box says."""
    address: str = document(sample)["carriers"][0]
    return address


def label_token(sample: Sample) -> bytes:
    signed = document(sample)
    token = sign_label(signed, key(sample.kid), sample.kid)
    if not sample.altered:
        return token
    changed = copy.deepcopy(signed)
    for claim in changed["claims"]:
        claim["value"] = sample.altered.get(claim["criterion"], claim["value"])
    header, _, signature = token.split(b".")
    return b".".join((header, encode(as_json(changed)), signature))


def status_token() -> bytes:
    withdrawn = {
        document(sample)["status"]["status_list"]["idx"]: Status.WITHDRAWN for sample in SAMPLES if sample.withdrawn
    }
    return sign_status_list(
        STATUS_URI, withdrawn, key(STATUS), STATUS, issued=ISSUED, good_for=LASTS, entries=STATUS_ENTRIES
    )


def demo_trust_list() -> dict[str, Any]:
    return {
        **_list_head("Sample Label Office (invented)", f"https://{HOST}/"),
        "administrators": [
            {
                "id": HOST,
                "name": {"en": "Sample Label Office (invented)", "de": "Muster-Prüfstelle (erfunden)"},
                "homepage": f"https://{HOST}/",
                "state": "recognised",
                "since": KEYS_FROM.date().isoformat(),
                "until": None,
                "schemes": sorted({document(sample)["scheme"]["id"] for sample in SAMPLES}),
                "hosts": [HOST],
                "resolve": [{"match": f"https://{HOST}/l/{{id}}", "fetch": f"https://{HOST}/v1/l/{{id}}.jwt"}],
                "status_index": f"https://{HOST}/v1/status/index.json",
                "keys": [_key_record(kid) for kid in (ED25519, ES256, STATUS)],
            }
        ],
        "known_sites": [],
        "dropped_hosts": [],
    }


def published_trust_list() -> dict[str, Any]:
    """Nobody signs labels in the real world yet."""
    nobody = _list_head("No lead administrator yet", "https://lead.example/")
    return {**nobody, "administrators": [], "known_sites": [], "dropped_hosts": []}


def drawing_marks() -> dict[str, str]:
    """What each photograph was made from; pixels differ a little between versions of Pillow, these do not."""
    common = "".join((FOLDER / name).read_text(encoding="utf-8") for name in DRAWING)
    return {
        sample.path: sha256((common + json.dumps(document(sample)["product"]) + code(sample)).encode()).hexdigest()
        for sample in SAMPLES
    }


def box_photograph(sample: Sample) -> bytes:
    product = document(sample)["product"]
    front = box_front(sample.design, product["name"], product["maker"], code(sample))
    out = io.BytesIO()
    photograph(front, sample.design, sample.shot).save(out, "JPEG", quality=84, optimize=True)
    return out.getvalue()


def build() -> Iterator[Path]:
    """Write what is not current; say what was written."""
    yield from _keep_or_write(TRUST / "trust-list.json", _pretty(published_trust_list()))
    yield from _keep_or_write(TRUST / "demo" / "trust-list.json", _pretty(demo_trust_list()))
    yield from _keep_or_sign(TRUST / "demo" / "status-1.jwt", status_token(), STATUS)
    marks, marks_file = drawing_marks(), FOLDER / "drawings.json"
    drawn = json.loads(marks_file.read_text(encoding="utf-8")) if marks_file.is_file() else {}
    for sample in SAMPLES:
        folder = FOLDER / sample.path
        yield from _keep_or_sign(folder / "label.jwt", label_token(sample), sample.kid)
        yield from _keep_or_write(folder / "code.png", png_bytes(code(sample)))
        if drawn.get(sample.path) != marks[sample.path] or not (folder / "box.jpg").is_file():
            yield from _keep_or_write(folder / "box.jpg", box_photograph(sample))
    yield from _keep_or_write(marks_file, _pretty(marks))


def _list_head(lead: str, homepage: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "serial": 1,
        "issued": _moment(ISSUED),
        "next_update": _moment(ISSUED + LASTS),
        "min_app": "0.1",
        "lead": {"name": {"en": lead}, "homepage": homepage},
    }


def _key_record(kid: str) -> dict[str, Any]:
    signing = key(kid)
    return {
        "kid": kid,
        "use": "status" if kid == STATUS else "label",
        "alg": algorithm(signing),
        "jwk": jwk(signing),
        "from": _moment(KEYS_FROM),
        "until": _moment(ISSUED + LASTS),
        "state": "active",
        "compromised_since": None,
    }


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _pretty(members: Mapping[str, Any]) -> bytes:
    return (json.dumps(members, indent=1, ensure_ascii=False) + "\n").encode()


def _keep_or_sign(path: Path, token: bytes, kid: str) -> Iterator[Path]:
    """A signature may come out differently each time; one that still holds for the same words is kept."""
    if path.is_file() and _says_the_same(path.read_bytes(), token, kid):
        return
    yield from _keep_or_write(path, token)


def _says_the_same(old: bytes, new: bytes, kid: str) -> bool:
    before, after = split(old), split(new)
    signing = key(kid)
    record = Jwk.model_validate(jwk(signing))
    holds = [is_signed(algorithm(signing), record, token.signed, token.signature) for token in (before, after)]
    return before.signed == after.signed and holds[0] == holds[1]


def _keep_or_write(path: Path, data: bytes) -> Iterator[Path]:
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    yield path


def main() -> None:
    for path in build():
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
