"""When new highlights made the documents of a revision outdated, so that a worker makes them anew."""

from django.conf import settings
from django.db import migrations, models
import pgtrigger.compiler
import pgtrigger.migrations

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_told'),
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
                name='rewrite_asked_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='reportrevisionevent',
                name='rewrite_asked_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddIndex(
                model_name='reportrevision',
                index=models.Index(condition=models.Q(('rewrite_asked_at__isnull', False)), fields=['rewrite_asked_at'], name='revision_to_rewrite'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."rewrite_asked_at", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='1614b64912e237b47caf62e0bb57809de83a9753', operation='INSERT', pgid='pgtrigger_insert_insert_81e77', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cutoff_at" IS DISTINCT FROM (NEW."cutoff_at") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."rewrite_asked_at" IS DISTINCT FROM (NEW."rewrite_asked_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."template_version" IS DISTINCT FROM (NEW."template_version") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))', func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."rewrite_asked_at", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='11d4126e15292673c0af7e9f1d30749f5c94900b', operation='UPDATE', pgid='pgtrigger_update_update_57ed6', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "sha256", "template_version", "told_at") VALUES (OLD."cutoff_at", OLD."highlights", OLD."id", OLD."is_current", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."report_id", OLD."rewrite_asked_at", OLD."sha256", OLD."template_version", OLD."told_at"); RETURN NULL;', hash='c517c47ad399d5fecafbdba84577d66387757a29', operation='DELETE', pgid='pgtrigger_delete_delete_68b4a', table='reports_reportrevision', when='AFTER')),
            ),
        ]),
    ]
