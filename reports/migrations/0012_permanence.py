"""What is published never changes, and a report says why its documents could not be made anew."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0011_pace_of_reports'),
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
                name='rewrite_failure',
                field=models.CharField(blank=True, editable=False, max_length=500),
            ),
            migrations.AddField(
                model_name='reportrevisionevent',
                name='rewrite_failure',
                field=models.CharField(blank=True, editable=False, max_length=500),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocument',
                trigger=pgtrigger.compiler.Trigger(name='published_documents_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM reports_reportrevision r WHERE r.id = OLD.revision_id AND r.published_at IS NOT NULL) THEN RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id; END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='755a239ffbdf6207be0949a970c19ce2c8da5cbc', operation='UPDATE OR DELETE', pgid='pgtrigger_published_documents_stay_e47ca', table='reports_reportdocument', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='published_edition_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND ((to_jsonb(OLD) - \'is_current\') IS DISTINCT FROM (to_jsonb(NEW) - \'is_current\')))', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='6df7fab03edd226d50c5aa84b90f1e543b21316d', operation='UPDATE', pgid='pgtrigger_published_edition_unchanged_119d5', table='reports_reportedition', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='published_edition_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='c89c8f4fbedbfe660ba810a01644cfee62e55d59', operation='DELETE', pgid='pgtrigger_published_edition_kept_23881', table='reports_reportedition', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='published_revision_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND ((to_jsonb(OLD) - \'is_current\' - \'told_at\' - \'rewrite_asked_at\' - \'rewrite_failure\') IS DISTINCT FROM (to_jsonb(NEW) - \'is_current\' - \'told_at\' - \'rewrite_asked_at\' - \'rewrite_failure\')))', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='6b0cca8a5be69be37f2fd70df7b59e034757ad6b', operation='UPDATE', pgid='pgtrigger_published_revision_unchanged_02ce1', table='reports_reportrevision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='published_revision_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='406cdd01ada3b1190cee2289cd8ca9b394947660', operation='DELETE', pgid='pgtrigger_published_revision_kept_7c9cc', table='reports_reportrevision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."rewrite_asked_at", NEW."rewrite_failure", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='a53ec20ba9c5cc7a549adc98e451b088f736368c', operation='INSERT', pgid='pgtrigger_insert_insert_81e77', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cutoff_at" IS DISTINCT FROM (NEW."cutoff_at") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."rewrite_asked_at" IS DISTINCT FROM (NEW."rewrite_asked_at") OR OLD."rewrite_failure" IS DISTINCT FROM (NEW."rewrite_failure") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."template_version" IS DISTINCT FROM (NEW."template_version") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))', func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."rewrite_asked_at", NEW."rewrite_failure", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='e6cd979d90080006aa7cccf0297bddc81c5a9101', operation='UPDATE', pgid='pgtrigger_update_update_57ed6', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (OLD."cutoff_at", OLD."highlights", OLD."id", OLD."is_current", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."report_id", OLD."rewrite_asked_at", OLD."rewrite_failure", OLD."sha256", OLD."template_version", OLD."told_at"); RETURN NULL;', hash='ad2110ae4792a0e7591a671748d812bd8873708e', operation='DELETE', pgid='pgtrigger_delete_delete_68b4a', table='reports_reportrevision', when='AFTER')),
            ),
        ]),
    ]
