"""How many workers a report has lost, so that one which takes them all with it is put off like one that fails."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_webhooks'),
    ]

    operations = [
        BatchedOperations([
            pgtrigger.migrations.RemoveTrigger(
                model_name='report',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='report',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='report',
                name='delete_delete',
            ),
            migrations.AddField(
                model_name='report',
                name='losses',
                field=models.PositiveSmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name='reportevent',
                name='losses',
                field=models.PositiveSmallIntegerField(default=0),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id"); RETURN NULL;', hash='37909f92e0d13980d71b792e1990f2ac9162fa50', operation='INSERT', pgid='pgtrigger_insert_insert_84ceb', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id"); RETURN NULL;', hash='d88c4a07103b62bf5b3a02048d793fd5c96d7613', operation='UPDATE', pgid='pgtrigger_update_update_234a9', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (OLD."claim", OLD."claimed_at", OLD."correction_by_id", OLD."correction_reason", OLD."created_at", OLD."cutoff_at", OLD."due_at", OLD."id", OLD."losses", OLD."next_try_at", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."produced_at", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."skipped_by_id", OLD."state", OLD."subject_id", OLD."subject_type", OLD."tries", OLD."version_id"); RETURN NULL;', hash='9b299b1a0f84a7035f9bc5302bb57ae6d99e107c', operation='DELETE', pgid='pgtrigger_delete_delete_6acd6', table='reports_report', when='AFTER')),
            ),
        ]),
    ]
