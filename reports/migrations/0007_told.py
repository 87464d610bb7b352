"""When people heard of a revision, so that many that come together are told of once."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0006_losses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations([
            pgtrigger.migrations.RemoveTrigger(
                model_name='reportrevision',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='reportrevision',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='reportrevision',
                name='delete_delete',
            ),
            migrations.AddField(
                model_name='reportrevision',
                name='told_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='reportrevisionevent',
                name='told_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddIndex(
                model_name='reportrevision',
                index=models.Index(condition=models.Q(('is_current', True), ('told_at__isnull', True)), fields=['report'], name='revision_untold'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='8f0b4aae1a0400438fade1284d004622552d1674', operation='INSERT', pgid='pgtrigger_insert_insert_81e77', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cutoff_at" IS DISTINCT FROM (NEW."cutoff_at") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."template_version" IS DISTINCT FROM (NEW."template_version") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))', func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='ed4d179f403ce0faf97a77013fffd26668d5dd6b', operation='UPDATE', pgid='pgtrigger_update_update_57ed6', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version", "told_at") VALUES (OLD."cutoff_at", OLD."highlights", OLD."id", OLD."is_current", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."report_id", OLD."sha256", OLD."template_version", OLD."told_at"); RETURN NULL;', hash='15660cd8711a9213863bfdbcec526cb92ac6070e', operation='DELETE', pgid='pgtrigger_delete_delete_68b4a', table='reports_reportrevision', when='AFTER')),
            ),
        ]),
    ]
