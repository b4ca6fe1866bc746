"""Frozen pages as the plain maps and lists that QML binds to."""

from enum import Enum
from functools import cache
from typing import Any


def as_map(value: Any) -> Any:
    """Dataclasses become maps, tuples lists, enums their values; None stays None."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [as_map(item) for item in value]
    if names := _names(type(value)):  # type: ignore[arg-type]  # a class can be hashed, though mypy doubts it
        return {name: as_map(getattr(value, name)) for name in names}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    from dataclasses import fields, is_dataclass

    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


QVARIANT: Any = "QVariant"
QVARIANT_LIST: Any = "QVariantList"
QVARIANT_MAP: Any = "QVariantMap"
"""Property types that PySide6 takes by name and its stubs do not know."""
