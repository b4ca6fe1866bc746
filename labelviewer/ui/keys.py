"""The keys of the window as data: the pages' own list is held against this one by a test."""

from typing import Final, NamedTuple


class Shortcut(NamedTuple):
    """`sequences` as the pages write them; what it does is the phrase `key.` and `deed`."""

    deed: str
    sequences: tuple[str, ...]


SHORTCUTS: Final = (
    Shortcut("open", ("StandardKey.Open",)),
    Shortcut("paste", ("StandardKey.Paste",)),
    Shortcut("new", ("StandardKey.New",)),
    Shortcut("find", ("StandardKey.Find",)),
    Shortcut("differences", ("Ctrl+D",)),
    Shortcut("swap", ("Ctrl+Shift+X",)),
    Shortcut("print", ("StandardKey.Print",)),
    Shortcut("save", ("StandardKey.Save",)),
    Shortcut("undo", ("StandardKey.Undo",)),
    Shortcut("glossary", ("Ctrl+G",)),
    Shortcut("settings", ("Ctrl+,",)),
    Shortcut("help", ("F1",)),
    Shortcut("read", ("F2",)),
    Shortcut("again", ("F5",)),
    Shortcut("full", ("F11",)),
    Shortcut("bigger", ("StandardKey.ZoomIn", "Ctrl+=")),
    Shortcut("smaller", ("StandardKey.ZoomOut",)),
    Shortcut("back", ("StandardKey.Back", "Escape")),
)

ON_THINGS: Final = (
    Shortcut("choose", tuple("123456789")),
    Shortcut("move", ("Ctrl+Shift+Left", "Ctrl+Shift+Right")),
    Shortcut("remove", ("Del",)),
)
"""Keys of one thing alone: a picture with codes, the head of a column."""
