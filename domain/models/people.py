"""The school's people: who they are, where they sit, when they are away, where they chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import row_id

if TYPE_CHECKING:
    from domain.models.families import SchoolClass


class Person(Model):
    """Somebody who works at the school."""

    id = row_id()
    name = fields.CharField(max_length=64, db_index=True)
    pinyin = fields.CharField(max_length=128, db_index=True, default="")
    language = fields.CharField(max_length=16, null=True)
    platform = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "person"


class Account(Model):
    """An account in a chat platform, and whose it is."""

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="accounts"
    )
    platform = fields.CharField(max_length=32)
    app = fields.CharField(max_length=128, default="")
    user_id = fields.CharField(max_length=128)

    person_id: int

    class Meta:
        table = "account"
        unique_together = (("platform", "app", "user_id"),)


class Unit(Model):
    """A department, a grade or a branch of the school, the root is the whole school.

    `grade` is 7 to 12 for a grade, else empty. `aliases` are other names people write.
    """

    id = row_id()
    kind = fields.CharField(max_length=16)
    name = fields.CharField(max_length=64, unique=True)
    grade = fields.IntField(null=True, unique=True)
    aliases: fields.Field[list[str]] = fields.JSONField(default=list)
    place = fields.IntField(default=0)

    class Meta:
        table = "unit"


class Seat(Model):
    """A person's role in a unit, from a day until another (not included), or without an end.

    A class teacher's seat names the class instead of a unit, and moves up with it.
    """

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="seats"
    )
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="seats", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="seats", null=True
    )
    role = fields.CharField(max_length=16)
    since = fields.DateField()
    until = fields.DateField(null=True)

    person_id: int
    unit_id: int | None
    school_class_id: int | None

    class Meta:
        table = "seat"
        indexes = (("person_id", "until"), ("unit_id", "role"))


class Leave(Model):
    """Days on which a person is away, both included, and who stands in."""

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="leaves"
    )
    deputy: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="stands_in", null=True
    )
    since = fields.DateField()
    until = fields.DateField()

    person_id: int
    deputy_id: int | None

    class Meta:
        table = "leave"
        indexes = (("person_id", "until"), ("deputy_id", "until"))


class Room(Model):
    """A chat group, and the unit whose group it is."""

    id = row_id()
    platform = fields.CharField(max_length=32)
    app = fields.CharField(max_length=128, default="")
    chat = fields.CharField(max_length=128)
    title = fields.CharField(max_length=128, default="")
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="rooms", null=True
    )

    unit_id: int | None

    class Meta:
        table = "room"
        unique_together = (("platform", "app", "chat"),)
