"""What this adds: talks, arrangements, what can be taken back, how the roster came to be."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.models.columns import SealedField, UtcDatetimeField
from domain.sealing.sealed import new_seal_id


class Migration(migrations.Migration):
    dependencies = [("domain", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Arrangement",
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
                        related_name="arrangements",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "leader",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="leader_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="arranged_for",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "arranged_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="arranged_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="arranged",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("day", fields.DateField()),
                ("kind", fields.CharField(max_length=16)),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="arrangements",
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
                        related_name="arrangements",
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
                        related_name="arrangements",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("note", SealedField(null=True)),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "domain.Visit",
                        source_field="visit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="fulfils",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("called_off_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "arrangement",
                "app": "domain",
                "indexes": [
                    Index(fields=["leader_id", "day"]),
                    Index(fields=["day", "called_off_at"]),
                ],
                "pk_attr": "id",
                "table_description": "A visit or a talk that somebody arranged for a leader, its id is the number after A.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Correction",
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
                        related_name="corrections",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("record", fields.CharField(max_length=32)),
                ("record_id", fields.BigIntField()),
                ("column", fields.CharField(max_length=32)),
                ("before", fields.CharField(null=True, max_length=64)),
                ("after", fields.CharField(null=True, max_length=64)),
                ("before_text", SealedField(null=True)),
                ("after_text", SealedField(null=True)),
                (
                    "by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="corrections",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "correction",
                "app": "domain",
                "indexes": [Index(fields=["record", "record_id"])],
                "pk_attr": "id",
                "table_description": "A part of a record that was put right later, what stood there before is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Deed",
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
                        related_name="deeds",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("kind", fields.CharField(max_length=32)),
                ("record_id", fields.BigIntField(null=True)),
                ("details", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("undone_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deed",
                "app": "domain",
                "indexes": [Index(fields=["person_id", "at"]), Index(fields=["kind", "record_id"])],
                "pk_attr": "id",
                "table_description": "Something a person did by a command and may take back, `details` holds ids and codes only.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("record", fields.CharField(max_length=32)),
                ("record_id", fields.BigIntField()),
            ],
            options={
                "table": "imported_row",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A row of a list that was taken in, by a keyed digest, so that it is taken in once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Newcomer",
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
                        related_name="newcomers",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("platform", fields.CharField(max_length=32)),
                ("app", fields.CharField(default="", max_length=128)),
                ("user_id", fields.CharField(max_length=128)),
                ("conversation", fields.CharField(max_length=200)),
                ("group", fields.BooleanField(default=False)),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="newcomers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", SealedField(null=True)),
                ("message", SealedField(null=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="newcomers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("asked_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("outcome", fields.CharField(null=True, max_length=16)),
                ("settled_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "settled_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="settled_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="let_in",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "newcomer",
                "app": "domain",
                "unique_together": (("platform", "app", "user_id"),),
                "indexes": [Index(fields=["outcome", "expires_at"])],
                "pk_attr": "id",
                "table_description": "An account of ours that isn't on the roster: who it says it is, and what it typed, sealed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RosterChange",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="changed_roster",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("action", fields.CharField(max_length=16)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="person_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="roster_changes",
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
                        related_name="roster_changes",
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
                        related_name="roster_changes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("role", fields.CharField(null=True, max_length=16)),
                (
                    "before",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="before_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="replaced_on_roster",
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
                        related_name="deputy_on_roster",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
            ],
            options={
                "table": "roster_change",
                "app": "domain",
                "indexes": [Index(fields=["unit_id", "at"]), Index(fields=["person_id", "at"])],
                "pk_attr": "id",
                "table_description": "One change of the roster: who made it (empty: the command line), and what it was.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Talk",
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
                        related_name="talks",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("form", fields.CharField(max_length=16)),
                ("audience", fields.CharField(null=True, max_length=16)),
                ("people", fields.IntField(null=True)),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="talks",
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
                        related_name="talks",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("day", fields.DateField()),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_talks",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("note", SealedField(null=True)),
                ("undone_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "talk",
                "app": "domain",
                "indexes": [Index(fields=["day", "form"]), Index(fields=["recorded_by_id", "day"])],
                "pk_attr": "id",
                "table_description": "A session about the strategy, its id is the number after T.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "talk",
                    fields.ForeignKeyField(
                        "domain.Talk",
                        source_field="talk_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="speakers",
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
                        related_name="spoke_at",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "speaker",
                "app": "domain",
                "unique_together": (("talk_id", "person_id"),),
                "pk_attr": "id",
                "table_description": "One of those who held a talk, the one who recorded it among them.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Heard",
            name="reply_to",
            field=SealedField(null=True),
        ),
        ops.AddField(
            model_name="Heard",
            name="reply_until",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Visit",
            name="undone_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="VisitAnswer",
            name="undone_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Voice",
            name="undone_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
