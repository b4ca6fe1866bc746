"""Where the program keeps its own: the platform's folders, or one folder that the user names."""

import os
import sys
from pathlib import Path
from typing import Final, NamedTuple

NAME: Final = "labelviewer"
XDG: Final = {"CONFIG": ".config", "DATA": ".local/share", "CACHE": ".cache", "STATE": ".local/state"}
"""What the XDG Base Directory Specification calls each folder, and where it is below the home folder otherwise."""


class Profile(NamedTuple):
    """Four folders, none of them made before something is written."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def library(self) -> Path:
        return self.data / "library.db"

    @property
    def schemes(self) -> Path:
        """Where somebody puts scheme packs of their own."""
        return self.data / "schemes"

    @property
    def lead(self) -> Path:
        """Where somebody names a lead administrator of their own."""
        return self.config / "lead"

    @property
    def attacks(self) -> Path:
        """The public catalogue of known attacks; it can be fetched again."""
        return self.cache / "known-attacks"

    @property
    def log(self) -> Path:
        return self.state / "labelviewer.log"


def find_profile(folder: Path | None = None) -> Profile:
    """`folder` moves all of it; without one the platform says where."""
    if folder is not None:
        base = folder.expanduser().absolute()
        return Profile(base / "config", base / "data", base / "cache", base / "state")
    return _windows_and_mac() if sys.platform in ("win32", "darwin") else Profile(*map(_xdg_folder, XDG.items()))


def _windows_and_mac() -> Profile:
    import platformdirs

    places = platformdirs.PlatformDirs(NAME, appauthor=False)
    return Profile(places.user_config_path, places.user_data_path, places.user_cache_path, places.user_state_path)


def _xdg_folder(folder: tuple[str, str]) -> Path:
    """As `platformdirs` finds it, which would cost the first page 4 ms; a relative path is to be ignored."""
    kind, below_home = folder
    named = Path(os.environ.get(f"XDG_{kind}_HOME", ""))
    return (named if named.is_absolute() else Path.home() / below_home) / NAME
