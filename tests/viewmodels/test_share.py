"""Sharing: what is on the page goes where the shopper wants it, and what cannot be done is said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from labelviewer.domain.errors import CannotSaveError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.paper import Paper
from labelviewer.domain.report import State
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.viewmodels.compare import CompareViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.share import Deed, ShareState, ShareViewModel, Tools
from tests.desk import ports_of
from tests.labels import inspection, label, words
from tests.simulator import Authority
from tests.ui_fixtures import Crank

SECRET = inspection(label("Secret Name"), State.TAMPERED)


@dataclass
class Bench:
    """A share view model with hands that only note what they were given."""

    crank: Crank = field(default_factory=Crank)
    wants: list[Want] = field(default_factory=list)
    written: dict[str, bytes] = field(default_factory=dict)
    printed: list[tuple[Paper, ...]] = field(default_factory=list)
    hear: Callable[[bool | None], None] = lambda _: None
    drawn: list[str] = field(default_factory=list)
    full: bool = False

    def __post_init__(self) -> None:
        ports = ports_of(Authority())
        self.label = LabelViewModel(lambda: ports, words())
        self.compare = CompareViewModel(lambda: ports, words())
        tools = Tools(lambda _: b"%PDF", lambda _: b"\x89PNG", self._print, self._draw, self._write)
        places = PlacesViewModel(self._place)
        self.gallery = Gallery()
        self.share = ShareViewModel(
            self.label, self.compare, lambda: ports, tools, self.gallery, places, words(), self.crank
        )

    def _print(self, papers: tuple[Paper, ...], then: Callable[[bool | None], None]) -> None:
        self.printed.append(papers)
        self.hear = then

    def _draw(self, text: str) -> QImage:
        self.drawn.append(text)
        return QImage(4, 4, QImage.Format.Format_RGB32)

    def _write(self, place: Path, data: bytes) -> None:
        if self.full:
            raise CannotSaveError(place=str(place.parent))
        self.written[place.name] = data

    def _place(self, want: Want) -> Path:
        self.wants.append(want)
        return Path("/somewhere") / want.name

    def do(self, page: str, deed: Deed) -> None:
        self.share.act(page, deed)
        self.crank.turn_all()

    def ask(self, page: str, deed: Deed) -> None:
        self.share.ask(page, deed)
        self.crank.turn_all()

    def get(self, name: str) -> Any:
        return self.share.property(name)


@pytest.fixture
def bench(qapp: QGuiApplication) -> Bench:
    bench = Bench()
    bench.label.show(inspection())
    bench.compare.add((inspection(), inspection(label("Lookout Mini", claims={}, number="2"))))
    return bench


@pytest.mark.parametrize(
    ("deed", "ending", "begins"),
    [(Deed.PDF, "pdf", b"%PDF"), (Deed.PICTURE, "png", b"\x89PNG"), (Deed.TEXT, "txt", b"Side by side\n")],
)
def test_a_comparison_becomes_a_file_that_is_named_by_us(bench: Bench, deed: Deed, ending: str, begins: bytes) -> None:
    bench.do("compare", deed)
    (want,) = bench.wants
    assert (want.kind, want.saving) == (ending, True)
    assert len(want.name.removeprefix("comparison-").removesuffix(f".{ending}")) == 12
    assert bench.written[want.name].startswith(begins)
    assert bench.get("told") == f"Saved as {want.name}."


def test_a_label_becomes_a_text_with_its_name(bench: Bench) -> None:
    bench.do("label", Deed.TEXT)
    ((name, data),) = bench.written.items()
    assert name.startswith("label-")
    assert data.startswith(b"Hearth Camera 2\n")


def test_text_goes_to_the_clipboard(bench: Bench) -> None:
    bench.do("compare", Deed.COPY)
    assert QGuiApplication.clipboard().text().startswith("Side by side\n")
    assert bench.get("told") == "Copied."


def test_a_full_disk_is_said_and_trying_again_asks_for_a_place_again(bench: Bench) -> None:
    bench.full = True
    bench.do("compare", Deed.PDF)
    assert bench.get("message")["code"] == "C09"
    assert bench.get("told") == ""
    bench.full = False
    bench.share.again()
    bench.crank.turn_all()
    assert bench.get("message") is None
    assert len(bench.wants) == 2
    assert bench.get("told").startswith("Saved as")


@pytest.mark.parametrize(
    ("outcome", "told", "code"), [(True, "Sent to the printer.", None), (None, "", None), (False, "", "C08")]
)
def test_what_became_of_the_printing_is_said(bench: Bench, outcome: bool | None, told: str, code: str | None) -> None:
    bench.do("compare", Deed.PRINT)
    assert bench.get("busy")
    assert bench.printed[0][0].title == "Side by side"
    bench.hear(outcome)
    assert not bench.get("busy")
    assert bench.get("told") == told
    assert (bench.get("message") or {"code": None})["code"] == code


def test_the_phone_panel_opens_with_the_words_that_stand_in_the_code_and_closes_again(bench: Bench) -> None:
    bench.do("compare", Deed.PHONE)
    assert bench.get("open") == "phone"
    assert bench.drawn == [bench.get("words")]
    assert "Hearth Camera 2" in bench.drawn[0]
    code = bench.get("code")
    bench.do("compare", Deed.PHONE)
    assert (bench.get("open"), bench.get("words"), bench.get("code")) == ("", "", "")
    assert bench.gallery.requestImage(code.rpartition("/")[2], None, None).isNull()  # type: ignore[arg-type]


def test_questions_are_shown_copied_and_printed(bench: Bench) -> None:
    bench.do("compare", Deed.ASK)
    assert bench.get("open") == "ask"
    assert "Lookout Mini: the label leaves these open" in bench.get("words")
    bench.ask("compare", Deed.COPY)
    assert QGuiApplication.clipboard().text().startswith("Ask the shop\n")
    bench.ask("compare", Deed.PDF)
    assert bench.wants[-1].name.startswith("questions-")
    bench.ask("compare", Deed.PRINT)
    assert bench.printed[-1][0].title == "Ask the shop"


def test_of_a_label_that_must_not_be_relied_on_there_is_nothing_to_ask(bench: Bench) -> None:
    bench.label.show(SECRET)
    bench.do("label", Deed.ASK)
    assert bench.get("words") == bench.get("code") == ""
    assert bench.get("heading") == words().say("ask.nothing")


def test_hidden_facts_are_shared_only_once_they_were_asked_for(bench: Bench) -> None:
    bench.label.show(SECRET)
    bench.do("label", Deed.COPY)
    assert "Secret Name" not in QGuiApplication.clipboard().text()
    bench.label.reveal()
    bench.do("label", Deed.COPY)
    assert "Secret Name" in QGuiApplication.clipboard().text()


def test_another_label_takes_back_what_was_said_about_the_last_one(bench: Bench) -> None:
    bench.do("label", Deed.PHONE)
    bench.share.act("label", Deed.COPY)
    bench.label.show(SECRET)
    bench.crank.turn_all()
    assert bench.share.state == ShareState()


def test_nothing_on_the_page_is_nothing_to_share(bench: Bench) -> None:
    bench.compare.clear()
    for deed in Deed:
        bench.do("compare", deed)
    assert bench.share.state == ShareState()
    assert (bench.wants, bench.printed, bench.written) == ([], [], {})


def test_a_fault_of_ours_leaves_no_spinner(bench: Bench) -> None:
    faults: list[object] = []
    bench.share.crashed.connect(faults.append)
    bench.compare.state = SimpleNamespace(inspections=(Inspection(report=inspection().report),) * 2)  # type: ignore[assignment]
    bench.do("compare", Deed.COPY)
    assert len(faults) == 1
    assert not bench.get("busy")
