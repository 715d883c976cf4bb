"""The kinds of column that tables share: an id, an instant, a sealed text, a row's own seal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tortoise import fields

from domain.sealing import Sealed, new_seal_id

if TYPE_CHECKING:
    from tortoise.models import Model


class UtcDatetimeField(fields.DatetimeField[datetime]):
    """An instant, always written in UTC.

    SQLite compares instants as text, so one written with another offset would be found in
    the wrong order; a naive one has no meaning here and is refused with ValueError.
    """

    def to_python_value(self, value: Any) -> datetime | None:
        return super().to_python_value(_with_zone(value))

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        value = _with_zone(value)
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        return super().to_db_value(value, instance)


def _with_zone(value: Any) -> Any:
    # Tortoise would take it for UTC, be it on the way in or in a question.
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be stored")
    return value


class SealedField(fields.BinaryField[Any]):
    """Personal text, encrypted: its Python value is a Sealed, never text."""

    def to_python_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(bytes(value))

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        del instance
        if value is None:
            return None
        if not isinstance(value, Sealed):
            msg = f"{self.model_field_name} takes a Sealed, not {type(value).__name__}"
            raise TypeError(msg)
        return value.data


def row_id() -> fields.Field[int]:
    """The number by which a row is known, given by the database."""
    return fields.BigIntField(primary_key=True)


def row_seal() -> Any:
    """The random id by which a row's sealed columns are bound to it, known before the insert."""
    return fields.CharField(max_length=32, unique=True, default=new_seal_id)
