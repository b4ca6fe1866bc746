"""Keeps the keys of a hand scanner from every control, in every window; what a person types comes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QShortcutEvent, QWindow
from shiboken6 import isValid

from labelviewer.ui.us_layout import MAC, us_text
from labelviewer.ui.wedge import Burst, Manner, Stroke, belongs, is_burst, silence

SLACK = 5  # milliseconds, for a timer that rings a little early
AFTERTHOUGHT = 400  # milliseconds after a burst: a line key that comes so late is still the scanner's

_SHIFTS = frozenset(
    (
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch),
    )
)
_MODIFIER = Qt.KeyboardModifier
_COMMANDS = _MODIFIER.ControlModifier | _MODIFIER.AltModifier | _MODIFIER.MetaModifier
_ALTGR = _MODIFIER.ControlModifier | _MODIFIER.AltModifier
_BY_NUMBER = _MODIFIER.AltModifier | _MODIFIER.KeypadModifier
_LINE_KEYS = {Qt.Key.Key_Return: "\n", Qt.Key.Key_Enter: "\n", Qt.Key.Key_Tab: "\t"}


_UNDATED: Final = -1  # a shortcut does not say when its keys were pressed
_NO_KEY: Final = -1


class _Held(NamedTuple):
    window: QWindow
    event: QKeyEvent
    key: int


class _HeldShortcut(NamedTuple):
    """Keys that belong to a shortcut never come as keys; held is what it does."""

    shortcut: QObject
    event: QShortcutEvent
    key: int = _NO_KEY


class WedgeFilter(QObject):
    """Holds a key for up to one gap; then it was a person's and goes on its way, or a burst and never does.

    Only keys that could begin a burst are held. It listens to whichever window has the keyboard, and to the whole
    program only while keys are held.
    """

    scanned = Signal(object)

    def __init__(self, manner: Callable[[], Manner], window: QWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._manner = manner
        self._platform = QGuiApplication.platformName()
        self._strokes: Burst = ()
        self._held: list[_Held | _HeldShortcut] = []
        self._shortcuts = [each for each in window.findChildren(QObject) if each.inherits("QQuickShortcut")]
        self._swallowed: set[int] = set()
        self._last_scan: int | None = None
        self._letting_go = False
        self._guard = _Guard(self)
        self._quiet = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._quiet.timeout.connect(self._last_look.start)  # keys that wait to be delivered come first
        self._last_look.timeout.connect(self.settle)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        self._application = application
        application.focusWindowChanged.connect(self._listen)
        self._listen(window)
        for shortcut in self._shortcuts:
            shortcut.installEventFilter(self)

    @property
    def calm(self) -> bool:
        """No key is held."""
        return not self._strokes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._letting_go:
            return False
        match event.type():
            case QEvent.Type.KeyPress if isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
                return self._press(watched, event)
            case QEvent.Type.KeyRelease if isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
                return self._release(watched, event)
            case QEvent.Type.Shortcut if isinstance(event, QShortcutEvent):
                return self._hold_shortcut(watched, event)
            case _:
                return False

    def settle(self) -> None:
        """No more keys come: hand on what was held, to whoever it was meant for."""
        strokes, held = self._strokes, self._held
        self._strokes, self._held = (), []
        self._quiet.stop()
        self._last_look.stop()
        self._application.removeEventFilter(self._guard)
        if is_burst(strokes, self._manner()):
            self._swallowed = _pressed(held)
            self._last_scan = strokes[-1].at
            self.scanned.emit(strokes)
            return
        self._letting_go = True
        for each in held:
            match each:
                case _Held(window, event) if window in QGuiApplication.allWindows():  # it may have been closed since
                    QCoreApplication.sendEvent(window, event)
                case _HeldShortcut(shortcut, event) if isValid(shortcut):
                    QCoreApplication.sendEvent(shortcut, event)
                case _:
                    pass
        self._letting_go = False

    def in_time(self, event: QKeyEvent) -> bool:
        """Whether a key would join those that are held."""
        if event.isAutoRepeat() and self._strokes[-1:] and self._strokes[-1].at == _UNDATED:
            return False  # whoever keeps a shortcut down is a person
        return bool(self._strokes) and belongs(self._stroke(event), self._dated(event), self._manner())

    def add_composed(self, text: str) -> None:
        """Letters that an input method made of keys which were never seen here."""
        self._strokes = (*self._strokes, *(Stroke(self._strokes[-1].at, letter, None) for letter in text))
        self._wait()

    def stop(self) -> None:
        self._application.focusWindowChanged.disconnect(self._listen)
        self._application.removeEventFilter(self._guard)
        self._quiet.stop()
        self._last_look.stop()

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _SHIFTS or event.modifiers() & _BY_NUMBER == _BY_NUMBER:
            return False
        stroke = self._stroke(event)
        self._strokes = self._dated(event)
        if not belongs(stroke, self._strokes, self._manner()):
            self.settle()
        if not self._strokes:
            is_afterthought = self._is_afterthought(event, stroke)
            if not self._could_begin(event):
                if is_afterthought:
                    self._swallowed.add(self._key(event))
                    return True
                self._swallowed.discard(self._key(event))
                return False
            self._application.installEventFilter(self._guard)
        self._strokes = (*self._strokes, stroke)
        self._held.append(_Held(window, _copy(event), self._key(event)))
        self._wait()
        return True

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        if any(each.key == self._key(event) for each in self._held):
            self._held.append(_Held(window, _copy(event), self._key(event)))
            return True
        if self._key(event) in self._swallowed:
            self._swallowed.discard(self._key(event))
            return True
        return False

    def _hold_shortcut(self, shortcut: QObject, event: QShortcutEvent) -> bool:
        """A scanner may begin with a control character, which is a shortcut to everybody else."""
        if self._strokes:
            self.settle()
        self._application.installEventFilter(self._guard)
        self._strokes = (Stroke(_UNDATED, "", ""),)
        self._held.append(_HeldShortcut(shortcut, QShortcutEvent(event.key(), event.shortcutId(), event.isAmbiguous())))
        self._wait()
        return True

    def _dated(self, event: QKeyEvent) -> Burst:
        """The shortcut is still held, so the key that comes now came soon after it."""
        now = _at(event)
        return tuple(replace(each, at=now) if each.at == _UNDATED else each for each in self._strokes)

    def _is_afterthought(self, event: QKeyEvent, stroke: Stroke) -> bool:
        """Some scanners send their Enter or Tab a good while after the code: it would press a button."""
        scanned, self._last_scan = self._last_scan, None
        late = scanned is not None and 0 <= stroke.at - scanned <= AFTERTHOUGHT
        return late and event.key() in _LINE_KEYS and not event.isAutoRepeat()

    def _could_begin(self, event: QKeyEvent) -> bool:
        """A letter, with Control as well; or Enter and Tab, where the scanner was told to start with them.

        A key that repeats was kept down by a person; within a burst it is a double letter that came within one tick.
        """
        if event.isAutoRepeat():
            return False
        line = _LINE_KEYS.get(Qt.Key(event.key()))
        if line is not None:
            return self._manner().prefix.startswith(line)
        commands = event.modifiers() & _COMMANDS
        if commands == _MODIFIER.ControlModifier:
            return Qt.Key.Key_Space <= event.key() <= Qt.Key.Key_AsciiTilde
        return event.text().isprintable() and event.text() != "" and commands in (_MODIFIER.NoModifier, _ALTGR)

    def _stroke(self, event: QKeyEvent) -> Stroke:
        text = _LINE_KEYS.get(Qt.Key(event.key()), event.text())
        modifiers = event.modifiers()
        if event.key() in _LINE_KEYS or modifiers & _MODIFIER.KeypadModifier:
            us: str | None = text
        elif modifiers & _COMMANDS and not text.isprintable():
            us = ""
        else:
            shift = bool(modifiers & _MODIFIER.ShiftModifier)
            us = us_text(self._platform, event.nativeScanCode(), event.nativeVirtualKey(), shift=shift)
            us = text if us is None and (not text or not text.isprintable()) else us
        return Stroke(_at(event), text, us)

    def _key(self, event: QKeyEvent) -> int:
        """Which key it is, whatever it types; one number for going down and coming up."""
        if self._platform == MAC:
            return event.nativeVirtualKey()
        return event.nativeScanCode() or event.key()

    def _wait(self) -> None:
        self._last_look.stop()
        self._quiet.start(silence(self._strokes, self._manner()) + SLACK)


class _Guard(QObject):
    """While keys are held: no shortcut and no input method takes the next ones first."""

    def __init__(self, wedge: WedgeFilter) -> None:
        super().__init__(wedge)
        self._wedge = wedge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        match event.type():
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                return self._override(event)
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent) and event.commitString():
                self._wedge.add_composed(event.commitString())
                return True
            case _:
                return False

    def _override(self, event: QKeyEvent) -> bool:
        if event.key() in _SHIFTS:
            return False
        if not self._wedge.in_time(event):
            self._wedge.settle()
            return False
        event.accept()
        return True


def _pressed(held: list[_Held | _HeldShortcut]) -> set[int]:
    """Keys that were not let go yet."""
    down: set[int] = set()
    for each in held:
        if isinstance(each, _HeldShortcut):
            continue
        (down.add if each.event.type() is QEvent.Type.KeyPress else down.discard)(each.key)
    return down


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy


def _at(event: QKeyEvent) -> int:
    return event.timestamp() or _now()


def _now() -> int:
    return QDeadlineTimer.current().deadline()
