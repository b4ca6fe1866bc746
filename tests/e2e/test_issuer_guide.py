"""The issuer's guide, run command by command: from nothing to a label read through a real web server."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from labelviewer.publish import lead
from tests.e2e.office import shim
from tests.https_site import authority
from tests.nginx import HOST, ask, missing, nginx
from tests.registries import no_secret

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "issuer.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(missing()), reason=missing())]


LEAD = "trust.lead.example"
READ = "labelviewer read office/codes/2026-0001.png --profile reader"
DAY = 24 * 3600
TTL = 6 * 3600
PUBLISHING = 15 * 60


class Desk:
    """A person with a shell in a folder."""

    def __init__(self, folder: Path, hosts: Mapping[str, int]) -> None:
        self.folder = folder
        self.path = f"{shim(folder, hosts)}:{os.environ['PATH']}"

    def type(self, commands: str) -> str:
        done = subprocess.run(
            ["sh", "-euc", commands],
            cwd=self.folder,
            env=os.environ | {"PATH": self.path, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def sleep(self, seconds: int) -> None:
        later = self.folder / "later"
        later.write_text(str(int(later.read_text("utf-8")) + seconds), "utf-8")


@contextmanager
def lead_served(folder: Path) -> Iterator[int]:
    with nginx("lead.conf", folder / "nginx-lead", LEAD, root=f"/srv/lead/public => {folder}/lead/public") as port:
        yield port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Desk, int]]:
    root = f"/srv/labels/public => {tmp_path}/office/public"
    with nginx("registry.conf", tmp_path / "nginx", root=root) as port, lead_served(tmp_path) as lead_port:
        yield Desk(tmp_path, {HOST: port, LEAD: lead_port}), port


@pytest.mark.threat("T18")
def test_the_guide_leads_from_nothing_to_a_scanned_label_and_on(served: tuple[Desk, int]) -> None:
    desk, port = served
    said = {}
    for block in BLOCKS:
        if block.startswith("NEW="):
            desk.sleep(DAY)
            desk.type("labelviewer trust renew --profile reader")
        said[block] = desk.type(block)
        if block.startswith("NEW="):
            assert "Checked: this label is real" in desk.type(READ), "by the new key"
        if "publish lead key" in block:
            desk.sleep(DAY)
            desk.type("labelviewer trust renew --profile reader")
            assert "Checked: this label is real" in desk.type(READ), "by the key after the stolen one"
    renewed = next(text for block, text in said.items() if "trust renew" in block)
    assert "Example Label Office" in renewed
    read = next(text for block, text in said.items() if block.startswith("labelviewer read"))
    assert "Checked: this label is real" in read
    assert "Hearth Camera 2" in read
    assert said[BLOCKS[-1]].startswith("Withdrew 2026-0001")
    assert "Checked: this label is real" in desk.type(READ), "the list that the reader has is good for six hours"
    desk.sleep(TTL + PUBLISHING)
    assert "This label was cancelled" in desk.type(f"{READ} || test $? = 5")
    shown = re.search(r"^```text\n(labels/.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert shown is not None
    checked = next(text for block, text in said.items() if "check --folder office || true" in block)
    assert " ".join(shown[1].split()) == " ".join(checked.split())

    bundle = json.loads(ask(port, "/v1/bundles/index.json").body)["bundles"][0]["file"]
    types = {
        "/v1/l/2026-0001.jwt": "application/vnd.labelviewer.label+jwt",
        "/v1/status/1.jwt": "application/statuslist+jwt",
        "/v1/status/index.json": "application/json",
        "/v1/bundles/index.json": "application/json",
        f"/v1/bundles/{bundle}": "application/vnd.labelviewer.bundle",
        "/.well-known/label-issuer.json": "application/json",
    }
    for path, media_type in types.items():
        answer = ask(port, path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)
    for path in (
        "/v1/l/",
        "/v1/l/nothing.jwt",
        "/registry.toml",
        "/v1/l/.2026-0001.jwt.new~",
        "/v1/../../keys/keys.json",
    ):
        assert ask(port, path).status in (400, 404), path


def test_a_shop_s_cache_goes_on_answering_when_the_office_is_away(tmp_path: Path) -> None:
    path = "/v1/l/2026-0001.jwt"
    authority().cert_pem.write_to_path(tmp_path / "whom.pem")
    with ExitStack() as origin_only, ExitStack() as stack:
        origin = origin_only.enter_context(
            nginx(
                "registry.conf",
                tmp_path / "origin",
                root=f"/srv/labels/public => {tmp_path}/office/public",
                soon_old="max-age=3600 => max-age=1",
            )
        )
        cache = stack.enter_context(
            nginx(
                "shop-cache.conf",
                tmp_path / "cache",
                keep=f"/var/cache/nginx/labels => {tmp_path}/cache/kept",
                where=f"proxy_pass https://labels.office.example => proxy_pass https://127.0.0.1:{origin}",
                whom=f"/etc/ssl/certs/ca-certificates.crt => {tmp_path}/whom.pem",
            )
        )
        desk = Desk(tmp_path, {HOST: cache, LEAD: stack.enter_context(lead_served(tmp_path))})
        for block in BLOCKS:
            desk.type(block)
            if block.startswith("labelviewer read"):
                break
        first = ask(cache, path)
        assert (first.status, first.headers["X-Cache"]) in ((200, "HIT"), (200, "EXPIRED")), (
            "the program read through it"
        )
        origin_only.close()
        for _ in range(200):
            late = ask(cache, path)
            assert (late.status, late.body) == (200, first.body)
            if late.headers["X-Cache"] == "STALE":
                break
            threading.Event().wait(0.05)
        assert late.headers["X-Cache"] == "STALE"
        assert "Checked: this label is real" in desk.type(
            f"rm -r reader/data reader/cache; labelviewer trust renew --profile reader; {READ}"
        )
        assert ask(cache, "/v1/l/other.jwt").status in (502, 504)


def test_the_lead_s_files_are_served_and_its_keys_are_not(tmp_path: Path) -> None:
    host, now = "trust.lead.example", datetime.now(UTC)
    one = lead.found(tmp_path / "lead", "Example Lead", "https://lead.example/", now, None)
    lead.sign(one, now, no_secret)
    root = f"/srv/lead/public => {tmp_path}/lead/public"
    with nginx("lead.conf", tmp_path / "nginx", host, root=root) as port:
        served = [path.relative_to(one.folder / "public").as_posix() for path in one.served.rglob("*.json")]
        assert len(served) == 5
        for path in served:
            answer = ask(port, f"/{path}", host)
            assert answer.status == 200
            assert ("immutable" in answer.headers["Cache-Control"]) is (path != "tuf/timestamp.json")
        for path in ("/tuf/2.root.json", "/tuf/", "/keys/root-1.pem", "/lead.json"):
            assert ask(port, path, host).status == 404
