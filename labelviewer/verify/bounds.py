"""Every bound that a check keeps, with its reason. Sizes in bytes, times in seconds."""

from typing import Final

LABEL_TOKEN: Final = 256 * 1024  # a hundred claims with notes in ten languages take 60 KB
HEADER: Final = 512  # three short members
STATUS_TOKEN: Final = 1024 * 1024
STATUS_LIST: Final = 1024 * 1024  # inflated; 2^20 entries of two bits are 262,144
TRUST_LIST: Final = 2 * 1024 * 1024
ISSUER_FILE: Final = 64 * 1024  # some dozens of keys, and names in many languages
PROOF: Final = 4 * 1024 * 1024  # a token, a status list and a trust list at their largest
COMPARISON: Final = 6 * 1024 * 1024  # four tokens and status lists at their largest, and what stands around them

DAY: Final = 86_400
CLOCK_SLACK: Final = 300  # what well-kept clocks may differ
STATUS_GOOD_FOR: Final = 7 * DAY  # a network that hides a withdrawal can do so no longer
STATUS_TTL: Final = 21_600
STATUS_TTL_LEAST: Final = 900
STATUS_TTL_MOST: Final = DAY
TRUST_CONFIRMED_FOR: Final = 7 * DAY  # as long as what the lead signs every day
TRUST_IS_NEW: Final = 3_600  # proven to be the newest so lately, it lacks no key
TRUST_GOOD_FOR: Final = 90 * DAY  # an old list is a note first, and only then a state of its own
CLOCK_IN_DOUBT: Final = 400 * DAY  # a list that much too old: the clock is fast, or the computer slept long
