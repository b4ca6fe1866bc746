"""What the command's exit status says, and which of several wins."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    CHECKED = 0
    USAGE = 1
    NO_CODE = 2
    NETWORK = 3
    NOT_REAL = 4
    RAN_OUT = 5
    UNCHECKED = 6
    FAULT = 70


WORST_FIRST: Final = (
    Exit.FAULT,
    Exit.NOT_REAL,
    Exit.RAN_OUT,
    Exit.UNCHECKED,
    Exit.NETWORK,
    Exit.NO_CODE,
    Exit.USAGE,
    Exit.CHECKED,
)

_CODES: Final[Mapping[Exit, tuple[str, ...]]] = {
    Exit.CHECKED: ("V01", "V18"),
    Exit.USAGE: ("S48", "C10"),
    Exit.NO_CODE: ("S13", "S20", "S21", "S22", "S23", "S25", "S25H", "S40", "S41", "S47", "S49"),
    Exit.NETWORK: ("F02", "F04", "F07", "F09", "F10", "F15"),
    Exit.NOT_REAL: ("V03", "V10"),
    Exit.RAN_OUT: ("F06", "V05", "V06", "V07", "V17"),
    Exit.UNCHECKED: (
        *("F01", "F05", "F08", "F11", "F12", "F14"),
        *("S42", "S43", "S44", "S45", "S46", "S50"),
        *("V02", "V04", "V08", "V09", "V19", "V20"),
    ),
    Exit.FAULT: ("S26",),
}
EXIT_OF_CODE: Final[Mapping[str, Exit]] = {code: status for status, codes in _CODES.items() for code in codes}
"""By the code of the headline: the message that stands on top of an answer."""


def worst(statuses: Iterable[Exit]) -> Exit:
    return min(statuses, key=WORST_FIRST.index, default=Exit.CHECKED)
