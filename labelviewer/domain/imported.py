"""What became of a bundle that was brought in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """`trust_taken` is None where nothing was said about trust. `resumed_at`: where an earlier import stopped."""

    done: bool = False
    kept: int = 0
    refused: int = 0
    statuses: int = 0
    ignored: int = 0
    trust_taken: bool | None = None
    resumed_at: int = 0
