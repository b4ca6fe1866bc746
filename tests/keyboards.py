"""Keyboards of the world, key by key where a US keyboard has its letters, and a scanner that types on them."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

DEAD = "\0"
"""A key that types nothing until the next one."""

_CODES = (*range(2, 14), *range(16, 28), *range(30, 41), *range(44, 54))
_US = ("1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./", '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?')
_ELSEWHERE = {" ": (57, False), "\n": (28, False), "\t": (15, False), "`": (41, False), "~": (41, True)}
WHERE = {letter: (code, shift) for shift in (False, True) for letter, code in zip(_US[shift], _CODES, strict=True)}
X_OFFSET = 8

LAYOUTS = {
    "US": _US,
    "British": (_US[0], '!"£$%^&*()_+QWERTYUIOP{}ASDFGHJKL:@ZXCVBNM<>?'),
    "German": ("1234567890ß\0qwertzuiopü+asdfghjklöäyxcvbnm,.-", '!"§$%&/()=?\0QWERTZUIOPÜ*ASDFGHJKLÖÄYXCVBNM;:_'),
    "Swiss": ("1234567890'\0qwertzuiopü\0asdfghjklöäyxcvbnm,.-", '+"*ç%&/()=?\0QWERTZUIOPè!ASDFGHJKLéàYXCVBNM;:_'),
    "French": ("&é\"'(-è_çà)=azertyuiop\0$qsdfghjklmùwxcvbn,;:!", "1234567890°+AZERTYUIOP\0£QSDFGHJKLM%WXCVBN?./§"),
    "Belgian": ("&é\"'(§è!çà)-azertyuiop\0$qsdfghjklmùwxcvbn,;:=", "1234567890°_AZERTYUIOP\0*QSDFGHJKLM%WXCVBN?./+"),
    "Italian": ("1234567890'ìqwertyuiopè+asdfghjklòàzxcvbnm,.-", '!"£$%&/()=?^QWERTYUIOPé*ASDFGHJKLç°ZXCVBNM;:_'),
    "Spanish": ("1234567890'¡qwertyuiop\0+asdfghjklñ\0zxcvbnm,.-", '!"·$%&/()=?¿QWERTYUIOP\0*ASDFGHJKLÑ\0ZXCVBNM;:_'),
    "Portuguese": ("1234567890'«qwertyuiop+\0asdfghjklçºzxcvbnm,.-", '!"#$%&/()=?»QWERTYUIOP*\0ASDFGHJKLÇªZXCVBNM;:_'),
    "Swedish": ("1234567890+\0qwertyuiopå\0asdfghjklöäzxcvbnm,.-", '!"#¤%&/()=?\0QWERTYUIOPÅ\0ASDFGHJKLÖÄZXCVBNM;:_'),
    "Danish": ("1234567890+\0qwertyuiopå\0asdfghjklæøzxcvbnm,.-", '!"#¤%&/()=?\0QWERTYUIOPÅ\0ASDFGHJKLÆØZXCVBNM;:_'),
    "Norwegian": ("1234567890+\\qwertyuiopå\0asdfghjkløæzxcvbnm,.-", '!"#¤%&/()=?\0QWERTYUIOPÅ\0ASDFGHJKLØÆZXCVBNM;:_'),
    "Czech": ("+ěščřžýáíé=\0qwertzuiopú)asdfghjklů§yxcvbnm,.-", '1234567890%\0QWERTZUIOP/(ASDFGHJKL"!YXCVBNM?:_'),
    "Hungarian": ("123456789öüóqwertzuiopőúasdfghjkléáyxcvbnm,.-", "'\"+!%/=()ÖÜÓQWERTZUIOPŐÚASDFGHJKLÉÁYXCVBNM?:_"),
    "Turkish": ("1234567890*-qwertyuıopğüasdfghjklşizxcvbnmöç.", "!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİZXCVBNMÖÇ:"),
    "Russian": ("1234567890-=йцукенгшщзхъфывапролджэячсмитьбю.", '!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,'),
}


@dataclass(frozen=True)
class Key:
    """A key of the scanner: where it lies, whether with shift, and what the computer makes of it."""

    code: int
    shift: bool
    text: str


def keys(code: str, layout: str = "US") -> list[Key]:
    """The keys that a scanner set to a US keyboard presses for `code`, and what this layout makes of them."""
    plain, shifted = (dict(zip(_CODES, row, strict=True)) for row in LAYOUTS[layout])
    pressed = []
    for letter in code:
        place, shift = WHERE.get(letter) or _ELSEWHERE[letter]
        text = (shifted if shift else plain).get(place, letter).replace(DEAD, "")
        pressed.append(Key(place, shift, text))
    return pressed


def mangled(code: str, layout: str) -> str:
    return "".join(key.text for key in keys(code, layout))


def events(pressed: list[Key], *, start: int = 1_000, gap: int = 4) -> Iterator[QKeyEvent]:
    """Down and up, `gap` milliseconds from key to key, with the codes that Linux reports."""
    for place, key in enumerate(pressed):
        modifiers = Qt.KeyboardModifier.ShiftModifier if key.shift else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, _qt_key(key), modifiers, key.code + X_OFFSET, 0, 0, key.text.replace("\n", "\r"))
            event.setTimestamp(start + place * gap)
            yield event


def _qt_key(key: Key) -> Qt.Key:
    named = {28: Qt.Key.Key_Return, 15: Qt.Key.Key_Tab, 57: Qt.Key.Key_Space}
    if key.code in named:
        return named[key.code]
    return Qt.Key(ord(key.text.upper())) if len(key.text) == 1 and key.text.isascii() else Qt.Key.Key_unknown
