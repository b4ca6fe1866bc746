"""Codes of one picture are numbered as one reads: row by row, each from the left."""

from random import Random

import pytest

from labelviewer.domain.sighting import Sighting, Symbology, in_rows


def seen(text: str, left: float, top: float, width: float = 0.15, height: float = 0.15) -> Sighting:
    right, bottom = left + width, top + height
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Sighting(text.encode(), text, Symbology.QR, corners, "t")


@pytest.mark.parametrize(
    ("tilt", "rows"), [(0.0, ("abc", "def")), (0.02, ("abcd", "efgh", "ijkl")), (-0.02, ("ab", "cd"))]
)
def test_codes_are_in_rows_even_where_a_row_is_not_level(tilt: float, rows: tuple[str, ...]) -> None:
    sheet = [
        seen(text, 0.05 + 0.23 * across, 0.1 + 0.25 * down + tilt * across)
        for down, row in enumerate(rows)
        for across, text in enumerate(row)
    ]
    Random(7).shuffle(sheet)
    assert "".join(each.text for each in in_rows(sheet)) == "".join(rows)


def test_a_flat_barcode_beside_a_code_is_in_its_row() -> None:
    beside = seen("b", 0.5, 0.15, width=0.4, height=0.04)
    below = seen("c", 0.1, 0.6)
    assert [each.text for each in in_rows([below, beside, seen("a", 0.1, 0.1)])] == ["a", "b", "c"]


def test_no_code_is_no_row() -> None:
    assert in_rows(()) == ()
