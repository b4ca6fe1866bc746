"""Opens the system's own settings page for a message; the one place where this program opens anything outside."""

import sys

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_PAGES = {
    ("darwin", "S02"): "x-apple.systempreferences:com.apple.preference.security?Privacy_Camera",
    ("darwin", "F14"): "x-apple.systempreferences:com.apple.preference.datetime",
    ("win32", "S02"): "ms-settings:privacy-webcam",
    ("win32", "S03"): "ms-settings:privacy-webcam",
    ("win32", "F14"): "ms-settings:dateandtime",
}


def open_system_settings(code: str) -> bool:
    """False where this system has no address for such a page: the message's own words must do then."""
    page = _PAGES.get((sys.platform, code))
    return page is not None and QDesktopServices.openUrl(QUrl(page))
