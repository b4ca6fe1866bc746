"""Where a hand scanner is plugged in."""

from typing import NamedTuple


class SerialPort(NamedTuple):
    """`place` is what the system opens, `name` what people read."""

    place: str
    name: str
