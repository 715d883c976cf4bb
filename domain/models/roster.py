"""How the roster came to be what it is, and those who knock and aren't on it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.families import SchoolClass
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.people import Person, Unit


class RosterChange(Model):
    """One change of the roster: who made it (empty: the command line), and what it was.

    `since` and `until` are the days from which and until which (not included) it holds.
    """

    id = row_id()
    at = UtcDatetimeField()
    by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="changed_roster", null=True
    )
    action = fields.CharField(max_length=16)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="roster_changes", null=True
    )
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="roster_changes", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="roster_changes", null=True
    )
    role = fields.CharField(max_length=16, null=True)
    before: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="replaced_on_roster", null=True
    )
    deputy: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="deputy_on_roster", null=True
    )
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)

    by_id: int | None
    person_id: int | None
    unit_id: int | None
    school_class_id: int | None
    before_id: int | None
    deputy_id: int | None

    class Meta:
        table = "roster_change"
        indexes = (("unit_id", "at"), ("person_id", "at"))


class Newcomer(Model):
    """An account of ours that isn't on the roster: who it says it is, and what it typed, sealed.

    `conversation` is where it knocked, `message` waits until somebody says yes or `expires_at`
    (the school's clock) is over. `outcome` is empty as long as nobody has decided.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="newcomers", null=True, on_delete=fields.SET_NULL
    )
    platform = fields.CharField(max_length=32)
    app = fields.CharField(max_length=128, default="")
    user_id = fields.CharField(max_length=128)
    conversation = fields.CharField(max_length=200)
    group = fields.BooleanField(default=False)
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="newcomers", null=True
    )
    name = SealedField(null=True)
    message = SealedField(null=True)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="newcomers", null=True
    )
    asked_at = UtcDatetimeField()
    expires_at = UtcDatetimeField()
    outcome = fields.CharField(max_length=16, null=True)
    settled_at = UtcDatetimeField(null=True)
    settled_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="let_in", null=True
    )

    key_id: int | None
    unit_id: int | None
    person_id: int | None
    settled_by_id: int | None

    class Meta:
        table = "newcomer"
        unique_together = (("platform", "app", "user_id"),)
        indexes = (("outcome", "expires_at"),)
