"""Which languages there are to choose from, each by its own name, and which one is on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.ui.viewmodels.maps import QVARIANT_LIST
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.words.catalogue import Words
from labelviewer.words.languages import Tongues


class LanguageViewModel(QObject):
    changed = Signal()

    def __init__(
        self,
        tongues: Tongues,
        system: Callable[[], list[str]],
        say: Callable[[Words], None],
        settings: SettingsViewModel,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tongues = tongues
        self._system = system
        self._say = say
        self._settings = settings
        self._words = words

    @Property(QVARIANT_LIST, notify=changed)
    def choices(self) -> list[Any]:
        """The first one leaves it to the system; its code is empty."""
        names, chosen = self._tongues.names, self._settings.state.language
        system = self._tongues.of_system(self._system)
        return [
            {
                "code": "",
                "name": self._words.say("language.system", name=names.get(system, system)),
                "chosen": chosen not in names,
            },
            *({"code": code, "name": name, "chosen": code == chosen} for code, name in names.items()),
        ]

    @Slot(str)
    def choose(self, language: str) -> None:
        """Kept, and spoken at once, whatever was asked for when the program was started."""
        self._settings.setLanguage(language)
        tongues = self._tongues._replace(asked=None)
        self._say(tongues.load(tongues.choose(language, self._system)))

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()
