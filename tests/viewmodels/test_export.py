"""My labels in a file: all of both lists, or a message."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from labelviewer import __version__
from labelviewer.adapters.files import write_file
from labelviewer.adapters.profile import Profile
from labelviewer.pipeline.run import Ports, inspect_code
from labelviewer.ui.settings import Settings
from labelviewer.ui.viewmodels.export import ExportViewModel
from labelviewer.ui.viewmodels.history import HistoryViewModel
from labelviewer.ui.viewmodels.label import LabelViewModel
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.things import ThingsViewModel
from labelviewer.words.catalogue import Words
from tests.desk import MemorySite
from tests.simulator import NOW, Authority
from tests.ui_fixtures import Crank

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def model(shop_world: Ports, shop: Authority, profile: Profile, words: Words, crank: Crank) -> ExportViewModel:
    """One label is owned, another was scanned; its name is a formula, and a search hides both."""
    odd = shop.publish("2", product={"name": FORMULA})
    ports = replace(shop_world, fetcher=MemorySite(odd))
    settings = SettingsViewModel(profile.config / "settings.json", Settings())
    history = HistoryViewModel(lambda: ports, words, crank)
    things = ThingsViewModel(lambda: ports, LabelViewModel(lambda: ports, words), settings, words, crank, crank)
    things.own(inspect_code(odd.code("1"), ports))
    inspect_code(odd.code("2"), ports)
    history.refresh()
    crank.turn_all()
    for model in (history, things):
        model.find("nothing")
    return ExportViewModel(things, history, lambda: NOW, write_file, PlacesViewModel(), __version__, words, crank)


def put(model: ExportViewModel, place: Path, crank: Crank) -> list[Want]:
    wants: list[Want] = []

    def ask(want: Want) -> Path:
        wants.append(want)
        return place / want.name

    model._places.ask = ask
    model.saveTable()
    model.saveData()
    crank.turn_all()
    return wants


def test_both_lists_are_saved_whole_with_what_is_owned_first(
    model: ExportViewModel, tmp_path: Path, crank: Crank
) -> None:
    assert [(want.kind, want.name) for want in put(model, tmp_path, crank)] == [
        ("csv", "my-labels.csv"),
        ("json", "my-labels.json"),
    ]
    text = (tmp_path / "my-labels.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["product"], row["owned"]) for row in rows] == [
        ("Hearth Camera 2", "yes"),
        (f"'{FORMULA}", "no"),
        ("Hearth Camera 2", "no"),
    ]
    record = json.loads((tmp_path / "my-labels.json").read_bytes())
    assert [label["product"] for label in record["labels"]] == ["Hearth Camera 2", FORMULA, "Hearth Camera 2"]
    assert record["labelviewer"] == __version__
    assert model.property("told") == "Saved as my-labels.json."


@pytest.mark.fault("D2")
def test_a_place_that_refuses_is_said(model: ExportViewModel, tmp_path: Path, crank: Crank) -> None:
    told = list[None]()
    model.changed.connect(lambda: told.append(None))
    put(model, tmp_path / "nowhere", crank)
    assert told, "the page is to hear of it"
    assert model.property("message")["code"] == "C09"
    assert model.property("told") == ""
