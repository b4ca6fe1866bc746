"""The issuers that somebody at this computer vouches for: read, compared, added and removed."""

from collections.abc import Iterator
from contextlib import suppress

from labelviewer.pipeline.run import Ports
from labelviewer.verify import bounds
from labelviewer.verify.issuer import Issuer, IssuerFileError, fingerprint, load_issuer


def is_issuer_file(data: bytes) -> bool:
    if len(data) > bounds.ISSUER_FILE or data.lstrip()[:1] != b"{":
        return False
    try:
        load_issuer(data)
    except IssuerFileError:
        return False
    return True


def added_issuers(ports: Ports) -> Iterator[tuple[bytes, Issuer]]:
    """Each with its file. Raises KeepError."""
    for document in tuple(ports.added.issuers()) if ports.added is not None else ():
        with suppress(IssuerFileError):
            yield document, load_issuer(document)


def is_alike(digits: str, issuer: Issuer) -> bool:
    """Whether somebody was told these very digits; spaces mean nothing."""
    return "".join(digits.split()) == "".join(fingerprint(issuer))


def add_issuer(document: bytes, ports: Ports) -> None:
    """In place of an earlier file of the same issuer. Needs `ports.added`. Raises KeepError."""
    assert ports.added is not None
    name = load_issuer(document).iss
    earlier = [file for file, issuer in added_issuers(ports) if issuer.iss == name and file != document]
    ports.added.add_issuer(document)
    for file in earlier:
        ports.added.remove_issuer(file)
