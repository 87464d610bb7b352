"""How soon people want mails, digests, and addresses of feeds."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import install
from core.db.policies import USER, Policy, operations
from core.db.operations import BatchedOperations

OWN = f"user_id = {USER}"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_looks'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('message_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('next_try_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='notification',
            name='digest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='accounts.digest'),
        ),
        BatchedOperations([
            migrations.CreateModel(
                name='FeedKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feed_keys', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'address of a feed',
                    'verbose_name_plural': 'addresses of feeds',
                    'ordering': ['-created_at'],
                },
            ),
            migrations.CreateModel(
                name='FeedKeyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.feedkey')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='NotificationPreference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.CharField(max_length=20, verbose_name='group')),
                    ('pace', models.CharField(choices=[('now', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('never', 'Never')], max_length=8, verbose_name='pace')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preferences', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'choice of e-mail',
                    'verbose_name_plural': 'choices of e-mail',
                },
            ),
            migrations.CreateModel(
                name='NotificationPreferenceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('group', models.CharField(max_length=20, verbose_name='group')),
                    ('pace', models.CharField(choices=[('now', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('never', 'Never')], max_length=8, verbose_name='pace')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.notificationpreference')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddIndex(
                model_name='digest',
                index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='digest_to_send'),
            ),
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.UniqueConstraint(fields=('user', 'day'), name='digest_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='feedkey',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='feed_key_one_alive'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='feedkey',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_feedkeyevent" ("created_at", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created_at", NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='62f3689d0f758aa3881ee4de7f58892be49569e7', operation='INSERT', pgid='pgtrigger_insert_insert_1914b', table='accounts_feedkey', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='feedkey',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "accounts_feedkeyevent" ("created_at", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created_at", NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='24149b0e23a92687fc7838fb0d069d9ea38fd8f0', operation='UPDATE', pgid='pgtrigger_update_update_89ade', table='accounts_feedkey', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='feedkey',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_feedkeyevent" ("created_at", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."created_at", OLD."ended_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='3beb5e65ff7fe5ce438da00b74f8afc48895669f', operation='DELETE', pgid='pgtrigger_delete_delete_afda2', table='accounts_feedkey', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='feedkeyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c78ef7f32c4fae26cc1b477e7d09cdafb6c117a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ce33', table='accounts_feedkeyevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='notificationpreference',
                constraint=models.UniqueConstraint(fields=('user', 'group'), name='preference_once'),
            ),
            migrations.AddConstraint(
                model_name='notificationpreference',
                constraint=models.CheckConstraint(condition=models.Q(('pace__in', ['now', 'daily', 'weekly', 'never'])), name='preference_pace_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreference',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group", NEW."id", NEW."pace", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='1b617335a395c44a175f3b42a63d89d371ca4699', operation='INSERT', pgid='pgtrigger_insert_insert_4a06b', table='accounts_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreference',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group", NEW."id", NEW."pace", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='4038728206bf865d1fdc2026c784e997d8fd38e7', operation='UPDATE', pgid='pgtrigger_update_update_d3fc0', table='accounts_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreference',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."group", OLD."id", OLD."pace", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='e864411eb7adca50e8ce1856bd07c77863e01f93', operation='DELETE', pgid='pgtrigger_delete_delete_ee05c', table='accounts_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreferenceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df80b0065cb174f0c5027b9e775d67a6ebd08596', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_514a8', table='accounts_notificationpreferenceevent', when='BEFORE')),
            ),
        ]),
        # a focal point's own choices and addresses; what goes out when is the worker's alone
        *operations(
            Policy("accounts_notificationpreference", "SELECT, INSERT, UPDATE", OWN),
            Policy("accounts_notificationpreferenceevent", "INSERT", "false", "true"),
            Policy("accounts_feedkey", "SELECT, INSERT, UPDATE", OWN),
            Policy("accounts_feedkeyevent", "INSERT", "false", "true"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
