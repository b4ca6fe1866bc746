"""What a scanned text is, before anything is asked or opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.errors import OddAddressError, RefusedError, UnsafeLinkError
from labelviewer.domain.scanned import KINDS, ForeignLink, LabelAddress, OtherText, ProductNumber, classify
from labelviewer.domain.web_address import parse_web_address

ADDRESSES = [
    "https://a.example/l/2026-000123",
    "HTTPS://A.EXAMPLE/L/1",
    "https://eprel.ec.europa.eu/qr/1234567",
    "https://id.gs1.example/01/04006381333931",
    "https://www.bsi.bund.de/SharedDocs/IT-Sicherheitskennzeichen/DE/2022/sik-1.html",
    "https://a.example/l/1#LV1:abc",
    "https://bit.ly/3abc",
    "https://unknown.example/",
]

FOREIGN: list[tuple[str, type[RefusedError], str]] = [
    ("http://a.example/l/1", UnsafeLinkError, "http"),
    ("HTTP://A.EXAMPLE/L/1", UnsafeLinkError, "http"),
    ("http:a.example", UnsafeLinkError, "http"),
    ("ftp://a.example/x", UnsafeLinkError, "ftp"),
    ("file:///etc/passwd", UnsafeLinkError, "file"),
    ("file:C:/x", UnsafeLinkError, "file"),
    ("data:text/html;base64,PHA+", UnsafeLinkError, "data"),
    ("javascript:alert(1)", UnsafeLinkError, "javascript"),
    ("JAVASCRIPT://%0aalert(1)", UnsafeLinkError, "javascript"),
    ("vbscript:x", UnsafeLinkError, "vbscript"),
    ("about:blank", UnsafeLinkError, "about"),
    ("blob:https://a.example/1", UnsafeLinkError, "blob"),
    ("view-source:https://a.example/", UnsafeLinkError, "view-source"),
    ("intent://scan/#Intent;scheme=zxing;end", UnsafeLinkError, "intent"),
    ("intent:#Intent;end", UnsafeLinkError, "intent"),
    ("market://details?id=x", UnsafeLinkError, "market"),
    ("market:x", UnsafeLinkError, "market"),
    ("itms-apps://x", UnsafeLinkError, "itms-apps"),
    ("ms-settings:privacy", UnsafeLinkError, "ms-settings"),
    ("content://x/y", UnsafeLinkError, "content"),
    ("otpauth://totp/x?secret=y", UnsafeLinkError, "otpauth"),
    ("labelviewer://open", UnsafeLinkError, "labelviewer"),
    ("magnet:?xt=urn:x", UnsafeLinkError, "magnet"),
    ("javascript:x\nhttps://a.example/", UnsafeLinkError, "javascript"),
    ("https:a.example", OddAddressError, "https:a.example"),
    ("https:/a.example", OddAddressError, "https:/a.example"),
    ("https://127.0.0.1/", OddAddressError, "127.0.0.1"),
    ("https://user@a.example/", OddAddressError, "user@a.example"),
    ("https://router.local/", OddAddressError, "router.local"),
    ("https://a.example/x y", OddAddressError, "a.example"),
    ("https://a.example/ https://b.example/", OddAddressError, "a.example"),
    ("https://a.example/\nhttps://b.example/", OddAddressError, "a.example"),
]

OTHER = [
    ("WIFI:T:WPA;S:home;P:secret;;", "wifi"),
    ("wifi:S:x;;", "wifi"),
    ("BEGIN:VCARD\nVERSION:3.0\nURL:https://a.example/\nEND:VCARD", "contact"),
    ("BEGIN:VCARD\r\nN:x\r\nEND:VCARD", "contact"),
    ("MECARD:N:Doe,John;TEL:1;;", "contact"),
    ("BIZCARD:N:Doe;;", "contact"),
    ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "calendar"),
    ("BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar"),
    ("tel:+49123456", "phone"),
    ("TEL:110", "phone"),
    ("sip:a@b.example", "phone"),
    ("sms:+49123?body=x", "message"),
    ("SMSTO:+49123:hello", "message"),
    ("mailto:a@b.example", "mail"),
    ("MATMSG:TO:a@b.example;SUB:x;;", "mail"),
    ("geo:52.5,13.4", "place"),
    ("upi://pay?pa=x@y&pn=z", "payment"),
    ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", "payment"),
    ("BITCOIN:BC1Q", "payment"),
    ("ethereum:0xabc@1", "payment"),
    ("lightning:lnbc1", "payment"),
    ("SPC\r\n0200\r\n1\r\nCH4431999123000889012", "payment"),
    ("SPC\n0200\n1", "payment"),
    ("BCD\n002\n1\nSCT\n\nName\nDE71110220330123456789", "payment"),
    ("BCD\r\n001\r\n1\r\nSCT", "payment"),
    ("00020101021129370016A000000677010111011300669999999995802TH53037646304A1B2", "payment"),
    ("SPD*1.0*ACC:CZ58*AM:1", "payment"),
    ("4006381333932", "number"),
    ("12345", "number"),
    ("0" * 13, "number"),
    ("9" * 40, "number"),
    ("", "text"),
    ("   ", "text"),
    ("hello", "text"),
    ("a.example/l/1", "text"),
    ("www.a.example", "text"),
    ("Serial: 12345", "text"),
    ("SN:12345", "text"),
    ("CSA/010126/311228/x", "text"),
    ("see https://a.example/l/1", "text"),
    ("urn:label:a.example:1", "text"),
    ("\N{ZERO WIDTH SPACE}https://a.example/", "text"),
    ("\N{ZERO WIDTH NO-BREAK SPACE}https://a.example/", "text"),
    ("\N{NO-BREAK SPACE}https://a.example/", "text"),
    ("\x00https://a.example/", "text"),
    ("begin:vcards", "text"),
    ("٤٠٠٦٣٨١٣٣٣٩٣١", "text"),
    ("SPC", "text"),
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_that_passes_the_policy_may_lead_to_a_label(text: str) -> None:
    assert classify(text) == LabelAddress(text, parse_web_address(text))


@pytest.mark.threat("T6")
@pytest.mark.parametrize(("text", "error", "fact"), FOREIGN)
def test_a_link_that_is_never_fetched_says_why(text: str, error: type[RefusedError], fact: str) -> None:
    scanned = classify(text)
    assert isinstance(scanned, ForeignLink)
    assert scanned.raw == text
    assert type(scanned.problem) is error
    assert list(scanned.problem.facts.values()) == [fact]


@pytest.mark.threat("T6")
@pytest.mark.parametrize(("text", "kind"), OTHER)
def test_a_text_that_is_no_link_is_named_and_nothing_more(text: str, kind: str) -> None:
    assert classify(text) == OtherText(text, kind)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4006381333931", "04006381333931"),
        ("036000291452", "00036000291452"),
        ("96385074", "00000096385074"),
        ("10614141000415", "10614141000415"),
        (" 4006381333931\r\n", "04006381333931"),
    ],
)
def test_a_product_number_is_known_by_its_check_digit(text: str, number: str) -> None:
    assert classify(text) == ProductNumber(text, number)


def test_only_the_white_space_around_a_code_is_set_aside_and_the_code_kept_as_scanned() -> None:
    text = " \t\r\nhttps://a.example/l/1\n "
    assert classify(text) == LabelAddress(text, parse_web_address("https://a.example/l/1"))


begins = st.sampled_from(
    ["", "https://", "http://", "javascript:", "WIFI:", "BEGIN:", "tel:", "https:", "a://", "SPC\n"]
)


@given(begins, st.text(), st.sampled_from(["", "a.example/", "\n"]))
def test_every_text_is_exactly_one_thing_and_only_sound_https_is_an_address(begin: str, middle: str, end: str) -> None:
    text = begin + middle + end
    scanned = classify(text)
    assert scanned.raw == text
    match scanned:
        case LabelAddress(_, address):
            assert text.strip(" \t\n\r\f\v").lower().startswith(f"https://{address.host}")
            assert parse_web_address(str(address)) == address
        case ForeignLink(_, problem):
            assert isinstance(problem, UnsafeLinkError | OddAddressError)
        case OtherText(_, kind):
            assert kind in KINDS
        case ProductNumber(_, gtin):
            assert len(gtin) == 14


def test_a_hostile_text_of_any_length_is_settled_at_once() -> None:
    for text in (
        "a" * 10**6,
        "a:" * 10**6,
        "https://" + "a." * 10**6,
        "https://a.example/" + "/." * 10**6,
        "1" * 10**6,
    ):
        assert not isinstance(classify(text), LabelAddress)
