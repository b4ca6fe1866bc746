"""Every bound, with its reason. Sizes in bytes, times in seconds, pictures in pixels."""

from typing import Final

from labelviewer.verify import bounds

QR_PAYLOAD: Final = 2_953  # the largest QR code there is (version 40, level L)
QR_DIGITS: Final = 7_089  # the most characters: digits alone, packed
ADDRESS: Final = 2_048  # what browsers and servers agree to carry
LABEL_TOKEN: Final = bounds.LABEL_TOKEN
LINKSET: Final = 64 * 1024

PICTURE_FILE: Final = 64 * 1024 * 1024
WEB_PICTURE: Final = 16 * 1024 * 1024  # a large photo; a slow line would not bring more in time
PICTURE_PIXELS: Final = 64_000_000  # above the largest phone camera's usual output
STILL_SECONDS: Final = 1.8  # looking for a code; people wait two seconds without wondering
REST_SECONDS: Final = 0.2  # looking for further codes where one is read already
STRIPES_SIDE: Final = 2_000  # pixels; a price barcode beside a code that is read is looked for in half a larger picture
PICTURE_MEMORY: Final = 1024**3  # of the process that opens pictures; the largest allowed one fits
PICTURE_WORK_SECONDS: Final = 10  # of the processor for one picture; the largest allowed one takes three
PICTURE_SECONDS: Final = 15.0  # on the clock, with the start of the process
PICTURE_FACTS: Final = 4 * 1024 * 1024  # what is said of one: two hundred full codes
PICTURE_LINE: Final = 1024 * 1024  # of a picture on its way at a time
STILL_SIDE: Final = 1_600  # longest side of the picture that is shown

DNS_SECONDS: Final = 3.0
DNS_ANSWERS: Final = 32
CONNECT_SECONDS: Final = 4.0
CONNECT_ADDRESSES: Final = 2
IDLE_SECONDS: Final = 5.0
FETCH_SECONDS: Final = 15.0  # all hops together
SLOW_SECONDS: Final = 5.0  # then we say that we are still looking
REDIRECTS: Final = 3
RETRY_AFTER_SECONDS: Final = 3_600
CONNECTIONS: Final = 8
CONNECTIONS_PER_HOST: Final = 2
BREAKER_FAILURES: Final = 3  # fetches that failed with all their tries,
BREAKER_SECONDS: Final = 60.0  # within this time,
BREAKER_REST_SECONDS: Final = 60.0  # give the host this rest

SAVED_IS_FRESH_SECONDS: Final = 86_400  # a label changes rarely; its status list is looked at every time
HISTORY_ROWS: Final = 500
LIBRARY: Final = 2 * 1024**3  # about a million labels; beyond this we say that it is large

BUNDLE: Final = 1024**3  # unpacked
BUNDLE_LINE: Final = 4 * 1024**2  # the longest is a trust list or a status list
BUNDLE_LABELS: Final = 1_000_000

TRUST_LIST: Final = bounds.TRUST_LIST
TUF_ROOT: Final = 512_000
TUF_TIMESTAMP: Final = 16_384
TUF_SNAPSHOT: Final = 65_536
TUF_TARGETS: Final = 262_144
TUF_ROOT_ROTATIONS: Final = 64  # one a year is the rule
LEAD: Final = 4_096  # two addresses
TRUST_LIST_EVERY: Final = 86_400
KEY_EVERY: Final = 600  # a key that the list lacks makes us ask for a newer one; so often for each office
RENEWAL_EVERY: Final = 600  # how often an idle window looks what is due
STATUS_SECONDS: Final = 3.0  # a shopper waits no longer for a status list; then the stored one counts
STATUS_TOKEN: Final = bounds.STATUS_TOKEN
STATUS_INDEX: Final = 64 * 1024
STATUS_LISTS: Final = 64  # of one administrator; 67 million labels
ISSUER_FILE: Final = bounds.ISSUER_FILE

ATTACKS: Final = 8 * 1024 * 1024  # the catalogue of known attacks, unpacked; five times what it was in 2026
ATTACKS_EVERY: Final = 86_400  # the catalogue changes a few times a week
