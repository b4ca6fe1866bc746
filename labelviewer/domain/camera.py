"""A camera frame as gray pixels, and what a camera can do; no device in here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GrayFrame:
    """8-bit gray, black is 0. Pixels are `step` bytes apart, rows `row_bytes`.

    `pixels` may be the memory of a frame: it then goes with the frame.
    """

    pixels: bytes | memoryview
    width: int
    height: int
    row_bytes: int
    step: int = 1

    @property
    def half(self) -> "GrayFrame":
        """Every second pixel of every second row; nothing is copied."""
        return GrayFrame(self.pixels, self.width // 2, self.height // 2, self.row_bytes * 2, self.step * 2)

    def row(self, y: int) -> bytes:
        start = y * self.row_bytes
        return bytes(self.pixels[start : start + self.width * self.step : self.step])

    def column(self, x: int) -> bytes:
        return bytes(self.pixels[x * self.step : self.height * self.row_bytes : self.row_bytes])


@dataclass(frozen=True, slots=True)
class CameraName:
    """`id` is the system's own, the same the next time."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Gear:
    """The cameras that are there and what the one in use can do. `mirrored`: it looks at whoever holds the box."""

    cameras: tuple[CameraName, ...] = ()
    chosen: str = ""
    mirrored: bool = True
    has_torch: bool = False
    torch: bool = False
    zoom: float = 1.0
    max_zoom: float = 1.0
