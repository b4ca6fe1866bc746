"""The address policy: one grammar, stricter than browsers, and never in disagreement with them."""

import re
import string
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labelviewer.domain.document import MAX_ADDRESS
from labelviewer.domain.errors import OddAddressError, RefusedError, UnsafeLinkError
from labelviewer.domain.web_address import (
    MAX_CHARACTERS,
    PRIVATE_NAMES,
    RESERVED_NAMES,
    WebAddress,
    is_below,
    over_https,
    parse_web_address,
)
from labelviewer.pipeline.limits import ADDRESS

ACCEPTED = [
    ("https://a.example", "https://a.example/"),
    ("https://a.example/", "https://a.example/"),
    ("https://a.example/l/2026-000123", "https://a.example/l/2026-000123"),
    ("HTTPS://LABELS.A.EXAMPLE/L/Ab", "https://labels.a.example/L/Ab"),
    ("hTTps://A.Example:443/", "https://a.example/"),
    ("https://a.example:443", "https://a.example/"),
    ("https://a.example?x=1", "https://a.example/?x=1"),
    ("https://a.example/?", "https://a.example/"),
    ("https://a.example/p?", "https://a.example/p"),
    ("https://a.example/p#LV1:secret", "https://a.example/p"),
    ("https://a.example#/../x", "https://a.example/"),
    ("https://a.example/?#x", "https://a.example/"),
    ("https://a.example/p?q='1'", "https://a.example/p?q=%271%27"),
    ("https://a.example/it's", "https://a.example/it's"),
    ("https://a.example/p?a?b/c:d@e", "https://a.example/p?a?b/c:d@e"),
    ("https://a.example//b///c/", "https://a.example//b///c/"),
    ("https://a.example/%41%2f%5c%2e%2e%2e", "https://a.example/%41%2f%5c%2e%2e%2e"),
    ("https://a.example/.well-known/...", "https://a.example/.well-known/..."),
    ("https://a.example/a;b=1/@x:y", "https://a.example/a;b=1/@x:y"),
    ("https://a.example/?../..", "https://a.example/?../.."),
    ("https://id.gs1.example/01/04006381333931/10/A?17=261231", None),
    ("https://1.2.3.4a.example/", None),
    ("https://169.254.169.254.nip.io/", None),
    ("https://a--b.a1.example/", None),
    ("https://local.example/", None),
    ("https://xn--mller-kva.example/", None),
    ("https://xn--strae-oqa.example/", None),
    ("https://xn--80ak6aa92e.example/", None),
    ("https://www.xn--mgbh0fb.xn--kgbechtv/", None),
    ("https://xn--fiqs8s.xn--fiqs8s/", None),
    (f"https://{'a' * 63}.example/", None),
    (f"https://{'.'.join(['a' * 49] * 4)}.{'b' * 49}.aaa/", None),
    (f"https://a.example/{'x' * (2048 - 18)}", None),
]


@pytest.mark.parametrize(("text", "normal"), ACCEPTED)
def test_an_ordinary_address_is_taken_in_normal_form(text: str, normal: str | None) -> None:
    assert str(parse_web_address(text)) == (normal or text)


def test_the_parts_of_an_address_are_told_apart() -> None:
    address = parse_web_address("HTTPS://Labels.A.example:443/l/1?x='y'#z")
    assert address == WebAddress("labels.a.example", "/l/1", "x=%27y%27", 443)


def test_a_listed_port_is_shown() -> None:
    assert str(WebAddress("a.example", port=8443)) == "https://a.example:8443/"


@pytest.mark.threat("T6")
@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("http://a.example/", "http"),
        ("HTTP://A.EXAMPLE/", "http"),
        ("javascript:alert(1)", "javascript"),
        ("JavaScript:alert(1)//https://a.example/", "javascript"),
        ("file:///etc/passwd", "file"),
        ("data:text/html,<b>", "data"),
        ("intent://a.example/#Intent;scheme=https;end", "intent"),
        ("blob:https://a.example/1", "blob"),
        ("view-source:https://a.example/", "view-source"),
        ("a.example:443/x", "a.example"),
    ],
)
def test_anything_but_https_is_an_unsafe_link(text: str, scheme: str) -> None:
    with pytest.raises(UnsafeLinkError) as caught:
        parse_web_address(text)
    assert caught.value.facts == {"scheme": scheme}


ODD = [
    ("", ""),
    ("a.example/x", "a.example/x"),
    ("//a.example/x", "//a.example/x"),
    (" https://a.example/", "�https://a.example/"),
    ("https:a.example/", "https:a.example/"),
    ("https:/a.example/", "https:/a.example/"),
    ("https:\\\\a.example\\", "https:\\\\a.example\\"),
    ("https://", "https://"),
    ("https:///a.example/", "https:///a.example/"),
    ("https://?x", "https://?x"),
    ("https://a/", "a"),
    ("https://ab/", "ab"),
    ("https://a.b/", "a.b"),
    ("https://localhost/", "localhost"),
    ("https://a.example./", "a.example."),
    ("https://.a.example/", ".a.example"),
    ("https://a..example/", "a..example"),
    ("https://-a.example/", "-a.example"),
    ("https://a-.example/", "a-.example"),
    ("https://a_b.example/", "a_b.example"),
    ("https://a.1example/", "a.1example"),
    ("https://a.example:/", "a.example:"),
    ("https://a.example:80/", "a.example:80"),
    ("https://a.example:0443/", "a.example:0443"),
    ("https://a.example:8443/", "a.example:8443"),
    ("https://a.example:443:443/", "a.example:443:443"),
    ("https://user@a.example/", "user@a.example"),
    ("https://user:pw@a.example/", "user:pw@a.example"),
    ("https://@a.example/", "@a.example"),
    ("https://a.example:443@b.example/", "a.example:443@b.example"),
    ("https://xxx\\@a.example:443@b.example/", "xxx\\@a.example:443@b.example"),
    ("https://a.example\\@b.example/", "a.example\\@b.example"),
    ("https://a.example%00.b.example/", "a.example%00.b.example"),
    ("https://a%2eexample/", "a%2eexample"),
    ("https://a.exam\tple/", "a.exam�ple"),
    ("https://a.exam\nple/", "a.exam�ple"),
    ("https://a.example /", "a.example�"),
    ("https://a.example/a b", "a.example"),
    ("https://a.example/a\tb", "a.example"),
    ("https://a.example/a\x00b", "a.example"),
    ("https://a.example/\x7f", "a.example"),
    ("https://a.example/\n", "a.example"),
    ("https://a.example/\\..", "a.example"),
    ("https://a.example/%", "a.example"),
    ("https://a.example/%4", "a.example"),
    ("https://a.example/%zz", "a.example"),
    ("https://a.example/?%zz", "a.example"),
    ("https://a.example/.", "a.example"),
    ("https://a.example/..", "a.example"),
    ("https://a.example/./x", "a.example"),
    ("https://a.example/x/../y", "a.example"),
    ("https://a.example/%2e/x", "a.example"),
    ("https://a.example/%2E%2e/x", "a.example"),
    ("https://a.example/x/.%2e", "a.example"),
    ("https://a.example/x/%2e./y", "a.example"),
    ("https://a.example/\N{LATIN SMALL LETTER E WITH ACUTE}", "a.example"),
    ("https://a.example/#\N{RIGHT-TO-LEFT OVERRIDE}", "a.example"),
    ("https://a.example/#x\ny", "a.example"),
    ('https://a.example/"', "a.example"),
    ("https://a.example/<x>", "a.example"),
    ("https://a.example/{id}", "a.example"),
    ("https://a.example/a|b", "a.example"),
    ("https://a.example/a^b", "a.example"),
    ("https://a.example/`", "a.example"),
    ("https://a.example/[1]", "a.example"),
    ("https://a.example/?x[]=1", "a.example"),
    ("https://127.0.0.1/", "127.0.0.1"),
    ("https://127.1/", "127.1"),
    ("https://2130706433/", "2130706433"),
    ("https://0x7f.0.0.1/", "0x7f.0.0.1"),
    ("https://0x7f000001/", "0x7f000001"),
    ("https://0177.0.0.1/", "0177.0.0.1"),
    ("https://a.example.1/", "a.example.1"),
    ("https://[::1]/", "[::1]"),
    ("https://[::ffff:127.0.0.1]/", "[::ffff:127.0.0.1]"),
    ("https://m\N{LATIN SMALL LETTER U WITH DIAERESIS}ller.example/", "xn--mller-kva.example"),
    ("https://a\N{IDEOGRAPHIC FULL STOP}example/", "xn--aexample-om3g"),
    ("https://\N{FULLWIDTH LATIN SMALL LETTER A}.example/", "xn--mi7c.example"),
    ("https://xn--a.example/", "xn--a.example"),
    ("https://xn--.example/", "xn--.example"),
    ("https://xn--abc-.example/", "xn--abc-.example"),
    ("https://xn--mller-KVA9999999.example/", "xn--mller-KVA9999999.example"),
    ("https://xn--mller-kva.xn--a/", "xn--mller-kva.xn--a"),
    ("https://xn--n3h.example/", "xn--n3h.example"),
    ("https://xn--1ug4933g.example/", "xn--1ug4933g.example"),
    ("https://1.xn--mgbh0fb/", "1.xn--mgbh0fb"),
    (f"https://{'a' * 64}.example/", f"{'a' * 64}.example"),
    (f"https://{'a.' * 124}example/", f"{'a.' * 124}example"[:253]),
    (f"https://a.example/{'x' * (2049 - 18)}", "a.example"),
    (f"https://a.example/#{'x' * 2048}", "a.example"),
]


OVER_HTTPS = [
    ("http://a.example/l/1", "https://a.example/l/1"),
    ("HTTP://A.EXAMPLE/l/1#x", "https://a.example/l/1"),
    ("http://a.example:80/", None),
    ("http://10.0.0.1/", None),
    ("http://", None),
    ("https://a.example/", None),
    ("httpx://a.example/", None),
    ("ftp://a.example/", None),
]


@pytest.mark.parametrize(("text", "address"), OVER_HTTPS)
def test_an_http_address_that_lacks_nothing_else_is_read_as_https(text: str, address: str | None) -> None:
    found = over_https(text)
    assert (None if found is None else str(found)) == address


@pytest.mark.threat("T5")
@pytest.mark.parametrize(("text", "host"), ODD)
def test_an_odd_address_is_refused_and_its_host_said_without_tricks(text: str, host: str) -> None:
    with pytest.raises(OddAddressError) as caught:
        parse_web_address(text)
    assert caught.value.facts == {"host": host}


@pytest.mark.threat("T5")
@pytest.mark.parametrize("name", [*sorted(RESERVED_NAMES | PRIVATE_NAMES), "home.arpa"])
def test_a_name_that_never_leads_to_the_open_internet_is_refused(name: str) -> None:
    for host in (f"a.{name}", f"a.b.{name}", f"A.{name.upper()}"):
        with pytest.raises(OddAddressError):
            parse_web_address(f"https://{host}/")
    assert parse_web_address(f"https://{name}.example/").host == f"{name}.example"


def test_an_address_may_be_as_long_in_a_label_as_in_a_code() -> None:
    assert MAX_CHARACTERS == MAX_ADDRESS == ADDRESS


@pytest.mark.parametrize(
    ("host", "below"),
    [
        ("a.example", True),
        ("x.a.example", True),
        ("y.x.a.example", True),
        ("xa.example", False),
        ("example", False),
        ("a.example.b.example", False),
    ],
)
def test_a_sub_domain_ends_at_a_dot(host: str, below: bool) -> None:
    assert is_below(host, "a.example") is below


labels = st.from_regex(re.compile(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", re.ASCII), fullmatch=True).filter(
    lambda label: not label.startswith("xn--")
)
hosts = st.builds(lambda rest: ".".join([*rest, "example"]), st.lists(labels, min_size=1, max_size=4))
pieces = st.sampled_from(
    ["..", ".", "%2e", "%2E", "@", ":", "//", "/", "\\", ":443", "?", "#", "'", "xn--", "%", "%00", "\t", "\n", " "]
)
texts = st.builds(
    lambda host, parts: "".join([f"https://{host}", *parts]),
    st.one_of(hosts, st.text(max_size=12)),
    st.lists(st.one_of(pieces, st.text(string.printable, max_size=4), st.characters(codec="utf-8"), hosts), max_size=8),
)


def check_facts(problem: RefusedError) -> None:
    """What a message may repeat of a refused text is short and plain."""
    for fact in problem.facts.values():
        assert re.fullmatch(r"[\x21-\x7e�]{0,253}", str(fact))


@pytest.mark.threat("T5")
@given(st.one_of(texts, st.text()))
@example("a" * 1000 + ":")
@example("https://" + "\N{RIGHT-TO-LEFT OVERRIDE}" * 300)
@example("https://a.example/?'")
@example("https://a.example:443#")
def test_every_text_is_taken_whole_or_refused_and_what_is_taken_is_unambiguous(text: str) -> None:
    try:
        address = parse_web_address(text)
    except RefusedError as problem:
        check_facts(problem)
        return
    normal = str(address)
    assert parse_web_address(normal) == address
    assert re.fullmatch(r"[\x21-\x7e]+", normal)
    assert not set(normal) & set("\\\"<>^`{|}[]#'") - {"'"}
    assert "'" not in address.query
    assert address.host == address.host.lower()
    split = urlsplit(normal)
    assert (split.hostname, split.port, split.path, split.query) == (address.host, None, address.path, address.query)
    assert split.username is None
    seen = urlsplit(text.strip())
    assert (seen.hostname, seen.path or "/") == (address.host, address.path)


@given(hosts, st.lists(st.sampled_from(string.ascii_letters + string.digits + "-._~"), max_size=9).map("".join))
def test_an_ordinary_address_is_always_taken(host: str, name: str) -> None:
    assert str(parse_web_address(f"https://{host}/l/x{name}")) == f"https://{host}/l/x{name}"
