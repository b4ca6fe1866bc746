"""The catalogue of known attacks: exactly this product, or silence; what is odd in it is refused whole."""

import json
import random
from datetime import date
from typing import Any

import pytest

from labelviewer.domain.attacks import CatalogueError, attacks_on, load_catalogue
from labelviewer.domain.label import Product
from labelviewer.pipeline.limits import ATTACKS
from tests.attack_feed import entry, feed

CAMERA = Product("camera", name="Hearth Camera 2", maker="Hearth", model="HC-2")


def load(data: bytes) -> Any:
    return load_catalogue(data, max_bytes=ATTACKS)


def numbers(product: Product, *entries: dict[str, Any]) -> list[str]:
    return [each.cve for each in attacks_on(product, load(feed(*entries)))]


def test_the_form_is_read_and_what_is_unknown_in_it_is_passed_over() -> None:
    catalogue = load(feed(entry(), anything={"new": True}))
    (attack,) = catalogue.attacks
    assert catalogue.released == date(2026, 5, 30)
    assert (attack.cve, attack.maker, attack.product, attack.added) == (
        "CVE-2026-0001",
        "Hearth",
        "HC-2",
        date(2026, 5, 4),
    )


@pytest.mark.parametrize(
    ("maker", "product", "matches"),
    [
        ("Hearth", "HC-2", True),
        ("HEARTH", "hc-2", True),
        (" Hearth ", "HC-2", True),
        ("Hearth", "HC-20", False),
        ("Hearth", "HC-2 Firmware", False),
        ("Hearth", "HC", False),
        ("Hearth", "Multiple Products", False),
        ("Hearth", "Hearth Camera 2", False),
        ("Hearth Inc.", "HC-2", False),
        ("Heаrth", "HC-2", False),
        ("Other", "HC-2", False),
    ],
)
def test_maker_and_model_are_exactly_these_or_nothing_is_said(maker: str, product: str, matches: bool) -> None:
    assert numbers(CAMERA, entry(maker, product)) == (["CVE-2026-0001"] if matches else [])


def test_a_product_without_a_model_goes_by_its_name() -> None:
    program = Product("program", name="Vault Keeper", maker="Acme")
    assert numbers(program, entry("Acme", "vault  keeper")) == ["CVE-2026-0001"]
    assert numbers(program, entry("Acme", "Vault")) == []


def test_a_product_without_a_maker_matches_nothing() -> None:
    assert numbers(Product("camera", name=" ", maker=" ", model=" "), entry(" ", " ")) == []


def test_several_attacks_come_newest_first() -> None:
    older, newer = entry(dateAdded="2024-01-01", cve="CVE-2023-1111"), entry(cve="CVE-2026-2222")
    assert numbers(CAMERA, older, newer) == ["CVE-2026-2222", "CVE-2023-1111"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"<html>Sign in</html>",
        feed(),
        feed(entry(), count=2),
        feed(entry(), count="1"),
        feed(entry())[:-9],
        feed(entry(cveID="CVE-26-1")),
        feed(entry(cveID=7)),
        feed(entry(dateAdded="yesterday")),
        feed(entry(dateAdded=20260504)),
        feed(entry(dateAdded="2026-02-30")),
        feed(entry(product="")),
        feed(entry(product="x" * 401)),
        feed(entry(), released="soon"),
        feed(entry(), vulnerabilities={"0": entry()}),
        feed(entry()).replace(b'"count"', b'"count": 1, "count"'),
        feed(entry()).replace(b"HC-2", b"\xff"),
        feed(entry(), deep=json.loads("[" * 40 + "]" * 40)),
    ],
)
def test_anything_else_is_refused_whole(data: bytes) -> None:
    with pytest.raises(CatalogueError):
        load(data)


def test_a_catalogue_larger_than_the_bound_is_refused_before_it_is_read() -> None:
    with pytest.raises(CatalogueError):
        load_catalogue(feed(entry()), max_bytes=len(feed(entry())) - 1)


def test_five_thousand_entries_are_within_the_bounds() -> None:
    many = feed(*(entry(product=f"HC-{number}", cve=f"CVE-2026-{number:05}") for number in range(5_000)))
    assert len(many) < ATTACKS
    assert [each.cve for each in attacks_on(CAMERA, load(many))] == ["CVE-2026-00002"]


def test_whatever_is_cut_or_changed_is_read_or_refused_and_nothing_else() -> None:
    whole, chance = feed(entry(), entry(cve="CVE-2026-0002")), random.Random(1)
    for _ in range(2_000):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole)
        for _ in range(chance.randrange(1, 4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            load(bytes(data))
        except CatalogueError:
            continue
