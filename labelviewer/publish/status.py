"""Signs status lists: one small file that says for a million labels which are withdrawn or on hold."""

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum

from labelviewer.publish.keys import SigningKey
from labelviewer.publish.sign import as_json, sign_token
from labelviewer.publish.signer import Signer
from labelviewer.verify import bounds
from labelviewer.verify.status import BITS
from labelviewer.verify.token import STATUS_TYPE, encode

ENTRIES = 2**20
_PER_BYTE = 8 // BITS


class Status(IntEnum):
    VALID = 0
    WITHDRAWN = 1
    SUSPENDED = 2


def sign_status_list(
    uri: str,
    values: Mapping[int, Status],
    key: SigningKey | Signer,
    kid: str,
    *,
    issued: datetime,
    good_for: timedelta = timedelta(seconds=bounds.STATUS_GOOD_FOR),
    ttl: timedelta = timedelta(seconds=bounds.STATUS_TTL),
    entries: int = ENTRIES,
) -> bytes:
    """A `statuslist+jwt` token; labels that `values` leaves out are valid.

    `entries` is a power of two, at least 4. Raises ValueError for an index outside of it.
    """
    if entries < _PER_BYTE or entries & (entries - 1) or entries > bounds.STATUS_LIST * _PER_BYTE:
        raise ValueError("the number of entries is not a power of two within bounds")
    packed = bytearray(entries // _PER_BYTE)
    for index, value in values.items():
        if not 0 <= index < entries:
            raise ValueError(f"outside the list: {index}")
        packed[index // _PER_BYTE] |= value << (index % _PER_BYTE * BITS)
    start = int(issued.timestamp())
    payload = {
        "sub": uri,
        "iat": start,
        "exp": start + int(good_for.total_seconds()),
        "ttl": int(ttl.total_seconds()),
        "status_list": {"bits": BITS, "lst": encode(zlib.compress(bytes(packed), 9)).decode()},
    }
    return sign_token(STATUS_TYPE, as_json(payload), key, kid)
