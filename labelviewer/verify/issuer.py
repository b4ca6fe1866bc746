"""An issuer's own word about its keys: proof of a domain and no more, unless somebody here adds it by hand."""

from datetime import UTC
from hashlib import sha512
from typing import Annotated, Final

from pydantic import Field, ValidationError

from labelviewer.domain import strict_json
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import WebAddress, is_below, parse_web_address
from labelviewer.verify import bounds
from labelviewer.verify.trust import Administrator, Id, Key, Named

GROUPS: Final = 12
_GROUP_BYTES: Final = 5


class IssuerFileError(ValueError):
    """Not an issuer's file, or one that does not keep its own rules."""


class Issuer(Named):
    """`label-issuer.json`: who signs, and with which keys."""

    iss: Id
    keys: Annotated[list[Key], Field(min_length=1, max_length=64)]

    def as_administrator(self) -> Administrator:
        """As one who was added here; `schemes` is empty, since nobody vouches for any."""
        since = min(key.from_ for key in self.keys).astimezone(UTC).date()
        return Administrator.model_validate(
            {
                "id": self.iss,
                "name": self.name,
                "homepage": f"https://{self.iss}/",
                "since": since.isoformat(),
                "schemes": [],
                "hosts": [self.iss],
                "resolve": [],
                "status_index": f"https://{self.iss}/",
                "keys": [key.model_dump(by_alias=True, mode="json") for key in self.keys],
            }
        )


def load_issuer(data: bytes) -> Issuer:
    """Raises IssuerFileError."""
    try:
        issuer = Issuer.model_validate(strict_json.load(data, max_bytes=bounds.ISSUER_FILE))
        parse_web_address(f"https://{issuer.iss}/")
        issuer.as_administrator()
    except strict_json.StrictJsonError as error:
        raise IssuerFileError(error.reason) from None
    except (ValidationError, RefusedError) as error:
        raise IssuerFileError(str(error)) from None
    return issuer


def fingerprint(issuer: Issuer) -> tuple[str, ...]:
    """Twelve groups of five digits, to be compared with what the issuer says by another way."""
    keys = sorted((key.kid, key.use, key.alg, key.jwk.x, key.jwk.y or "") for key in issuer.keys)
    digest = sha512("\n".join((issuer.iss, *("\t".join(key) for key in keys))).encode()).digest()
    parts = (digest[at : at + _GROUP_BYTES] for at in range(0, GROUPS * _GROUP_BYTES, _GROUP_BYTES))
    return tuple(f"{int.from_bytes(part) % 100_000:05}" for part in parts)


def issuer_address(issuer: str, served_by: str) -> WebAddress | None:
    """Where the issuer's own file lies; None unless it is the host that served the label, or one above that."""
    if "." not in issuer or not is_below(served_by, issuer):
        return None
    try:
        address = parse_web_address(f"https://{issuer}/.well-known/label-issuer.json")
    except RefusedError:
        return None
    return address if address.host == issuer else None
