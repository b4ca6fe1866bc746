"""Error correction of QR codewords, some of them known to be doubtful; believes nothing that is only just possible."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL: Final = 0x11D


def _powers() -> tuple[list[int], list[int]]:
    power, logarithm = [1] * 512, [0] * 256
    value = 1
    for exponent in range(255):
        power[exponent] = value
        logarithm[value] = exponent
        value = value << 1 ^ (_POLYNOMIAL if value & 0x80 else 0)
    power[255:510] = power[:255]
    return power, logarithm


POWER, LOGARITHM = _powers()
_POWERS: Final = np.array(POWER[:255], np.uint8)
_LOGARITHMS: Final = np.array(LOGARITHM, np.int32)


def times(a: int, b: int) -> int:
    return POWER[LOGARITHM[a] + LOGARITHM[b]] if a and b else 0


_TIMES: Final = [bytes(times(a, b) for b in range(256)) for a in range(256)]


def _inverse(a: int) -> int:
    return POWER[255 - LOGARITHM[a]]


@cache
def _exponents(length: int, checks: int) -> NDArray[np.int32]:
    return np.outer(np.arange(checks), np.arange(length - 1, -1, -1)).astype(np.int32) % np.int32(255)


def syndromes(block: NDArray[np.uint8], checks: int) -> list[int]:
    """All zero where the block is whole."""
    terms = _POWERS[(_LOGARITHMS[block] + _exponents(len(block), checks)) % 255]
    terms[:, block == 0] = 0
    found: list[int] = np.bitwise_xor.reduce(terms, axis=1).tolist()
    return found


def corrected(block: NDArray[np.uint8], checks: int, doubtful: list[int], *, reserve: int) -> NDArray[np.uint8] | None:
    """The whole block, or None. Of the check bytes, `reserve` stay unused, so that chance cannot look like a code."""
    found = syndromes(block, checks)
    if not any(found):
        return block
    locator = _locator(found, checks, [len(block) - 1 - at for at in doubtful], reserve)
    if locator is None:
        return None
    return _repaired(block, found, checks, locator)


def _locator(found: list[int], checks: int, erased: list[int], reserve: int) -> list[int] | None:
    """Berlekamp and Massey's, started from the doubtful places; lowest term first."""
    locator = [1]
    for exponent in erased:
        row = _TIMES[POWER[exponent]]
        shifted = [0, *(row[term] for term in locator)]
        locator = [a ^ b for a, b in zip([*locator, 0], shifted, strict=True)]
    known = degree = len(erased)
    before = locator
    for step in range(known, checks):
        gap = 0
        for at in range(min(len(locator), step + 1)):
            gap ^= _TIMES[locator[at]][found[step - at]]
        before = [0, *before]
        if not gap:
            continue
        size = max(len(locator), len(before))
        longer = [*locator, *[0] * (size - len(locator))]
        row = _TIMES[gap]
        changed = [a ^ row[b] for a, b in zip(longer, [*before, *[0] * (size - len(before))], strict=True)]
        if 2 * degree <= step + known:
            row = _TIMES[_inverse(gap)]
            before = [row[term] for term in locator]
            degree = step + 1 - degree + known
        locator = changed
    while locator[-1] == 0:
        locator.pop()
    errors = degree - known
    return locator if len(locator) - 1 == degree and 2 * errors + known <= checks - reserve else None


def _repaired(block: NDArray[np.uint8], found: list[int], checks: int, locator: list[int]) -> NDArray[np.uint8] | None:
    """Forney's: how wrong each place is. None where the places do not add up."""
    length = len(block)
    evaluator = [0] * checks
    for at in range(checks):
        for term in range(min(at + 1, len(locator))):
            evaluator[at] ^= _TIMES[locator[term]][found[at - term]]
    roots = [at for at in range(length) if _value(locator, (256 - length + at) % 255) == 0]
    if len(roots) != len(locator) - 1:
        return None
    whole = block.copy()
    for at in roots:
        exponent = (256 - length + at) % 255
        slope = 0
        for term in range(1, len(locator), 2):
            slope ^= times(locator[term], POWER[exponent * (term - 1) % 255])
        if slope == 0:
            return None
        size = times(_value(evaluator, exponent), _inverse(slope))
        whole[at] ^= times(size, POWER[(length - 1 - at) % 255])
    return None if any(syndromes(whole, checks)) else whole


def _value(terms: list[int], exponent: int) -> int:
    """The polynomial at this power of the generator."""
    value = 0
    for at, term in enumerate(terms):
        if term:
            value ^= POWER[(LOGARITHM[term] + exponent * at) % 255]
    return value
