"""What the QR standard fixes: patterns, places, masks, blocks; and a symbol put right from doubtful modules."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labelviewer.adapters.looks.pixels import Flags, Floats
from labelviewer.adapters.looks.reed_solomon import corrected

SIZES: Final = range(21, 178, 4)
_CHECKS: Final = {
    "L": bytes([7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28])
    + bytes([30] * 14),
    "M": bytes([10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26]) + bytes([28] * 19),
    "Q": bytes([13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28])
    + bytes([30] * 14),
    "H": bytes([17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24])
    + bytes([30] * 18),
}  # check bytes in each block, versions 1 to 40
_BLOCKS: Final = {
    "L": bytes([1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8])
    + bytes([8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25]),
    "M": bytes([1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16])
    + bytes([17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49]),
    "Q": bytes([1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20])
    + bytes([23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68]),
    "H": bytes([1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25])
    + bytes([25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81]),
}
_LEVELS: Final = "MLHQ"  # as the format's two bits count them
_FORMAT_MASK: Final = 0x5412
_FORMAT_GENERATOR: Final = 0x537
_VERSION_GENERATOR: Final = 0x1F25
_FORMAT_MUST_AGREE: Final = 10.0  # of 30 modules, agreeing less disagreeing
_SHARES: Final = (0.0, 0.3, 0.6, 0.8)  # of the check bytes, spent on doubtful places
_RESERVE: Final = 4  # check bytes left over where places were only doubtful: one in four thousand million by chance
_QUIET: Final = 4
_MODULE_PIXELS: Final = 3


@dataclass(frozen=True, slots=True)
class Repair:
    """A symbol put right: rows of modules, True is dark. `flipped` where it was seen in a mirror."""

    dark: Flags
    flipped: bool


def alignment_places(size: int) -> list[int]:
    """Rows, and columns, that have an alignment pattern's centre."""
    version = (size - 17) // 4
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return [6, *(size - 7 - step * back for back in range(count - 2, -1, -1))]


def alignment_centres(size: int) -> list[tuple[int, int]]:
    """(across, down) of each; none lies on a finder."""
    places = alignment_places(size)
    return [
        (across, down)
        for down in places
        for across in places
        if (across, down) not in {(6, 6), (6, size - 7), (size - 7, 6)}
    ]


@cache
def fixed(size: int) -> NDArray[np.int8]:
    """What every symbol of this size shows: +1 light, -1 dark, 0 where data are."""
    pattern = np.zeros((size, size), np.int8)
    down, across = np.mgrid[:size, :size]
    for at_across, at_down in ((3, 3), (size - 4, 3), (3, size - 4)):
        ring = np.maximum(abs(across - at_across), abs(down - at_down))
        pattern[ring <= 4] = np.where(np.isin(ring, (0, 1, 3)), -1, 1)[ring <= 4]
    line = np.where(np.arange(8, size - 8) % 2 == 0, -1, 1)
    pattern[6, 8 : size - 8] = pattern[8 : size - 8, 6] = line
    for at_across, at_down in alignment_centres(size):
        ring = np.maximum(abs(across - at_across), abs(down - at_down))
        pattern[ring <= 2] = np.where(ring == 1, 1, -1)[ring <= 2]
    return pattern


@cache
def _data_places(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    taken = fixed(size) != 0
    taken[:9, :9] = taken[:9, size - 8 :] = taken[size - 8 :, :9] = True
    taken[6, :] = taken[:, 6] = True
    if size >= 45:
        taken[:6, size - 11 : size - 8] = taken[size - 11 : size - 8, :6] = True
    places: list[tuple[int, int]] = []
    rights = [*range(size - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(rights):
        rows = range(size - 1, -1, -1) if turn % 2 == 0 else range(size)
        places += [(row, column) for row in rows for column in (right, right - 1) if not taken[row, column]]
    rows_at, columns_at = zip(*places, strict=True)
    return np.array(rows_at), np.array(columns_at)


@cache
def _mask(size: int, kind: int) -> Flags:
    row, column = np.mgrid[:size, :size]
    product = row * column
    rule = (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        ((row + column) % 2 + product % 3) % 2,
    )[kind]
    return np.asarray(rule == 0)


def _with_checks(value: int, bits: int, generator: int) -> int:
    rest = value << bits
    for at in range(rest.bit_length() - 1, bits - 1, -1):
        if rest >> at & 1:
            rest ^= generator << (at - bits)
    return value << bits | rest


_FORMATS: Final = [_with_checks(value, 10, _FORMAT_GENERATOR) ^ _FORMAT_MASK for value in range(32)]
_FORMAT_BITS: Final = np.array([[1 if word >> (14 - at) & 1 else -1 for at in range(15)] for word in _FORMATS])

_VERSIONS: Final = [_with_checks(version, 12, _VERSION_GENERATOR) for version in range(7, 41)]
VERSION_BITS: Final = np.array([[1 if word >> at & 1 else -1 for at in range(18)] for word in _VERSIONS])


def _format_places(size: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Each bit is written twice; (row, column)."""
    here = [(8, at) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(at, 8) for at in (7, 5, 4, 3, 2, 1, 0)]
    there = [(size - 1 - at, 8) for at in range(7)] + [(8, size - 8 + at) for at in range(8)]
    return list(zip(here, there, strict=True))


def repair(soft: Floats) -> Repair | None:
    """`soft` is positive where a module is light, and the larger the surer. None where no symbol comes of it."""
    scale = np.median(np.abs(soft)) + 1e-6
    clipped = np.clip(soft / scale, -1, 1)
    size = len(soft)
    tries: list[tuple[float, int, bool]] = []
    for flipped in (False, True):
        seen = clipped.T if flipped else clipped
        bits = np.array([-seen[here] - seen[there] for here, there in _format_places(size)])
        agreement = _FORMAT_BITS @ bits
        tries += [(float(agreement[word]), int(word), flipped) for word in np.argsort(-agreement)[:2]]
    for agreement_, word, flipped in sorted(tries, reverse=True)[:2]:
        if agreement_ < _FORMAT_MUST_AGREE:
            break
        dark = _with_format(soft.T if flipped else soft, word)
        if dark is not None:
            return Repair(dark, flipped)
    return None


def _with_format(soft: Floats, word: int) -> Flags | None:
    size = len(soft)
    rows, columns = _data_places(size)
    mask = _mask(size, word & 7)[rows, columns]
    values = np.where(mask, -soft[rows, columns], soft[rows, columns])
    bits = values < 0
    count = len(bits) // 8
    words = np.packbits(bits[: count * 8])
    sureness = np.abs(values[: count * 8]).reshape(-1, 8).min(1)
    for places, checks in _blocks(size, _LEVELS[word >> 3]):
        whole = _whole(words[places], sureness[places], checks)
        if whole is None:
            return None
        words[places] = whole
    bits[: count * 8] = np.unpackbits(words).astype(bool)
    bits[count * 8 :] = False  # what is left over stands for nothing
    dark = fixed(size) < 0
    dark[rows, columns] = bits ^ mask
    return _with_facts(dark, word)


def _whole(words: NDArray[np.uint8], sureness: Floats, checks: int) -> NDArray[np.uint8] | None:
    doubtful: list[int] = np.argsort(sureness).tolist()
    for share in _SHARES:
        count = int(share * checks)
        whole = corrected(words, checks, doubtful[:count], reserve=_RESERVE if count else 0)
        if whole is not None:
            return whole
    return None


@cache
def _blocks(size: int, level: str) -> list[tuple[NDArray[np.int64], int]]:
    """Which codewords make each block, data first, and how many of them are checks."""
    version = (size - 17) // 4
    checks, blocks = _CHECKS[level][version - 1], _BLOCKS[level][version - 1]
    count = len(_data_places(size)[0]) // 8
    short, longer = divmod(count, blocks)
    lengths = [short - checks + (block >= blocks - longer) for block in range(blocks)]
    places: list[list[int]] = [[] for _ in range(blocks)]
    at = 0
    for turn in range(max(lengths) + checks):
        is_check = turn >= max(lengths)
        for block in range(blocks):
            if is_check or turn < lengths[block]:
                places[block].append(at)
                at += 1
    return [(np.array(one), checks) for one in places]


def _with_facts(dark: Flags, word: int) -> Flags:
    """Format, the one module that is always dark, and version where it is written."""
    size = len(dark)
    for at, (here, there) in enumerate(_format_places(size)):
        dark[here] = dark[there] = bool(_FORMATS[word] >> (14 - at) & 1)
    dark[size - 8, 8] = True
    if size >= 45:
        bits = _VERSIONS[(size - 45) // 4]
        for at in range(18):
            row, column = at // 3, size - 11 + at % 3
            dark[row, column] = dark[column, row] = bool(bits >> at & 1)
    return dark


def first_bytes(dark: Flags) -> bytes:
    """The first two bytes of data of a symbol that is right: what kind of data it holds."""
    size = len(dark)
    bits = np.array([1 if dark[here] else -1 for here, _ in _format_places(size)])
    word = int((_FORMAT_BITS @ bits).argmax())
    rows, columns = _data_places(size)
    words = np.packbits(dark[rows, columns] ^ _mask(size, word & 7)[rows, columns])
    places, _ = _blocks(size, _LEVELS[word >> 3])[0]
    return words[places[:2]].tobytes()


def drawn(dark: Flags) -> NDArray[np.uint8]:
    """Black on white with its quiet zone, as if printed by us."""
    size = len(dark)
    paper = np.full((size + 2 * _QUIET,) * 2, 255, np.uint8)
    paper[_QUIET:-_QUIET, _QUIET:-_QUIET] = np.where(dark, 0, 255)
    return np.kron(paper, np.ones((_MODULE_PIXELS, _MODULE_PIXELS), np.uint8))
