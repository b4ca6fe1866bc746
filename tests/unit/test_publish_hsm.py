"""A label office whose key lies on a PKCS #11 token: SoftHSM stands for the hardware."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from labelviewer.domain.report import State
from labelviewer.publish.office import adopt_key, open_office, switch_key
from labelviewer.publish.registry import build
from labelviewer.publish.signer import SigningError
from tests.labels import packs
from tests.registries import NOW, new_office, source, state, write

LIBRARIES = tuple(
    Path(folder) / "softhsm" / "libsofthsm2.so"
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib", "/usr/lib/x86_64-linux-gnu")
)
LIBRARY = next((path for path in LIBRARIES if path.is_file()), None)
TOOL = shutil.which("softhsm2-util")
PIN = "273801"
MISSING = [
    what for what, there in (("softhsm2", TOOL and LIBRARY), ("python-pkcs11", find_spec("pkcs11"))) if not there
]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The public half of a P-256 key that lies on a new token under the number 2."""
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(
        f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\n"
    )
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    monkeypatch.setenv("PYKCS11LIB", str(LIBRARY))
    key = ec.generate_private_key(ec.SECP256R1())
    secret = tmp_path / "key.pem"
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for words in (
        ("--init-token", "--free", "--label", "office", "--so-pin", PIN, "--pin", PIN),
        ("--import", str(secret), "--token", "office", "--label", "label key", "--id", "02", "--pin", PIN),
    ):
        assert TOOL is not None
        subprocess.run([TOOL, *words], check=True, capture_output=True, env=dict(os.environ))
    secret.unlink()
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def pin(_kid: str) -> bytes:
    return PIN.encode()


def test_a_token_signs_labels_that_readers_verify(tmp_path: Path, public: bytes) -> None:
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", "hsm:2?label=office", public, NOW)
    office = switch_key(open_office(office.folder), key.kid, NOW)
    write(office, source())
    done = build(office, packs(), NOW, pin)
    assert done.problems == []
    assert len(done.signed) == 1
    assert state(office, "2026-0001") is State.VERIFIED
    assert not any(
        "PRIVATE" in file.read_text("latin-1") for file in office.folder.rglob("*.pem") if key.kid in file.name
    )


def test_a_wrong_pin_signs_nothing(tmp_path: Path, public: bytes) -> None:
    office = new_office(tmp_path / "office")
    office, key = adopt_key(office, "label", "hsm:2?label=office", public, NOW)
    office = switch_key(open_office(office.folder), key.kid, NOW)
    write(office, source())
    with pytest.raises(SigningError) as said:
        build(office, packs(), NOW, lambda _kid: b"000000")
    assert type(said.value.__cause__).__name__ == "PinIncorrect", "the token refused, and nothing else found it out"
    assert not list((office.served / "l").glob("*"))
