"""What signs, wherever its key lies: in a file, on a hardware token, at a key service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labelviewer.verify.signatures import is_signed
from labelviewer.verify.token import Algorithm
from labelviewer.verify.trust import Jwk


class SigningError(Exception):
    """The signer gave no signature, or one that readers would refuse; nothing was written."""


@dataclass(frozen=True, slots=True)
class Signer:
    """`sign` gives 64 bytes, for ES256 r and s; `jwk` is the public half, as a trust list holds it."""

    alg: Algorithm
    jwk: Mapping[str, str]
    sign: Callable[[bytes], bytes]

    def signature(self, message: bytes) -> bytes:
        """Checked as every reader checks it. Raises SigningError."""
        made = self.sign(message)
        if not is_signed(self.alg, Jwk.model_validate(self.jwk), message, made):
            raise SigningError
        return made
