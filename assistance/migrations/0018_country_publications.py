"""What a country says of its own public page, and which of it a focal point reaches. Generated, but
for the policies."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.db.country_role import ROLE
from core.db.operations import batched
from core.db.policies import CLEARING, COUNTRIES, Policy, policy_operations

# Who may clear says yes, where there is such a person; narrowing is for everybody. A policy sees the
# new row alone.
WIDENING = f"""
CREATE FUNCTION meridian_publication_widens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{ROLE}' AND NOT NEW.country_id = ANY({CLEARING})
        AND (NEW.has_page AND (TG_OP = 'INSERT' OR NOT OLD.has_page)
            OR NEW.names_institution AND (TG_OP = 'INSERT' OR NOT OLD.names_institution))
        AND EXISTS (SELECT FROM countries_focalpoint f JOIN accounts_user u ON u.id = f.user_id
            WHERE f.country_id = NEW.country_id AND f.may_clear AND u.is_active
                AND f.valid_from <= CURRENT_DATE
                AND (f.valid_until IS NULL OR f.valid_until > CURRENT_DATE))
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'Who may clear must say this.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_widens BEFORE INSERT OR UPDATE ON assistance_countrypublication
    FOR EACH ROW EXECUTE FUNCTION meridian_publication_widens();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0017_public_pages"),
        ("countries", "0005_search"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CountryPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("has_page", models.BooleanField(default=False)),
                ("names_institution", models.BooleanField(default=False)),
                ("decided_on", models.DateField()),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="countries.country",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="assistance.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication of a country",
                "verbose_name_plural": "publications of countries",
            },
        ),
        migrations.CreateModel(
            name="CountryPublicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("has_page", models.BooleanField(default=False)),
                ("names_institution", models.BooleanField(default=False)),
                ("decided_on", models.DateField()),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.country",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="assistance.countrypublication",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="countrypublication",
            constraint=models.UniqueConstraint(
                fields=("country", "programme"), name="publication_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="countrypublication",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_countrypublicationevent" ("country_id", "decided_by_id", "decided_on", "has_page", "id", "names_institution", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."country_id", NEW."decided_by_id", NEW."decided_on", NEW."has_page", NEW."id", NEW."names_institution", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id"); RETURN NULL;',
                    hash="4c7421ce0bd0f3938afbb0d4a5c725aa932bcedb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2e15c",
                    table="assistance_countrypublication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="countrypublication",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "assistance_countrypublicationevent" ("country_id", "decided_by_id", "decided_on", "has_page", "id", "names_institution", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."country_id", NEW."decided_by_id", NEW."decided_on", NEW."has_page", NEW."id", NEW."names_institution", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id"); RETURN NULL;',
                    hash="fcbcada3cedbcb5cfe0bfd31d97436d2b504f508",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_30a71",
                    table="assistance_countrypublication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="countrypublication",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "assistance_countrypublicationevent" ("country_id", "decided_by_id", "decided_on", "has_page", "id", "names_institution", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (OLD."country_id", OLD."decided_by_id", OLD."decided_on", OLD."has_page", OLD."id", OLD."names_institution", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id"); RETURN NULL;',
                    hash="bcbd36ae071b53e98fc213d09b32436d71aab89d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5f20a",
                    table="assistance_countrypublication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="countrypublicationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4fcaf035242c768891d00bf9506beccb10c682cb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ad420",
                    table="assistance_countrypublicationevent",
                    when="BEFORE",
                ),
            ),
        ),
        *policy_operations(
            Policy(
                "assistance_countrypublication",
                "SELECT, INSERT, UPDATE",
                f"country_id = ANY({COUNTRIES})",
            ),
            Policy("assistance_countrypublicationevent", "INSERT", "false", "true"),
        ),
        migrations.RunSQL(WIDENING),
    ]

    operations = batched(operations)
