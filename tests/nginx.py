"""A real nginx on loopback, run from the configurations in deploy/, with certificates of the test authority."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from typing import NamedTuple

from tests.https_site import authority

DEPLOY = Path(__file__).parents[1] / "deploy" / "nginx"
HOST = "labels.office.example"
SECONDS = 10.0

_AROUND = """
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ }}
http {{
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    {inside}
}}
"""


def missing() -> str:
    """Why these tests cannot run here, or nothing."""
    if program() is None:
        return "nginx is not installed, so no real web server was tried; tools/system_packages.sh test installs it"
    return ""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Answered(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def nginx(configuration: str, folder: Path, host: str = HOST, **instead: str) -> Iterator[int]:
    """The port. `instead` is a name for the reader's sake; its value is `old => new`, and must change something."""
    folder.mkdir(parents=True)
    text = (DEPLOY / configuration).read_text("utf-8")
    port = _free_port()
    certificate = authority().issue_cert(host)
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "site.pem")
    changes = [
        f"listen 443 ssl => listen 127.0.0.1:{port} ssl",
        f"/etc/ssl/{host}.pem => {folder}/site.pem",
        f"/etc/ssl/{host}.key => {folder}/site.pem",
        *instead.values(),
    ]
    for change in changes:
        old, new = change.split(" => ")
        assert old in text, f"{configuration} has no {old}"
        text = text.replace(old, new)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    (folder / "nginx.conf").write_text(_AROUND.format(user="user root;" if is_root else "", inside=text), "utf-8")
    command = [program() or "", "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server, folder)
            yield port
        finally:
            server.terminate()
            server.wait(SECONDS)


def ask(port: int, path: str, host: str = HOST) -> Answered:
    tls = ssl.create_default_context(cadata=authority().cert_pem.bytes().decode())
    with closing(socket.create_connection(("127.0.0.1", port), SECONDS)) as plain:
        connection = HTTPSConnection(host, timeout=SECONDS)
        connection.sock = tls.wrap_socket(plain, server_hostname=host)
        with closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return Answered(answer.status, dict(answer.headers), answer.read())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    pause = threading.Event()
    for _ in range(int(SECONDS / 0.05)):
        log = folder / "error.log"
        assert server.poll() is None, log.read_text("utf-8") if log.exists() else "nginx ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            pause.wait(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
