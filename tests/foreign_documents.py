"""Documents in forms of others, and the program's own check of them."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.report import Report, Step
from labelviewer.publish.keys import SigningKey, sign
from labelviewer.publish.sign import as_json
from labelviewer.schemes.readers.mapped import read_foreign
from labelviewer.verify.token import CREDENTIAL_TYPE, encode
from labelviewer.verify.trust import Trust, unite
from labelviewer.verify.verdict import evaluate
from tests.labels import packs
from tests.simulator import NOW, Authority, parsed

FOLDER = Path(__file__).parent / "foreign"
REGISTRY = "registry.example"
REGISTRY_PAGE = f"https://{REGISTRY}/p/000123"
PRODUCT_PAGE = "https://id.gs1.org/01/04012345678901"
A = Authority(schemes=("us-ctm", "etsi-303645"))
NEEDS = frozenset({Step.SIGNATURE, Step.CARRIER, Step.STATUS})
read = partial(read_foreign, packs=packs())


def document(name: str, **changes: Any) -> dict[str, Any]:
    """`changes` replace members of the document; one that is ... is left out."""
    members: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_bytes())
    return {key: value for key, value in (members | changes).items() if value is not ...}


def sites(adapter: str = "fcc-registry", *, signed: bool = False) -> list[dict[str, Any]]:
    """For `known_sites` of a trust list."""
    return [{"host": REGISTRY, "adapter": adapter, "signed": signed}]


def trust(authority: Authority = A, *, signed: bool = False) -> Trust:
    return unite(parsed(authority.trust_list(known_sites=sites(signed=signed))))


def credential(members: object, *, key: SigningKey | None = None, authority: Authority = A, **header: Any) -> bytes:
    """Secured by VC-JOSE-COSE, the key named as a `did:web` names it."""
    head = {
        "alg": "ES256" if authority.es256 else "EdDSA",
        "kid": f"did:web:{authority.id}#{authority.label_kid}",
        "typ": CREDENTIAL_TYPE,
        **header,
    }
    body = json.dumps(members).encode()
    signed = encode(as_json(head)) + b"." + encode(body)
    return signed + b"." + encode(sign(key or authority.label_key, signed))


def evidence(
    data: object, *, fetched_from: str = REGISTRY_PAGE, code: str | None = REGISTRY_PAGE, at: datetime = NOW
) -> Evidence:
    return Evidence(data if isinstance(data, bytes) else as_json(data), fetched_from, at, Box(code))  # type: ignore[arg-type]


def check(seen: Evidence, lists: Trust | None = None, *, authority: Authority = A, now: datetime = NOW) -> Report:
    lists = lists or trust(authority)
    return evaluate(seen, lists, authority.status_evidence(), now, needs=NEEDS, foreign=read)


def visits() -> list[Report]:
    """One report for every reason that only documents of other forms have."""
    return [
        check(evidence(document("fcc-registry"))),
        check(evidence({"some": "thing"})),
        check(evidence(document("fcc-registry", manufacturerName=7.5))),
    ]


def listing_status(members: dict[str, Any], authority: Authority = A) -> dict[str, Any]:
    return {**members, "status": {"status_list": {"uri": authority.status_uri, "idx": 4_123}}}
