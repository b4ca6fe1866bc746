"""How hard a text is to read: the grade, and the words that are neither short nor well known."""

import re
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import IO, Any

_asked_for: Any = sys.modules.setdefault("pkg_resources", ModuleType("pkg_resources"))  # setuptools let it go
import textstat  # noqa: E402

HARD = 3  # syllables


def _resource(_package: str, name: str) -> IO[bytes]:
    return BytesIO((Path(textstat.__file__).parent / name).read_bytes())


if not hasattr(_asked_for, "resource_stream"):
    _asked_for.resource_stream = _resource


def grade(text: str) -> float:
    """Flesch-Kincaid; jumpy below eight words."""
    return float(textstat.flesch_kincaid_grade(text))


def hard_words(text: str) -> set[str]:
    """Words of three syllables or more that are not on the list of Dale and Chall; blanks are no words."""
    return {word.lower() for word in textstat.difficult_words_list(re.sub(r"\{[^}]*\}|%\d", " ", text), HARD)}
