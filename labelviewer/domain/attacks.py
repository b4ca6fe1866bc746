"""The public catalogue of weak spots that attackers use: exactly this product is in it, or nothing is said."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from labelviewer.domain import strict_json
from labelviewer.domain.label import Product

MAX_MEMBERS: Final = 400_000
MAX_ATTACKS: Final = 20_000

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[0-9:.]{5,20}(?:Z|[+-]\d{2}:?\d{2})?)?")


def _day(text: object) -> date:
    """Of a moment, the day as it is written."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError("no-day")
    return date.fromisoformat(text[:10])


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, Field(min_length=1, max_length=400)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class KnownAttack(_Entry):
    """`cve` is the number under which the weak spot is known, `added` the day it came onto the list."""

    cve: Annotated[str, Field(alias="cveID", pattern=r"^CVE-\d{4}-\d{4,19}$")]
    maker: Annotated[Name, Field(alias="vendorProject")]
    product: Name
    added: Annotated[Day, Field(alias="dateAdded")]


class Catalogue(_Entry):
    """As its publisher released it; an incomplete one is none."""

    released: Annotated[Day, Field(alias="dateReleased")]
    count: Annotated[int, Field(ge=1)]
    attacks: Annotated[list[KnownAttack], Field(alias="vulnerabilities", max_length=MAX_ATTACKS)]

    @model_validator(mode="after")
    def _is_whole(self) -> "Catalogue":
        if self.count != len(self.attacks):
            raise ValueError("cut-short")
        return self


class CatalogueError(ValueError):
    """What came is not the catalogue."""


def load_catalogue(data: bytes, *, max_bytes: int) -> Catalogue:
    """Raises CatalogueError."""
    try:
        return Catalogue.model_validate(strict_json.load(data, max_bytes=max_bytes, max_members=MAX_MEMBERS))
    except (strict_json.StrictJsonError, ValidationError) as cause:
        raise CatalogueError from cause


def attacks_on(product: Product, catalogue: Catalogue) -> tuple[KnownAttack, ...]:
    """Newest first. Maker and model (the name, where the label has no model) are the same words, or nothing is said."""
    maker, model = _same(product.maker), _same(product.model or product.name)
    if not maker or not model:
        return ()
    found = [each for each in catalogue.attacks if _same(each.product) == model and _same(each.maker) == maker]
    return tuple(sorted(found, key=lambda each: (each.added, each.cve), reverse=True))


def _same(text: str) -> str:
    """Capitals, blanks and the way an accent is coded make no difference; everything else does."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
