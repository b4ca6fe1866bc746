"""Who may sign labels here: said, renewed, and changed by hand after the digits were compared."""

from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import RenderableType

from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import Options, UsageError
from labelviewer.cli.screen import bullets, plain
from labelviewer.domain.errors import KeepError, LabelViewerError, OfflineError
from labelviewer.domain.plain_text import clean
from labelviewer.pipeline.issuers import add_issuer, is_alike, remove_issuer
from labelviewer.pipeline.run import Ports
from labelviewer.pipeline.strangers import own_file
from labelviewer.verify import bounds
from labelviewer.verify.issuer import Issuer, IssuerFileError, fingerprint, issuer_address, load_issuer
from labelviewer.verify.trust import TrustListError
from labelviewer.words.catalogue import Words

NAME_LENGTH = 120

Show = Callable[..., None]


def trust(options: Options, ports: Ports, words: Words, show: Show) -> Exit:
    """Raises UsageError where it makes no sense, or where nothing can be kept."""
    try:
        match options.sources:
            case ("add", file):
                return _add(file, options.fingerprint, ports, words, show)
            case ("remove", name):
                return _remove(name, ports, words, show)
            case ("renew",):
                return _renew(ports, words, show)
            case _:
                show(*_listed(ports, words))
                return Exit.CHECKED
    except KeepError as fault:
        raise UsageError("trust.not-kept") from fault


def _listed(ports: Ports, words: Words) -> Iterator[RenderableType]:
    trust = ports.trust.trust()
    published = trust.published
    key = "trust.lead" if published.administrators else "trust.nobody-leads"
    lead = _clean(published.lead.plain_name)
    yield plain(words.say(key, name=lead, serial=published.serial, date=published.issued))
    both = (("listed", published.administrators), ("added", trust.added))
    lines = [
        words.say(f"trust.{source}", name=_clean(one.plain_name), host=one.id) for source, some in both for one in some
    ]
    if lines:
        yield bullets(lines)


def _renew(ports: Ports, words: Words, show: Show) -> Exit:
    try:
        if ports.renewal is None:
            raise OfflineError
        ports.renewal.renew_trust_list(at_once=True)
    except (LabelViewerError, TrustListError):
        show(*_listed(ports, words), plain(words.say("trust.not-renewed")))
        return Exit.NETWORK
    show(*_listed(ports, words))
    return Exit.CHECKED


def _add(file: str, digits: str | None, ports: Ports, words: Words, show: Show) -> Exit:
    document, issuer = _read(file, ports)
    groups = fingerprint(issuer)
    name = _clean(issuer.plain_name)
    if ports.trust.trust().published.administrator(issuer.iss) is not None:
        raise UsageError("trust.on-the-list", name=issuer.iss)
    show(plain(words.say("trust.fingerprint")), plain(" ".join(groups[:6])), plain(" ".join(groups[6:])))
    if digits is None:
        show(plain(words.say("trust.compare")))
        return Exit.UNCHECKED
    if not is_alike(digits, groups):
        raise UsageError("trust.not-alike")
    if ports.added is None:
        raise UsageError("trust.not-kept")
    add_issuer(document, ports)
    show(plain(words.say("trust.was-added", name=name)))
    return Exit.CHECKED


def _remove(name: str, ports: Ports, words: Words, show: Show) -> Exit:
    if remove_issuer(name, ports) is not None:
        show(plain(words.say("trust.was-removed", name=name)))
        return Exit.CHECKED
    raise UsageError("trust.not-there", name=name)


def _read(file: str, ports: Ports) -> tuple[bytes, Issuer]:
    """A file, or what the site of that name publishes about itself."""
    site = None if Path(file).exists() else issuer_address(file, file)
    try:
        document = own_file(site, ports.fetcher) if site is not None else _bytes(file)
        issuer = load_issuer(document)
    except (OSError, LabelViewerError, IssuerFileError) as fault:
        raise UsageError("trust.no-file", name=Path(file).name) from fault
    if site is not None and issuer.iss != file:
        raise UsageError("trust.no-file", name=file)
    return document, issuer


def _bytes(file: str) -> bytes:
    with Path(file).open("rb") as opened:
        return opened.read(bounds.ISSUER_FILE + 1)


def _clean(name: str) -> str:
    return clean(name, NAME_LENGTH)
