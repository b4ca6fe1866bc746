"""Frozen pages as the plain maps and lists that QML binds to."""

from enum import Enum
from typing import Any


def as_map(value: Any) -> Any:
    """Dataclasses become maps, tuples lists, enums their values; None stays None."""
    from dataclasses import fields, is_dataclass

    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: as_map(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_map(item) for item in value]
    return value


QVARIANT: Any = "QVariant"
QVARIANT_LIST: Any = "QVariantList"
QVARIANT_MAP: Any = "QVariantMap"
"""Property types that PySide6 takes by name and its stubs do not know."""
