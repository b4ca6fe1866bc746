"""Product numbers and their check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.gtin import check_digit, gtin14

digits = st.text("0123456789", min_size=13, max_size=13).filter(lambda body: body.strip("0"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4006381333931", "04006381333931"),
        ("036000291452", "00036000291452"),
        ("73513537", "00000073513537"),
        ("96385074", "00000096385074"),
        ("10614141000415", "10614141000415"),
        ("04006381333931", "04006381333931"),
    ],
)
def test_a_number_with_the_right_check_digit_is_padded_to_fourteen(text: str, number: str) -> None:
    assert gtin14(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4006381333932",
        "4006381333930",
        "400638133393",
        "40063813339311",
        "123",
        "0",
        "00000000",
        "00000000000000",
        "4006381333931 ",
        " 4006381333931",
        "4006381333931\n",
        "4-006381-333931",
        "400638133393X",
        "+006381333931",
        "٤٠٠٦٣٨١٣٣٣٩٣١",
        "400638133393¹",
        "040063813339310",
        "4006381333931" * 100,
    ],
)
def test_anything_else_is_no_product_number(text: str) -> None:
    assert gtin14(text) is None


@given(digits, st.integers(0, 12), st.integers(1, 9))
def test_one_digit_changed_is_always_noticed(body: str, place: int, change: int) -> None:
    number = body + check_digit(body)
    assert gtin14(number) == number
    changed = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert gtin14(changed) is None
