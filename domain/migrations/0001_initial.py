"""The tables as they first were."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.models.columns import SealedField, UtcDatetimeField
from domain.sealing.sealed import new_seal_id


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("offset_seconds", fields.FloatField(default=0.0)),
            ],
            options={
                "table": "clock",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One row: how many seconds the school's clock is ahead of the real one (0 but in the demo).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="KeyCheck",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(unique=True, max_length=64)),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "key_check",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "What tells at the start that a key is not the one this database was sealed with.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(db_index=True, max_length=64)),
                ("pinyin", fields.CharField(default="", db_index=True, max_length=128)),
                ("language", fields.CharField(null=True, max_length=16)),
                ("platform", fields.CharField(null=True, max_length=32)),
            ],
            options={
                "table": "person",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "Somebody who works at the school.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="accounts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("platform", fields.CharField(max_length=32)),
                ("app", fields.CharField(default="", max_length=128)),
                ("user_id", fields.CharField(max_length=128)),
            ],
            options={
                "table": "account",
                "app": "domain",
                "unique_together": (("platform", "app", "user_id"),),
                "pk_attr": "id",
                "table_description": "An account in a chat platform, and whose it is.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Leave",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="leaves",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "deputy",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="deputy_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="stands_in",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField()),
                ("until", fields.DateField()),
            ],
            options={
                "table": "leave",
                "app": "domain",
                "indexes": [
                    Index(fields=["person_id", "until"]),
                    Index(fields=["deputy_id", "until"]),
                ],
                "pk_attr": "id",
                "table_description": "Days on which a person is away, both included, and who stands in.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="read",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("record", fields.CharField(max_length=32)),
                ("record_id", fields.BigIntField()),
                ("columns", fields.CharField(max_length=200)),
                ("occasion", fields.CharField(max_length=200)),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "read_log",
                "app": "domain",
                "unique_together": (("person_id", "record", "record_id", "occasion"),),
                "indexes": [Index(fields=["record", "record_id"])],
                "pk_attr": "id",
                "table_description": "That personal text of a record was shown to a person: what, when, on which occasion.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SchoolClass",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("stage", fields.CharField(max_length=8)),
                ("entry_year", fields.IntField()),
                ("number", fields.IntField()),
            ],
            options={
                "table": "school_class",
                "app": "domain",
                "unique_together": (("stage", "entry_year", "number"),),
                "pk_attr": "id",
                "table_description": "A class for all its years: junior or senior, the year it entered, its number.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("kind", fields.CharField(max_length=16)),
                ("name", fields.CharField(unique=True, max_length=64)),
                ("grade", fields.IntField(null=True, unique=True)),
                ("aliases", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("place", fields.IntField(default=0)),
            ],
            options={
                "table": "unit",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A department, a grade or a branch of the school, the root is the whole school.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("platform", fields.CharField(max_length=32)),
                ("app", fields.CharField(default="", max_length=128)),
                ("chat", fields.CharField(max_length=128)),
                ("title", fields.CharField(default="", max_length=128)),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="rooms",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "room",
                "app": "domain",
                "unique_together": (("platform", "app", "chat"),),
                "pk_attr": "id",
                "table_description": "A chat group, and the unit whose group it is.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="seats",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="seats",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "school_class",
                    fields.ForeignKeyField(
                        "domain.SchoolClass",
                        source_field="school_class_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="seats",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("role", fields.CharField(max_length=16)),
                ("since", fields.DateField()),
                ("until", fields.DateField(null=True)),
            ],
            options={
                "table": "seat",
                "app": "domain",
                "indexes": [
                    Index(fields=["person_id", "until"]),
                    Index(fields=["unit_id", "role"]),
                ],
                "pk_attr": "id",
                "table_description": "A person's role in a unit, from a day until another (not included), or without an end.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WrappedKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("wrapped", fields.BinaryField()),
            ],
            options={
                "table": "wrapped_key",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A data key, wrapped by one of the school's keys, destroying the row erases what it sealed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "key",
                    fields.ForeignKeyField(
                        "domain.WrappedKey",
                        source_field="key_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="drafts",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "person",
                    fields.OneToOneField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="draft",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("expires_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("question", fields.BooleanField(default=True)),
                ("content", SealedField()),
            ],
            options={
                "table": "draft",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "What a person has typed and is still being asked about, one a person, for an hour.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Family",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "key",
                    fields.ForeignKeyField(
                        "domain.WrappedKey",
                        source_field="key_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="families",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("joined_on", fields.DateField()),
                ("special", fields.BooleanField(default=False)),
                ("special_reason", SealedField(null=True)),
                ("wishes", SealedField(null=True)),
            ],
            options={
                "table": "family",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A family: the day it joined, whether it is special and why, what it wishes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "key",
                    fields.ForeignKeyField(
                        "domain.WrappedKey",
                        source_field="key_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="heard",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("platform", fields.CharField(max_length=32)),
                ("message_key", fields.CharField(max_length=200)),
                ("account", fields.CharField(max_length=200)),
                ("conversation", fields.CharField(max_length=200)),
                ("at", UtcDatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("typed", SealedField(null=True)),
            ],
            options={
                "table": "heard",
                "app": "domain",
                "unique_together": (("platform", "message_key"),),
                "pk_attr": "id",
                "table_description": "A message that was taken, the unique key is how a repeat of it is known.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutboxEntry",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("key", fields.CharField(unique=True, max_length=200)),
                ("notice", fields.CharField(max_length=64)),
                ("facts", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="told",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("platform", fields.CharField(null=True, max_length=32)),
                ("chat", fields.CharField(null=True, max_length=128)),
                (
                    "heard",
                    fields.ForeignKeyField(
                        "domain.Heard",
                        source_field="heard_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("available_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("lease_until", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("done_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "outbox",
                "app": "domain",
                "indexes": [Index(fields=["done_at", "available_at"]), Index(fields=["heard_id"])],
                "pk_attr": "id",
                "table_description": "One notice to one reader: a person one-to-one, or a group (`chat`), the only way out.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "entry",
                    fields.OneToOneField(
                        "domain.OutboxEntry",
                        source_field="entry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="delivery",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("platform", fields.CharField(max_length=32)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="received",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("chat", fields.CharField(null=True, max_length=128)),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("in_response", fields.BooleanField(default=False)),
            ],
            options={
                "table": "delivery",
                "app": "domain",
                "indexes": [
                    Index(fields=["platform", "person_id"]),
                    Index(fields=["platform", "chat"]),
                ],
                "pk_attr": "id",
                "table_description": "That a notice reached a person one-to-one or a group, by which platform, and when.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Student",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "family",
                    fields.ForeignKeyField(
                        "domain.Family",
                        source_field="family_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="students",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "school_class",
                    fields.ForeignKeyField(
                        "domain.SchoolClass",
                        source_field="school_class_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="students",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("seat_number", fields.IntField(null=True)),
                ("name", SealedField()),
                ("listed", fields.BooleanField(default=True)),
            ],
            options={
                "table": "student",
                "app": "domain",
                "unique_together": (("school_class_id", "seat_number"),),
                "pk_attr": "id",
                "table_description": "A child: its family, its class, its seat number, the name is sealed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StudentToken",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "student",
                    fields.ForeignKeyField(
                        "domain.Student",
                        source_field="student_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token", fields.CharField(db_index=True, max_length=64)),
            ],
            options={
                "table": "student_token",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The blind index: a child is found by a keyed digest of the name, never by the name.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "key",
                    fields.ForeignKeyField(
                        "domain.WrappedKey",
                        source_field="key_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="visits",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("kind", fields.CharField(max_length=16)),
                ("method", fields.CharField(max_length=16)),
                ("result", fields.CharField(max_length=16)),
                ("day", fields.DateField()),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_visits",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "family",
                    fields.ForeignKeyField(
                        "domain.Family",
                        source_field="family_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="visits",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "student",
                    fields.ForeignKeyField(
                        "domain.Student",
                        source_field="student_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="visits",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "school_class",
                    fields.ForeignKeyField(
                        "domain.SchoolClass",
                        source_field="school_class_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="visits",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "teacher",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="teacher_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="talks_with",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("text", SealedField(null=True)),
                ("talk", SealedField(null=True)),
                ("answered", SealedField(null=True)),
            ],
            options={
                "table": "visit",
                "app": "domain",
                "indexes": [
                    Index(fields=["family_id", "day"]),
                    Index(fields=["day", "kind"]),
                    Index(fields=["recorded_by_id", "day"]),
                ],
                "pk_attr": "id",
                "table_description": "A home visit, a talk with a teacher or an active contact, its id is the number after V.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VisitAnswer",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "domain.Visit",
                        source_field="visit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("question", fields.CharField(max_length=32)),
                ("text", SealedField()),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "visit_answer",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "What was learnt to one of the stage's questions, several may be added over time.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Visitor",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "domain.Visit",
                        source_field="visit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="visitors",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="went_on",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "visitor",
                "app": "domain",
                "unique_together": (("visit_id", "person_id"),),
                "pk_attr": "id",
                "table_description": "One of those who went on a visit, the one who recorded it among them.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "key",
                    fields.ForeignKeyField(
                        "domain.WrappedKey",
                        source_field="key_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="voices",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "domain.Visit",
                        source_field="visit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="voices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "family",
                    fields.ForeignKeyField(
                        "domain.Family",
                        source_field="family_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="voices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("problem_id", fields.BigIntField(null=True, db_index=True)),
                ("heard_on", fields.DateField()),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_voices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("words", SealedField()),
            ],
            options={
                "table": "voice",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A family's or a person's own words on what they need, byte for byte, never edited.",
            },
            bases=["Model"],
        ),
    ]
