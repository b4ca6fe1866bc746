"""A site that no list names, asked because somebody said yes: what it says of itself stays its own claim."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from labelviewer.domain.errors import LabelViewerError
from labelviewer.domain.evidence import Evidence
from labelviewer.domain.web_address import WebAddress, is_below, parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetcher, Visit
from labelviewer.verify.case import open_token
from labelviewer.verify.issuer import IssuerFileError, issuer_address, load_issuer
from labelviewer.verify.trust import Administrator, Trust


def is_added(address: WebAddress, trust: Trust) -> bool:
    """Whether somebody at this computer vouches for the site already."""
    return any(is_below(address.host, issuer.id) for issuer in trust.added)


class OwnWord(NamedTuple):
    """What an issuer says of itself, and the file where it says so."""

    issuer: Administrator
    document: bytes


def own_file(address: WebAddress, fetcher: Fetcher) -> bytes:
    """Raises ReachError or RefusedError."""
    fetched = fetcher.fetch(
        address, accept="application/json", max_bytes=limits.ISSUER_FILE, is_known=lambda host: host == address.host
    )
    return fetched.body


def own_word(evidence: Evidence, trust: Trust, fetcher: Fetcher) -> OwnWord | None:
    """The issuer that the label names, by its own file; None where a list knows it or the file says nothing."""
    opened = open_token(evidence.token, trust)
    if opened.issuer is None or opened.signer is not None:
        return None
    address = issuer_address(opened.issuer, parse_web_address(evidence.fetched_from).host)
    if address is None:
        return None
    try:
        document = own_file(address, fetcher)
        issuer = load_issuer(document)
    except (LabelViewerError, IssuerFileError):
        return None
    return OwnWord(issuer.as_administrator(), document) if issuer.iss == opened.issuer else None


def last_other_key(evidence: Evidence, trust: Trust, history: Sequence[Visit]) -> datetime | None:
    """When the same issuer was last seen to sign with another key; `history` is newest first."""
    opened = open_token(evidence.token, trust)
    if opened.issuer is None or opened.header is None or opened.proven:
        return None
    for visit in history:
        earlier = open_token(visit.evidence.token, trust)
        if earlier.issuer == opened.issuer and earlier.header is not None and earlier.header.kid != opened.header.kid:
            return visit.at
    return None
