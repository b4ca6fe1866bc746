"""Which IP addresses lie on the open internet; the special-purpose registries of IANA, and a few more, as data."""

from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

# IANA IPv4 Special-Purpose Address Registry (2026), multicast, and the one address of a cloud's own inside
REFUSED_V4: Final = {
    IPv4Network(block): name
    for block, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private use"),
        ("100.64.0.0/10", "shared address space"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link local"),
        ("172.16.0.0/12", "private use"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private use"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}

GLOBAL_UNICAST_V6: Final = IPv6Network("2000::/3")
NAT64: Final = IPv6Network("64:ff9b::/96")

# IANA IPv6 Special-Purpose Address Registry (2026); all else outside 2000::/3 is refused without a name
REFUSED_V6: Final = {
    IPv6Network(block): name
    for block, name in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("100::/64", "discard only"),
        ("100:0:0:1::/64", "dummy prefix"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link local"),
        ("ff00::/8", "multicast"),
    )
}

NOT_AN_ADDRESS: Final = "not an address"
SCOPED: Final = "scoped"
UNASSIGNED: Final = "outside global unicast"


def is_public(ip: str) -> bool:
    """Whether a connection to this address may be made at all."""
    return refusal(ip) is None


def refusal(ip: str) -> str | None:
    """The name of the block that keeps this address off the open internet; None where nothing does."""
    try:
        return _refusal_v6(IPv6Address(ip)) if ":" in ip else _refusal_v4(IPv4Address(ip))
    except AddressValueError:
        return NOT_AN_ADDRESS


def _refusal_v4(address: IPv4Address) -> str | None:
    return next((name for block, name in REFUSED_V4.items() if address in block), None)


def _refusal_v6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return SCOPED
    if address in NAT64:
        return _refusal_v4(IPv4Address(int(address) & 0xFFFF_FFFF))
    named = next((name for block, name in REFUSED_V6.items() if address in block), None)
    return named or (None if address in GLOBAL_UNICAST_V6 else UNASSIGNED)
