"""What every test gets: Qt without a screen, a home folder of its own, and no way to the network."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from labelviewer.ui.undying import keep_constants

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # a busy computer is no fault of the code

os.environ["LC_ALL"] = "C.UTF-8"  # the tests read English, whatever the developer reads
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

ROUNDS = int(os.environ.get("LABELVIEWER_ROUNDS", "1"))
"""How much longer than usual a sweep goes on."""

keep_constants()  # the parts of the window are tried without the window, which does it first

_CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


@pytest.fixture(scope="session", autouse=True)
def own_home() -> Iterator[Path]:
    """Nothing that runs here reads or writes the developer's own settings, library or log."""
    places = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"}
    with tempfile.TemporaryDirectory(prefix="labelviewer-tests-") as folder, pytest.MonkeyPatch.context() as patch:
        for name in sorted(places):
            place = Path(folder, name.lower())
            place.mkdir(mode=0o700)
            patch.setenv(name, str(place))
        yield Path(folder)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A test that leaves this computer fails, whoever catches exceptions: pytest's failure is not an Exception."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_to_this_computer(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _only_to_this_computer(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _only_own_names(socket.getaddrinfo))
        yield


@pytest.fixture(scope="session")
def rounds() -> int:
    return ROUNDS


@pytest.fixture(scope="session")
def corpora() -> Callable[[str], Path]:
    """The folder of a test corpus; a test that asks for one that is not on this computer is skipped, saying so."""

    def find(name: str) -> Path:
        folder = _CORPORA / name
        if not folder.is_dir():
            pytest.skip(f"the corpus {name} is not on this computer")
        return folder

    return find


def _only_to_this_computer(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_computer(address[0]):
            pytest.fail(f"a test tried to connect to {address[0]}")
        return connect(self, address)

    return guarded


def _only_own_names(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_this_computer(host):
            pytest.fail(f"a test asked the network where {host} is")
        return resolve(host, *args, **kwargs)

    return guarded


def _is_this_computer(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name in {"", "localhost"}
