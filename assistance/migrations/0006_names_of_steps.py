"""Who does a step is left out of history and of the timeline, where a name could not be erased; the step's own row keeps it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from core.db.operations import BatchedOperations

# the timeline refuses every change; its owner lifts that once, for the steps of proposed plans
WITHOUT_NAMES = [
    "ALTER TABLE assistance_caseevent DISABLE TRIGGER USER",
    """UPDATE assistance_caseevent SET data = jsonb_set(data, '{steps}', (
           SELECT jsonb_agg(step - 'who' ORDER BY n) FROM jsonb_array_elements(data->'steps') WITH ORDINALITY AS s(step, n)
       )) WHERE jsonb_path_exists(data, '$.steps[*].who')""",
    "ALTER TABLE assistance_caseevent ENABLE TRIGGER USER",
]


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0005_history_by_time'),
    ]

    operations = [
        BatchedOperations([
            pgtrigger.migrations.RemoveTrigger(
                model_name='nextstep',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='nextstep',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='nextstep',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='plannedstep',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='plannedstep',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='plannedstep',
                name='delete_delete',
            ),
            migrations.RemoveField(
                model_name='nextstepevent',
                name='owner',
            ),
            migrations.RemoveField(
                model_name='plannedstepevent',
                name='who',
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (NEW."country_id", NEW."done_on", NEW."due_on", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."what"); RETURN NULL;', hash='322967b0a01c195d6294a0a0287cb4487c0d8f2c', operation='INSERT', pgid='pgtrigger_insert_insert_eda53', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (NEW."country_id", NEW."done_on", NEW."due_on", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."what"); RETURN NULL;', hash='22e3a1f6fa53e003a53f2b2a29ccc77dc2d3b0d0', operation='UPDATE', pgid='pgtrigger_update_update_c7cfd', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (OLD."country_id", OLD."done_on", OLD."due_on", OLD."engagement_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."side", OLD."what"); RETURN NULL;', hash='94da261cd0e9ddff70e477c22ba3d406f37d1412', operation='DELETE', pgid='pgtrigger_delete_delete_f38e0', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (NEW."cost", NEW."ends_on", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."starts_on", NEW."what"); RETURN NULL;', hash='8aff6d19998ac0ae3b926b9f4f829ccb38c3fc49', operation='INSERT', pgid='pgtrigger_insert_insert_2de07', table='assistance_plannedstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (NEW."cost", NEW."ends_on", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."starts_on", NEW."what"); RETURN NULL;', hash='c98c090783c436644bc426c00f9642df8d51fca7', operation='UPDATE', pgid='pgtrigger_update_update_af9d1', table='assistance_plannedstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (OLD."cost", OLD."ends_on", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."starts_on", OLD."what"); RETURN NULL;', hash='cf433c2172b1dc83347de8ba812a44938719398e', operation='DELETE', pgid='pgtrigger_delete_delete_f75ab', table='assistance_plannedstep', when='AFTER')),
            ),
        ]),
        migrations.RunSQL(WITHOUT_NAMES, migrations.RunSQL.noop),
    ]
