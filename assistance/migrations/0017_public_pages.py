"""Whether a programme has public pages, and what its lines of work are, for people outside. Generated."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.operations import batched


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0016_search"),
        ("countries", "0005_search"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="pillar",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pillar",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pillar",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="pillar",
            name="summaries",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="pillarevent",
            name="summaries",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="programme",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="Strangers read how help works, published public reports, and requests whose country agreed.",
                verbose_name="has public pages",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="tools",
            field=models.ManyToManyField(
                blank=True,
                related_name="programmes",
                to="assistance.tool",
                verbose_name="tools",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="processes",
            field=models.ManyToManyField(
                blank=True,
                related_name="programmes",
                to="countries.process",
                verbose_name="processes",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="instruments",
            field=models.ManyToManyField(
                blank=True,
                related_name="programmes",
                to="countries.instrument",
                verbose_name="instruments",
            ),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="Strangers read how help works, published public reports, and requests whose country agreed.",
                verbose_name="has public pages",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."summaries", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="19123a4e18d1bcb06644790fd40e5c90d40a7dd9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ecf74",
                    table="assistance_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."summaries", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="3b3477e2730625a0e368a10912bf9bb56658d30d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4af16",
                    table="assistance_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries", "valid_from", "valid_until") VALUES (OLD."code", OLD."id", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."summaries", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                    hash="ca16b20dafc7d214c89c4c4fe7008f2022f9fbe3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_27b8b",
                    table="assistance_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "is_public", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (NEW."code", NEW."currency", NEW."eligible_group_id", NEW."holiday_country", NEW."id", NEW."is_active", NEW."is_public", NEW."names_kept_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."zone"); RETURN NULL;',
                    hash="7b8b974dd28b28da3845a8295723f2d559de5caa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9249f",
                    table="assistance_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "is_public", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (NEW."code", NEW."currency", NEW."eligible_group_id", NEW."holiday_country", NEW."id", NEW."is_active", NEW."is_public", NEW."names_kept_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."zone"); RETURN NULL;',
                    hash="3e3e8907f4f8ead2ad853834c48bbd79e992e458",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e56e7",
                    table="assistance_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "is_public", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (OLD."code", OLD."currency", OLD."eligible_group_id", OLD."holiday_country", OLD."id", OLD."is_active", OLD."is_public", OLD."names_kept_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."zone"); RETURN NULL;',
                    hash="2a66bbb2d00b771fa9f4ec872c6e328c6df54d4f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cc64d",
                    table="assistance_programme",
                    when="AFTER",
                ),
            ),
        ),
    ]

    operations = batched(operations)
