"""When a pause began, who asked for a report by hand, and the cut-offs of the periods with which a report is compared.

Of schedules that are paused now, the history says since when; the cut-offs are fixed when a report is next produced.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations

SINCE = """
    UPDATE reports_schedule s SET paused_at = COALESCE((
        SELECT min(e.pgh_created_at) FROM reports_scheduleevent e WHERE e.pgh_obj_id = s.id AND e.is_paused AND e.pgh_id > COALESCE((
            SELECT max(before.pgh_id) FROM reports_scheduleevent before WHERE before.pgh_obj_id = s.id AND NOT before.is_paused), 0)), now())
    WHERE s.is_paused;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0009_scope_and_recipients'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            pgtrigger.migrations.RemoveTrigger(
                model_name='schedule',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='schedule',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='schedule',
                name='delete_delete',
            ),
            migrations.AddField(
                model_name='report',
                name='asked_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='report',
                name='previous_cutoff_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='report',
                name='year_before_cutoff_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='reportevent',
                name='asked_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='reportevent',
                name='previous_cutoff_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='reportevent',
                name='year_before_cutoff_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='schedule',
                name='paused_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='scheduleevent',
                name='paused_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (NEW."asked_by_id", NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."previous_cutoff_at", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id", NEW."year_before_cutoff_at"); RETURN NULL;', hash='8a60d052d316d1a8ccdf5a2c9d9b784aa0ab8de3', operation='INSERT', pgid='pgtrigger_insert_insert_84ceb', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (NEW."asked_by_id", NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previous_cutoff_at", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id", NEW."year_before_cutoff_at"); RETURN NULL;', hash='073b6640d6aee907fdd580dfb8974a3a053eef27', operation='UPDATE', pgid='pgtrigger_update_update_234a9', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (OLD."asked_by_id", OLD."claim", OLD."claimed_at", OLD."correction_by_id", OLD."correction_reason", OLD."created_at", OLD."cutoff_at", OLD."due_at", OLD."id", OLD."losses", OLD."next_try_at", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."previous_cutoff_at", OLD."produced_at", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."skipped_by_id", OLD."state", OLD."subject_id", OLD."subject_type", OLD."tries", OLD."version_id", OLD."year_before_cutoff_at"); RETURN NULL;', hash='91e1dd2a4ab67d24ff3bc268c78c0cdf9150b62e', operation='DELETE', pgid='pgtrigger_delete_delete_6acd6', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_paused", NEW."kind", NEW."paused_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='9543c76f79e14c72ee09ba4b8f379ce9ca5281c3', operation='INSERT', pgid='pgtrigger_insert_insert_712d4', table='reports_schedule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_paused", NEW."kind", NEW."paused_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='cc7dd13b26025e95791bd6efde857111d13825e2', operation='UPDATE', pgid='pgtrigger_update_update_ae15d', table='reports_schedule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_paused", OLD."kind", OLD."paused_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."title"); RETURN NULL;', hash='841197b29d4b327da88f1e58cf36c5a886baea2a', operation='DELETE', pgid='pgtrigger_delete_delete_6d104', table='reports_schedule', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
    ]
