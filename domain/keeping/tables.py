"""All tables, each after those it leans on, and how a row becomes a line and a row again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, Final

import orjson
from tortoise import fields
from tortoise.models import Model

from domain import models
from domain.sealing import Sealed

Turn = Callable[[Any], Any]


def _base64(value: bytes | Sealed) -> str:
    return b64encode(value.data if isinstance(value, Sealed) else value).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _same(value: Any) -> Any:
    return value


# How a column is written and read; a kind that isn't here is refused, never guessed.
_KINDS: Final[tuple[tuple[type[Any], Turn, Turn], ...]] = (
    (fields.BinaryField, _base64, _bytes),
    (fields.DatetimeField, _utc, datetime.fromisoformat),
    (fields.DateField, date.isoformat, date.fromisoformat),
    (fields.BooleanField, _same, _same),
    (fields.IntField, _same, _same),
    (fields.BigIntField, _same, _same),
    (fields.FloatField, _same, _same),
    (fields.CharField, _same, _same),
    (fields.TextField, _same, _same),
    (fields.JSONField, _same, _same),
)


@dataclass(frozen=True)
class Table:
    """A table: its model, and how each of its columns is written and read."""

    name: str
    model: type[Model]
    columns: dict[str, tuple[Turn, Turn]]

    def line(self, row: Model) -> bytes:
        """The row as one line of JSON."""
        values = {
            column: None if (value := getattr(row, column)) is None else write(value)
            for column, (write, _read) in self.columns.items()
        }
        return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)

    def row(self, line: bytes) -> Model:
        """The row of a line; ValueError or KeyError for what `line` didn't write."""
        said = orjson.loads(line)
        return self.model(
            **{
                column: None if (value := said[column]) is None else read(value)
                for column, (_write, read) in self.columns.items()
            }
        )


def _every() -> list[type[Model]]:
    return [getattr(models, name) for name in models.__all__]


def table_names() -> set[str]:
    """What all tables are called; this can be known before any database is opened."""
    return {model._meta.db_table for model in _every()}


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the records, those that others point to before the others."""
    order = TopologicalSorter({model: _leans_on(model) for model in _every()})
    return tuple(_table(model) for model in order.static_order())


def _leans_on(model: type[Model]) -> list[type[Model]]:
    """The others that it points to, in an order that is the same each time."""
    named = sorted(model._meta.fk_fields | model._meta.o2o_fields)
    related = [model._meta.fields_map[name].related_model for name in named]  # type: ignore[attr-defined]
    return [other for other in related if other is not model]


def _table(model: type[Model]) -> Table:
    meta = model._meta
    columns = {name: _kind(meta.fields_map[name]) for name in meta.fields_db_projection}
    return Table(meta.db_table, model, columns)


def _kind(field: fields.Field[Any]) -> tuple[Turn, Turn]:
    for kind, write, read in _KINDS:
        if isinstance(field, kind):
            return write, read
    msg = f"no way is known to keep {field.model_field_name}, a {type(field).__name__}"
    raise TypeError(msg)
