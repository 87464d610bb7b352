"""A part is held from the instant at which it was recorded that it took place; its cost is planned or actual.

What was recorded before gets the same marks, in rows and history alike, as if the rule had always stood: reports count what
history says of an instant.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.operations import BatchedOperations

TABLES = (
    "assistance_engagementpart",
    "assistance_engagementpartevent",
    "assistance_countryparticipation",
    "assistance_countryparticipationevent",
)
PART = "engagement_id, id, number, title, starts_on, ends_on, days, hours, actual_cost, held_on, pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id"
ROW = "part_id, country_id, id, women, men, other, unknown, not_yet_known, institutions, is_expected, pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id"
REPORTED = "COALESCE(h.women, h.men, h.other, h.unknown) IS NOT NULL"
HISTORY = f'''
SET CONSTRAINTS ALL IMMEDIATE;
{"".join(f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in TABLES)}

CREATE TEMPORARY TABLE delivered AS
SELECT v.engagement_id, min(v.at) AS at, (min(v.at) AT TIME ZONE p.zone)::date AS day
FROM assistance_engagementevent v JOIN assistance_engagement e ON e.id = v.engagement_id
JOIN assistance_programme p ON p.id = e.programme_id
WHERE v.to_state IN ('delivered', 'verified') GROUP BY v.engagement_id, p.zone;

-- Numbers written on the part's last day or later tell who came; so does everything once the engagement is delivered.
UPDATE assistance_countryparticipationevent h SET is_expected = false
FROM assistance_engagementpart part JOIN assistance_engagement e ON e.id = part.engagement_id
JOIN assistance_programme p ON p.id = e.programme_id LEFT JOIN delivered d ON d.engagement_id = e.id
WHERE part.id = h.part_id AND (h.pgh_created_at >= d.at OR ({REPORTED} AND (h.pgh_created_at AT TIME ZONE p.zone)::date >= (
    SELECT v.ends_on FROM assistance_engagementpartevent v WHERE v.pgh_obj_id = h.part_id
    ORDER BY v.pgh_created_at <= h.pgh_created_at DESC, CASE WHEN v.pgh_created_at <= h.pgh_created_at THEN v.pgh_created_at END DESC, v.pgh_id LIMIT 1)));
INSERT INTO assistance_countryparticipationevent ({ROW})
SELECT {ROW.replace("is_expected, pgh_created_at, pgh_label", "false, latest_at, 'update'")} FROM (
    SELECT DISTINCT ON (h.pgh_obj_id) h.*, d.at AS latest_at FROM assistance_countryparticipationevent h
    JOIN assistance_engagementpart part ON part.id = h.part_id JOIN delivered d ON d.engagement_id = part.engagement_id
    WHERE h.pgh_created_at < d.at ORDER BY h.pgh_obj_id, h.pgh_created_at DESC, h.pgh_id DESC
) latest WHERE is_expected AND pgh_label <> 'delete';

CREATE TEMPORARY TABLE first_held AS
SELECT part.id, found.at, (found.at AT TIME ZONE p.zone)::date AS day
FROM assistance_engagementpart part JOIN assistance_engagement e ON e.id = part.engagement_id
JOIN assistance_programme p ON p.id = e.programme_id LEFT JOIN delivered d ON d.engagement_id = e.id
CROSS JOIN LATERAL (SELECT GREATEST(
    LEAST(d.at,
        CASE WHEN e.type NOT IN ('equipment', 'study', 'legislative_review', 'awareness_campaign') THEN
            (SELECT min(h.pgh_created_at) FROM assistance_countryparticipationevent h WHERE h.part_id = part.id AND NOT h.is_expected AND {REPORTED})
        ELSE (SELECT min(h.pgh_created_at) FROM assistance_engagementpartevent h WHERE h.pgh_obj_id = part.id AND h.actual_cost IS NOT NULL
              AND (h.pgh_created_at AT TIME ZONE p.zone)::date >= h.ends_on) END),
    (SELECT min(h.pgh_created_at) FROM assistance_engagementpartevent h WHERE h.pgh_obj_id = part.id)) AS at) found
WHERE found.at IS NOT NULL AND e.state <> 'recorded' AND COALESCE(d.at, (
    SELECT min(h.pgh_created_at) FROM assistance_countryparticipationevent h WHERE h.part_id = part.id AND NOT h.is_expected), (
    SELECT min(h.pgh_created_at) FROM assistance_engagementpartevent h WHERE h.pgh_obj_id = part.id AND h.actual_cost IS NOT NULL)) IS NOT NULL;

UPDATE assistance_engagementpartevent h SET held_on = f.day FROM first_held f WHERE f.id = h.pgh_obj_id AND h.pgh_created_at >= f.at AND h.pgh_label <> 'delete';
INSERT INTO assistance_engagementpartevent ({PART})
SELECT {PART.replace("held_on, pgh_created_at, pgh_label", "held_day, held_at, 'update'")} FROM (
    SELECT DISTINCT ON (h.pgh_obj_id) h.*, f.day AS held_day, f.at AS held_at FROM assistance_engagementpartevent h
    JOIN first_held f ON f.id = h.pgh_obj_id WHERE h.pgh_created_at <= f.at ORDER BY h.pgh_obj_id, h.pgh_created_at DESC, h.pgh_id DESC
) latest WHERE pgh_created_at < held_at AND pgh_label <> 'delete';
-- The latest row of a history has its highest number too; so what stands now is written down once more where a number came before it.
INSERT INTO assistance_engagementpartevent ({PART})
SELECT {PART.replace("pgh_label", "'update'")} FROM (
    SELECT DISTINCT ON (pgh_obj_id) h.*, max(pgh_id) OVER (PARTITION BY pgh_obj_id) AS highest FROM assistance_engagementpartevent h
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest WHERE pgh_id < highest AND pgh_label <> 'delete';
INSERT INTO assistance_countryparticipationevent ({ROW})
SELECT {ROW.replace("pgh_label", "'update'")} FROM (
    SELECT DISTINCT ON (pgh_obj_id) h.*, max(pgh_id) OVER (PARTITION BY pgh_obj_id) AS highest FROM assistance_countryparticipationevent h
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest WHERE pgh_id < highest AND pgh_label <> 'delete';
-- What a part that was not held yet was to cost is its planned cost.
UPDATE assistance_engagementpartevent SET planned_cost = actual_cost, actual_cost = NULL WHERE held_on IS NULL AND actual_cost IS NOT NULL;

UPDATE assistance_engagementpart part SET held_on = h.held_on, planned_cost = h.planned_cost, actual_cost = h.actual_cost
FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_engagementpartevent ORDER BY pgh_obj_id, pgh_id DESC) h WHERE h.pgh_obj_id = part.id;
UPDATE assistance_countryparticipation r SET is_expected = h.is_expected
FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_countryparticipationevent ORDER BY pgh_obj_id, pgh_id DESC) h WHERE h.pgh_obj_id = r.id;

{"".join(f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in TABLES)}
DROP TABLE delivered, first_held;
'''


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0011_assessment_and_consent'),
    ]

    operations = [
        BatchedOperations([
            pgtrigger.migrations.RemoveTrigger(
                model_name='countryparticipation',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='countryparticipation',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='countryparticipation',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagement',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagement',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagement',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagementpart',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagementpart',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='engagementpart',
                name='delete_delete',
            ),
            migrations.RemoveConstraint(
                model_name='engagementpart',
                name='part_cost_not_negative',
            ),
            migrations.RenameField(
                model_name='engagementpart',
                old_name='cost',
                new_name='actual_cost',
            ),
            migrations.RenameField(
                model_name='engagementpartevent',
                old_name='cost',
                new_name='actual_cost',
            ),
            migrations.AddField(
                model_name='countryparticipation',
                name='is_expected',
                field=models.BooleanField(default=True, editable=False),
            ),
            migrations.AddField(
                model_name='countryparticipationevent',
                name='is_expected',
                field=models.BooleanField(default=True, editable=False),
            ),
            migrations.AddField(
                model_name='engagement',
                name='did_not_take_place',
                field=models.BooleanField(default=False, editable=False),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='did_not_take_place',
                field=models.BooleanField(default=False, editable=False),
            ),
            migrations.AddField(
                model_name='engagementpart',
                name='held_on',
                field=models.DateField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='engagementpart',
                name='planned_cost',
                field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='planned cost'),
            ),
            migrations.AddField(
                model_name='engagementpart',
                name='struck_on',
                field=models.DateField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='held_on',
                field=models.DateField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='planned_cost',
                field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='planned cost'),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='struck_on',
                field=models.DateField(blank=True, editable=False, null=True),
            ),
        ]),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
        BatchedOperations([
            migrations.AlterField(
                model_name='engagementpart',
                name='actual_cost',
                field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='actual cost'),
            ),
            migrations.AlterField(
                model_name='engagementpartevent',
                name='actual_cost',
                field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='actual cost'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."institutions", NEW."is_expected", NEW."men", NEW."not_yet_known", NEW."other", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unknown", NEW."women"); RETURN NULL;', hash='bc557002ca979e51a5c76b9b6d18bfc37562401c', operation='INSERT', pgid='pgtrigger_insert_insert_499a9', table='assistance_countryparticipation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."institutions", NEW."is_expected", NEW."men", NEW."not_yet_known", NEW."other", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unknown", NEW."women"); RETURN NULL;', hash='b8341eb9d80e614daac4ec683cafffe1f34274fc', operation='UPDATE', pgid='pgtrigger_update_update_289ef', table='assistance_countryparticipation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (OLD."country_id", OLD."id", OLD."institutions", OLD."is_expected", OLD."men", OLD."not_yet_known", OLD."other", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unknown", OLD."women"); RETURN NULL;', hash='ac0435d531979ce2026e63fb889ce3b581375cae', operation='DELETE', pgid='pgtrigger_delete_delete_12aa3', table='assistance_countryparticipation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;', hash='8c209af57e6c153cfc3dd34665584ab861ac116d', operation='INSERT', pgid='pgtrigger_insert_insert_fbb4b', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;', hash='762c2f2ada412cd78c845d3dfbe1afde3ed79ee4', operation='UPDATE', pgid='pgtrigger_update_update_7696b', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (OLD."budget", OLD."created_at", OLD."created_by_id", OLD."currency", OLD."did_not_take_place", OLD."ends_on", OLD."expense", OLD."follow_up", OLD."foreign_id", OLD."funding_id", OLD."id", OLD."lead_officer_id", OLD."modality", OLD."objectives", OLD."organisation", OLD."origin", OLD."outcome", OLD."partners", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."place", OLD."programme_id", OLD."reach", OLD."reach_method", OLD."recorded_by_id", OLD."reference", OLD."starts_on", OLD."state", OLD."theme_codes", OLD."title", OLD."type", OLD."updated_at", OLD."version"); RETURN NULL;', hash='fc5d10a37ad1f79d566b89f1570f99e4f1588ebd', operation='DELETE', pgid='pgtrigger_delete_delete_3d94d', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='held_part_stays_held', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.held_on IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.held_on IS NULL) THEN\n        RAISE EXCEPTION 'A part that was held stays held: strike part % out instead', OLD.id;\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='a346bd11f3985d33a6b3dcaca7d21883f3cacc37', operation='UPDATE OR DELETE', pgid='pgtrigger_held_part_stays_held_fbc7a', table='assistance_engagementpart', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (NEW."actual_cost", NEW."days", NEW."ends_on", NEW."engagement_id", NEW."held_on", NEW."hours", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_cost", NEW."starts_on", NEW."struck_on", NEW."title"); RETURN NULL;', hash='7f2aa20de8db67476b247e8605108a40a000295d', operation='INSERT', pgid='pgtrigger_insert_insert_2a6f0', table='assistance_engagementpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (NEW."actual_cost", NEW."days", NEW."ends_on", NEW."engagement_id", NEW."held_on", NEW."hours", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_cost", NEW."starts_on", NEW."struck_on", NEW."title"); RETURN NULL;', hash='ca8ac971c5b2f1ac22749eca19956c5ef7be1505', operation='UPDATE', pgid='pgtrigger_update_update_53914', table='assistance_engagementpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (OLD."actual_cost", OLD."days", OLD."ends_on", OLD."engagement_id", OLD."held_on", OLD."hours", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_cost", OLD."starts_on", OLD."struck_on", OLD."title"); RETURN NULL;', hash='7b4dab4083dba6f319997a131e54fe4f70daf49e', operation='DELETE', pgid='pgtrigger_delete_delete_4e3ec', table='assistance_engagementpart', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('planned_cost__isnull', True), ('planned_cost__gte', 0), _connector='OR'), name='part_planned_cost_not_negative', violation_error_message='Write an amount of zero or above.'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('actual_cost__isnull', True), ('actual_cost__gte', 0), _connector='OR'), name='part_actual_cost_not_negative', violation_error_message='Write an amount of zero or above.'),
            ),
        ]),
    ]
