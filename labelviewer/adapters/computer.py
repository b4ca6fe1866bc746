"""What runs here, for who asks for help: versions, parts and folders; nothing about the person."""

import platform
from importlib.machinery import PathFinder
from importlib.util import find_spec

from labelviewer import __version__
from labelviewer.adapters.profile import Profile
from labelviewer.adapters.qr_reader import readers

QT_PARTS = ("QtMultimedia", "QtPrintSupport", "QtSerialPort", "QtTextToSpeech", "QtDBus")


def programs(window: str) -> tuple[str, ...]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return (
        f"labelviewer {__version__}",
        f"Python {platform.python_version()}",
        window,
        system,
    )


def parts() -> tuple[tuple[str, bool], ...]:
    """Without loading them."""
    package = find_spec("PySide6")
    places = package.submodule_search_locations if package else None
    qt = tuple((name, PathFinder.find_spec(f"PySide6.{name}", places) is not None) for name in QT_PARTS)
    return (*((" ".join(filter(None, (each.name, each.version))), each.available) for each in readers()), *qt)


def folders(profile: Profile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, profile)))
