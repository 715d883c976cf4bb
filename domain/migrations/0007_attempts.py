"""Which attempt to say a notice somebody has set out on."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("domain", "0006_second_way")]

    initial = False

    operations = [
        ops.AddField(
            model_name="OutboxEntry",
            name="begun",
            field=fields.IntField(null=True),
        ),
    ]
