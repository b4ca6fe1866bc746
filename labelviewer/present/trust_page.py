"""Who may sign labels here: the list and its age, and whom somebody added on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelviewer.words.dates import as_day, say_span

if TYPE_CHECKING:
    from datetime import date

    from labelviewer.domain.signers import SignerLine, Signers
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class TrustPage:
    lead: str
    age: str
    listed: tuple[SignerLine, ...]
    added: tuple[SignerLine, ...]


def trust_page(signers: Signers, words: Words, today: date) -> TrustPage:
    key = "trust.lead" if signers.lead else "trust.nobody-leads"
    issued, today = as_day(signers.issued), as_day(today)
    return TrustPage(
        lead=words.say(key, name=signers.lead, serial=signers.serial, date=signers.issued),
        age=words.say("trust.age", age=say_span(issued, today, words.say)) if issued <= today else "",
        listed=signers.listed,
        added=signers.added,
    )
