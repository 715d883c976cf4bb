"""Changes a table of SQLite without losing what stood around it.

SQLite changes most things about a table by making it anew and dropping the old one. Tortoise
does that without its indexes and its keys of several columns, so duplicates could come in
unseen; and with foreign keys on, dropping it would take the rows that point to it along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor


class RebuildRefused(Exception):
    """Foreign keys are on: dropping the table would delete the rows that point to it."""


@dataclass(frozen=True)
class Around:
    """What a table has beside its columns: its indexes as statements, its keys as columns."""

    indexes: tuple[tuple[str, tuple[str, ...]], ...]
    keys: tuple[tuple[str, ...], ...]


class RebuildingEditor(SqliteSchemaEditor):
    """Tortoise's own editor, which puts back what a rebuilt table had around it."""

    async def _remake_table(
        self,
        model: Any,
        create_field: Any = None,
        delete_field: Any = None,
        alter_fields: Any = None,
    ) -> None:
        table = model._meta.db_table
        before = await self._around(table)
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        gone = {_column(delete_field)} if delete_field is not None else set()
        renamed = {_column(old): _column(new) for old, new in alter_fields or ()}
        for statement, columns in before.indexes:
            if not gone & set(columns) and not any(renamed.get(one, one) != one for one in columns):
                await self._run_sql(statement)
        for columns in before.keys:
            if not gone & set(columns):
                await self._unique(table, tuple(renamed.get(one, one) for one in columns))

    async def _around(self, table: str) -> Around:
        """Read before it is gone; RebuildRefused when it may not go."""
        (on,) = await self._rows("PRAGMA foreign_keys")
        if on["foreign_keys"]:
            raise RebuildRefused(table)
        made = {
            row["name"]: row["sql"]
            for row in await self._rows(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}'"  # noqa: S608  the model's own name
            )
        }
        indexes, keys = [], []
        for row in await self._rows(f'PRAGMA index_list("{table}")'):
            info = await self._rows(f'PRAGMA index_info("{row["name"]}")')
            columns = tuple(str(one["name"]) for one in info)
            if made.get(row["name"]):
                indexes.append((str(made[row["name"]]), columns))
            elif row["origin"] == "u" and len(columns) > 1:
                # One column's own key is part of its definition, which Tortoise does write.
                keys.append(columns)
        return Around(tuple(indexes), tuple(keys))

    async def _unique(self, table: str, columns: tuple[str, ...]) -> None:
        named = ", ".join(f'"{one}"' for one in columns)
        name = f"uidx_{table}_{'_'.join(columns)}"
        await self._run_sql(f'CREATE UNIQUE INDEX IF NOT EXISTS "{name}" ON "{table}" ({named})')

    async def _rows(self, query: str) -> list[dict[str, Any]]:
        _count, rows = await self.client.execute_query(query)
        return [dict(row) for row in rows]


def _column(field: Any) -> str:
    return str(field.source_field or field.model_field_name)
