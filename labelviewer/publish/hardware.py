"""Keys that lie in no file of ours: hardware tokens and key services, through the signers of securesystemslib."""

from collections.abc import Callable, Mapping
from typing import Final

from securesystemslib.exceptions import Error, UnsupportedLibraryError
from securesystemslib.signer import Signer as LibrarySigner
from securesystemslib.signer import SSlibKey

from labelviewer.publish.keys import algorithm, from_jwk, r_and_s
from labelviewer.publish.signer import Signer, SigningError

_REFUSED: Final = (ValueError, TypeError, KeyError, OSError, RuntimeError, Error, UnsupportedLibraryError)


def open_signer(uri: str, jwk: Mapping[str, str], ask: Callable[[str], str]) -> Signer:
    """The signer behind `uri`, for example `hsm:2` or `awskms:…`; `ask` is told what for and gives the PIN.

    Raises SigningError where no signer has this scheme, or where what it needs is not installed or plugged in.
    """
    public = from_jwk(jwk)
    try:
        signer = LibrarySigner.from_priv_key_uri(uri, SSlibKey.from_crypto(public), ask)
    except _REFUSED as refused:
        raise SigningError(str(refused)) from refused

    def sign(message: bytes) -> bytes:
        try:
            made = bytes.fromhex(signer.sign(message).signature)
            return made if algorithm(public) == "Ed25519" else r_and_s(made)
        except _REFUSED as refused:
            raise SigningError(str(refused)) from refused

    return Signer(algorithm(public), jwk, sign)
