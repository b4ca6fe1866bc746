"""A scanner is told from a person by how fast it types, and what it typed is never put right in silence."""

import pytest

from labelviewer.ui.us_layout import MAC, WINDOWS, us_text
from labelviewer.ui.wedge import (
    Burst,
    Clean,
    CutShort,
    Heard,
    Mangled,
    Manner,
    Stroke,
    belongs,
    is_burst,
    is_half,
    silence,
    understand,
)
from tests.keyboards import LAYOUTS, WHERE, X_OFFSET, keys, mangled

ADDRESS = "https://a.example/l/2026-000123?x=1_Z"
GTIN = "4012345678901"
MANNER = Manner()


def burst(code: str, layout: str = "US") -> Burst:
    typed = keys(code, layout)
    return tuple(
        Stroke(place * 4, key.text, us_text("xcb", key.code + X_OFFSET, 0, shift=key.shift))
        for place, key in enumerate(typed)
    )


def blind(text: str) -> Burst:
    """As from a system that does not say which keys were pressed."""
    return tuple(Stroke(place * 4, letter, None) for place, letter in enumerate(text))


# The keyboards of the world

MANGLES_ADDRESSES = sorted(LAYOUTS.keys() - {"US", "British"})
MANGLES_NUMBERS = ["Belgian", "Czech", "French", "Hungarian"]


def test_the_table_of_keyboards_is_right_where_it_is_well_known() -> None:
    assert mangled("https://", "German") == "httpsÖ--"
    assert mangled("https://", "Italian") == "httpsç--"
    assert mangled("https://", "French") == "httpsM!!"
    assert len(MANGLES_ADDRESSES) >= 13


@pytest.mark.parametrize("layout", MANGLES_ADDRESSES)
def test_an_address_that_another_keyboard_mangled_is_asked_about(layout: str) -> None:
    assert understand(burst(ADDRESS, layout), MANNER) == Mangled(mangled(ADDRESS, layout), ADDRESS)


@pytest.mark.parametrize("layout", MANGLES_NUMBERS)
def test_so_is_a_product_number(layout: str) -> None:
    assert understand(burst(GTIN, layout), MANNER) == Mangled(mangled(GTIN, layout), GTIN)


@pytest.mark.parametrize("layout", sorted(LAYOUTS.keys() - set(MANGLES_NUMBERS)))
def test_a_product_number_comes_through_where_digits_are_where_they_are_in_the_us(layout: str) -> None:
    assert understand(burst(GTIN, layout), MANNER) == Clean(GTIN)


@pytest.mark.parametrize("layout", ["US", "British"])
def test_an_address_that_arrived_as_it_is_raises_no_question(layout: str) -> None:
    assert understand(burst(ADDRESS, layout), MANNER) == Clean(ADDRESS)


def test_a_label_number_that_was_mangled_is_asked_about() -> None:
    assert understand(burst("2026-000123", "German"), MANNER) == Mangled("2026ß000123", "2026-000123")


def test_a_scanner_set_to_the_keyboard_of_the_computer_raises_no_question() -> None:
    """Its keys make no sense on a US keyboard, and need not."""
    german = {text: (code, shift) for shift in (False, True) for text, code in _places("German", shift)}
    strokes = []
    for place, letter in enumerate("https://a.example/l/7"):
        code, shift = german[letter]
        strokes.append(Stroke(place * 4, letter, us_text("xcb", code + X_OFFSET, 0, shift=shift)))
    assert understand(tuple(strokes), MANNER) == Clean("https://a.example/l/7")


def _places(layout: str, shift: bool) -> list[tuple[str, int]]:
    codes = [code for code, shifted in WHERE.values() if shifted is shift]
    return list(zip(LAYOUTS[layout][shift], codes, strict=True))


def test_capitals_of_a_caps_lock_are_asked_about() -> None:
    typed = tuple(Stroke(stroke.at, stroke.text.upper(), stroke.us) for stroke in burst("https://a.example/l/a"))
    assert understand(typed, MANNER) == Mangled("HTTPS://A.EXAMPLE/L/A", "https://a.example/l/a")


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_text_that_means_nothing_either_way_stays_as_it_came(layout: str) -> None:
    assert understand(burst("hello world", layout), MANNER) == Clean(mangled("hello world", layout))


def test_where_the_system_does_not_say_which_keys_they_were_nothing_is_guessed() -> None:
    assert understand(blind(ADDRESS), MANNER) == Clean(ADDRESS)
    assert understand(blind("httpsÖ--a.example-l-1"), MANNER) == Clean("httpsÖ--a.example-l-1")


# What is taken off, and what is missing


@pytest.mark.parametrize(
    ("typed", "manner", "heard"),
    [
        (f"{ADDRESS}\n", MANNER, Clean(ADDRESS)),
        (f"{ADDRESS}\t", MANNER, Clean(ADDRESS)),
        (f"\t{ADDRESS}\n\n", MANNER, Clean(ADDRESS)),
        (f"\x02{ADDRESS}\x1d\x03", MANNER, Clean(ADDRESS)),
        ("first\nsecond", MANNER, Clean("first\nsecond")),
        (f"]Q1{ADDRESS}#\n", Manner(prefix="]Q1", suffix="#"), Clean(ADDRESS)),
        (f"Q1{ADDRESS}#", Manner(prefix="]Q1", suffix="#"), CutShort(f"Q1{ADDRESS}#")),
        (f"]Q1{ADDRESS}", Manner(prefix="]Q1", suffix="#"), CutShort(f"]Q1{ADDRESS}")),
        ("aa", Manner(prefix="aa", suffix="a"), CutShort("aa")),
        ("ttps://a.example/l/1", MANNER, CutShort("ttps://a.example/l/1")),
        ("://a.example/l/1\n", MANNER, CutShort("://a.example/l/1")),
        ("https:/", MANNER, CutShort("https:/")),
        ("https://", MANNER, CutShort("https://")),
    ],
)
def test_a_read_is_unwrapped_and_half_a_read_is_noticed(typed: str, manner: Manner, heard: Heard) -> None:
    assert understand(blind(typed), manner) == heard


def test_half_an_address_is_noticed_on_any_keyboard() -> None:
    assert understand(burst("ttps://a.example/l/1", "German"), MANNER) == CutShort("ttpsÖ--a.example-l-1")


def test_a_prefix_that_was_mangled_too_is_still_found() -> None:
    manner = Manner(prefix="/", suffix="-")
    assert understand(burst(f"/{ADDRESS}-", "German"), manner) == Mangled(mangled(f"/{ADDRESS}-", "German"), ADDRESS)


@pytest.mark.parametrize("text", ["https://a.example", "hello", "h", "", "12345678", "tel://1", "http://a.example"])
def test_a_whole_text_is_not_taken_for_half_of_one(text: str) -> None:
    assert not is_half(text)


# Who typed it


def test_six_quick_keys_are_a_burst_and_five_are_not() -> None:
    assert is_burst(blind("123456"), MANNER)
    assert not is_burst(blind("12345"), MANNER)
    assert is_burst(blind("1234"), Manner(keys=4))


@pytest.mark.parametrize(
    ("held", "after", "together"),
    [
        ("a", 0, True),
        ("a", 30, True),
        ("a", 31, False),
        ("abcde", 31, False),
        ("abcdef", 31, True),
        ("abcdef", 120, True),
        ("abcdef", 121, False),
        ("a", -5, False),
    ],
)
def test_a_key_belongs_to_those_before_it_when_it_comes_soon(held: str, after: int, together: bool) -> None:
    strokes = blind(held)
    assert belongs(Stroke(strokes[-1].at + after, "x", None), strokes, MANNER) is together


def test_a_slow_scanner_is_given_more_time() -> None:
    slow = Manner(gap=80)
    assert belongs(Stroke(80, "x", None), blind("a"), slow)
    assert silence(blind("abcdef"), slow) > silence(blind("abcdef"), MANNER) > silence(blind("a"), MANNER) == 30


# Which key it was


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "shift", "text"),
    [
        ("xcb", 38, 0, False, "a"),
        ("wayland", 38, 0, True, "A"),
        ("xcb", 47, 0, True, ":"),
        ("xcb", 61, 0, False, "/"),
        ("xcb", 36, 0, False, "\n"),
        (WINDOWS, 0x1E, 0x41, False, "a"),
        (WINDOWS, 0x27, 0, True, ":"),
        (WINDOWS, 0x35, 0, False, "/"),
        (WINDOWS, 0x135, 0, False, None),
        (MAC, 1, 0x00, False, "a"),
        (MAC, 1, 0x29, True, ":"),
        (MAC, 1, 0x2C, False, "/"),
        (MAC, 1, 0x1D, False, "0"),
        (MAC, 1, 0x24, False, "\n"),
        (MAC, 1, 0x7F, False, None),
        ("offscreen", 0, 0, False, None),
        ("xcb", 200, 0, False, None),
    ],
)
def test_a_key_is_known_by_its_place(
    platform: str, scan_code: int, virtual_key: int, shift: bool, text: str | None
) -> None:
    assert us_text(platform, scan_code, virtual_key, shift=shift) == text
