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

    `key` makes the effect unique. `lease_until` is how long somebody is at it, `not_before` when
    it may be tried again, `done_at` when it was said, `parked_at` when it was laid aside as
    something that can't be said, for a human to look at, `mailed_at` when its reader was told by
    mail that it waits, `alarmed_at` when a human was told that it doesn't get through (all real
    time). `begun` is the last attempt for which somebody set out, `unworded` how many ended
    because it couldn't be worded. `facts` are ids, counts and dates only.
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
    not_before = UtcDatetimeField(null=True)
    attempts = fields.IntField(default=0)
    begun = fields.IntField(null=True)
    unworded = fields.IntField(default=0)
    done_at = UtcDatetimeField(null=True)
    parked_at = UtcDatetimeField(null=True)
    alarmed_at = UtcDatetimeField(null=True)
    mailed_at = UtcDatetimeField(null=True)

    person_id: int | None
    heard_id: int | None

    class Meta:
        table = "outbox"
        indexes = (("done_at", "available_at"), ("heard_id",))


class Delivery(Model):
    """That a notice reached a person one-to-one or a group, by which platform, and when.

    `in_response` tells an answer in the platform's own response from a message of its own. `quota`
    is which of the platform's monthly quotas this one used ("api", "webhook"); of several people
    told by one call the first alone uses it, and what costs nothing uses none.
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
    quota = fields.CharField(max_length=16, null=True)

    entry_id: int
    person_id: int | None

    class Meta:
        table = "delivery"
        indexes = (("platform", "person_id"), ("platform", "chat"), ("platform", "at"))


class Outage(Model):
    """That a platform takes nothing: since when, and when it last refused (real time).

    What it takes after `since` ends it; the row stays for the next one.
    """

    id = row_id()
    platform = fields.CharField(max_length=32, unique=True)
    since = UtcDatetimeField()
    last_at = UtcDatetimeField()

    class Meta:
        table = "outage"


class Timer(Model):
    """What is to happen later, and when: the only thing that holds a "later".

    `duty` says what is done then, `subject` about which record. `due_at` is in the school's time
    and empty when nothing is to come; `last_at` is the due that was done last. `lease_until` (real
    time) is how long somebody is at it, `attempts` how often it was begun since it fell due.
    """

    id = row_id()
    key = fields.CharField(max_length=100, unique=True)
    duty = fields.CharField(max_length=32)
    subject = fields.BigIntField(null=True)
    due_at = UtcDatetimeField(null=True, db_index=True)
    lease_until = UtcDatetimeField(null=True)
    attempts = fields.IntField(default=0)
    last_at = UtcDatetimeField(null=True)

    class Meta:
        table = "timer"


class Digest(Model):
    """The weekly digest of a person, as it was told: `facts` are its notice's, of ids and counts.

    `week` is the ISO week ("2018-W37"), `since` and `until` the instants it is about.
    """

    id = row_id()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "domain.Person", related_name="digests"
    )
    week = fields.CharField(max_length=8)
    since = UtcDatetimeField()
    until = UtcDatetimeField()
    facts: fields.Field[dict[str, Any]] = fields.JSONField()

    person_id: int

    class Meta:
        table = "digest"
        unique_together = (("person_id", "week"),)


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
