"""The outbox, digests, and how soon people want mails. Generated, but for the batches."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations([
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
            migrations.CreateModel(
                name='Notification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('subject', models.CharField(max_length=300)),
                    ('body', models.TextField(blank=True)),
                    ('path', models.CharField(blank=True, max_length=300)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('message_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('given_up_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='notifications.digest')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'notification',
                    'verbose_name_plural': 'notifications',
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
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='notifications.notificationpreference')),
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
            migrations.AddIndex(
                model_name='notification',
                index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='notification_to_send'),
            ),
            migrations.AddIndex(
                model_name='notification',
                index=models.Index(fields=['user', '-created_at'], name='notification_of_user'),
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
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notifications_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group", NEW."id", NEW."pace", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='d1cbfd62b05f8f7b09d8062129aa2d9c9e7c88e1', operation='INSERT', pgid='pgtrigger_insert_insert_79b9c', table='notifications_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreference',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notifications_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group", NEW."id", NEW."pace", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='3b17c8ccadbf2515e1110717ccbf630db043175d', operation='UPDATE', pgid='pgtrigger_update_update_53a7d', table='notifications_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreference',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notifications_notificationpreferenceevent" ("group", "id", "pace", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."group", OLD."id", OLD."pace", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='7627132889e53dcf5620e7a8c9576e05d9e50f2e', operation='DELETE', pgid='pgtrigger_delete_delete_b7a6d', table='notifications_notificationpreference', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='notificationpreferenceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d9394e69defedab555b25b80daf27ff596dc9100', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d918', table='notifications_notificationpreferenceevent', when='BEFORE')),
            ),
        ]),
    ]
