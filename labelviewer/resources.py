"""The only module that knows where resources/ and label_samples/ lie: the source tree or the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent

RESOURCES = _ROOT / "resources"
SCHEMES = RESOURCES / "schemes"
WORDS = RESOURCES / "words"
LANGUAGES = RESOURCES / "languages.json"
TRUST = RESOURCES / "trust"
SHORT_LINKS = RESOURCES / "sites" / "short-links.txt"
SAMPLES = _ROOT / "label_samples"
