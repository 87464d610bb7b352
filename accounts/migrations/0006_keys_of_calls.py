"""Keys of calls keep what came of a call, and no longer the words of its answer; they can be found by age, to be removed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_one_address'),
    ]

    operations = [
        migrations.AddField(
            model_name='idempotencykey',
            name='object_id',
            field=models.BigIntegerField(null=True),
        ),
        # every answer told the id of its object; calls of today can still be repeated after the update
        migrations.RunSQL(
            "UPDATE accounts_idempotencykey SET object_id = (answer->>'id')::bigint WHERE jsonb_typeof(answer->'id') = 'number'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name='idempotencykey',
            name='answer',
        ),
        migrations.AddIndex(
            model_name='idempotencykey',
            index=models.Index(fields=['created_at'], name='idempotency_key_by_age'),
        ),
    ]
