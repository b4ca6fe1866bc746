"""Camera frames as gray pixels to read, and as a picture to keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from labelviewer.domain.camera import GrayFrame
from labelviewer.domain.sighting import Still
from labelviewer.pipeline.limits import STILL_SIDE

_Pixels = QVideoFrameFormat.PixelFormat
_LUMA: Final = {  # where the gray is: first byte, and bytes from one pixel to the next
    _Pixels.Format_Y8: (0, 1),
    _Pixels.Format_NV12: (0, 1),
    _Pixels.Format_NV21: (0, 1),
    _Pixels.Format_YUV420P: (0, 1),
    _Pixels.Format_YUV422P: (0, 1),
    _Pixels.Format_YV12: (0, 1),
    _Pixels.Format_YUYV: (0, 2),
    _Pixels.Format_UYVY: (1, 2),
}


@contextmanager
def gray_of(frame: QVideoFrame) -> Iterator[GrayFrame | None]:
    """The frame's own memory where it has its gray apart, else a copy; None where it cannot be read.

    The pixels end with the block: whoever holds them longer gets a ValueError and no crash.
    """
    luma = _LUMA.get(frame.pixelFormat())
    shape = frame.surfaceFormat()
    upright = shape.rotation() is QtVideo.Rotation.None_ and not shape.isMirrored()
    if luma is None or not upright or not frame.map(QVideoFrame.MapMode.ReadOnly):
        yield _copied(frame)
        return
    first, step = luma
    memory = frame.bits(0)
    assert isinstance(memory, memoryview)
    pixels = memory[first:]
    try:
        height = frame.height() - bool(first)  # the last row would end outside of what is left
        yield GrayFrame(pixels, frame.width(), height, frame.bytesPerLine(0), step)
    finally:
        pixels.release()
        memory.release()
        frame.unmap()


def _copied(frame: QVideoFrame) -> GrayFrame | None:
    image = frame.toImage()
    if image.isNull():
        return None
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return GrayFrame(bytes(gray.constBits()), gray.width(), gray.height(), gray.bytesPerLine())


def to_still(frame: QVideoFrame) -> Still:
    """The frame as a picture to show."""
    image = frame.toImage()
    if max(image.width(), image.height()) > STILL_SIDE:
        image = image.scaled(STILL_SIDE, STILL_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    row = image.width() * 3
    pixels = memoryview(image.constBits())
    lines = (pixels[y * image.bytesPerLine() : y * image.bytesPerLine() + row] for y in range(image.height()))
    return Still(image.width(), image.height(), b"".join(lines))
