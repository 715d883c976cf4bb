"""How often a notice couldn't be worded."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("domain", "0007_attempts")]

    initial = False

    operations = [
        ops.AddField(
            model_name="OutboxEntry",
            name="unworded",
            field=fields.IntField(default=0),
        ),
    ]
