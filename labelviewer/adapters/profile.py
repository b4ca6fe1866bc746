"""Where the program keeps its own: the platform's folders, or one folder that the user names."""

from pathlib import Path
from typing import NamedTuple

import platformdirs

NAME = "labelviewer"


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
    def log(self) -> Path:
        return self.state / "labelviewer.log"


def find_profile(folder: Path | None = None) -> Profile:
    """`folder` moves all of it; without one the platform says where."""
    if folder is not None:
        base = folder.expanduser().absolute()
        return Profile(base / "config", base / "data", base / "cache", base / "state")
    places = platformdirs.PlatformDirs(NAME, appauthor=False)
    return Profile(places.user_config_path, places.user_data_path, places.user_cache_path, places.user_state_path)
