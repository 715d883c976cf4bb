"""What happens by itself needs: timers, digests, and more about what is to be told."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.models.columns import UtcDatetimeField


class Migration(migrations.Migration):
    dependencies = [("domain", "0004_problems")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Digest",
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
                        related_name="digests",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("week", fields.CharField(max_length=8)),
                ("since", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("until", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("facts", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "digest",
                "app": "domain",
                "unique_together": (("person_id", "week"),),
                "pk_attr": "id",
                "table_description": "The weekly digest of a person, as it was told: `facts` are its notice's, of ids and counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Timer",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("key", fields.CharField(unique=True, max_length=100)),
                ("duty", fields.CharField(max_length=32)),
                ("subject", fields.BigIntField(null=True)),
                (
                    "due_at",
                    UtcDatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False),
                ),
                ("lease_until", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("last_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "timer",
                "app": "domain",
                "pk_attr": "id",
                "table_description": 'What is to happen later, and when: the only thing that holds a "later".',
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Delivery",
            name="quota",
            field=fields.CharField(null=True, max_length=16),
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["platform", "at"]),
        ),
        ops.AddField(
            model_name="OutboxEntry",
            name="alarmed_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="OutboxEntry",
            name="not_before",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="OutboxEntry",
            name="parked_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
