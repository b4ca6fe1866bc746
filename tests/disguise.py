"""English in disguise, and what of a page is not in disguise: the words that cannot be translated."""

import json
import re
from collections.abc import Iterator

from labelviewer.domain.pseudo import CLOSE, OPEN
from labelviewer.resources import SAMPLES, WORDS
from labelviewer.words.catalogue import Words
from labelviewer.words.languages import Tongues, speak
from tests.cameras import STICK, WEBCAM
from tests.labels import packs
from tests.ui_pages import LONG_NAME, OWN

ENGLISH = {"en": "English"}


def load(language: str) -> Words:
    words = speak(WORDS, language, ENGLISH)
    assert words is not None
    return words


def tongues(asked: str | None, **names: str) -> Tongues:
    return Tongues(ENGLISH | names, load, asked)


def strings(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from strings(value)
        case list():
            for value in data:
                yield from strings(value)
        case _:
            pass


def product_data() -> list[str]:
    """What labels say in their own words, names, and where a question stands; the longest first."""
    labels = [json.loads(path.read_text("utf-8")) for path in SAMPLES.glob("*/*/label.json")]
    said = {text for label in labels for text in strings(label)}
    addresses = {each for text in said for each in re.findall(r"(?:mailto:|https://)(\S+)", text)}
    hosts = {each.partition("/")[0] for each in addresses}
    names = {LONG_NAME, "labelviewer", "Acme Home Ltd", OWN.name, OWN.id, "English", "Pseudo", STICK.name, WEBCAM.name}
    schemes = [loaded.pack for loaded in packs().all()]
    titles = {source.title for pack in schemes for source in pack.sources}
    places = {cite.place for pack in schemes for each in pack.criteria for cite in each.cites if cite.place}
    return sorted(said | addresses | hosts | names | titles | places, key=len, reverse=True)


DATA = product_data()
TECHNICAL = re.compile(
    r"(?:Ctrl|Alt|Shift)\+\S+|\b(?:Esc|Del|F\d+|ms)\b|\bQt[A-Z]\w+"
    r"|^(?:Python|Qt|Linux|Windows|Darwin|zxing-cpp|zbar|[~/]|[A-Z]:).*"
)
"""Keys, units, and what runs on this computer: the same in every language."""


def is_untranslated(text: str) -> bool:
    """Whether anything is left of it beside what was translated and the data of products."""
    while (shorter := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)) != text:
        text = shorter
    text = TECHNICAL.sub("", text)
    for data in DATA:
        if len(data) > 1:
            text = text.replace(data, "")
    return re.search("[A-Za-z]{2}", text) is not None
