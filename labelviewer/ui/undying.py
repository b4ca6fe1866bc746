"""Python's constants, kept from dying of Qt: its wheels take them for immortal, which they are from Python 3.12 on.

Before, every signal that is sent costs `True` a reference, and at none left the interpreter ends itself.
"""

import sys
from typing import Final

CONSTANTS: Final = (None, True, False, NotImplemented, Ellipsis)
ENOUGH: Final = 2**60  # at a thousand a second, for more than a million years


def keep_constants() -> None:
    """Give each more references than can ever be lost; once is enough."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    import ctypes

    for constant in CONSTANTS:
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < ENOUGH:
            count.value += ENOUGH
