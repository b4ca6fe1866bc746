"""The issuers that somebody at this computer vouches for: read, compared, added and removed."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from labelviewer.domain.errors import LabelViewerError
from labelviewer.domain.plain_text import clean
from labelviewer.domain.signers import SignerLine, Signers
from labelviewer.pipeline.run import Ports
from labelviewer.verify import bounds
from labelviewer.verify.issuer import Issuer, IssuerFileError, fingerprint, load_issuer
from labelviewer.verify.trust import TrustListError

NAME_LENGTH: Final = 120


def is_issuer_file(data: bytes) -> bool:
    if len(data) > bounds.ISSUER_FILE or data.lstrip()[:1] != b"{":
        return False
    return signer_of(data) is not None


def added_issuers(ports: Ports) -> Iterator[tuple[bytes, Issuer]]:
    """Each with its file. Raises KeepError."""
    for document in tuple(ports.added.issuers()) if ports.added is not None else ():
        with suppress(IssuerFileError):
            yield document, load_issuer(document)


def is_alike(digits: str, groups: tuple[str, ...]) -> bool:
    """Whether somebody was told these very digits; spaces mean nothing."""
    return "".join(digits.split()) == "".join(groups)


def add_issuer(document: bytes, ports: Ports) -> None:
    """In place of an earlier file of the same issuer. Needs `ports.added`. Raises KeepError."""
    assert ports.added is not None
    name = load_issuer(document).iss
    earlier = [file for file, issuer in added_issuers(ports) if issuer.iss == name and file != document]
    ports.added.add_issuer(document)
    for file in earlier:
        ports.added.remove_issuer(file)


def remove_issuer(name: str, ports: Ports) -> bytes | None:
    """Its file, so that it can be put back; None where it was not added. Raises KeepError."""
    for document, issuer in added_issuers(ports):
        if issuer.iss == name and ports.added is not None:
            ports.added.remove_issuer(document)
            return document
    return None


def signers(ports: Ports) -> Signers:
    """Raises KeepError."""
    published = ports.trust.trust().published
    return Signers(
        lead=clean(published.lead.plain_name, NAME_LENGTH) if published.administrators else "",
        serial=published.serial,
        issued=published.issued,
        listed=tuple(SignerLine(one.id, clean(one.plain_name, NAME_LENGTH)) for one in published.administrators),
        added=tuple(_line(issuer) for _, issuer in added_issuers(ports)),
    )


def signer_of(document: bytes) -> SignerLine | None:
    """None where it is no issuer's file."""
    try:
        return _line(load_issuer(document))
    except IssuerFileError:
        return None


def is_listed(name: str, ports: Ports) -> bool:
    return ports.trust.trust().published.administrator(name) is not None


def _line(issuer: Issuer) -> SignerLine:
    return SignerLine(issuer.iss, clean(issuer.plain_name, NAME_LENGTH), fingerprint(issuer))


def renew_list(ports: Ports) -> bool | None:
    """Ask for a newer list now: whether there was one; None where nobody could be asked."""
    if ports.renewal is None:
        return None
    try:
        return ports.renewal.renew_trust_list(at_once=True)
    except (LabelViewerError, TrustListError):
        return None
