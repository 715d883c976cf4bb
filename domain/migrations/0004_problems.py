"""What problems need: themselves, their story, approvals, merges, lessons; a voice's own answer."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.models.columns import SealedField, UtcDatetimeField
from domain.sealing.sealed import new_seal_id


class Migration(migrations.Migration):
    dependencies = [("domain", "0003_talk_notes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("number", fields.BigIntField(default=0)),
                ("digest", fields.CharField(default="", max_length=64)),
            ],
            options={
                "table": "chain_head",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One row: where the chain of all events ends, locked last in a transaction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Problem",
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
                        related_name="problems",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("state", fields.CharField(max_length=16)),
                ("version", fields.IntField(default=0)),
                ("heard_on", fields.DateField()),
                ("started_on", fields.DateField()),
                ("due_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_problems",
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
                        related_name="problems",
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
                        related_name="problems",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("source", fields.CharField(max_length=16)),
                ("speaker", fields.CharField(max_length=16)),
                ("category", fields.CharField(null=True, max_length=32)),
                ("suggested", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("because", SealedField(null=True)),
                ("summary", SealedField(null=True)),
                (
                    "department",
                    fields.ForeignKeyField(
                        "domain.Unit",
                        source_field="department_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="answers_for",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "responsible",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="responsible_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="answers_for",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "handed_to",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="handed_to_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="works_on",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("classified_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("claimed_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("touched_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("asked_still_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("solved_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reopened_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("supervised_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ending", fields.CharField(null=True, max_length=16)),
                ("review_on", fields.DateField(null=True)),
                ("extensions", fields.IntField(default=0)),
                ("extended_days", fields.IntField(default=0)),
                ("returned", fields.IntField(default=0)),
                ("dissatisfied", fields.IntField(default=0)),
                (
                    "merged_into",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="merged_into_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="merged",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("red_flag", fields.BooleanField(default=False)),
                ("flags", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("flag_words", SealedField(null=True)),
            ],
            options={
                "table": "problem",
                "app": "domain",
                "indexes": [
                    Index(fields=["state", "due_at"]),
                    Index(fields=["responsible_id", "state"]),
                    Index(fields=["recorded_by_id", "state"]),
                    Index(fields=["unit_id", "state"]),
                    Index(fields=["merged_into_id"]),
                ],
                "pk_attr": "id",
                "table_description": "What a family, a student or a teacher asks for, its id is the number after #.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Approval",
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
                        related_name="approvals",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "problem",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="approvals",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=16)),
                (
                    "asked_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="asked_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="asked_approvals",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("asked_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "asked_of",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="asked_of_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="approvals",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("state_before", fields.CharField(max_length=16)),
                ("details", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("reason", SealedField(null=True)),
                ("yes", fields.BooleanField(null=True)),
                ("decided_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "decided_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="decided_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="decided_approvals",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("answer", SealedField(null=True)),
            ],
            options={
                "table": "approval",
                "app": "domain",
                "indexes": [
                    Index(fields=["asked_of_id", "decided_at"]),
                    Index(fields=["problem_id", "decided_at"]),
                ],
                "pk_attr": "id",
                "table_description": "What somebody is asked to agree to: an extension, a referral, a return, an offered claim.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Lesson",
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
                        related_name="lessons",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "problem",
                    fields.OneToOneField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lesson",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("category", fields.CharField(max_length=32)),
                ("suggested", fields.CharField(null=True, max_length=32)),
                (
                    "by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lessons",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("words", SealedField(null=True)),
            ],
            options={
                "table": "lesson",
                "app": "domain",
                "indexes": [Index(fields=["at"])],
                "pk_attr": "id",
                "table_description": "What a problem's category came to be, beside what was suggested, so that we learn from it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "problem",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="merges",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "into",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="into_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="took_in",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="merges",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("state_before", fields.CharField(max_length=16)),
                ("first_place", fields.IntField()),
                ("undone_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "merge",
                "app": "domain",
                "indexes": [
                    Index(fields=["problem_id", "undone_at"]),
                    Index(fields=["into_id", "undone_at"]),
                ],
                "pk_attr": "id",
                "table_description": "That a problem was merged into another, and all that taking it back needs to know.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ProblemEvent",
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
                        related_name="problem_events",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("number", fields.BigIntField(null=True, unique=True)),
                (
                    "problem",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=32)),
                ("state", fields.CharField(max_length=16)),
                (
                    "by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="problem_events",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("details", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("text", SealedField(null=True)),
                ("salt", SealedField(null=True)),
                ("text_digest", fields.CharField(null=True, max_length=64)),
                ("previous", fields.CharField(null=True, max_length=64)),
                ("digest", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "problem_event",
                "app": "domain",
                "indexes": [Index(fields=["problem_id", "id"]), Index(fields=["kind", "at"])],
                "pk_attr": "id",
                "table_description": "One step of a problem's story, never changed and never taken away.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ProblemNamed",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "problem",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="named",
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
                        related_name="named_in",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("confirmed", fields.BooleanField(null=True)),
            ],
            options={
                "table": "problem_named",
                "app": "domain",
                "unique_together": (("problem_id", "person_id"),),
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "Somebody of the roster whose whole name stands in the words, who never gets to know of it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ProblemPrivy",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "problem",
                    fields.ForeignKeyField(
                        "domain.Problem",
                        source_field="problem_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="privy",
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
                        related_name="privy_to",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("why", fields.CharField(max_length=16)),
                ("at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "problem_privy",
                "app": "domain",
                "unique_together": (("problem_id", "person_id"),),
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "Somebody who may know of a red flag beside its recorder: alerted, claiming, working on it.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Voice",
            name="answer",
            field=SealedField(null=True),
        ),
        ops.AddField(
            model_name="Voice",
            name="answered_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Voice",
            name="place",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Voice",
            name="satisfaction",
            field=fields.CharField(null=True, max_length=16),
        ),
        ops.AddField(
            model_name="Voice",
            name="source",
            field=fields.CharField(null=True, max_length=16),
        ),
        ops.AddField(
            model_name="Voice",
            name="speaker",
            field=fields.CharField(null=True, max_length=16),
        ),
        ops.AddField(
            model_name="Voice",
            name="tries",
            field=fields.IntField(default=0),
        ),
    ]
