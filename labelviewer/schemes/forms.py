"""What a scheme's number or address tells by its form alone: `CSA/{ddmmyy}/{text}`. Bounded holes, never a pattern.

Nothing is asked and nothing is proven: a form can be printed by anybody.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Final, Literal

from labelviewer.domain.digital_link import DigitalLink, read_digital_link
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.gtin import gtin14
from labelviewer.domain.inspection import SchemeCode
from labelviewer.domain.web_address import WebAddress, is_below, over_https, parse_web_address
from labelviewer.schemes.pack import HOLE, Form, Host
from labelviewer.schemes.pack_check import ENGLISH
from labelviewer.schemes.packs import LoadedPack, Packs

LONGEST: Final = 300

_HOLES: Final = {
    "ddmmyy": r"[0-9]{6}",
    "digits": r"[0-9]{1,20}",
    "group": r"[a-z0-9]{2,60}",
    "language": r"[A-Z]{2}",
    "text": r"[^/\s]{1,80}",
    "year": r"[0-9]{4}",
}


def read_form(template: str, text: str) -> Mapping[str, str] | None:
    """What stands in the holes; None where the text has another form. A hole stands in a template once."""
    if len(text) > LONGEST:
        return None
    found = _pattern(template).fullmatch(text.strip())
    return found.groupdict() if found else None


def recognise(text: str, packs: Packs) -> SchemeCode | None:
    """Whose number or address this looks like; a form says more than a host alone, a scheme more than a product."""
    loaded = packs.all()
    for each in loaded:
        for form in each.pack.forms:
            holes = read_form(form.template, text)
            if holes is not None and ("ddmmyy" not in holes or day_of(holes["ddmmyy"])):
                return _of_form(form, holes, text.strip(), each)
    address = _address(text)
    for each in loaded:
        if address is not None and is_at(address.host, each.pack.hosts):
            return _of_scheme("host", "", each, page=str(address))
    if address is not None and (link := read_digital_link(address)):
        return _of_product(link)
    if gtin := gtin14(text.strip()):
        return SchemeCode("barcode", text.strip(), "", "", gtin=gtin)
    return None


def is_served(adapter: str, address: str, packs: Packs) -> bool:
    """Whether a site of this adapter has data at this address that some pack has a table for."""
    tables = [form for loaded in packs.all() for form in loaded.foreign if form.format == adapter]
    return any(not table.addresses or any(read_form(each, address) for each in table.addresses) for table in tables)


def is_office(host: str, packs: Packs) -> bool:
    """Whether a pack names the host as its office's."""
    return any(is_at(host, loaded.pack.hosts) for loaded in packs.all())


def is_at(host: str, hosts: Iterable[Host]) -> bool:
    return any(host == known.name or (known.below and is_below(host, known.name)) for known in hosts)


def _of_form(form: Form, holes: Mapping[str, str], text: str, loaded: LoadedPack) -> SchemeCode:
    facts = ((form.gives[hole], said) for hole, said in holes.items() if hole in form.gives)
    kept = tuple((name, day if name == "ends" and (day := day_of(said)) else said) for name, said in facts)
    page = HOLE.sub(lambda hole: holes[hole[1]], form.page or (text if form.kind == "address" else ""))
    address = _address(page) if page else None
    shown = str(address) if address is not None and is_at(address.host, loaded.pack.hosts) else ""
    return _of_scheme(form.kind, holes.get("digits", text), loaded, facts=kept, page=shown)


def _of_product(link: DigitalLink) -> SchemeCode:
    ends = (("ends-by-link", link.ends),) if link.ends else ()
    return SchemeCode("link", link.gtin or link.model, "", "", facts=(*link.qualifiers, *ends), gtin=link.gtin)


def _of_scheme(
    kind: Literal["number", "address", "host"],
    number: str,
    loaded: LoadedPack,
    facts: tuple[tuple[str, str | date], ...] = (),
    page: str = "",
) -> SchemeCode:
    name, about, means = _told(loaded, ENGLISH)
    told_in = partial(_told, loaded)
    return SchemeCode(kind, number, name, about, loaded.pack.id, means, facts, page, "", loaded.added, told_in)


def _told(loaded: LoadedPack, language: str) -> tuple[str, str, str]:
    text = loaded.text(language)
    return text.name, text.about, text.code or ""


def _address(text: str) -> WebAddress | None:
    """Where it would lead over https; an http address says as much about whose it is."""
    try:
        return parse_web_address(text.strip())
    except RefusedError:
        return over_https(text.strip())


def day_of(ddmmyy: str) -> date | None:
    """The day in `311226`, in this century."""
    try:
        return date(2000 + int(ddmmyy[4:]), int(ddmmyy[2:4]), int(ddmmyy[:2]))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _pattern(template: str) -> re.Pattern[str]:
    """Raises ValueError for a hole that we do not know, or the same one twice."""
    parts = HOLE.split(template)
    holes = parts[1::2]
    if unknown := [hole for hole in holes if hole not in _HOLES or holes.count(hole) > 1]:
        raise ValueError(unknown[0])
    plain = map(re.escape, parts[::2])
    named = [f"(?P<{hole}>{_HOLES[hole]})" for hole in holes]
    return re.compile("".join(f"{text}{hole}" for text, hole in zip(plain, [*named, ""], strict=True)))
