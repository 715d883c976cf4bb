"""What was heard, what is to be told, what reached whom, and who read personal text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields
from tortoise.models import Model

from domain.models.columns import SealedField, UtcDatetimeField, row_id, row_seal
from domain.models.keys import WrappedKey

if TYPE_CHECKING:
    from domain.models.people import Person


class Heard(Model):
    """A message that was taken, the unique key is how a repeat of it is known.

    `typed` is the message as it was sent, for answers that must echo a part of it. `reply_to` is
    the address that the platform gave for late answers, good until `reply_until` (real time).
    """

    id = row_id()
    seal = row_seal()
    key: fields.ForeignKeyNullableRelation[WrappedKey] = fields.ForeignKeyField(
        "domain.WrappedKey", related_name="heard", null=True, on_delete=fields.SET_NULL
    )
    platform = fields.CharField(max_length=32)
    message_key = fields.CharField(max_length=200)
    account = fields.CharField(max_length=200)
    conversation = fields.CharField(max_length=200)
    at = UtcDatetimeField(db_index=True)
    typed = SealedField(null=True)
    reply_to = SealedField(null=True)
    reply_until = UtcDatetimeField(null=True)

    key_id: int | None

    class Meta:
        table = "heard"
        unique_together = (("platform", "message_key"),)


class OutboxEntry(Model):
    """One notice to one reader: a person one-to-one, or a group (`chat`), the only way out.

    `key` makes the effect unique. `lease_until` (real time) is how long somebody is at it;
    `done_at` (real time) is when it was said. `facts` are ids, counts and dates only.
    """

    id = row_id()
    key = fields.CharField(max_length=200, unique=True)
    notice = fields.CharField(max_length=64)
    facts: fields.Field[dict[str, Any]] = fields.JSONField()
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="told", null=True
    )
    platform = fields.CharField(max_length=32, null=True)
    chat = fields.CharField(max_length=128, null=True)
    heard: fields.ForeignKeyNullableRelation[Heard] = fields.ForeignKeyField(
        "domain.Heard", related_name="answers", null=True
    )
    available_at = UtcDatetimeField()
    lease_until = UtcDatetimeField(null=True)
    attempts = fields.IntField(default=0)
    done_at = UtcDatetimeField(null=True)

    person_id: int | None
    heard_id: int | None

    class Meta:
        table = "outbox"
        indexes = (("done_at", "available_at"), ("heard_id",))


class Delivery(Model):
    """That a notice reached a person one-to-one or a group, by which platform, and when.

    `in_response` tells an answer in the platform's own response from a message of its own.
    """

    id = row_id()
    entry: fields.OneToOneRelation[OutboxEntry] = fields.OneToOneField(
        "domain.OutboxEntry", related_name="delivery"
    )
    platform = fields.CharField(max_length=32)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="received", null=True
    )
    chat = fields.CharField(max_length=128, null=True)
    at = UtcDatetimeField()
    in_response = fields.BooleanField(default=False)

    entry_id: int
    person_id: int | None

    class Meta:
        table = "delivery"
        indexes = (("platform", "person_id"), ("platform", "chat"))


class ReadLog(Model):
    """That personal text of a record was shown to a person: what, when, on which occasion."""

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="read"
    )
    record = fields.CharField(max_length=32)
    record_id = fields.BigIntField()
    columns = fields.CharField(max_length=200)
    occasion = fields.CharField(max_length=200)
    at = UtcDatetimeField()

    person_id: int

    class Meta:
        table = "read_log"
        unique_together = (("person_id", "record", "record_id", "occasion"),)
        indexes = (("record", "record_id"),)
