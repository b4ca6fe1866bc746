"""A way through the proxy of a network: CONNECT and nothing else; what is said stays between us and the site."""

import socket
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Final, cast
from urllib.parse import urlsplit

from labelviewer.adapters.secure_line import Deadline, TimedSocket
from labelviewer.domain.errors import NetworkBlockedError

USUAL_PORT: Final = 8080


@dataclass(frozen=True, slots=True)
class Proxy:
    host: str
    port: int


FindProxy = Callable[[str], Proxy | None]
"""The proxy for a host, None where it is asked directly. Raises NetworkBlockedError where the only proxy is of a kind
that we do not speak. May be slow."""


def no_proxy(_host: str) -> Proxy | None:
    return None


def configured_proxy(host: str) -> Proxy | None:
    """What the environment says or, on Windows and macOS, the system's settings; without Qt, and without scripts."""
    found = urllib.request.getproxies()
    address = found.get("https") or found.get("all")
    if not address or urllib.request.proxy_bypass(host):
        return None
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        name, port = parts.hostname, parts.port
    except ValueError as fault:
        raise NetworkBlockedError(host=host) from fault
    if parts.scheme != "http" or not name:
        raise NetworkBlockedError(host=host)
    return Proxy(name, port or USUAL_PORT)


def tunnel(sock: socket.socket, host: str, port: int, deadline: Deadline, idle: float) -> None:
    """After this the line leads to `host`. Raises NetworkBlockedError where the proxy refuses or wants a password."""
    line = TimedSocket(sock, deadline, idle)
    line.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode("ascii"))
    answer = HTTPResponse(cast(socket.socket, line), method="CONNECT")
    try:
        answer.begin()
    except HTTPException as fault:
        raise NetworkBlockedError(host=host) from fault
    finally:
        answer.close()
    if not 200 <= answer.status < 300:
        raise NetworkBlockedError(host=host)
