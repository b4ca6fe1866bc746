"""Codes that we write are read back to the byte."""

import pytest

from labelviewer.adapters import qr_writer
from labelviewer.adapters.qr_reader import CodeReader, look
from labelviewer.adapters.qr_writer import Correction

ADDRESS = "https://samples.labelviewer.example/l/camera-a"


@pytest.mark.parametrize("text", [ADDRESS, "0", "HTTPS://A.EXAMPLE/L/1", "Größe 42 €", "ラベル", "x" * 2_048])
def test_a_written_code_is_read_back_to_the_byte(text: str) -> None:
    (sighting,) = look(qr_writer.picture(text, module_pixels=4)).sightings
    assert (sighting.payload, sighting.text) == (text.encode(), text)


@pytest.mark.parametrize("correction", ["L", "M", "Q", "H"])
def test_more_correction_takes_no_fewer_modules(correction: Correction) -> None:
    modules = qr_writer.matrix(ADDRESS, correction)
    assert len(modules) >= len(qr_writer.matrix(ADDRESS, "L"))
    assert all(len(row) == len(modules) for row in modules)


def test_the_matrix_starts_with_its_corner_mark_and_has_no_edge() -> None:
    modules = qr_writer.matrix(ADDRESS)
    assert [row[:7] for row in modules[:2]] == [(True,) * 7, (True, *(False,) * 5, True)]


def test_a_picture_has_the_white_edge_that_the_standard_asks_for() -> None:
    gray = qr_writer.picture(ADDRESS, module_pixels=5)
    edge = 4 * 5
    rows = [gray.pixels[at : at + gray.width] for at in range(0, len(gray.pixels), gray.width)]
    assert gray.width == gray.height == len(rows) == (len(qr_writer.matrix(ADDRESS)) + 8) * 5
    assert {*b"".join(rows[:edge] + rows[-edge:])} == {255}
    assert all({*row[:edge], *row[-edge:]} == {255} for row in rows)
    assert rows[edge][edge] == 0


def test_the_png_is_the_same_every_time_and_reads() -> None:
    first = qr_writer.png_bytes(ADDRESS)
    assert first == qr_writer.png_bytes(ADDRESS)
    assert [seen.text for seen in CodeReader().read(first, "code.png").sightings] == [ADDRESS]
