"""The label document as its issuer signed it; `resources/schema/label.schema.json` is generated from here."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr, model_validator

MAX_LABEL_DAYS = 825
MAX_CARRIERS = 64
MAX_CLAIMS = 256
MAX_LANGUAGES = 40
MAX_TEXT = 2_000
MAX_ADDRESS = 2_048

LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z

_IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_identifier(text: str) -> bool:
    """What may stand in the address of a label, and so in the name of its file."""
    return re.fullmatch(_IDENTIFIER, text) is not None


def _from_iso(value: object) -> object:
    """`YYYY-MM-DD` and nothing else; pydantic alone would take times and numbers for dates too."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("not a date of the form YYYY-MM-DD")
    return date.fromisoformat(value)


IsoDate = Annotated[date, BeforeValidator(_from_iso)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=400)]
Text = Annotated[StrictStr, Field(max_length=MAX_TEXT)]
Identifier = Annotated[StrictStr, Field(pattern=f"^{_IDENTIFIER}$")]
Number = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
Address = Annotated[StrictStr, Field(min_length=1, max_length=MAX_ADDRESS)]
Seconds = Annotated[StrictInt, Field(ge=0, le=LAST_SECOND)]
SafeInt = Annotated[StrictInt, Field(ge=-(2**53 - 1), le=2**53 - 1)]
Gtin14 = Annotated[StrictStr, Field(pattern=r"^[0-9]{14}$")]
Language = Annotated[StrictStr, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Texts = Annotated[dict[Language, Text], Field(max_length=MAX_LANGUAGES)]
ClaimValue = StrictBool | SafeInt | Text | Annotated[list[Text], Field(max_length=64)]


class _Part(BaseModel):
    """Frozen; members we do not know are kept and ignored, so that a newer issuer is not an error."""

    model_config = ConfigDict(frozen=True, extra="allow")


class StatusReference(_Part):
    uri: Address
    idx: Annotated[StrictInt, Field(ge=0, le=2**53 - 1)]


class Status(_Part):
    status_list: StatusReference


class SchemeReference(_Part):
    id: Identifier
    version: Annotated[StrictStr, Field(min_length=1, max_length=32)]


class Picture(_Part):
    sha256: Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$")]
    type: Literal["image/webp", "image/png", "image/jpeg"]
    bytes: Annotated[StrictInt, Field(gt=0, le=2 * 1024 * 1024)]
    width: Annotated[StrictInt, Field(gt=0, le=4_096)]
    height: Annotated[StrictInt, Field(gt=0, le=4_096)]


class Product(_Part):
    """What the label is about: one model, never one unit. Software adds versions, platforms, identifiers."""

    kind: Literal["iot", "software"]
    name: Name
    maker: Name
    model: Name | None = None
    category: Identifier | None = None
    gtin: Annotated[list[Gtin14], Field(max_length=64)] = []
    picture: Picture | None = None
    versions: Annotated[list[Name], Field(max_length=64)] = []
    platforms: Annotated[list[Name], Field(max_length=64)] = []
    identifiers: Annotated[list[Name], Field(max_length=64)] = []


class Lab(_Part):
    name: Name


class GrantAdministrator(_Part):
    name: Name
    contact: Address | None = None


class AnyGrant(_Part):
    """Who let this label be used, since when, until when, and on what basis; as far as that is said."""

    number: Name | Literal[""] = ""
    granted: IsoDate | None = None
    valid_until: IsoDate | None = None
    level: Identifier | None = None
    basis: Literal["self-declared", "tested", "certified"]
    lab: Lab | None = None
    administrator: GrantAdministrator | None = None


class Grant(AnyGrant):
    """Who let this label be used, since when, until when, and on what basis."""

    number: Number
    granted: IsoDate


class Evidence(_Part):
    href: Address
    title: Text | None = None


class ClaimDocument(_Part):
    """One answer to one criterion of the scheme's pack; what is not claimed is "not stated"."""

    criterion: Identifier
    value: ClaimValue
    as_of: IsoDate | None = None
    note: Texts = {}
    evidence: Annotated[list[Evidence], Field(max_length=16)] = []


class Link(_Part):
    rel: Identifier
    href: Address


class AnyLabel(_Part):
    """What every label says, in whatever form it came; what is None is not said. Times are seconds since 1970, UTC."""

    iss: Annotated[StrictStr, Field(min_length=3, max_length=253)]
    sub: Annotated[StrictStr, Field(min_length=12, max_length=400)]
    ver: Annotated[StrictInt, Field(ge=1, le=2**53 - 1)]
    iat: Seconds
    exp: Seconds | None = None
    status: Status | None = None
    carriers: Annotated[list[Address], Field(max_length=MAX_CARRIERS)] = []
    scheme: SchemeReference
    product: Product
    grant: AnyGrant
    claims: Annotated[list[ClaimDocument], Field(max_length=MAX_CLAIMS)]
    links: Annotated[list[Link], Field(max_length=32)] = []


class ForeignDocument(AnyLabel):
    """A label in a form of somebody else, read by a table of its pack.

    `also`: what the table has no place for, with where it stands. `unread`: criteria that are answered in a way that
    cannot be read.
    """

    form: Identifier
    also: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


class UnreadError(ValueError):
    """Not a label, or not in a form that we know; `reason` is one of the step about the content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose a foreign document is, where it stands, and when it came; `adapter`: the form that the site is known for.

    `status`: where a signed one says that its state is listed.
    """

    issuer: str
    address: str
    at: int
    adapter: str = ""
    status: object = None


class LabelDocument(AnyLabel):
    """The payload of a `label+jwt` token. Times are integer seconds since 1970, UTC."""

    exp: Seconds
    status: Status
    carriers: Annotated[list[Address], Field(min_length=1, max_length=MAX_CARRIERS)]
    grant: Grant

    @model_validator(mode="after")
    def _keeps_the_rules_between_members(self) -> Self:
        if not re.fullmatch(f"urn:label:{re.escape(self.iss)}:{_IDENTIFIER}", self.sub):
            raise ValueError("the subject is not one of the issuer's")
        if not self.iat <= self.exp <= self.iat + MAX_LABEL_DAYS * 86_400:
            raise ValueError("the label ends before it starts, or runs too long")
        return self
