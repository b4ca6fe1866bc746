"""Every outcome that a step of a check can have; the catalogue has a phrase `check.<step>.<reason>` for each."""

from collections.abc import Mapping
from typing import Final

from labelviewer.domain.report import Step

NOT_REACHED: Final = "not-reached"

REASONS: Final[Mapping[Step, frozenset[str]]] = {
    Step.SIZE: frozenset({"right", "empty", "too-big"}),
    Step.SHAPE: frozenset({"right", "plain", "not-a-token", NOT_REACHED}),
    Step.HEADER: frozenset({"right", "plain", "not-a-label", NOT_REACHED}),
    Step.KEY: frozenset(
        {
            "known",
            "unknown-issuer",
            "unknown-key",
            "wrong-use",
            "claimed",
            "changed",
            "added",
            "not-signed",
            NOT_REACHED,
        }
    ),
    Step.SIGNATURE: frozenset({"right", "not-signed", "wrong", "wrong-algorithm", "no-key", NOT_REACHED}),
    Step.CONTENT: frozenset(
        {"right", "read-by-table", "not-json", "not-a-label", "unknown-form", "lacks-product", NOT_REACHED}
    ),
    Step.KEY_DATES: frozenset(
        {"in-force", "retired", "kept-before", "compromised", "too-late", "too-early", NOT_REACHED}
    ),
    Step.ADMINISTRATOR: frozenset(
        {"recognised", "suspended", "removed", "not-yet", "other-scheme", "added", "claimed", NOT_REACHED}
    ),
    Step.CARRIER: frozenset({"listed", "names-no-code", "digital-link", "not-listed", "no-box", NOT_REACHED}),
    Step.BARCODE: frozenset({"listed", "not-listed", "no-barcode", "no-numbers", NOT_REACHED}),
    Step.DATES: frozenset({"in-force", "ran-out", "not-yet", "clock-behind", "clock-in-doubt", "no-end", NOT_REACHED}),
    Step.VERSION: frozenset({"first-seen", "newest", "older", NOT_REACHED}),
    Step.STATUS: frozenset(
        {
            "good",
            "withdrawn",
            "suspended",
            "no-list",
            "other-list",
            "not-signed",
            "damaged",
            "outside",
            "unknown-value",
            NOT_REACHED,
        }
    ),
    Step.FRESHNESS: frozenset(
        {"fresh", "ageing", "trust-list-old", "status-old", "older-status", "no-status", "saved-copy", NOT_REACHED}
    ),
}

FACTS: Final[Mapping[tuple[Step, str], frozenset[str]]] = {
    (Step.KEY, "known"): frozenset({"issuer"}),
    (Step.KEY, "unknown-issuer"): frozenset({"name"}),
    (Step.KEY, "unknown-key"): frozenset({"issuer"}),
    (Step.KEY, "wrong-use"): frozenset({"issuer"}),
    (Step.KEY, "claimed"): frozenset({"name"}),
    (Step.KEY, "changed"): frozenset({"name", "date"}),
    (Step.KEY, "added"): frozenset({"issuer"}),
    (Step.KEY_DATES, "retired"): frozenset({"date"}),
    (Step.KEY_DATES, "kept-before"): frozenset({"date"}),
    (Step.KEY_DATES, "compromised"): frozenset({"date"}),
    (Step.KEY_DATES, "too-late"): frozenset({"date"}),
    (Step.KEY_DATES, "too-early"): frozenset({"date"}),
    (Step.ADMINISTRATOR, "recognised"): frozenset({"issuer"}),
    (Step.ADMINISTRATOR, "suspended"): frozenset({"issuer"}),
    (Step.ADMINISTRATOR, "removed"): frozenset({"issuer", "date"}),
    (Step.ADMINISTRATOR, "not-yet"): frozenset({"issuer", "date"}),
    (Step.ADMINISTRATOR, "other-scheme"): frozenset({"issuer"}),
    (Step.DATES, "in-force"): frozenset({"date"}),
    (Step.DATES, "ran-out"): frozenset({"date"}),
    (Step.DATES, "not-yet"): frozenset({"date"}),
    (Step.STATUS, "good"): frozenset({"date"}),
    (Step.STATUS, "withdrawn"): frozenset({"date"}),
    (Step.STATUS, "suspended"): frozenset({"date"}),
    (Step.FRESHNESS, "ageing"): frozenset({"date"}),
    (Step.FRESHNESS, "trust-list-old"): frozenset({"date"}),
    (Step.FRESHNESS, "status-old"): frozenset({"date"}),
    (Step.FRESHNESS, "older-status"): frozenset({"date"}),
    (Step.FRESHNESS, "saved-copy"): frozenset({"date"}),
}
"""The facts that a phrase may name; a reason that is not here has none."""
