"""The bundled samples: read when they are first asked for."""

from pathlib import Path

from PySide6.QtCore import QUrl

from labelviewer.resources import SAMPLES
from labelviewer.ui.viewmodels.samples import SamplesViewModel


def test_nothing_is_read_before_it_is_asked_for() -> None:
    model = SamplesViewModel(Path("nowhere"), "en")
    assert model.property("samples") == []


def test_each_sample_has_words_and_a_picture_on_the_disk() -> None:
    model = SamplesViewModel(SAMPLES, "en")
    model.load()
    listed = model.property("samples")
    assert len(listed) == 27
    for sample in listed:
        assert sample["title"]
        assert sample["about"]
        assert Path(QUrl(sample["picture"]).toLocalFile()).is_file()


def test_they_are_read_once() -> None:
    model, changes = SamplesViewModel(SAMPLES, "en"), list[None]()
    model.changed.connect(lambda: changes.append(None))
    model.load()
    model.load()
    assert len(changes) == 1


def test_there_is_a_picture_of_where_labels_sit() -> None:
    assert Path(QUrl(SamplesViewModel(SAMPLES, "en").property("boxPicture")).toLocalFile()).is_file()
