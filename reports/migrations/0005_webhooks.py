"""Addresses of other systems that are told of reports."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import reports.deliveries.webhooks
import uuid
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import install
from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0004_persons'),
        ('pghistory', '0007_auto_20250421_0444'),
        ("reports", "0004_kinds_and_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations([
            migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('secret', reports.deliveries.webhooks.SecretField()),
                    ('is_active', models.BooleanField(default=True, verbose_name='switched on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webhooks', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'webhook',
                    'verbose_name_plural': 'webhooks',
                    'ordering': ['programme', 'url'],
                },
            ),
            migrations.CreateModel(
                name='WebhookDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.CharField(max_length=20)),
                    ('body', models.TextField()),
                    ('message_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('given_up_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportrevision')),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='reports.webhook')),
                ],
            ),
            migrations.CreateModel(
                name='WebhookEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('is_active', models.BooleanField(default=True, verbose_name='switched on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.webhook')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.UniqueConstraint(fields=('programme', 'url'), name='webhook_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."url"); RETURN NULL;', hash='fde0d7db0d6ec5c9ee7fbf740889560e2b880dc8', operation='INSERT', pgid='pgtrigger_insert_insert_0b4dd', table='reports_webhook', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."url"); RETURN NULL;', hash='7cab71c4877b7da71b8fffefc3d66fd88d81dab3', operation='UPDATE', pgid='pgtrigger_update_update_0cb08', table='reports_webhook', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."url"); RETURN NULL;', hash='506b1510e7e1549afa691c4985fca59d6d7759d8', operation='DELETE', pgid='pgtrigger_delete_delete_2251d', table='reports_webhook', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='webhookdelivery',
                index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='webhook_to_send'),
            ),
            migrations.AddIndex(
                model_name='webhookdelivery',
                index=models.Index(fields=['webhook', '-created_at'], name='webhook_last'),
            ),
            migrations.AddConstraint(
                model_name='webhookdelivery',
                constraint=models.UniqueConstraint(fields=('webhook', 'revision', 'event'), name='webhook_delivery_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3b9ee0a5c479f6779e993a9011289b080f2a52eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c7a6', table='reports_webhookevent', when='BEFORE')),
            ),
        ]),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
