"""What the campaign records: visits, what was answered, families' own words, what is half said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.families import Family, SchoolClass, Student
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.people import Person


class Visit(Model):
    """A home visit, a talk with a teacher or an active contact, its id is the number after V.

    `day` is the school's day on which it happened, `recorded_at` the instant it was written.
    `text` is what the visitor noted, `talk` what was told, `answered` what could be answered
    on the spot. `undone_at` is when it was taken back: it counts no more, and is kept.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="visits", null=True, on_delete=fields.SET_NULL
    )
    kind = fields.CharField(max_length=16)
    method = fields.CharField(max_length=16)
    result = fields.CharField(max_length=16)
    day = fields.DateField()
    recorded_at = UtcDatetimeField()
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_visits"
    )
    family: fields.ForeignKeyNullableRelation[Family] = fields.ForeignKeyField(
        "domain.Family", related_name="visits", null=True
    )
    student: fields.ForeignKeyNullableRelation[Student] = fields.ForeignKeyField(
        "domain.Student", related_name="visits", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="visits", null=True
    )
    teacher: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="talks_with", null=True
    )
    text = SealedField(null=True)
    talk = SealedField(null=True)
    answered = SealedField(null=True)
    undone_at = UtcDatetimeField(null=True)

    key_id: int | None
    family_id: int | None
    student_id: int | None
    school_class_id: int | None
    teacher_id: int | None
    recorded_by_id: int

    class Meta:
        table = "visit"
        indexes = (("family_id", "day"), ("day", "kind"), ("recorded_by_id", "day"))


class Visitor(Model):
    """One of those who went on a visit, the one who recorded it among them."""

    id = row_id()
    visit: fields.ForeignKeyRelation[Visit] = fields.ForeignKeyField(
        "domain.Visit", related_name="visitors"
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="went_on"
    )

    visit_id: int
    person_id: int

    class Meta:
        table = "visitor"
        unique_together = (("visit_id", "person_id"),)


class VisitAnswer(Model):
    """What was learnt to one of the stage's questions, several may be added over time."""

    id = row_id()
    seal = row_seal()
    visit: fields.ForeignKeyRelation[Visit] = fields.ForeignKeyField(
        "domain.Visit", related_name="answers"
    )
    question = fields.CharField(max_length=32)
    text = SealedField()
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_answers"
    )
    recorded_at = UtcDatetimeField()
    undone_at = UtcDatetimeField(null=True)

    visit_id: int
    recorded_by_id: int

    class Meta:
        table = "visit_answer"


class Voice(Model):
    """A family's or a person's own words on what they need, byte for byte, never edited.

    `place` is its number within the problem (#57-2). `satisfaction` is what they said to what was
    done, `answer` how they said it, at `answered_at`, `tries` counts who could not be reached.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="voices", null=True, on_delete=fields.SET_NULL
    )
    visit: fields.ForeignKeyNullableRelation[Visit] = fields.ForeignKeyField(
        "domain.Visit", related_name="voices", null=True
    )
    family: fields.ForeignKeyNullableRelation[Family] = fields.ForeignKeyField(
        "domain.Family", related_name="voices", null=True
    )
    problem_id = fields.BigIntField(null=True, db_index=True)
    heard_on = fields.DateField()
    recorded_at = UtcDatetimeField()
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_voices"
    )
    words = SealedField()
    place = fields.IntField(null=True)
    speaker = fields.CharField(max_length=16, null=True)
    source = fields.CharField(max_length=16, null=True)
    satisfaction = fields.CharField(max_length=16, null=True)
    answer = SealedField(null=True)
    answered_at = UtcDatetimeField(null=True)
    tries = fields.IntField(default=0)
    undone_at = UtcDatetimeField(null=True)

    key_id: int | None
    visit_id: int | None
    family_id: int | None
    recorded_by_id: int

    class Meta:
        table = "voice"


class Draft(Model):
    """What a person has typed and is still being asked about, one a person, for an hour.

    `question`: a command waits for the answer; else more may be said, but nothing waits.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="drafts", null=True, on_delete=fields.SET_NULL
    )
    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "domain.Person", related_name="draft"
    )
    expires_at = UtcDatetimeField()
    question = fields.BooleanField(default=True)
    content = SealedField()

    key_id: int | None
    person_id: int

    class Meta:
        table = "draft"
