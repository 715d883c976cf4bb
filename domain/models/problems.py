"""What needs an answer: a problem, its story, who is asked to agree, who may know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.families import SchoolClass
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.people import Person, Unit


class Problem(Model):
    """What a family, a student or a teacher asks for, its id is the number after #.

    `state` is one of rules/problem_states.py and changes by a move of rules/moves.py alone,
    `version` counts the moves. `heard_on` is the school's day on which the words were heard,
    `started_on` the day from which the clock runs (day 0) and `due_at` when it must be answered.
    `unit` and `school_class` are where it arose, `department` who answers for it when that is not
    its category's. `responsible` answers for it, `handed_to` does the work. `ending` says how it
    ended. `suggested` is the categories that were suggested, each with its confidence. The words
    themselves stand in its voices and events.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="problems", null=True, on_delete=fields.SET_NULL
    )
    state = fields.CharField(max_length=16)
    version = fields.IntField(default=0)
    heard_on = fields.DateField()
    started_on = fields.DateField()
    due_at = UtcDatetimeField()
    recorded_at = UtcDatetimeField()
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="recorded_problems"
    )
    unit: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="problems", null=True
    )
    school_class: fields.ForeignKeyNullableRelation[SchoolClass] = fields.ForeignKeyField(
        "domain.SchoolClass", related_name="problems", null=True
    )
    source = fields.CharField(max_length=16)
    speaker = fields.CharField(max_length=16)
    category = fields.CharField(max_length=32, null=True)
    suggested: fields.Field[list[Any]] = fields.JSONField(default=list)
    because = SealedField(null=True)
    summary = SealedField(null=True)
    department: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "domain.Unit", related_name="answers_for", null=True
    )
    responsible: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="answers_for", null=True
    )
    handed_to: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="works_on", null=True
    )
    classified_at = UtcDatetimeField(null=True)
    claimed_at = UtcDatetimeField(null=True)
    touched_at = UtcDatetimeField(null=True)
    asked_still_at = UtcDatetimeField(null=True)
    solved_at = UtcDatetimeField(null=True)
    reopened_at = UtcDatetimeField(null=True)
    supervised_at = UtcDatetimeField(null=True)
    ended_at = UtcDatetimeField(null=True)
    ending = fields.CharField(max_length=16, null=True)
    review_on = fields.DateField(null=True)
    extensions = fields.IntField(default=0)
    extended_days = fields.IntField(default=0)
    returned = fields.IntField(default=0)
    dissatisfied = fields.IntField(default=0)
    merged_into: fields.ForeignKeyNullableRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="merged", null=True
    )
    red_flag = fields.BooleanField(default=False)
    flags: fields.Field[list[str]] = fields.JSONField(default=list)
    flag_words = SealedField(null=True)

    key_id: int | None
    recorded_by_id: int
    unit_id: int | None
    school_class_id: int | None
    department_id: int | None
    responsible_id: int | None
    handed_to_id: int | None
    merged_into_id: int | None

    class Meta:
        table = "problem"
        indexes = (
            ("state", "due_at"),
            ("responsible_id", "state"),
            ("recorded_by_id", "state"),
            ("unit_id", "state"),
            ("merged_into_id",),
        )


class ProblemEvent(Model):
    """One step of a problem's story, never changed and never taken away.

    `kind` is a move of rules/moves.py, `state` what it led to, `by` is empty for what happened by
    itself. `number` is its place in the one chain of all events, given when the transaction ends,
    `digest` covers all that stands here and the `previous` digest. Of the sealed text only
    `text_digest` is covered, salted, so that erasing the text leaves the chain whole.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="problem_events", null=True, on_delete=fields.SET_NULL
    )
    number = fields.BigIntField(null=True, unique=True)
    problem: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="events"
    )
    kind = fields.CharField(max_length=32)
    state = fields.CharField(max_length=16)
    by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="problem_events", null=True
    )
    at = UtcDatetimeField()
    details: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    text = SealedField(null=True)
    salt = SealedField(null=True)
    text_digest = fields.CharField(max_length=64, null=True)
    previous = fields.CharField(max_length=64, null=True)
    digest = fields.CharField(max_length=64, null=True)

    key_id: int | None
    problem_id: int
    by_id: int | None

    class Meta:
        table = "problem_event"
        indexes = (("problem_id", "id"), ("kind", "at"))


class ChainHead(Model):
    """One row: where the chain of all events ends, locked last in a transaction."""

    id = fields.IntField(primary_key=True)
    number = fields.BigIntField(default=0)
    digest = fields.CharField(max_length=64, default="")

    class Meta:
        table = "chain_head"


class ProblemNamed(Model):
    """Somebody of the roster whose whole name stands in the words, who never gets to know of it.

    `confirmed` is what the recorder said: True it is they, False a namesake, empty not said yet,
    which counts as True until it is said.
    """

    id = row_id()
    problem: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="named"
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="named_in"
    )
    confirmed = fields.BooleanField(null=True)

    problem_id: int
    person_id: int

    class Meta:
        table = "problem_named"
        unique_together = (("problem_id", "person_id"),)
        indexes = (("person_id",),)


class ProblemPrivy(Model):
    """Somebody who may know of a red flag beside its recorder: alerted, claiming, working on it."""

    id = row_id()
    problem: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="privy"
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="privy_to"
    )
    why = fields.CharField(max_length=16)
    at = UtcDatetimeField()

    problem_id: int
    person_id: int

    class Meta:
        table = "problem_privy"
        unique_together = (("problem_id", "person_id"),)
        indexes = (("person_id",),)


class Merge(Model):
    """That a problem was merged into another, and all that taking it back needs to know.

    No voice is moved: those of a merged problem are heard with the other's, numbered on from
    `first_place`.
    """

    id = row_id()
    problem: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="merges"
    )
    into: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="took_in"
    )
    by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="merges"
    )
    at = UtcDatetimeField()
    state_before = fields.CharField(max_length=16)
    first_place = fields.IntField()
    undone_at = UtcDatetimeField(null=True)

    problem_id: int
    into_id: int
    by_id: int

    class Meta:
        table = "merge"
        indexes = (("problem_id", "undone_at"), ("into_id", "undone_at"))
