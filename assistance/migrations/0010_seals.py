"""Events of cases and engagements are sealed in a chain, those that are there in their order."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from assistance.timeline.hash_chain import install


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0009_list_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('subject', models.BigIntegerField()),
                ('event', models.BigIntegerField()),
                ('seal', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'subject', '-id'], name='event_seal_last')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'event'), name='event_sealed_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eventseal',
            trigger=pgtrigger.compiler.Trigger(name='event_seal_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4d85a50177f1fdeb641d38f0d833174b62d771a', operation='UPDATE OR DELETE', pgid='pgtrigger_event_seal_append_only_3057e', table='assistance_eventseal', when='BEFORE')),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
