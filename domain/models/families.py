"""The families: their children, the classes these sit in, and how a child is found by name."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, row_id, row_seal
from domain.models.keys import WrappedKey


class SchoolClass(Model):
    """A class for all its years: junior or senior, the year it entered, its number.

    What it is called (七年级3班, a year later 八年级3班) follows from the date.
    """

    id = row_id()
    stage = fields.CharField(max_length=8)
    entry_year = fields.IntField()
    number = fields.IntField()

    class Meta:
        table = "school_class"
        unique_together = (("stage", "entry_year", "number"),)


class Family(Model):
    """A family: the day it joined, whether it is special and why, what it wishes."""

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="families", null=True, on_delete=fields.SET_NULL
    )
    joined_on = fields.DateField()
    special = fields.BooleanField(default=False)
    special_reason = SealedField(null=True)
    wishes = SealedField(null=True)

    key_id: int | None

    class Meta:
        table = "family"


class Student(Model):
    """A child: its family, its class, its seat number, the name is sealed.

    `listed` is false for a child whom a teacher recorded and the school's list doesn't know.
    """

    id = row_id()
    seal = row_seal()
    family: fields.ForeignKeyRelation[Family] = fields.ForeignKeyField(
        "domain.Family", related_name="students"
    )
    school_class: fields.ForeignKeyRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="students"
    )
    seat_number = fields.IntField(null=True)
    name = SealedField()
    listed = fields.BooleanField(default=True)

    family_id: int
    school_class_id: int

    class Meta:
        table = "student"
        unique_together = (("school_class_id", "seat_number"),)


class StudentToken(Model):
    """The blind index: a child is found by a keyed digest of the name, never by the name."""

    id = row_id()
    student: fields.ForeignKeyRelation[Student] = fields.ForeignKeyField(
        "domain.Student", related_name="tokens"
    )
    token = fields.CharField(max_length=64, db_index=True)

    student_id: int

    class Meta:
        table = "student_token"
