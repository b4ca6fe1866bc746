"""Which addresses may be connected to, and the name of the block that refuses the others."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.ip_table import (
    NOT_AN_ADDRESS,
    REFUSED_V4,
    REFUSED_V6,
    SCOPED,
    UNASSIGNED,
    is_public,
    refusal,
)

REFUSED = [
    ("0.0.0.0", "this network"),
    ("0.1.2.3", "this network"),
    ("10.0.0.1", "private use"),
    ("10.255.255.255", "private use"),
    ("100.64.0.1", "shared address space"),
    ("100.100.100.200", "shared address space"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("168.63.129.16", "cloud metadata"),
    ("169.254.169.254", "link local"),
    ("172.16.0.1", "private use"),
    ("172.31.255.255", "private use"),
    ("192.0.0.9", "protocol assignments"),
    ("192.0.0.192", "protocol assignments"),
    ("192.0.2.1", "documentation"),
    ("192.31.196.1", "AS112"),
    ("192.52.193.1", "AMT"),
    ("192.88.99.1", "6to4 relay"),
    ("192.168.1.1", "private use"),
    ("192.175.48.1", "AS112"),
    ("198.18.0.1", "benchmarking"),
    ("198.19.255.255", "benchmarking"),
    ("198.51.100.1", "documentation"),
    ("203.0.113.1", "documentation"),
    ("224.0.0.251", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::127.0.0.1", UNASSIGNED),
    ("::ffff:127.0.0.1", "IPv4-mapped"),
    ("::ffff:93.184.216.34", "IPv4-mapped"),
    ("64:ff9b::127.0.0.1", "loopback"),
    ("64:ff9b::10.0.0.1", "private use"),
    ("64:ff9b::a9fe:a9fe", "link local"),
    ("64:ff9b:1::1", "local NAT64"),
    ("100::1", "discard only"),
    ("100:0:0:1::1", "dummy prefix"),
    ("2001::1", "protocol assignments"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "protocol assignments"),
    ("2001:2::1", "protocol assignments"),
    ("2001:20::1", "protocol assignments"),
    ("2001:1ff:ffff::1", "protocol assignments"),
    ("2001:db8::1", "documentation"),
    ("2002:7f00:1::", "6to4"),
    ("2620:4f:8000::1", "AS112"),
    ("3fff::1", "documentation"),
    ("3fff:fff::1", "documentation"),
    ("4000::1", UNASSIGNED),
    ("5f00::1", "segment routing"),
    ("fc00::1", "unique local"),
    ("fd00:ec2::254", "unique local"),
    ("fe80::1", "link local"),
    ("fec0::1", UNASSIGNED),
    ("ff02::1", "multicast"),
    ("fe80::1%eth0", SCOPED),
    ("2606:4700::1111%1", SCOPED),
]

ALLOWED = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "198.17.255.255",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700::1111",
    "2a00:1450::1",
    "3ffe::1",
    "64:ff9b::1.1.1.1",
]

NO_ADDRESSES = [
    "",
    " ",
    "127.1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "2130706433",
    "1.1.1.1 ",
    "a.example",
    "::g",
    "[::1]",
    "1.1.1.1%eth0",
]


@pytest.mark.threat("T7")
@pytest.mark.parametrize(("ip", "name"), REFUSED)
def test_an_address_off_the_open_internet_is_refused_by_name(ip: str, name: str) -> None:
    assert refusal(ip) == name
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ALLOWED)
def test_an_address_on_the_open_internet_is_allowed(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_not_written_like_an_address_is_refused(text: str) -> None:
    assert refusal(text) == NOT_AN_ADDRESS


@pytest.mark.threat("T7")
@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_allowed_that_python_calls_special(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    nat64 = ip in ipaddress.IPv6Network("64:ff9b::/96")
    special = ip.is_private or ip.is_multicast or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    if special and not nat64:
        assert not is_public(str(ip))


@given(st.sampled_from([*REFUSED_V4, *REFUSED_V6]), st.data())
def test_a_block_is_refused_from_its_first_address_to_its_last(
    block: ipaddress.IPv4Network | ipaddress.IPv6Network, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, block.num_addresses - 1))
    for ip in (block[0], block[place], block[-1]):
        assert not is_public(str(ip))


@pytest.mark.threat("T7")
@given(st.ip_addresses(v=4))
def test_an_address_behind_nat64_is_judged_as_the_one_it_stands_for(ip: ipaddress.IPv4Address) -> None:
    assert refusal(f"64:ff9b::{ip}") == refusal(str(ip))


@given(st.text())
def test_no_text_confuses_the_table(text: str) -> None:
    refusal(text)
