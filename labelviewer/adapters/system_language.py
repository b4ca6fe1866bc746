"""The languages that this computer speaks, asked without Qt."""

import os
import sys
from collections.abc import Sequence

from labelviewer.domain.locale_names import of_environment


def system_languages() -> Sequence[str]:
    """What the terminal asks for; on Windows, where it says nothing, what the system was set to."""
    wanted = of_environment(os.environ)
    if sys.platform == "win32" and not wanted:
        import ctypes
        import locale

        return [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
    return wanted
