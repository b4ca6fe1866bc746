"""Where a key lies on the keyboard, and what a US keyboard has there: scanners type by place, not by letter."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

_Keys = Mapping[int, tuple[str, str]]


def _row(first: int, plain: str, shifted: str) -> Iterable[tuple[int, tuple[str, str]]]:
    return ((first + place, pair) for place, pair in enumerate(zip(plain, shifted, strict=True)))


# Linux input codes; the codes of a PC keyboard, and so those of Windows, are the same for all of these.
_ON_PC: Final[_Keys] = dict(
    chain(
        _row(2, "1234567890-=", "!@#$%^&*()_+"),
        _row(15, "\tqwertyuiop[]\n", "\tQWERTYUIOP{}\n"),
        _row(30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
        _row(43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
        _row(57, " ", " "),
    )
)

# Virtual key codes of macOS, which name places too.
_ON_MAC: Final[_Keys] = dict(
    chain(
        _row(0x00, "asdfghzxcv", "ASDFGHZXCV"),
        _row(0x0B, "bqweryt123465=97-80]ou[ip\nlj'k;\\,/nm.\t `", 'BQWERYT!@#$^%+(&_*)}OU{IP\nLJ"K:|<?NM>\t ~'),
    )
)

MAC: Final = "cocoa"
WINDOWS: Final = "windows"
X_OFFSET: Final = 8  # X and Wayland count eight codes further
EXTENDED: Final = 0x100  # a second key of the same code, on Windows


def us_text(platform: str, scan_code: int, virtual_key: int, *, shift: bool) -> str | None:
    """What the key types on a US keyboard, line break for Enter; None where the system does not say which key it was.

    `platform` is Qt's name of it; caps lock does not count, since a scanner presses shift itself.
    """
    if platform == MAC:
        pair = _ON_MAC.get(virtual_key)
    elif scan_code == 0:
        pair = None
    elif platform == WINDOWS:
        pair = None if scan_code & EXTENDED else _ON_PC.get(scan_code & 0xFF)
    else:
        pair = _ON_PC.get(scan_code - X_OFFSET)
    return None if pair is None else pair[shift]
