"""What conftest promises every test."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

ELSEWHERE = ["192.0.2.1", "2001:db8::1", "label.example"]


@pytest.mark.parametrize("host", ELSEWHERE)
def test_connecting_to_another_computer_fails_the_test(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for connect in ("connect", "connect_ex"):
        with socket.socket(family) as line, pytest.raises(pytest.fail.Exception, match=host):
            getattr(line, connect)((host, 443))


@pytest.mark.parametrize("host", ELSEWHERE)
def test_asking_for_another_computers_address_fails_the_test(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=host):
        socket.create_connection((host, 443), timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_computer_may_be_asked(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()
    assert socket.getaddrinfo(host, 80)


def test_nothing_is_kept_in_the_home_folder(own_home: Path) -> None:
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    assert [name for name in places if not Path(os.environ[name]).is_relative_to(own_home)] == []


def test_a_corpus_that_is_not_here_is_skipped_in_words(corpora: Callable[[str], Path]) -> None:
    with pytest.raises(pytest.skip.Exception, match="no-such-corpus"):
        corpora("no-such-corpus")
