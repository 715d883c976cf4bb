"""The keys of sealed text, wrapped; the check that the right key is at hand; the demo's clock."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import row_id


class WrappedKey(Model):
    """A data key, wrapped by one of the school's keys, destroying the row erases what it sealed."""

    id = row_id()
    wrapped = fields.BinaryField()

    class Meta:
        table = "wrapped_key"


class KeyCheck(Model):
    """What tells at the start that a key is not the one this database was sealed with."""

    id = row_id()
    name = fields.CharField(max_length=64, unique=True)
    value = fields.TextField()

    class Meta:
        table = "key_check"


class Clock(Model):
    """One row: how many seconds the school's clock is ahead of the real one (0 but in the demo)."""

    id = fields.IntField(primary_key=True)
    offset_seconds = fields.FloatField(default=0.0)

    class Meta:
        table = "clock"
