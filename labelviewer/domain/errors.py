"""Every failure we expect, grouped by who can fix it; the words for them live in the catalogue."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

Fact = str | int | date | datetime
Facts = Mapping[str, Fact]


class LabelViewerError(Exception):
    """Base of every failure we expect; `code` picks the message, `facts` fill its blanks."""

    code: ClassVar[str]

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code, facts)
        self.facts: Facts = facts


class PictureError(LabelViewerError):
    """The shopper can fix it: another picture, better light."""


class ReachError(LabelViewerError):
    """Nobody here can fix it: offline, server down, too slow."""


class RefusedError(LabelViewerError):
    """The code or the label is at fault; trying again will not help."""


class KeepError(LabelViewerError):
    """The disk or the folder is at fault; what was read is still on the screen."""


class NoCodeFoundError(PictureError):
    """Facts: near_misses, how many codes were seen but not read."""

    code = "S20"


class NotAPictureError(PictureError):
    """Facts: name."""

    code = "S21"


class PictureTooLargeError(PictureError):
    """Facts: name, millions of pixels and megabytes that would have opened."""

    code = "S22"


class NothingToPasteError(PictureError):
    code = "S23"


class WebPictureError(PictureError):
    """It lies on the web and was not fetched: the shopper is asked first. Facts: host."""

    code = "S25"


class PhonePhotoError(PictureError):
    code = "S25H"


class PicturesOffError(PictureError):
    """The process that opens pictures does not start; in ours none is opened."""

    code = "S26"


class PriceBarcodeError(RefusedError):
    """Facts: number."""

    code = "S40"


class NotALabelError(RefusedError):
    """Facts: kind, a key of the catalogue's phrases; the scanned text itself is not a fact of the message."""

    code = "S41"


class UnknownSiteError(RefusedError):
    """Facts: host."""

    code = "S42"


class LookAlikeError(RefusedError):
    """A host that looks like a listed one. Facts: host, known (the listed one)."""

    code = "S43"


class UnsafeLinkError(RefusedError):
    """Not https. Facts: scheme."""

    code = "S44"


class ShortLinkError(RefusedError):
    """A service that hides where its links lead. Facts: host."""

    code = "S45"


class OddAddressError(RefusedError):
    """An address no label site has: an IP address, a user name, a local name, broken escapes. Facts: host."""

    code = "S46"


class UnknownNumberError(RefusedError):
    """A product or label number that no registry we know can be asked for. Facts: number."""

    code = "S47"


class PageForPeopleError(RefusedError):
    """A known site whose pages are for people: nothing there is data that we can read. Facts: host."""

    code = "S50"


class NoSuchFileError(PictureError):
    """Facts: name."""

    code = "S48"


class WrongDigitError(RefusedError):
    """A product number whose check digit does not fit. Facts: number."""

    code = "S49"


class OfflineError(ReachError):
    code = "F02"


class NotAnsweringError(ReachError):
    """Time-out, 429 or 5xx. Facts: host; seconds where the site said when to come back."""

    code = "F04"


class NotListedError(ReachError):
    """404. Facts: host."""

    code = "F05"


class TakenDownError(RefusedError):
    """410; the site says so, unsigned. Facts: host."""

    code = "F06"


class UnprovenSiteError(ReachError):
    """TLS chain, name or date. Facts: host."""

    code = "F07"


class JumpedSiteError(RefusedError):
    """A redirect to a host that is not on the list. Facts: host1, host2."""

    code = "F08"


class SignInPageError(ReachError):
    """HTML where a label was expected. Facts: host."""

    code = "F09"


class NetworkBlockedError(ReachError):
    """Refused by a proxy or firewall, or any other 4xx. Facts: host."""

    code = "F10"


class NewerLabelError(RefusedError):
    code = "F11"


class DamagedProofError(RefusedError):
    code = "C10"


class DamagedLabelError(RefusedError):
    """Malformed, truncated, too big. Facts: host, where known."""

    code = "F12"


class WrongClockError(ReachError):
    """This computer's clock is certainly slow, and a site's dates look wrong by it. Facts: date (by that clock)."""

    code = "F14"


class PrivateNetworkError(RefusedError):
    """The name leads to an address that is not on the open internet. Facts: host."""

    code = "F15"


class CannotSaveError(KeepError):
    """Read-only, full, locked or gone. Facts: place, of what we keep ourselves; folder, of a file the shopper named."""

    code = "C09"


class LibraryDamagedError(KeepError):
    """Facts: place of the damaged file, kept."""

    code = "A07"
