"""All settings on one page: found by their words, changed at once, put back to what they were at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.hints import fold
from labelviewer.ui.setting_table import TABLE, Kind, Setting
from labelviewer.ui.settings import SCANNER_MARK, Settings
from labelviewer.ui.viewmodels.listing import MOST_LETTERS
from labelviewer.ui.viewmodels.maps import QVARIANT_LIST, QVARIANT_MAP

if TYPE_CHECKING:
    from labelviewer.ui.viewmodels.hand_scanner import HandScannerViewModel
    from labelviewer.ui.viewmodels.language import LanguageViewModel
    from labelviewer.ui.viewmodels.settings import SettingsViewModel
    from labelviewer.words.catalogue import Words

USUAL = Settings()
BY_KEY = {setting.key: setting for setting in TABLE}


class PreferencesViewModel(QObject):
    """`rows` change with the search and the language only, so that the keyboard stays where it is."""

    changed = Signal()
    rowsChanged = Signal()
    undoChanged = Signal()
    windowReset = Signal(int, int)

    def __init__(
        self,
        settings: SettingsViewModel,
        language: LanguageViewModel,
        scanner: HandScannerViewModel,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._language = language
        self._scanner = scanner
        self._words = words
        self._sought = ""
        self._before: Settings | None = None
        settings.changed.connect(self.changed)

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def rows(self) -> list[Any]:
        """The settings that fit the search; the first of a group carries its heading."""
        rows: list[dict[str, Any]] = []
        group = ""
        for setting in TABLE:
            row = self._row(setting)
            if self._fits(row):
                heading = "" if setting.group == group else str(row["group"])
                rows.append({**row, "heading": heading})
                group = setting.group
        return rows

    @Property(QVARIANT_MAP, notify=changed)
    def values(self) -> dict[str, Any]:
        """By key: the value, how it is told, and whether it is what it was at first."""
        state = self._settings.state
        return {
            setting.key: {
                "value": str(getattr(state, setting.key)),
                "on": getattr(state, setting.key) in (True, "on"),
                "told": self._told(setting, state),
                "usual": all(
                    getattr(state, field) == getattr(USUAL, field)
                    for field in setting.fields
                    if field != "window_place"
                ),
            }
            for setting in TABLE
        }

    @Property(int, constant=True)
    def longestText(self) -> int:
        return SCANNER_MARK

    @Property(bool, notify=undoChanged)
    def canUndo(self) -> bool:
        """All were put back, and nothing was changed since."""
        return self._before is not None

    @Property(bool, notify=changed)
    def allUsual(self) -> bool:
        return all(value["usual"] for value in self.values.values())  # type: ignore[attr-defined]

    @Slot(str)
    def seek(self, text: str) -> None:
        self._sought = text[:MOST_LETTERS]
        self.rowsChanged.emit()

    @Slot(str, str)
    def choose(self, key: str, value: str) -> None:
        """One of the choices, or what was typed."""
        setting = BY_KEY[key]
        if key == "language":
            self._language.choose(value)
        elif setting.kind is Kind.TEXT:
            self._put(key, "".join(sign for sign in value if sign.isprintable())[:SCANNER_MARK])
        else:
            self._put(key, next(choice for choice in setting.choices if str(choice) == value))
        self._forget()

    @Slot(str, bool)
    def turn(self, key: str, on: bool) -> None:
        self._put(key, on if key == "keep_history" else ("on" if on else "off"))
        self._forget()

    @Slot(str)
    def putBack(self, key: str) -> None:
        self._restore(BY_KEY[key], USUAL)
        self._forget()

    @Slot()
    def putAllBack(self) -> None:
        before = self._settings.state
        for setting in TABLE:
            self._restore(setting, USUAL)
        self._before = before
        self.undoChanged.emit()

    @Slot()
    def undo(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            for setting in TABLE:
                self._restore(setting, before)
        self.undoChanged.emit()

    def speak(self, words: Words) -> None:
        self._words = words
        self.rowsChanged.emit()
        self.changed.emit()

    def _restore(self, setting: Setting, source: Settings) -> None:
        match setting.key:
            case "language":
                if source.language != self._settings.state.language:
                    self._language.choose(source.language)
            case "scanner_port" if source.scanner_port != self._settings.state.scanner_port:
                self._scanner.leavePort()
                if source.scanner_port:
                    self._scanner.usePort(source.scanner_port)
            case "window_width":
                fields = {field: getattr(source, field) for field in setting.fields}
                self._settings.put(**fields)
                self.windowReset.emit(source.window_width, source.window_height)
            case key:
                self._put(key, getattr(source, key))

    def _put(self, key: str, value: str | int) -> None:
        match key, value:
            case "theme", str(theme):
                self._settings.setTheme(theme)
            case _:
                self._settings.put(**{key: value})

    def _forget(self) -> None:
        if self._before is not None:
            self._before = None
            self.undoChanged.emit()

    def _row(self, setting: Setting) -> dict[str, Any]:
        return {
            "key": setting.key,
            "kind": setting.kind.value,
            "group": self._words.say(f"settings.group.{setting.group}"),
            "name": self._words.say(setting.words),
            "choices": self._choices(setting),
            "place": setting.place,
        }

    def _choices(self, setting: Setting) -> list[dict[str, str]]:
        match setting.key:
            case "language":
                return [{"value": each["code"], "name": each["name"]} for each in self._language.choices]  # type: ignore[attr-defined]
            case "theme":
                return [
                    {"value": str(each), "name": self._words.say(f"settings.theme.{each}")} for each in setting.choices
                ]
            case "text_percent":
                return [{"value": str(each), "name": f"{each} %"} for each in setting.choices]
            case "scanner_gap":
                return [{"value": str(each), "name": f"{each} ms"} for each in setting.choices]
            case _:
                return [{"value": str(each), "name": str(each)} for each in setting.choices]

    def _told(self, setting: Setting, state: Settings) -> str:
        match setting.kind:
            case Kind.ELSEWHERE if setting.key == "window_width":
                return f"{state.window_width} × {state.window_height}"
            case Kind.ELSEWHERE if setting.key == "scanner_port":
                return state.scanner_port or self._words.say("scanner.port.none")
            case Kind.ELSEWHERE:
                return self._words.say("settings.chosen" if state.camera else "settings.automatic")
            case Kind.CHOICE | Kind.SWITCH | Kind.TEXT:
                return ""
            case unknown:
                assert_never(unknown)

    def _fits(self, row: dict[str, Any]) -> bool:
        said = (row["group"], row["name"], *(choice["name"] for choice in row["choices"]))
        text = " " + fold(" ".join(said))
        return all(f" {word}" in text for word in fold(self._sought).split())
