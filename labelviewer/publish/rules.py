"""What a label office checks of its own labels before it signs: the pack's questions, numbers, dates, codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from labelviewer.domain.document import ClaimDocument, LabelDocument
from labelviewer.domain.errors import Fact, RefusedError
from labelviewer.domain.gtin import gtin14
from labelviewer.domain.label import Stated
from labelviewer.domain.web_address import parse_web_address
from labelviewer.publish.office import Office
from labelviewer.schemes.mapping import meaning
from labelviewer.schemes.packs import LoadedPack, Packs

DEVICES: Final = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10)))
)
"""A file that is called so, whatever its ending, is a device where Windows serves or copies it."""


LABEL_READER: Final = "label-token"


@dataclass(frozen=True, slots=True)
class Fault:
    """`member` is a JSON pointer into the source."""

    code: str
    member: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def faults(document: LabelDocument, office: Office, packs: Packs, now: datetime) -> Iterator[Fault]:
    """Of a document that keeps the format."""
    today = now.date()
    yield from _issuer(document, office)
    yield from _product_numbers(document)
    yield from _dates(document, today)
    yield from _codes(document, office)
    yield from _links(document)
    loaded = packs.find(document.scheme.id)
    if loaded is None or loaded.added or loaded.pack.reader != LABEL_READER:
        yield Fault("unknown-scheme", "/scheme/id", {"name": document.scheme.id, "known": ", ".join(packs.with_labels)})
        return
    if document.scheme.id not in office.registry.schemes:
        yield Fault("other-scheme", "/scheme/id", {"name": document.scheme.id})
    yield from _kind_of_label(document, loaded)
    yield from _claims(document, loaded, today)


def _issuer(document: LabelDocument, office: Office) -> Iterator[Fault]:
    if document.iss != office.issuer:
        yield Fault("issuer", "/iss", {"name": document.iss, "issuer": office.issuer})


def _product_numbers(document: LabelDocument) -> Iterator[Fault]:
    for place, number in enumerate(document.product.gtin):
        if gtin14(number) is None:
            yield Fault("check-digit", f"/product/gtin/{place}", {"number": number})


def _dates(document: LabelDocument, today: date) -> Iterator[Fault]:
    grant = document.grant
    if grant.granted > today:
        yield Fault("future", "/grant/granted", {"date": grant.granted})
    if grant.valid_until is None:
        return
    if grant.valid_until < grant.granted:
        yield Fault("ends-first", "/grant/valid_until", {"date": grant.valid_until})
    elif grant.valid_until < today:
        yield Fault("ran-out", "/grant/valid_until", {"date": grant.valid_until})


def _codes(document: LabelDocument, office: Office) -> Iterator[Fault]:
    label_id = document.sub.rpartition(":")[2]
    if label_id.partition(".")[0].upper() in DEVICES:
        yield Fault("device-name", "/grant/number", {"number": label_id})
    seen: set[str] = set()
    for place, code in enumerate(document.carriers):
        member = f"/carriers/{place}"
        try:
            address = parse_web_address(code)
        except RefusedError:
            yield Fault("code-address", member, {"name": code})
            continue
        found = office.rule.found_in(address)
        if address.host not in office.registry.hosts:
            yield Fault("code-elsewhere", member, {"host": address.host})
        elif found is not None and found != label_id:
            yield Fault("code-of-another", member, {"name": found})
        if str(address) in seen:
            yield Fault("code-twice", member, {"name": code})
        seen.add(str(address))
    if office.code(label_id) not in seen:
        yield Fault("no-code", "/carriers", {"name": office.code(label_id)})


def _links(document: LabelDocument) -> Iterator[Fault]:
    proofs = (
        (f"/claims/{claim_place}/evidence/{place}/href", proof.href)
        for claim_place, claim in enumerate(document.claims)
        for place, proof in enumerate(claim.evidence)
    )
    links = ((f"/links/{place}/href", link.href) for place, link in enumerate(document.links))
    for member, href in (*proofs, *links):
        try:
            parse_web_address(href)
        except RefusedError:
            yield Fault("link", member, {"name": href})


def _kind_of_label(document: LabelDocument, loaded: LoadedPack) -> Iterator[Fault]:
    pack = loaded.pack
    if pack.product_kind not in ("any", document.product.kind):
        yield Fault("product-kind", "/product/kind", {"name": document.product.kind, "known": pack.product_kind})
    if document.grant.basis not in pack.basis:
        yield Fault("one-of", "/grant/basis", {"choices": ", ".join(pack.basis)})
    levels = [level.id for level in pack.levels]
    if document.grant.level is not None and document.grant.level not in levels:
        yield Fault("level", "/grant/level", {"name": document.grant.level})


def _claims(document: LabelDocument, loaded: LoadedPack, today: date) -> Iterator[Fault]:
    known = [criterion.id for criterion in loaded.pack.criteria]
    seen: set[str] = set()
    for place, claim in enumerate(document.claims):
        member = f"/claims/{place}"
        if claim.criterion in seen:
            yield Fault("claimed-twice", f"{member}/criterion", {"name": claim.criterion})
        seen.add(claim.criterion)
        if claim.as_of is not None and claim.as_of > today:
            yield Fault("future", f"{member}/as_of", {"date": claim.as_of})
        if claim.criterion not in known:
            near = get_close_matches(claim.criterion, known, 1)
            facts = {"name": claim.criterion} | ({"near": near[0]} if near else {})
            yield Fault("unknown-criterion", f"{member}/criterion", facts)
        else:
            yield from _value(claim, loaded, f"{member}/value")


def _value(claim: ClaimDocument, loaded: LoadedPack, member: str) -> Iterator[Fault]:
    criterion = loaded.criterion(claim.criterion)
    assert criterion is not None
    if meaning(claim.value, criterion)[0] is not Stated.UNREADABLE:
        return
    if criterion.choices:
        words = dict.fromkeys(filter(None, (*criterion.choices, criterion.no, criterion.undisclosed)))
        yield Fault(f"value-{criterion.kind}", member, {"name": criterion.id, "choices": ", ".join(words)})
    else:
        yield Fault(f"value-{criterion.kind}", member, {"name": criterion.id})
