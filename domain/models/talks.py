"""What is told and what is planned: talks about the strategy, and visits arranged for a leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.families import SchoolClass, Student
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.campaign import Visit
    from domain.models.people import Person, Unit


class Talk(Model):
    """A session about the strategy, its id is the number after T.

    `form` is how it was told, `audience` whom, `people` how many; `note` is what else was said
    of it, its place among it.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="talks", null=True, on_delete=fields.SET_NULL
    )
    form = fields.CharField(max_length=16)
    audience = fields.CharField(max_length=16, null=True)
    people = fields.IntField(null=True)
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="talks", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="talks", null=True
    )
    day = fields.DateField()
    recorded_at = UtcDatetimeField()
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_talks"
    )
    note = SealedField(null=True)
    undone_at = UtcDatetimeField(null=True)

    key_id: int | None
    unit_id: int | None
    school_class_id: int | None
    recorded_by_id: int

    class Meta:
        table = "talk"
        indexes = (("day", "form"), ("recorded_by_id", "day"))


class TalkNote(Model):
    """What was added to a talk later, sealed with the talk's own key.

    `undone_at` is when it was taken back.
    """

    id = row_id()
    seal = row_seal()
    talk: fields.ForeignKeyRelation[Talk] = fields.ForeignKeyField(
        "domain.Talk", related_name="notes"
    )
    text = SealedField(null=True)
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_talk_notes"
    )
    recorded_at = UtcDatetimeField()
    undone_at = UtcDatetimeField(null=True)

    talk_id: int
    recorded_by_id: int

    class Meta:
        table = "talk_note"
        indexes = (("talk_id",),)


class Speaker(Model):
    """One of those who held a talk, the one who recorded it among them."""

    id = row_id()
    talk: fields.ForeignKeyRelation[Talk] = fields.ForeignKeyField(
        "domain.Talk", related_name="speakers"
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="spoke_at"
    )

    talk_id: int
    person_id: int

    class Meta:
        table = "speaker"
        unique_together = (("talk_id", "person_id"),)


class Arrangement(Model):
    """A visit or a talk that somebody arranged for a leader, its id is the number after A.

    `visit` or `talk` is the one that fulfilled it; `called_off_at` is when it was given up.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="arrangements", null=True, on_delete=fields.SET_NULL
    )
    leader: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="arranged_for"
    )
    arranged_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="arranged"
    )
    at = UtcDatetimeField()
    day = fields.DateField()
    kind = fields.CharField(max_length=16)
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="arrangements", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="arrangements", null=True
    )
    student: fields.ForeignKeyNullableRelation[Student] = fields.ForeignKeyField(
        "domain.Student", related_name="arrangements", null=True
    )
    note = SealedField(null=True)
    visit: fields.ForeignKeyNullableRelation[Visit] = fields.ForeignKeyField(
        "domain.Visit", related_name="fulfils", null=True
    )
    talk: fields.ForeignKeyNullableRelation[Talk] = fields.ForeignKeyField(
        "domain.Talk", related_name="fulfils", null=True
    )
    called_off_at = UtcDatetimeField(null=True)

    key_id: int | None
    leader_id: int
    arranged_by_id: int
    unit_id: int | None
    school_class_id: int | None
    student_id: int | None
    visit_id: int | None
    talk_id: int | None

    class Meta:
        table = "arrangement"
        indexes = (("leader_id", "day"), ("day", "called_off_at"))
