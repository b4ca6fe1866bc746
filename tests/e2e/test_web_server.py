"""What a real web server says of a registry's files: their types, how long they keep, and nothing of all the rest."""

from hashlib import sha256
from pathlib import Path

import pytest

from labelviewer import resources
from labelviewer.publish.registry import build
from tests.labels import packs
from tests.nginx import ask, missing, nginx
from tests.registries import NOW, new_office, no_secret, source, write

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(missing()), reason=missing())]

PICTURE = resources.SAMPLES / "us-ctm" / "camera-a" / "box.jpg"


def test_every_kind_of_file_keeps_as_long_as_it_may(tmp_path: Path) -> None:
    office = new_office(tmp_path / "office")
    members = source()
    members["product"]["picture"] = "front.jpg"
    path = write(office, members)
    path.with_name("front.jpg").write_bytes(PICTURE.read_bytes())
    assert build(office, packs(), NOW, no_secret).problems == []
    [picture] = (office.served / "img").iterdir()
    kept = {
        "/v1/l/2026-0001.jwt": ("application/vnd.labelviewer.label+jwt", "public, max-age=3600, stale-if-error=604800"),
        "/v1/status/1.jwt": ("application/statuslist+jwt", "public, max-age=900, stale-if-error=604800"),
        "/v1/status/index.json": ("application/json", "public, max-age=900"),
        f"/v1/img/{picture.name}": ("image/webp", "public, max-age=31536000, immutable"),
    }
    root = f"/srv/labels/public => {tmp_path}/office/public"
    with nginx("registry.conf", tmp_path / "nginx", root=root) as port:
        for place, (kind, how_long) in kept.items():
            answer = ask(port, place)
            assert answer.status == 200
            assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (kind, how_long)
            assert answer.body == (office.served / place.removeprefix("/v1/")).read_bytes()
        assert sha256(ask(port, f"/v1/img/{picture.name}").body).hexdigest() == picture.stem
        for nothing in ("/", "/v1/", "/v1/img/", "/v1/status/", "/labels/2026-0001.json", "/l/2026-0001"):
            assert ask(port, nothing).status in (403, 404), nothing
