"""Attachments. Generated, but for the batches."""

import django.db.models.deletion
import django.utils.timezone
import files.models
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
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('owner_type', models.CharField(max_length=20)),
                    ('owner_id', models.PositiveBigIntegerField()),
                    ('purpose', models.CharField(blank=True, max_length=30)),
                    ('is_shared', models.BooleanField(default=True, verbose_name='the country may read it')),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('content', models.FileField(upload_to=files.models.random_path)),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'file',
                    'verbose_name_plural': 'files',
                },
            ),
            migrations.CreateModel(
                name='AttachmentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('owner_type', models.CharField(max_length=20)),
                    ('owner_id', models.PositiveBigIntegerField()),
                    ('purpose', models.CharField(blank=True, max_length=30)),
                    ('is_shared', models.BooleanField(default=True, verbose_name='the country may read it')),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('content', models.FileField(upload_to=files.models.random_path)),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='files.attachment')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddIndex(
                model_name='attachment',
                index=models.Index(fields=['owner_type', 'owner_id'], name='attachment_of_owner'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attachment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "files_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "id", "is_shared", "key", "name", "owner_id", "owner_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."content", NEW."content_type", NEW."id", NEW."is_shared", NEW."key", NEW."name", NEW."owner_id", NEW."owner_type", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."sha256", NEW."size"); RETURN NULL;', hash='a291c639a5d1f7408d3e280948019d6f51a959e5', operation='INSERT', pgid='pgtrigger_insert_insert_db742', table='files_attachment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attachment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "files_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "id", "is_shared", "key", "name", "owner_id", "owner_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."content", NEW."content_type", NEW."id", NEW."is_shared", NEW."key", NEW."name", NEW."owner_id", NEW."owner_type", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."sha256", NEW."size"); RETURN NULL;', hash='a485af344fd9c43b5ae4ee9a2e90826cd6a38cd7', operation='UPDATE', pgid='pgtrigger_update_update_3aaf4', table='files_attachment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attachment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "files_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "id", "is_shared", "key", "name", "owner_id", "owner_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."content", OLD."content_type", OLD."id", OLD."is_shared", OLD."key", OLD."name", OLD."owner_id", OLD."owner_type", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."sha256", OLD."size"); RETURN NULL;', hash='866b95c33b834adb50fa2d03b64958f5772898dc', operation='DELETE', pgid='pgtrigger_delete_delete_6082f', table='files_attachment', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='attachmentevent',
                index=models.Index(fields=['owner_type', 'owner_id'], name='attachment_history_of_owner'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attachmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9d4633e11d6b85fa598232c76169776dbcf64b22', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_771c0', table='files_attachmentevent', when='BEFORE')),
            ),
        ]),
    ]
