"""Whether a picture has stripes of a price barcode: some of its lines tell, before all of them are read."""

from typing import Final

from labelviewer.adapters.zxing_reader import Frame, Quad, has_stripes, row_bytes_of

_ACROSS: Final = 112  # lines, unless they would be closer than _CLOSEST
_DOWN: Final = 80  # fewer: pixels below one another take twice the time, and fewer barcodes stand on end
_CLOSEST: Final = 3  # pixels; a number that was read within fewer is not believed
_NARROWEST: Final = 67  # pixels; the modules of the shortest price barcode with its margins, none of them less than one
_LOWEST: Final = 16  # pixels; what is lower is no barcode that anyone printed beside a code

Span = tuple[int, int]


def may_have_stripes(frame: Frame, code: Quad | None = None) -> bool:
    """Lines across and down, whole ones, wherever a price barcode has room beside the `code`."""
    (left, right), (top, bottom) = ((0, 0), (0, 0)) if code is None else _box(frame, code)
    row, pixel, pixels = row_bytes_of(frame), frame.pixel_bytes, memoryview(frame.pixels)
    side = min(frame.width, frame.height)
    every = _every(side, _ACROSS)
    for first, end in _lines_with_room(frame.width, (left, right), frame.height, (top, bottom)):
        if has_stripes(pixels[first * row :], frame.width, pixel, (end - first) // every, every * row):
            return True
    every = _every(side, _DOWN)
    for first, end in _lines_with_room(frame.height, (top, bottom), frame.width, (left, right)):
        if has_stripes(pixels[first * pixel :], frame.height, row, (end - first) // every, every * pixel):
            return True
    return False


def _every(side: int, lines: int) -> int:
    return max(_CLOSEST, -(-side // lines))


def _lines_with_room(length: int, along: Span, count: int, over: Span) -> list[Span]:
    """All of them where a barcode fits between the code and an end of the line, else those that pass the code by."""
    if length < _NARROWEST:
        return []
    if max(along[0], length - along[1]) >= _NARROWEST:
        return [(0, count)]
    return [(first, end) for first, end in ((0, over[0]), (over[1], count)) if end - first >= _LOWEST]


def _box(frame: Frame, quad: Quad) -> tuple[Span, Span]:
    (a_x, a_y), (b_x, b_y), (c_x, c_y), (d_x, d_y) = quad
    left, right = min(a_x, b_x, c_x, d_x), max(a_x, b_x, c_x, d_x)
    top, bottom = min(a_y, b_y, c_y, d_y), max(a_y, b_y, c_y, d_y)
    return (_within(left, frame.width), _within(right, frame.width)), (
        _within(top, frame.height),
        _within(bottom, frame.height),
    )


def _within(part: float, length: int) -> int:
    return min(max(int(part * length), 0), length)
