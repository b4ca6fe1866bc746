"""The bundled samples: read when they are first asked for."""

import json
import shutil
from pathlib import Path

from PySide6.QtCore import QUrl

from labelviewer.resources import SAMPLES
from labelviewer.ui.viewmodels.samples import SamplesViewModel
from tests.labels import words


def test_nothing_is_read_before_it_is_asked_for() -> None:
    model = SamplesViewModel(Path("nowhere"), words())
    assert model.property("groups") == []


def test_each_sample_has_words_and_a_picture_on_the_disk() -> None:
    model = SamplesViewModel(SAMPLES, words())
    model.load()
    groups = model.property("groups")
    listed = [sample for group in groups for sample in group["samples"]]
    assert len(listed) == 31
    for sample in listed:
        assert sample["title"]
        assert sample["about"]
        assert Path(QUrl(sample["picture"]).toLocalFile()).is_file()


def test_they_stand_under_headings_that_say_how_many_there_are() -> None:
    model = SamplesViewModel(SAMPLES, words())
    model.load()
    groups = model.property("groups")
    assert groups[0]["title"] == "Start here: 6 samples"
    assert len({group["title"] for group in groups}) == len(groups) > 3
    assert all(str(len(group["samples"])) in group["title"] for group in groups)


def test_they_are_read_once() -> None:
    model, changes = SamplesViewModel(SAMPLES, words()), list[None]()
    model.changed.connect(lambda: changes.append(None))
    model.load()
    model.load()
    assert len(changes) == 1


def test_there_is_a_picture_of_where_labels_sit() -> None:
    assert Path(QUrl(SamplesViewModel(SAMPLES, words()).property("boxPicture")).toLocalFile()).is_file()


def test_a_sample_is_told_in_the_language_that_has_words_for_it(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "index.json", tmp_path)
    (tmp_path / "text").mkdir()
    texts = {"camera-a": {"title": "Una cámara", "about": "Un laboratorio la probó."}}
    (tmp_path / "text" / "es.json").write_text(json.dumps(texts), encoding="utf-8")
    model = SamplesViewModel(tmp_path, words())
    model.load()
    english = model.property("groups")[0]["samples"]
    model.speak(words()._replace(language="es"))
    spanish = model.property("groups")[0]["samples"]
    assert spanish[0]["title"] == "Una cámara"
    assert spanish[1:] == english[1:]
