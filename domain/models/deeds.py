"""What was done by whom, so that it can be taken back for a while and corrected after that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.people import Person


class Deed(Model):
    """Something a person did by a command and may take back, `details` holds ids and codes only.

    `at` and `undone_at` are of the school's clock.
    """

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="deeds"
    )
    at = UtcDatetimeField()
    kind = fields.CharField(max_length=32)
    record_id = fields.BigIntField(null=True)
    details: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    undone_at = UtcDatetimeField(null=True)

    person_id: int

    class Meta:
        table = "deed"
        indexes = (("person_id", "at"), ("kind", "record_id"))


class Correction(Model):
    """A part of a record that was put right later, what stood there before is kept.

    `before` and `after` are codes, days and ids; what is personal is sealed in the other two.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="corrections", null=True, on_delete=fields.SET_NULL
    )
    record = fields.CharField(max_length=32)
    record_id = fields.BigIntField()
    column = fields.CharField(max_length=32)
    before = fields.CharField(max_length=64, null=True)
    after = fields.CharField(max_length=64, null=True)
    before_text = SealedField(null=True)
    after_text = SealedField(null=True)
    by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="corrections"
    )
    at = UtcDatetimeField()

    key_id: int | None
    by_id: int

    class Meta:
        table = "correction"
        indexes = (("record", "record_id"),)


class ImportedRow(Model):
    """A row of a list that was taken in, by a keyed digest, so that it is taken in once."""

    id = row_id()
    digest = fields.CharField(max_length=64, unique=True)
    record = fields.CharField(max_length=32)
    record_id = fields.BigIntField()

    class Meta:
        table = "imported_row"
