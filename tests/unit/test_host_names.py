"""Look-alike hosts, counted: every confusable one, nearly every slip of the finger, and hardly ever an honest name."""

import importlib.util
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import publicsuffixlist
import pytest
from confusable_homoglyphs.confusables import confusables_data
from publicsuffixlist import PublicSuffixList

from labelviewer.domain.errors import OddAddressError
from labelviewer.domain.host_names import HostParts, host_parts, imitated, in_unicode, is_one_edit, skeleton
from labelviewer.domain.web_address import parse_web_address

LISTED = (
    "labels.trustmark.example",
    "registry.cybercheck.org.uk",
    "securehome.gov",
    "id.label-office.example",
    "labels.dooray.io",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"

HONEST_AT_MOST = 0.001  # false alarms
TYPOS_AT_LEAST = 0.99


def encoded(label: str) -> str:
    return f"xn--{label.encode('punycode').decode('ascii')}"


@pytest.mark.parametrize(
    ("host", "before", "registrable"),
    [
        ("labels.a.example", "labels.", "a.example"),
        ("a.example", "", "a.example"),
        ("x.y.label.co.uk", "x.y.", "label.co.uk"),
        ("co.uk", "", "co.uk"),
        ("someone.github.io", "", "someone.github.io"),
        ("labels.xn--80ak6aa92e.com", "labels.", "xn--80ak6aa92e.com"),
        ("trustmark.example.login.shop.com", "trustmark.example.login.", "shop.com"),
    ],
)
def test_the_registrable_part_is_what_somebody_had_to_register(host: str, before: str, registrable: str) -> None:
    assert host_parts(host) == HostParts(before, registrable)


TRICKS = {
    "labels.trustmark.example.shop.com": LISTED[0],
    "labels-trustmark-example.shop.com": LISTED[0],
    "securehome.gov.verify.shop.com": LISTED[2],
    "trustmark.com": LISTED[0],
    "trustmark-label.com": LISTED[0],
    "trust-mark.example": LISTED[0],
    "mytrustmark.example": LISTED[0],
    "trustmark.shop.example": LISTED[0],
    "labelstrustmark.example": LISTED[0],
    "trustrnark.example": LISTED[0],
    "1abels.trustrnark.example": LISTED[0],
    "cyberchek.org.uk": LISTED[1],
    "cybercheck.co.uk": LISTED[1],
    "security-cybercheck.com": LISTED[1],
    "labeloffice.example": LISTED[3],
    "d00ray.io": LISTED[4],
    "dooray.shop.io": LISTED[4],
}


@pytest.mark.threat("T4")
@pytest.mark.parametrize(("host", "known"), TRICKS.items())
def test_a_name_that_passes_itself_off_as_a_listed_one_is_told(host: str, known: str) -> None:
    assert imitated(host, LISTED) == known


@pytest.mark.parametrize(
    "host",
    [
        "www.trustmark.example",
        "lables.trustmark.example",
        "shop.example",
        "mark.example",
        "label.example",
        "doorway.com",
        "check.org.uk",
        "xn--fiqs8s.com",
        "xn--99999999.com",
    ],
)
def test_another_name_and_another_host_of_the_same_owner_are_no_trick(host: str) -> None:
    assert imitated(host, LISTED) is None


def test_a_name_too_short_to_be_told_apart_is_never_a_trick() -> None:
    assert imitated("abe.com", ["abc.com"]) is None
    assert imitated("abc.net", ["abc.com"]) is None


def may_be_registered(letter: str) -> bool:
    try:
        parse_web_address(f"https://{encoded(letter)}.example/")
    except OddAddressError:
        return False
    return len(letter) == 1


def confusable_hosts() -> Iterator[str]:
    """Each letter of each listed name, then several at once, in every other form that the Unicode table has for it."""
    for known in LISTED:
        registrable = host_parts(known).registrable
        name, _, ending = registrable.partition(".")
        for at, letter in enumerate(name):
            for other in (each["c"] for each in confusables_data.get(letter, ())):
                if len(other) == 1 and not other.isascii():
                    yield f"{encoded(name[:at] + other + name[at + 1 :])}.{ending}"
        dice = random.Random(known)
        forms = {
            letter: [each["c"] for each in confusables_data.get(letter, ()) if may_be_registered(each["c"])]
            for letter in name
        }
        for _ in range(2_000):
            label = "".join(dice.choice([letter, *forms[letter]]) for letter in name)
            yield f"{encoded(label)}.{ending}"


@pytest.mark.threat("T4")
def test_every_confusable_name_that_is_an_address_is_flagged() -> None:
    made = flagged = 0
    for host in set(confusable_hosts()):
        try:
            parse_web_address(f"https://{host}/")
        except OddAddressError:  # no name that anybody could register
            continue
        made += 1
        flagged += imitated(host, LISTED) is not None
    assert made >= 500
    assert flagged == made


def slips(name: str) -> Iterator[str]:
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
        yield from (name[:at] + letter + name[at + 1 :] for letter in LETTERS)
        yield from (name[:at] + letter + name[at:] for letter in LETTERS)
    yield from (name + letter for letter in LETTERS)


@pytest.mark.threat("T4")
def test_nearly_every_slip_of_the_finger_is_flagged() -> None:
    made = flagged = 0
    for known in LISTED:
        registrable = host_parts(known).registrable
        name, _, ending = registrable.partition(".")
        for slip in set(slips(name)) - {name}:
            host = f"{slip}.{ending}"
            if slip.startswith("-") or slip.endswith("-") or not slip:
                continue
            made += 1
            flagged += imitated(host, LISTED) is not None
    assert made >= 3_000
    assert flagged / made >= TYPOS_AT_LEAST


def words() -> list[str]:
    """Three thousand everyday words of English, from a package for measuring how easy a text is to read."""
    spec = importlib.util.find_spec("textstat")
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).with_name("resources") / "en" / "easy_words.txt"
    return [word for word in text.read_text("utf-8").split() if word.isascii() and word.isalpha() and word.islower()]


@pytest.mark.threat("T4")
def test_honest_names_hardly_ever_raise_an_alarm() -> None:
    """Names of real sites (those of the public suffix list), and names that people could have chosen."""
    source = Path(publicsuffixlist.__file__).with_name("public_suffix_list.dat").read_text("utf-8")
    rules = {line for line in source.splitlines() if line and not line.startswith(("//", "!", "*"))}
    real = sorted(rule for rule in rules if rule.isascii() and rule.count(".") >= 1)
    dice = random.Random(0)
    everyday = words()
    endings = ["com", "org", "net", "io", "co.uk", "de", "gov", "example"]
    chosen = [
        f"{dice.choice(everyday)}{dice.choice(['', '-', '.'])}{dice.choice(everyday)}.{dice.choice(endings)}"
        for _ in range(20_000 - len(real))
    ]
    hosts = real + chosen
    alarms = [host for host in hosts if imitated(host, LISTED) is not None]
    assert len(real) >= 5_000
    assert len(hosts) == 20_000
    assert len(alarms) / len(hosts) <= HONEST_AT_MOST, alarms[:20]


def test_a_skeleton_is_the_same_for_what_looks_the_same() -> None:
    assert skeleton(encoded("trüstmаrk") + ".example") == skeleton("trustmark.example")
    assert skeleton("PAYPAL.example") == skeleton("paypaI.example") == skeleton("paypa1.example")
    assert in_unicode("xn--bcher-kva.example") == "bücher.example"
    assert in_unicode("xn--99999999.example") == "xn--99999999.example"


EDITS = [
    ("abc", "abc", False),
    ("abc", "abd", True),
    ("abc", "ab", True),
    ("abc", "abcd", True),
    ("abc", "acb", True),
    ("abc", "bac", True),
    ("abc", "cba", False),
    ("abc", "a", False),
    ("abcd", "badc", False),
    ("", "a", True),
]


@pytest.mark.parametrize(("one", "other", "is_one"), EDITS)
def test_one_edit_is_one_letter_more_less_other_or_swapped(one: str, other: str, is_one: bool) -> None:
    assert is_one_edit(one, other) is is_one_edit(other, one) is is_one


def test_no_listed_host_and_nothing_below_its_name_imitates_another() -> None:
    suffixes = PublicSuffixList()
    for one, other in itertools.permutations(LISTED, 2):
        assert suffixes.privatesuffix(one) != suffixes.privatesuffix(other)
        assert imitated(one, [other]) is None
