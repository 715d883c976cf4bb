"""Opens sealed text for a question; what was erased, or whose key is gone, is None."""

from __future__ import annotations

from tortoise.models import Model

from domain.house import house
from domain.models import WrappedKey
from domain.sealing import Place, Sealed, open_sealed


def opened(row: Model, column: str, key: WrappedKey | None) -> str | None:
    """The text of a sealed column; raises Tampered when it isn't what was sealed there."""
    value: Sealed | None = getattr(row, column)
    place = Place(row._meta.db_table, column, row.seal)  # type: ignore[attr-defined]
    return opened_value(value, place, key.wrapped if key else None)


def opened_value(value: Sealed | None, place: Place, wrapped: bytes | None) -> str | None:
    """The same of a value that was asked for without its row."""
    if value is None or wrapped is None:
        return None
    return open_sealed(value, house().keyring.unwrap(bytes(wrapped)), place)
