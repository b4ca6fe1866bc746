"""Signs label documents, after the same checks that every reader makes."""

import json
from collections.abc import Mapping
from functools import lru_cache

from labelviewer.domain.document import LabelDocument
from labelviewer.publish.keys import SigningKey, signer
from labelviewer.publish.signer import Signer
from labelviewer.verify import bounds
from labelviewer.verify.content import ContentError, load_members, read_document
from labelviewer.verify.token import LABEL_TYPE, encode, read_header


def sign_label(document: Mapping[str, object] | LabelDocument, key: SigningKey | Signer, kid: str) -> bytes:
    """A `label+jwt` token.

    Raises ContentError where readers would refuse the document, TokenError for an odd `kid`, SigningError.
    """
    members = document.model_dump(mode="json", exclude_unset=True) if isinstance(document, LabelDocument) else document
    payload = as_json(members)
    read_document(load_members(payload))
    token = sign_token(LABEL_TYPE, payload, key, kid)
    if len(token) > bounds.LABEL_TOKEN:
        raise ContentError("too big")
    return token


def sign_token(kind: str, payload: bytes, key: SigningKey | Signer, kid: str) -> bytes:
    """Any payload as a compact token. Raises TokenError for a `kid` that no reader takes, SigningError."""
    signing = key if isinstance(key, Signer) else signer(key)
    signed = _header(signing.alg, kid, kind) + b"." + encode(payload)
    return signed + b"." + encode(signing.signature(signed))


@lru_cache(maxsize=16)
def _header(alg: str, kid: str, kind: str) -> bytes:
    header = as_json({"alg": alg, "kid": kid, "typ": kind})
    read_header(header, kind)
    return encode(header)


def as_json(members: Mapping[str, object]) -> bytes:
    """Compact UTF-8. Raises ContentError where JSON has no word for a value."""
    try:
        return json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError) as error:
        raise ContentError(str(error)) from None
