"""From a signed document to the label in the words of its scheme's pack: one answer for every criterion it asks."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final, assert_never

from labelviewer.domain.document import AnyLabel, ClaimDocument, ForeignDocument
from labelviewer.domain.errors import NewerLabelError
from labelviewer.domain.label import Answer, Basis, Grant, Kind, Label, Product, Proof, Stated, Value
from labelviewer.schemes.pack import Criterion
from labelviewer.schemes.packs import LoadedPack, Packs
from labelviewer.schemes.readers.label_token import look_up, read_claims

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINK: Final = re.compile(r"https://[^\s/]\S*")
_CONTACT: Final = re.compile(r"(mailto:)?[^\s:@/]+@[^\s:@/]+|tel:\S+|https://[^\s/]\S*|\+?[0-9][0-9 ()./-]{3,38}")

Meaning = tuple[Stated, Value | None]
_UNREADABLE: Final[Meaning] = (Stated.UNREADABLE, None)


def read_label(document: AnyLabel, packs: Packs) -> Label:
    """Raises NewerLabelError for a scheme that has no pack here."""
    loaded = packs.find(document.scheme.id)
    if loaded is None:
        raise NewerLabelError
    claims = dict(read_claims(document))
    foreign = document if isinstance(document, ForeignDocument) else None
    claims.update(dict.fromkeys(foreign.unread if foreign else ()))
    criteria = loaded.pack.criteria
    return Label(
        issuer=document.iss,
        subject=document.sub,
        version=document.ver,
        scheme=document.scheme.id,
        scheme_version=document.scheme.version,
        product=_product(document),
        grant=_grant(document),
        answers=tuple(
            _asked(_answer(criterion, document, claims), criterion, document, loaded) for criterion in criteria
        ),
        carriers=tuple(document.carriers),
        links={link.rel: link.href for link in reversed(document.links)},
        also=foreign.also if foreign else (),
        unknown=len(claims.keys() - {criterion.id for criterion in criteria}),
    )


def meaning(value: object, criterion: Criterion) -> Meaning:
    """What a claimed value says on a criterion. A value that does not fit the criterion's kind is unreadable."""
    if criterion.undisclosed is not None and value in (criterion.undisclosed, [criterion.undisclosed]):
        return Stated.UNDISCLOSED, None
    if value is False or (isinstance(value, str) and value == criterion.no):
        return Stated.NO, _kept_no(value, criterion)
    match criterion.kind:
        case Kind.YES_NO:
            return (Stated.YES, True) if value is True else _UNREADABLE
        case Kind.LIST:
            return _list(value, criterion)
        case Kind.DATE:
            return _date(value)
        case Kind.CHOICE:
            return (Stated.YES, value) if isinstance(value, str) and value in criterion.choices else _UNREADABLE
        case Kind.TEXT:
            return _text(value, None)
        case Kind.CONTACT:
            return _text(value, _CONTACT)
        case Kind.LINK:
            return _text(value, _LINK)
        case _:
            assert_never(criterion.kind)


def _kept_no(value: object, criterion: Criterion) -> Value | None:
    """A no of a choice has words of its own in the pack; every other no is said by `no`."""
    match criterion.kind, value:
        case Kind.YES_NO, _:
            return False
        case Kind.CHOICE, str():
            return value
        case _:
            return None


def _list(value: object, criterion: Criterion) -> Meaning:
    """In the pack's order, each once, so that two lists of the same things are equal."""
    if not isinstance(value, list | tuple) or not all(item in criterion.choices for item in value):
        return _UNREADABLE
    if not value:
        return Stated.NO, None
    return Stated.YES, tuple(choice for choice in criterion.choices if choice in value)


def _date(value: object) -> Meaning:
    if isinstance(value, date):
        return Stated.YES, value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return _UNREADABLE
    try:
        return Stated.YES, date.fromisoformat(value)
    except ValueError:
        return _UNREADABLE


def _text(value: object, shape: re.Pattern[str] | None) -> Meaning:
    """An empty text says nothing, and so counts as nothing said."""
    if not isinstance(value, str):
        return _UNREADABLE
    if not value.strip():
        return Stated.SILENT, None
    return (Stated.YES, value) if shape is None or shape.fullmatch(value) else _UNREADABLE


def _answer(criterion: Criterion, document: AnyLabel, claims: Any) -> Answer:
    stated_elsewhere = _read_from(criterion, document)
    if stated_elsewhere is not None:
        return Answer(criterion.id, criterion.topic, criterion.kind, *meaning(stated_elsewhere, criterion))
    if criterion.id not in claims:
        return Answer(criterion.id, criterion.topic, criterion.kind, Stated.SILENT)
    claim: ClaimDocument | None = claims[criterion.id]
    if claim is None:
        return Answer(criterion.id, criterion.topic, criterion.kind, Stated.UNREADABLE)
    stated, value = meaning(claim.value, criterion)
    return Answer(
        criterion.id,
        criterion.topic,
        criterion.kind,
        stated,
        value,
        claim.as_of,
        dict(claim.note),
        tuple(Proof(proof.href, proof.title) for proof in claim.evidence),
    )


def _asked(answer: Answer, criterion: Criterion, document: AnyLabel, loaded: LoadedPack) -> Answer:
    """Silence on what the label's level does not ask is the scheme's, and not the maker's."""
    if answer.stated is Stated.SILENT and not loaded.asks(criterion, document.grant.level, document.scheme.version):
        return replace(answer, stated=Stated.NOT_ASKED)
    return answer


def _read_from(criterion: Criterion, document: AnyLabel) -> date | str | None:
    found = [look_up(document, pointer) for pointer in criterion.read_from]
    if criterion.kind is not Kind.TEXT:
        return next((value for value in found if value is not None), None)
    texts = [text for value in found for text in (value if isinstance(value, list) else [value]) if text]
    return ", ".join(texts) or None


def _product(document: AnyLabel) -> Product:
    product = document.product
    return Product(
        kind=product.kind,
        name=product.name,
        maker=product.maker,
        model=product.model,
        category=product.category,
        gtins=tuple(product.gtin),
        versions=tuple(product.versions),
        platforms=tuple(product.platforms),
        identifiers=tuple(product.identifiers),
    )


def _grant(document: AnyLabel) -> Grant:
    grant = document.grant
    return Grant(
        number=grant.number,
        granted=grant.granted,
        basis=Basis(grant.basis),
        valid_until=grant.valid_until,
        level=grant.level,
        lab=grant.lab.name if grant.lab else None,
        administrator=grant.administrator.name if grant.administrator else None,
        contact=grant.administrator.contact if grant.administrator else None,
    )
