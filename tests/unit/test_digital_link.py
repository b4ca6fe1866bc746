"""What a GS1 Digital Link says by its form; vectors from the standard's own examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.digital_link import DigitalLink, read_digital_link
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.web_address import parse_web_address

LINKS: list[tuple[str, DigitalLink | None]] = [
    ("https://id.gs1.org/01/09521234543213", DigitalLink("09521234543213")),
    ("https://id.gs1.org/01/9521234543213", DigitalLink("09521234543213")),
    ("https://shop.example.org/some/path/01/09506000134352", DigitalLink("09506000134352")),
    ("https://id.gs1.org/01/614141123452/", DigitalLink("00614141123452")),
    (
        "https://id.gs1.org/01/09521234543213/10/ABC123/21/12345?17=261231",
        DigitalLink("09521234543213", "", (("batch", "ABC123"), ("serial", "12345")), date(2026, 12, 31)),
    ),
    ("https://id.gs1.org/01/09521234543213?17=261200", DigitalLink("09521234543213")),
    ("https://id.gs1.org/01/09521234543213/22/2A", DigitalLink("09521234543213", "", (("variant", "2A"),))),
    ("https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K", DigitalLink("", "1987654Ad4X4bL5ttr2310c2K")),
    ("https://id.gs1.org/01/09521234543214", None),
    ("https://id.gs1.org/01/123", None),
    ("https://id.gs1.org/01/09521234543213/21/1/10/2", None),
    ("https://id.gs1.org/01/09521234543213/10", None),
    ("https://id.gs1.org/01/09521234543213/99/1", None),
    ("https://id.gs1.org/01/09521234543213/10/" + "A" * 29, None),
    ("https://shop.example.org/", None),
]


@pytest.mark.parametrize(("address", "link"), LINKS)
def test_a_link_is_read_by_the_rules_of_the_standard_on_any_domain(address: str, link: DigitalLink | None) -> None:
    assert read_digital_link(parse_web_address(address)) == link


@given(st.text(alphabet="0189/abc%2F?=.-", max_size=60))
def test_no_address_makes_it_raise(path: str) -> None:
    try:
        address = parse_web_address(f"https://shop.example.org/01/{path}")
    except RefusedError:
        return
    link = read_digital_link(address)
    assert link is None or link.gtin or link.model
