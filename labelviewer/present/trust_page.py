"""Who may sign labels here: the list and its age, and whom somebody added on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.plain_text import clean
from labelviewer.words.dates import as_day, say_span

if TYPE_CHECKING:
    from labelviewer.verify.issuer import Issuer
    from labelviewer.verify.trust import Trust
    from labelviewer.words.catalogue import Words

NAME_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class SignerLine:
    """`groups` are the 60 digits of one that was added; empty where the list vouches."""

    host: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrustPage:
    lead: str
    age: str
    listed: tuple[SignerLine, ...]
    added: tuple[SignerLine, ...]


def trust_page(trust: Trust, issuers: Iterable[Issuer], words: Words, today: date) -> TrustPage:
    published = trust.published
    key = "trust.lead" if published.administrators else "trust.nobody-leads"
    name = clean(published.lead.plain_name, NAME_LENGTH)
    issued, today = as_day(published.issued), as_day(today)
    return TrustPage(
        lead=words.say(key, name=name, serial=published.serial, date=published.issued),
        age=words.say("trust.age", age=say_span(issued, today, words.say)) if issued <= today else "",
        listed=tuple(SignerLine(one.id, clean(one.plain_name, NAME_LENGTH)) for one in published.administrators),
        added=tuple(signer_line(issuer) for issuer in issuers),
    )


def signer_line(issuer: Issuer) -> SignerLine:
    from labelviewer.verify.issuer import fingerprint

    return SignerLine(issuer.iss, clean(issuer.plain_name, NAME_LENGTH), fingerprint(issuer))
