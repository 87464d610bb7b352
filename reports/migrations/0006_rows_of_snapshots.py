"""The rows behind the figures of a snapshot get tables of their own, which the countries' role reads as
far as it reads the edition that they belong to. What is stored already keeps its rows in its text."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.policies import Policy, policy_operations

# of which the role sees its own only
OF_THEIRS = "(revision_id, audience) IN (SELECT revision_id, audience FROM reports_reportedition)"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_compressed_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureRows",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("donor", "for the donor"),
                            ("country", "for the country"),
                            ("public", "public"),
                        ],
                        max_length=10,
                    ),
                ),
                ("figure", models.CharField(max_length=200)),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.reportrevision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnnexRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("donor", "for the donor"),
                            ("country", "for the country"),
                            ("public", "public"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("row_id", models.BigIntegerField()),
                ("content", models.TextField()),
                (
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.reportrevision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "audience", "kind", "row_id"), name="annex_row_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexrow",
            trigger=pgtrigger.compiler.Trigger(
                name="published_annex_rows_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM reports_reportrevision r WHERE r.id = OLD.revision_id AND r.published_at IS NOT NULL) THEN RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id; END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ",
                    hash="86ca3f1ca2031622e404abd7a817bb5b7f1c8702",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_published_annex_rows_stay_e6fbf",
                    table="reports_annexrow",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="figurerows",
            constraint=models.UniqueConstraint(
                fields=("revision", "audience", "figure"), name="figure_rows_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figurerows",
            trigger=pgtrigger.compiler.Trigger(
                name="published_figure_rows_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM reports_reportrevision r WHERE r.id = OLD.revision_id AND r.published_at IS NOT NULL) THEN RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id; END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ",
                    hash="b2c247ae93fe0aeece2e3fcf00e85faef91d6fec",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_published_figure_rows_stay_fb2ab",
                    table="reports_figurerows",
                    when="BEFORE",
                ),
            ),
        ),
        *policy_operations(
            Policy("reports_figurerows", "SELECT", OF_THEIRS),
            Policy("reports_annexrow", "SELECT", OF_THEIRS),
        ),
    ]
