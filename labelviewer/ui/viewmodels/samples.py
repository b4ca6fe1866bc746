"""The bundled samples, in the order they teach."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from labelviewer.domain.pseudo import is_pseudo, pseudo
from labelviewer.ui.viewmodels.maps import QVARIANT_LIST, as_map
from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Sample:
    path: str
    group: str
    title: str
    about: str
    picture: str


def load_samples(folder: Path, language: str) -> tuple[Sample, ...]:
    """In English where the language has no words for them."""
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    own = folder / "text" / f"{language}.json"
    texts = json.loads(own.read_text(encoding="utf-8")) if own.is_file() else {}
    foreign = partial(pseudo, language=language) if is_pseudo(language) else str
    return tuple(
        Sample(
            each["path"],
            each["group"],
            foreign(said["title"]),
            foreign(said["about"]),
            _url(folder / each["path"] / "box.jpg"),
        )
        for each in listed
        for said in (texts.get(each["id"], each),)
    )


def _url(path: Path) -> str:
    return QUrl.fromLocalFile(str(path)).toString()


class SamplesViewModel(QObject):
    changed = Signal()

    def __init__(self, folder: Path, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: tuple[Sample, ...] = ()
        self._words = words
        self._folder = folder

    @Property(QVARIANT_LIST, notify=changed)
    def groups(self) -> list[Any]:
        """The samples under their headings, in the order of the first of each."""
        return [self._group(group) for group in dict.fromkeys(each.group for each in self.state)]

    def _group(self, group: str) -> dict[str, Any]:
        samples = [as_map(each) for each in self.state if each.group == group]
        name = self._words.say(f"samples.group.{group}")
        title = self._words.say("samples.group", name=name, n=len(samples))
        return {"id": group, "name": name, "title": title, "samples": samples}

    @Property(str, constant=True)
    def boxPicture(self) -> str:
        """A box with its label, to show where labels sit."""
        return _url(self._folder / "us-ctm" / "camera-a" / "box.jpg")

    @Slot()
    def load(self) -> None:
        if not self.state:
            self.state = load_samples(self._folder, self._words.language)
            self.changed.emit()

    def speak(self, words: Words) -> None:
        self._words = words
        if self.state:
            self.state = load_samples(self._folder, self._words.language)
        self.changed.emit()
