"""Seals what a person said under the family's key or the record's own."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.models import Model

from domain.house import house
from domain.models import Family, WrappedKey
from domain.sealing import DataKey, Place, Sealed, open_sealed, seal


@dataclass(frozen=True)
class RowKey:
    """A data key ready to seal with, and the id of its wrapped form for the row to point to."""

    id: int
    key: DataKey


async def new_row_key() -> RowKey:
    """A fresh key, stored wrapped."""
    key, wrapped = house().keyring.new_key()
    row = await WrappedKey.create(wrapped=wrapped)
    return RowKey(row.id, key)


async def new_row_keys(number: int) -> list[RowKey]:
    """So many fresh keys, stored wrapped, in a few statements."""
    made = [house().keyring.new_key() for _ in range(number)]
    newest = await WrappedKey.all().order_by("-id").first()
    await WrappedKey.bulk_create([WrappedKey(wrapped=one) for _, one in made], batch_size=500)
    # The database gives the ids and doesn't tell them: each key is known by what it is wrapped to.
    rows = await WrappedKey.filter(id__gt=newest.id if newest else 0)
    ids = {bytes(row.wrapped): row.id for row in rows}
    return [RowKey(ids[wrapped], key) for key, wrapped in made]


async def row_key(wrapped_id: int) -> RowKey:
    """The key that a row points to; DoesNotExist when it was destroyed."""
    return _row_key(await WrappedKey.get(id=wrapped_id))


def _row_key(row: WrappedKey) -> RowKey:
    return RowKey(row.id, house().keyring.unwrap(bytes(row.wrapped)))


async def key_of_family(family: int | None) -> RowKey:
    """The family's key, so that erasing it erases all that is sealed for it; else a fresh one.

    So it is for a family whose key was destroyed: what that one sealed stays unreadable.
    """
    row = await Family.get(id=family).select_related("key") if family is not None else None
    if row is None or row.key is None:
        return await new_row_key()
    return _row_key(row.key)


def sealed(text: str, model: type[Model], column: str, seal_id: str, key: RowKey) -> Sealed:
    """The text, bound to its table, its column and the row's seal."""
    return seal(text, key.key, Place(model._meta.db_table, column, seal_id))


async def destroy_key(wrapped_id: int | None) -> None:
    """What that key sealed can't be opened any more, by us or by anybody."""
    row = await WrappedKey.get_or_none(id=wrapped_id) if wrapped_id is not None else None
    if row is not None:
        house().keyring.forget(bytes(row.wrapped))
        await row.delete()


def unsealed(row: Model, column: str, key: RowKey) -> str | None:
    """The text of a row's sealed column; None for none. Raises Tampered under another key."""
    value: Sealed | None = getattr(row, column)
    return None if value is None else open_sealed(value, key.key, _place_of(row, column))


def resealed(row: Model, column: str, old: RowKey, new: RowKey) -> Sealed | None:
    """The same text in the same place under another key."""
    text = unsealed(row, column, old)
    return None if text is None else seal(text, new.key, _place_of(row, column))


def _place_of(row: Model, column: str) -> Place:
    return Place(row._meta.db_table, column, row.seal)  # type: ignore[attr-defined]
