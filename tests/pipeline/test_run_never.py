"""Whatever is scanned, whatever a site answers: an answer, never a crash, nothing verified that was not signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.run import Ports, inspect_code, inspect_picture, reopen
from labelviewer.present.label_page import label_page
from labelviewer.present.notice import notice_for
from labelviewer.verify.trust import Trust
from tests.labels import packs, words
from tests.pipeline.run_world import World, sheet, square
from tests.simulator import DAY, NUMBER, Authority, tamper

OFFICE = Authority().publish()
GOOD = OFFICE.labels[OFFICE.address()]
EVIL = Authority(id="evil.example")


class Quick(World):
    """Reads its trust lists once."""

    lists: Trust | None = None

    def trust(self) -> Trust:
        if self.lists is None:
            self.lists = super().trust()
        return self.lists


@contextmanager
def a_world(office: Authority = OFFICE) -> Iterator[Quick]:
    with TemporaryDirectory() as folder:
        yield Quick(Path(folder), office)


def unkept(world: World) -> Ports:
    return replace(world.ports(), keeper=None)


def has_an_answer(inspection: Inspection, world: World) -> bool:
    """Every inspection can be put on a screen: as a choice, a label or a message."""
    said = notice_for(words(), inspection)
    if inspection.report is not None:
        assert label_page(inspection, words(), packs(), world.at.date(), show_hidden=True).headline == said
    return bool(said.title and said.body)


def is_verified(inspection: Inspection) -> bool:
    return inspection.report is not None and inspection.report.state is State.VERIFIED


addresses = st.builds(
    "".join,
    st.lists(
        st.sampled_from(
            ["https://", "http:", "a.example", "labels.a.example", "shop.example", "/", "/l/", "/01/", NUMBER, "@", "?",
             "#", "%2f", "..", "\\", ":443", "\u202e", "\x00", " ", "04012345678901", "WIFI:", "javascript:", "é"]
        ),
        max_size=8,
    ),
)  # fmt: skip


@pytest.mark.threat("T3")
@settings(max_examples=150)
@given(text=st.text() | addresses, from_picture=st.booleans())
@example(text=OFFICE.code(), from_picture=False)
@example(text=f"  {OFFICE.code()}#x ", from_picture=False)
def test_any_text_has_an_answer_and_only_the_labels_code_is_verified(text: str, from_picture: bool) -> None:
    with a_world() as world:
        reading = world.ports().pictures.read(sheet(square("x")), "x") if from_picture else None
        inspection = inspect_code(text, unkept(world), reading=reading)
        assert has_an_answer(inspection, world)
        assert set(world.asked) <= {OFFICE.address(number) for number in _numbers(world.asked)} | {
            f"https://labels.a.example/v1/g/{number}.jwt" for number in _numbers(world.asked)
        }
        if is_verified(inspection):
            assert inspection.evidence is not None
            assert inspection.evidence.box.code == OFFICE.code()
            assert inspection.evidence.token == GOOD


def _numbers(asked: list[str]) -> list[str]:
    return [address.rsplit("/", 1)[1].removesuffix(".jwt") for address in asked]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A good label with bytes changed, lost, added or doubled."""
    token = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(token) - 1)))
        token[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(token)


@pytest.mark.fault("N8")
@settings(max_examples=100)
@given(token=st.binary() | st.text().map(str.encode) | spoiled())
@example(token=b"")
@example(token=b"..")
@example(token=GOOD + b".")
@example(token=b" " + GOOD)
@example(token=GOOD + b"\n")
@example(token=tamper(GOOD))
@example(token=OFFICE.sign_anything({"iss": [], "sub": {}}))
@example(token=OFFICE.sign_anything([]))
@example(token=OFFICE.sign_anything(b"\xff"))
@example(token=OFFICE.sign_anything(OFFICE.document(), key=EVIL.label_key))
@example(token=b"e" * 262_144)
@example(token=b"e" * 262_145)
def test_any_bytes_have_an_answer_and_only_the_label_as_it_was_signed_is_verified(token: bytes) -> None:
    with a_world(OFFICE.publish(token=token)) as world:
        for inspection in (world.follow(), world.follow(again=True)):
            assert has_an_answer(inspection, world)
            assert is_verified(inspection) == (token == GOOD)
            assert inspection.not_kept is None
        for visit in world.library.history():
            again = reopen(visit.evidence, world.ports())
            assert has_an_answer(again, world)
            assert is_verified(again) == (token == GOOD)


members = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100)
@given(name=st.sampled_from(sorted(OFFICE.document())), value=members)
def test_anything_that_an_issuer_signs_has_an_answer(name: str, value: object) -> None:
    """A well-signed label with one member that is anything at all."""
    token = OFFICE.sign_anything({**OFFICE.document(), name: value})
    with a_world(OFFICE.publish(token=token)) as world:
        inspection = world.follow()
        assert has_an_answer(inspection, world)
        if is_verified(inspection):
            assert inspection.evidence is not None
            assert inspection.label is not None
            assert inspection.label.issuer == OFFICE.id
            assert OFFICE.code() in inspection.label.carriers


TOKENS = {
    "good": GOOD,
    "tampered": tamper(GOOD, ver=99),
    "old": OFFICE.label(ver=1),
    "new": OFFICE.label(ver=9),
    "foreign": EVIL.label(carriers=[OFFICE.code()]),
    "another": OFFICE.label(OFFICE.document("another")),
    "garbage": b"<html>",
}
REAL = {"good": 3, "old": 1, "new": 9}


@pytest.mark.threat("T16")
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(TOKENS)), st.integers(0, 50), st.booleans()), max_size=4))
def test_whatever_a_site_served_before_the_real_label_is_verified_unless_a_newer_real_one_was_seen(
    past: list[tuple[str, int, bool]],
) -> None:
    with a_world() as world:
        newest = 0
        for token, hours, again in past:
            world.wait(timedelta(hours=hours))
            world.office = world.office.publish(token=TOKENS[token])
            world.lists = None
            before = len(world.asked)
            inspection = world.follow(again=again)
            if len(world.asked) > before:
                assert is_verified(inspection) == (token in REAL and REAL[token] >= newest)
                newest = max(newest, REAL.get(token, 0))
            else:
                assert is_verified(inspection)
        world.wait(2 * DAY)
        world.lists = None
        world.office = world.office.publish(token=GOOD)
        assert is_verified(world.follow()) == (newest <= REAL["good"])


@pytest.mark.threat("T14")
@settings(max_examples=60)
@given(data=st.binary(max_size=200) | st.integers(0, 400).map(lambda cut: sheet(square(OFFICE.code()))[:cut]))
def test_any_bytes_as_a_picture_have_an_answer(data: bytes) -> None:
    with a_world() as world:
        inspection = inspect_picture(data, "x", unkept(world))
        assert has_an_answer(inspection, world)
        assert world.asked == []
