"""What the second way needs: since when a platform takes nothing, and who was told by mail."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.models.columns import UtcDatetimeField


class Migration(migrations.Migration):
    dependencies = [("domain", "0005_by_itself")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Outage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("platform", fields.CharField(unique=True, max_length=32)),
                ("since", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("last_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "outage",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "That a platform takes nothing: since when, and when it last refused (real time).",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="OutboxEntry",
            name="mailed_at",
            field=UtcDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
