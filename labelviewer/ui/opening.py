"""The window on its first page: what it takes until something can be seen, and no more."""

import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from labelviewer import __version__
from labelviewer.ui.engine import Engine
from labelviewer.ui.settings import Odd, load_settings
from labelviewer.ui.speaking import Speaker, system_languages
from labelviewer.ui.viewmodels.door import DoorViewModel
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.viewmodels.words import WordsViewModel
from labelviewer.words.catalogue import Words
from labelviewer.words.languages import Tongues

SETTINGS = "settings.json"


class Opening(NamedTuple):
    """Close it before the application goes. `odd`: settings that made no sense."""

    application: QGuiApplication
    window: QQuickWindow
    engine: Engine
    door: DoorViewModel
    settings: SettingsViewModel
    tongues: Tongues
    speaker: Speaker
    odd: tuple[Odd, ...]

    def say(self, words: Words) -> None:
        """Another language, while the window is open."""
        self.speaker.say(words, self.window, self.engine)

    def wait_for_first_frame(self) -> bool:
        """False where the window was closed before there was one."""
        loop = QEventLoop()
        self.window.frameSwapped.connect(loop.quit)
        self.window.update()
        loop.exec()
        self.window.frameSwapped.disconnect(loop.quit)
        return self.window.isVisible()

    def close(self) -> None:
        self.engine.close()
        self.speaker.close()


def open_window(settings_file: Path, words: Words, tongues: Tongues) -> Opening:
    """`words` are those of the command; the window's own settings and the system may ask for others."""
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert isinstance(application, QGuiApplication)
    QCoreApplication.setApplicationName("labelviewer")
    QCoreApplication.setApplicationVersion(__version__)
    stored, odd = load_settings(settings_file)
    settings = SettingsViewModel(settings_file, stored)
    language = tongues.choose(stored.language, system_languages)
    speaker = Speaker(words if words.language == language else tongues.load(language), settings)
    QQuickWindow.setTextRenderType(QQuickWindow.TextRenderType.NativeTextRendering)
    door = DoorViewModel(settings)
    engine = Engine()
    place = dict(zip(("x", "y"), settings.window_place or (), strict=False))
    window = engine.show({"door": door, "settings": settings, "words": WordsViewModel(speaker.words, speaker), **place})
    return Opening(application, window, engine, door, settings, tongues, speaker, odd)
