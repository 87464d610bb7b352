"""Users, tokens and what is kept of calls, sign-ins and looks at personal data. Generated, but for the batches."""

import accounts.users.models
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        BatchedOperations([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='function')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                    ('role', models.CharField(choices=[('focal_point', 'Focal point'), ('officer', 'Programme officer'), ('manager', 'Manager'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                    ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='time zone')),
                    ('absent_from', models.DateField(blank=True, null=True, verbose_name='absent from')),
                    ('absent_until', models.DateField(blank=True, null=True, verbose_name='back on')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deputises_for', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, max_length=100)),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('may_write', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-created_at'],
                },
            ),
            migrations.CreateModel(
                name='ApiTokenEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(blank=True, max_length=100)),
                    ('may_write', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.apitoken')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
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
                name='IdempotencyKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200)),
                    ('path', models.CharField(max_length=300)),
                    ('body_hash', models.CharField(max_length=64)),
                    ('status', models.PositiveSmallIntegerField(default=0)),
                    ('object_id', models.BigIntegerField(null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Look',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('act', models.CharField(choices=[('read', 'read'), ('added', 'added'), ('changed', 'changed'), ('taken_out', 'taken out as a file'), ('erased', 'erased')], max_length=10)),
                    ('subject', models.CharField(max_length=20)),
                    ('subject_id', models.PositiveBigIntegerField()),
                    ('persons', models.PositiveIntegerField(default=1)),
                    ('path', models.CharField(blank=True, max_length=300)),
                    ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'look at personal data',
                    'verbose_name_plural': 'looks at personal data',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='UserEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('role', models.CharField(choices=[('focal_point', 'Focal point'), ('officer', 'Programme officer'), ('manager', 'Manager'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                    ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='time zone')),
                    ('absent_from', models.DateField(blank=True, null=True, verbose_name='absent from')),
                    ('absent_until', models.DateField(blank=True, null=True, verbose_name='back on')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('deputy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddConstraint(
                model_name='user',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once', violation_error_message='Somebody signs in with this e-mail already.'),
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['focal_point', 'officer', 'manager', 'administrator'])), name='user_role_known'),
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(('absent_until__isnull', True), models.Q(('absent_from__isnull', False), ('absent_until__gt', models.F('absent_from'))), _connector='OR'), name='user_absence_ordered', violation_error_message='The day of return must come after the first day of absence.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("absent_from", "absent_until", "deputy_id", "id", "is_active", "joined_at", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "time_zone") VALUES (NEW."absent_from", NEW."absent_until", NEW."deputy_id", NEW."id", NEW."is_active", NEW."joined_at", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."time_zone"); RETURN NULL;', hash='1d7b3e145e596925f8781225cd241b9ae89c04be', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((to_jsonb(OLD) - 'last_login') IS DISTINCT FROM (to_jsonb(NEW) - 'last_login'))", func='INSERT INTO "accounts_userevent" ("absent_from", "absent_until", "deputy_id", "id", "is_active", "joined_at", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "time_zone") VALUES (NEW."absent_from", NEW."absent_until", NEW."deputy_id", NEW."id", NEW."is_active", NEW."joined_at", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."time_zone"); RETURN NULL;', hash='a2c641a7c499264c20fb008d1632d60e29c15223', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("absent_from", "absent_until", "deputy_id", "id", "is_active", "joined_at", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "time_zone") VALUES (OLD."absent_from", OLD."absent_until", OLD."deputy_id", OLD."id", OLD."is_active", OLD."joined_at", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."time_zone"); RETURN NULL;', hash='3e154a0feacf16ace6cc7675efe2b6a9fc5a6473', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_apitokenevent" ("created_at", "ended_at", "expires_at", "id", "may_write", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created_at", NEW."ended_at", NEW."expires_at", NEW."id", NEW."may_write", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='2c168d4005f6509ac2e2dff128a83988591455a3', operation='INSERT', pgid='pgtrigger_insert_insert_01b7d', table='accounts_apitoken', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."may_write" IS DISTINCT FROM (NEW."may_write") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "accounts_apitokenevent" ("created_at", "ended_at", "expires_at", "id", "may_write", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created_at", NEW."ended_at", NEW."expires_at", NEW."id", NEW."may_write", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='ce5c254017c21ad3742612515eb5badbff691501', operation='UPDATE', pgid='pgtrigger_update_update_df53b', table='accounts_apitoken', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_apitokenevent" ("created_at", "ended_at", "expires_at", "id", "may_write", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."created_at", OLD."ended_at", OLD."expires_at", OLD."id", OLD."may_write", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='561a6885a5e535a1c9984d012e554d804b8db730', operation='DELETE', pgid='pgtrigger_delete_delete_6e065', table='accounts_apitoken', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='apitokenevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc095a3000ebe7169f0e579188212d997c91f15c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6ae5', table='accounts_apitokenevent', when='BEFORE')),
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
            migrations.AddIndex(
                model_name='idempotencykey',
                index=models.Index(fields=['created_at'], name='idempotency_key_by_age'),
            ),
            migrations.AddConstraint(
                model_name='idempotencykey',
                constraint=models.UniqueConstraint(fields=('user', 'key'), name='idempotency_key_once'),
            ),
            migrations.AddIndex(
                model_name='look',
                index=models.Index(fields=['subject', 'subject_id', '-id'], name='look_of_subject'),
            ),
            migrations.AddConstraint(
                model_name='look',
                constraint=models.CheckConstraint(condition=models.Q(('act__in', ['read', 'added', 'changed', 'taken_out', 'erased'])), name='look_act_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='look',
                trigger=pgtrigger.compiler.Trigger(name='look_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4762da4127201c27e066c41d60aff27fb0a992c7', operation='UPDATE OR DELETE', pgid='pgtrigger_look_append_only_3b645', table='accounts_look', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='userevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE')),
            ),
        ]),
    ]
