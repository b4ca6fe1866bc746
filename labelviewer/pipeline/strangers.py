"""A site that no list names, asked because somebody said yes: what it says of itself stays its own claim."""

from labelviewer.domain.errors import LabelViewerError
from labelviewer.domain.evidence import Evidence
from labelviewer.domain.web_address import WebAddress, is_below, parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetcher
from labelviewer.verify.case import open_token
from labelviewer.verify.issuer import IssuerFileError, issuer_address, load_issuer
from labelviewer.verify.trust import Administrator, Trust


def is_added(address: WebAddress, trust: Trust) -> bool:
    """Whether somebody at this computer vouches for the site already."""
    return any(is_below(address.host, issuer.id) for issuer in trust.added)


def own_word(evidence: Evidence, trust: Trust, fetcher: Fetcher) -> tuple[Administrator, ...]:
    """The issuer that the label names, by its own file; empty where a list knows it or the file says nothing."""
    opened = open_token(evidence.token, trust)
    if opened.issuer is None or opened.signer is not None:
        return ()
    address = issuer_address(opened.issuer, parse_web_address(evidence.fetched_from).host)
    if address is None:
        return ()
    try:
        fetched = fetcher.fetch(
            address,
            accept="application/json",
            max_bytes=limits.ISSUER_FILE,
            is_known=lambda host: host == address.host,
        )
        issuer = load_issuer(fetched.body)
    except (LabelViewerError, IssuerFileError):
        return ()
    return (issuer.as_administrator(),) if issuer.iss == opened.issuer else ()
