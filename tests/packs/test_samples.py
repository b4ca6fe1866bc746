"""The bundled samples are what their sources say, and every box reads as it should."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from label_samples import build
from label_samples.boxes import SAMPLES, STATUS, Sample
from labelviewer import resources
from labelviewer.adapters.qr_reader import CodeReader, read_texts
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.domain.document import LabelDocument
from labelviewer.domain.errors import NotListedError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.label import Value
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched
from labelviewer.pipeline.run import Ports, inspect_picture
from labelviewer.publish.keys import algorithm, jwk
from labelviewer.schemes.packs import load_packs
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.status import open_status
from labelviewer.verify.token import split
from labelviewer.verify.trust import Jwk, load_trust_list, unite

FOLDER = resources.SAMPLES
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
INDEX: list[dict[str, str]] = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)


class StoppedClock:
    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, slots=True)
class BundledLabels:
    """Answers for the demo host from the folder of samples."""

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        assert is_known(address.host)
        for listed in INDEX:
            if address.path == f"/v1/l/{listed['id']}.jwt":
                body = (FOLDER / listed["path"] / "label.jwt").read_bytes()
                assert len(body) <= max_bytes
                return Fetched(body, accept.split(",")[0], address)
        raise NotListedError(host=address.host)


def expected(sample: Sample) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((FOLDER / sample.path / "expected.json").read_text(encoding="utf-8"))
    return words


def inspected(sample: Sample) -> Inspection:
    ports = Ports(
        clock=StoppedClock(),
        pictures=CodeReader(),
        fetcher=BundledLabels(),
        trust=BundledTrust(resources.TRUST),
        packs=load_packs(resources.SCHEMES),
        keeper=None,
    )
    return inspect_picture((FOLDER / sample.path / "box.jpg").read_bytes(), "box.jpg", ports)


def is_good(token: bytes, kid: str) -> bool:
    parts = split(token)
    signing = build.key(kid)
    return is_signed(algorithm(signing), Jwk.model_validate(jwk(signing)), parts.signed, parts.signature)


@each_sample
def test_the_signed_label_is_current(sample: Sample) -> None:
    token = (FOLDER / sample.path / "label.jwt").read_bytes()
    assert split(token).signed == split(build.label_token(sample)).signed
    assert is_good(token, sample.kid) is not bool(sample.altered)


@each_sample
def test_the_code_and_the_box_carry_the_labels_own_address(sample: Sample) -> None:
    folder = FOLDER / sample.path
    assert read_texts(folder / "code.png") == read_texts(folder / "box.jpg") == [expected(sample)["code"]]
    assert build.code(sample) == expected(sample)["code"]


def test_the_photographs_were_drawn_from_what_is_here() -> None:
    assert json.loads((FOLDER / "drawings.json").read_text(encoding="utf-8")) == build.drawing_marks()


@pytest.mark.parametrize("sample", SAMPLES[::4], ids=lambda sample: sample.path)
def test_a_photograph_can_be_made_again_and_reads(sample: Sample, tmp_path: Path) -> None:
    again = tmp_path / "box.jpg"
    again.write_bytes(build.box_photograph(sample))
    assert read_texts(again) == [expected(sample)["code"]]


def test_the_lists_are_current() -> None:
    assert json.loads((resources.TRUST / "trust-list.json").read_bytes()) == build.published_trust_list()
    assert json.loads((resources.TRUST / "demo" / "trust-list.json").read_bytes()) == build.demo_trust_list()


def test_the_status_list_is_signed_and_cancels_one_label_alone() -> None:
    trust = BundledTrust(resources.TRUST)
    evidence = trust.status(build.STATUS_URI)
    demo = trust.trust().demo
    assert evidence is not None
    assert demo is not None
    listed = open_status(evidence, build.STATUS_URI, demo.administrators[0])
    values = {s.path: listed.value(build.document(s)["status"]["status_list"]["idx"]) for s in SAMPLES}
    assert values == {s.path: int(s.withdrawn) for s in SAMPLES}
    assert sum(map(bool, values.values())) == 1
    assert is_good(evidence.token, STATUS)
    assert listed.expires - listed.issued > 3_650 * 86_400


def test_the_published_list_knows_nobody_and_shares_nothing_with_the_demo() -> None:
    published = load_trust_list((resources.TRUST / "trust-list.json").read_bytes())
    demo = load_trust_list((resources.TRUST / "demo" / "trust-list.json").read_bytes())
    assert published.administrators == []
    assert unite(published, demo).knows_host("samples.labelviewer.example")
    assert not unite(published).knows_host("samples.labelviewer.example")
    assert {key.alg for key in demo.administrators[0].keys if key.use == "label"} == {"Ed25519", "ES256"}


@each_sample
def test_a_label_answers_only_what_its_scheme_asks(sample: Sample) -> None:
    document = LabelDocument.model_validate(build.document(sample))
    pack = load_packs(resources.SCHEMES).find(document.scheme.id)
    assert pack is not None
    assert document.scheme.version in {pack.pack.version, *(older.id for older in pack.pack.older)}
    for claim in document.claims:
        criterion = pack.criterion(claim.criterion)
        assert criterion is not None, claim.criterion
        if criterion.choices:
            named = claim.value if isinstance(claim.value, list) else [claim.value]
            assert set(named) <= {*criterion.choices, criterion.undisclosed}, claim.criterion


@each_sample
def test_a_label_says_that_it_is_made_up_and_leads_nowhere_real(sample: Sample) -> None:
    members = build.document(sample)
    assert "made up" in members["product"]["invented"]
    text = json.dumps(members)
    hosts = {part.split("/")[0].split('"')[0] for part in text.split("https://")[1:]}
    hosts |= {part.split('"')[0].split("@")[1] for part in text.split("mailto:")[1:]}
    assert hosts
    assert all(host.endswith(".example") for host in hosts), hosts
    assert members["exp"] - members["iat"] == 825 * 86_400
    assert all(number.startswith("02") for number in members["product"].get("gtin", []))  # never a real product's


def test_the_two_cameras_differ_in_exactly_four_answers() -> None:
    first, second = (
        {claim["criterion"]: claim["value"] for claim in build.document(sample)["claims"]} for sample in SAMPLES[:2]
    )
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == {
        "support-until",
        "updates-automatic",
        "data-collected",
        "data-shared",
    }
    same = ("granted", "basis", "lab", "administrator", "level", "valid_until")
    one, other = (build.document(sample)["grant"] for sample in SAMPLES[:2])
    assert [one[part] for part in same] == [other[part] for part in same]


def test_every_scheme_has_a_sample_and_those_with_levels_show_two() -> None:
    shown: dict[str, set[tuple[str, str | None]]] = {}
    for sample in SAMPLES:
        document = build.document(sample)
        shown.setdefault(document["scheme"]["id"], set()).add(
            (document["scheme"]["version"], document["grant"]["level"])
        )
    packs = load_packs(resources.SCHEMES)
    assert set(shown) == {loaded.pack.id for loaded in packs.all() if loaded.pack.reader == "label-token"}
    assert {loaded.pack.id for loaded in packs.all() if loaded.pack.levels and len(shown[loaded.pack.id]) < 2} == set()


def test_one_product_is_shown_under_two_schemes() -> None:
    schemes: dict[str, set[str]] = {}
    for sample in SAMPLES:
        document = build.document(sample)
        for number in document["product"].get("gtin", []):
            schemes.setdefault(number, set()).add(document["scheme"]["id"])
    assert {frozenset(under) for under in schemes.values() if len(under) > 1} == {frozenset({"sg-cls", "fi-traficom"})}


def test_the_index_lists_every_sample_once_in_short_words() -> None:
    assert sorted(listed["path"] for listed in INDEX) == sorted(sample.path for sample in SAMPLES)
    for listed in INDEX:
        assert listed["path"].endswith(f"/{listed['id']}")
        assert set(listed) == {"id", "path", "title", "about", "shows", "group"}
        assert len(listed["title"]) <= 40
        assert all(len(listed[part]) <= 90 for part in ("about", "shows"))


@each_sample
def test_a_box_photograph_reads_as_expected_through_the_whole_pipeline(sample: Sample) -> None:
    wanted = expected(sample)
    inspection = inspected(sample)
    report, label = inspection.report, inspection.label
    assert inspection.problem is None
    assert report is not None
    assert label is not None
    assert (report.state.name, report.code, report.sample) == (wanted["state"], wanted["message"], wanted["sample"])
    assert report.state.hides_facts is wanted["facts_hidden"]
    assert (label.product.name, label.product.maker) == (wanted["label"]["name"], wanted["label"]["maker"])
    assert (label.scheme, label.grant.basis) == (wanted["label"]["scheme"], wanted["label"]["basis"])
    assert label.unknown == 0
    answers = {answer.criterion: [answer.stated.value, as_written(answer.value)] for answer in label.answers}
    assert {name: answers[name] for name in wanted["label"]["answers"]} == wanted["label"]["answers"]


def as_written(value: Value | None) -> object:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
