"""Opens a page of the system's settings or of a label's office; nothing outside is opened anywhere else."""

import sys

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import parse_web_address

_PAGES = {
    ("darwin", "S02"): "x-apple.systempreferences:com.apple.preference.security?Privacy_Camera",
    ("darwin", "F14"): "x-apple.systempreferences:com.apple.preference.datetime",
    ("win32", "S02"): "ms-settings:privacy-webcam",
    ("win32", "S03"): "ms-settings:privacy-webcam",
    ("win32", "F14"): "ms-settings:dateandtime",
}


def open_web_page(address: str) -> bool:
    """In the browser, and only what passes as an address of the web: over https, and in normal form."""
    try:
        page = parse_web_address(address)
    except RefusedError:
        return False
    return QDesktopServices.openUrl(QUrl(str(page)))


def open_system_settings(code: str) -> bool:
    """False where this system has no address for such a page: the message's own words must do then."""
    page = _PAGES.get((sys.platform, code))
    return page is not None and QDesktopServices.openUrl(QUrl(page))
