"""What this adds: further notes on a talk, and the talk that fulfilled an arrangement."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.models.columns import SealedField, UtcDatetimeField
from domain.sealing.sealed import new_seal_id


class Migration(migrations.Migration):
    dependencies = [("domain", "0002_real_parts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="TalkNote",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("seal", fields.CharField(default=new_seal_id, unique=True, max_length=32)),
                (
                    "talk",
                    fields.ForeignKeyField(
                        "domain.Talk",
                        source_field="talk_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="notes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("text", SealedField(null=True)),
                (
                    "recorded_by",
                    fields.ForeignKeyField(
                        "domain.Person",
                        source_field="recorded_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recorded_talk_notes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("recorded_at", UtcDatetimeField(auto_now=False, auto_now_add=False)),
                ("undone_at", UtcDatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "talk_note",
                "app": "domain",
                "indexes": [Index(fields=["talk_id"])],
                "pk_attr": "id",
                "table_description": "What was added to a talk later, sealed with the talk's own key.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Arrangement",
            name="talk",
            field=fields.ForeignKeyField(
                "domain.Talk",
                source_field="talk_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="fulfils",
                on_delete=OnDelete.CASCADE,
            ),
        ),
    ]
