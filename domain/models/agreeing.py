"""What somebody is asked to agree to about a problem, and what its category came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.keys import WrappedKey
from domain.models.problems import Problem

if TYPE_CHECKING:
    from domain.models.people import Person


class Approval(Model):
    """What somebody is asked to agree to: an extension, a referral, a return, an offered claim.

    `kind` is one of rules/approvals.py, `details` are days, ids and codes, the reasons are sealed.
    `yes` is empty as long as it is open, `state_before` the problem's state when it was asked.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="approvals", null=True, on_delete=fields.SET_NULL
    )
    problem: fields.ForeignKeyRelation[Problem] = fields.ForeignKeyField(
        "domain.Problem", related_name="approvals"
    )
    kind = fields.CharField(max_length=16)
    asked_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="asked_approvals", null=True
    )
    asked_at = UtcDatetimeField()
    asked_of: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="approvals"
    )
    state_before = fields.CharField(max_length=16)
    details: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    reason = SealedField(null=True)
    yes = fields.BooleanField(null=True)
    decided_at = UtcDatetimeField(null=True)
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="decided_approvals", null=True
    )
    answer = SealedField(null=True)

    key_id: int | None
    problem_id: int
    asked_by_id: int | None
    asked_of_id: int
    decided_by_id: int | None

    class Meta:
        table = "approval"
        indexes = (("asked_of_id", "decided_at"), ("problem_id", "decided_at"))


class Lesson(Model):
    """What a problem's category came to be, beside what was suggested, so that we learn from it.

    `words` are the problem's words, sealed under a key of the lesson's own.
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="lessons", null=True, on_delete=fields.SET_NULL
    )
    problem: fields.OneToOneRelation[Problem] = fields.OneToOneField(
        "domain.Problem", related_name="lesson"
    )
    category = fields.CharField(max_length=32)
    suggested = fields.CharField(max_length=32, null=True)
    by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="lessons"
    )
    at = UtcDatetimeField()
    words = SealedField(null=True)

    key_id: int | None
    problem_id: int
    by_id: int

    class Meta:
        table = "lesson"
        indexes = (("at",),)
