"""What an owner is told, and when it is told again."""

from dataclasses import replace
from datetime import date

import pytest

from labelviewer.domain.attacks import Catalogue, load_catalogue
from labelviewer.pipeline.limits import ATTACKS
from labelviewer.pipeline.run import inspect_code
from labelviewer.present.alerts import Alert, alerts_of
from tests.attack_feed import entry, feed
from tests.desk import ports_of
from tests.labels import packs, words
from tests.simulator import NOW, Authority

TODAY = NOW.date()
HOST = "attacks.example"
KNOWN = load_catalogue(feed(entry("Acme Home Ltd", "HC-2")), max_bytes=ATTACKS)


def until(day: str | None) -> Authority:
    claims = [] if day is None else [{"criterion": "support-until", "value": day, "as_of": "2026-03-01"}]
    return Authority().publish(claims=claims)


def told(authority: Authority, catalogue: Catalogue | None = None, today: date = TODAY) -> tuple[Alert, ...]:
    inspection = inspect_code(authority.code(), ports_of(authority))
    return alerts_of(inspection, words(), packs(), today, catalogue, HOST)


@pytest.mark.parametrize(
    ("authority", "keys"),
    [
        (Authority().publish(), []),
        (until(None), []),
        (until("2031-12-31"), []),
        (until("2027-06-01"), []),
        (until("2027-05-31"), ["V14:2027-05-31"]),
        (until("2026-06-01"), ["V14:2026-06-01"]),
        (until("2026-05-31"), ["V13:2026-05-31"]),
        (Authority().publish().put_on_hold(), ["V17:"]),
        (Authority().publish().withdraw(), ["V07:"]),
    ],
)
def test_an_owner_is_told_of_what_changed_for_the_worse(authority: Authority, keys: list[str]) -> None:
    found = [alert.key for alert in told(authority)]
    assert [key.partition(":")[0] + ":" if key.startswith(("V07", "V17")) else key for key in found] == keys


def test_a_cancelled_label_says_nothing_more() -> None:
    (alert,) = told(until("2026-05-31").withdraw(), KNOWN)
    assert alert.notice.code == "V07"
    assert alert.notice.tone == "danger"


def test_a_known_attack_comes_with_its_source_and_its_date() -> None:
    (alert,) = told(Authority().publish(), KNOWN)
    assert (alert.key, alert.notice.code) == ("V15:CVE-2026-0001", "V15")
    assert "{" not in alert.notice.body
    for part in (HOST, "CVE-2026-0001", "4 May 2026", "30 May 2026"):
        assert part in alert.source.replace("\u2068", "").replace("\u2069", "")


def test_without_the_catalogue_nothing_is_said_of_attacks() -> None:
    assert told(Authority().publish(), None) == ()


def test_the_gravest_comes_first() -> None:
    assert [alert.notice.code for alert in told(until("2027-05-31"), KNOWN)] == ["V15", "V14"]


def test_a_new_date_is_a_new_state_and_a_new_day_is_not() -> None:
    day = date(2026, 8, 1)
    assert told(until("2026-12-31"))[0].key == told(until("2026-12-31"), today=day)[0].key
    assert told(until("2026-12-31"))[0].key != told(until("2027-01-31"))[0].key


def test_what_cannot_be_read_tells_nothing() -> None:
    authority = Authority().publish(token=b"not a label")
    inspection = inspect_code(authority.code(), ports_of(authority))
    assert alerts_of(replace(inspection, label=None), words(), packs(), NOW.date(), KNOWN, HOST) == ()
