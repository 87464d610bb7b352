"""More kinds of report and scopes, corrections, and editions for readers outside the programme, which focal points may read."""

# ruff: noqa: E501

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import reports.schedules.models
from core.db.append_only import install
from core.db.policies import COUNTRIES, Policy
from core.db.policies import operations as policies
from core.db.operations import BatchedOperations

THEIRS = f"published_at IS NOT NULL AND (audience = 'public' OR (audience = 'country' AND country_id = ANY ({COUNTRIES})))"
OF_THEIRS = "edition_id IN (SELECT id FROM reports_reportedition)"  # of which the role sees its own only
REVISIONS_OF_BEFORE = """
UPDATE reports_reportrevision v SET cutoff_at = r.cutoff_at, published_at = r.published_at, published_by_id = r.published_by_id
FROM reports_report r WHERE r.id = v.report_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0004_persons"),
        ("countries", "0002_country_role"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reports", "0003_history_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations([
            migrations.CreateModel(
                name="CountryInScopeEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ReportEdition",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "audience",
                        models.CharField(
                            choices=[("internal", "internal"), ("donor", "for the donor"), ("country", "for the country"), ("public", "public")],
                            max_length=10,
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("progress", "Progress report"),
                                ("country", "Country brief"),
                                ("donor", "Donor report"),
                                ("pillar", "Pillar summary"),
                                ("management", "Management report"),
                                ("mission", "Mission report"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("period_start", models.DateField()),
                    ("period_end", models.DateField()),
                    ("number", models.PositiveSmallIntegerField(default=1)),
                    ("snapshot", models.TextField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("highlights", models.TextField(blank=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("is_current", models.BooleanField(default=False)),
                ],
                options={
                    "verbose_name": "edition",
                    "verbose_name_plural": "editions",
                    "ordering": ["-period_end", "title"],
                },
            ),
            migrations.CreateModel(
                name="ReportEditionEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "audience",
                        models.CharField(
                            choices=[("internal", "internal"), ("donor", "for the donor"), ("country", "for the country"), ("public", "public")],
                            max_length=10,
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("progress", "Progress report"),
                                ("country", "Country brief"),
                                ("donor", "Donor report"),
                                ("pillar", "Pillar summary"),
                                ("management", "Management report"),
                                ("mission", "Mission report"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("period_start", models.DateField()),
                    ("period_end", models.DateField()),
                    ("number", models.PositiveSmallIntegerField(default=1)),
                    ("sha256", models.CharField(max_length=64)),
                    ("highlights", models.TextField(blank=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("is_current", models.BooleanField(default=False)),
                ],
                options={
                    "abstract": False,
                },
            ),
        ]),
        BatchedOperations([
            pgtrigger.migrations.RemoveTrigger(
                model_name="report",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="report",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="report",
                name="delete_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportdocument",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportdocument",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportdocument",
                name="delete_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportrevision",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportrevision",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="reportrevision",
                name="delete_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="scheduleversion",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="scheduleversion",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="scheduleversion",
                name="delete_delete",
            ),
            migrations.AddField(
                model_name="report",
                name="correction_by",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="report",
                name="correction_reason",
                field=models.CharField(blank=True, max_length=500),
            ),
            migrations.AddField(
                model_name="reportevent",
                name="correction_by",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="reportevent",
                name="correction_reason",
                field=models.CharField(blank=True, max_length=500),
            ),
            migrations.AddField(
                model_name="reportrevision",
                name="cutoff_at",
                field=models.DateTimeField(default=django.utils.timezone.now),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name="reportrevision",
                name="made_by",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="reportrevision",
                name="published_at",
                field=models.DateTimeField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name="reportrevision",
                name="published_by",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="reportrevisionevent",
                name="cutoff_at",
                field=models.DateTimeField(default=django.utils.timezone.now),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name="reportrevisionevent",
                name="made_by",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="reportrevisionevent",
                name="published_at",
                field=models.DateTimeField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name="reportrevisionevent",
                name="published_by",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="attach",
                field=models.BooleanField(default=False, verbose_name="attach the PDF to mails"),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="countries",
                field=models.ManyToManyField(blank=True, related_name="+", to="countries.country", verbose_name="countries"),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="dates",
                field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name="dates"),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="donor",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assistance.donor", verbose_name="donor"
                ),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="first_month",
                field=models.PositiveSmallIntegerField(default=1, verbose_name="month in which the year begins"),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="group",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="countries.countrygroup",
                    verbose_name="group of countries",
                ),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="pillar",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assistance.pillar", verbose_name="pillar"
                ),
            ),
            migrations.AddField(
                model_name="scheduleversion",
                name="region",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("Africa", "Africa"),
                        ("Americas", "Americas"),
                        ("Asia", "Asia"),
                        ("Europe", "Europe"),
                        ("Oceania", "Oceania"),
                        ("Antarctica", "Antarctica"),
                    ],
                    max_length=20,
                    verbose_name="region",
                ),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="attach",
                field=models.BooleanField(default=False, verbose_name="attach the PDF to mails"),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="dates",
                field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name="dates"),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="donor",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="assistance.donor",
                    verbose_name="donor",
                ),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="first_month",
                field=models.PositiveSmallIntegerField(default=1, verbose_name="month in which the year begins"),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="group",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="countries.countrygroup",
                    verbose_name="group of countries",
                ),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="pillar",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="assistance.pillar",
                    verbose_name="pillar",
                ),
            ),
            migrations.AddField(
                model_name="scheduleversionevent",
                name="region",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("Africa", "Africa"),
                        ("Americas", "Americas"),
                        ("Asia", "Asia"),
                        ("Europe", "Europe"),
                        ("Oceania", "Oceania"),
                        ("Antarctica", "Antarctica"),
                    ],
                    max_length=20,
                    verbose_name="region",
                ),
            ),
            migrations.AlterField(
                model_name="reportdocument",
                name="audience",
                field=models.CharField(
                    choices=[("internal", "internal"), ("donor", "for the donor"), ("country", "for the country"), ("public", "public")],
                    default="internal",
                    max_length=10,
                ),
            ),
            migrations.AlterField(
                model_name="reportdocument",
                name="format",
                field=models.CharField(
                    choices=[("html", "Page"), ("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")], max_length=6
                ),
            ),
            migrations.AlterField(
                model_name="reportdocumentevent",
                name="audience",
                field=models.CharField(
                    choices=[("internal", "internal"), ("donor", "for the donor"), ("country", "for the country"), ("public", "public")],
                    default="internal",
                    max_length=10,
                ),
            ),
            migrations.AlterField(
                model_name="reportdocumentevent",
                name="format",
                field=models.CharField(
                    choices=[("html", "Page"), ("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")], max_length=6
                ),
            ),
            migrations.AlterField(
                model_name="schedule",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("progress", "Progress report"),
                        ("country", "Country brief"),
                        ("donor", "Donor report"),
                        ("pillar", "Pillar summary"),
                        ("management", "Management report"),
                        ("mission", "Mission report"),
                    ],
                    default="progress",
                    max_length=12,
                    verbose_name="report",
                ),
            ),
            migrations.AlterField(
                model_name="scheduleevent",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("progress", "Progress report"),
                        ("country", "Country brief"),
                        ("donor", "Donor report"),
                        ("pillar", "Pillar summary"),
                        ("management", "Management report"),
                        ("mission", "Mission report"),
                    ],
                    default="progress",
                    max_length=12,
                    verbose_name="report",
                ),
            ),
            migrations.AlterField(
                model_name="scheduleversion",
                name="formats",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[("html", "Page"), ("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")], max_length=6
                    ),
                    default=reports.schedules.models.all_formats,
                    size=None,
                    verbose_name="formats",
                ),
            ),
            migrations.AlterField(
                model_name="scheduleversion",
                name="frequency",
                field=models.CharField(
                    choices=[
                        ("weekly", "weekly"),
                        ("monthly", "monthly"),
                        ("quarterly", "quarterly"),
                        ("half_yearly", "half-yearly"),
                        ("yearly", "yearly"),
                        ("dates", "from date to date, as given"),
                    ],
                    default="quarterly",
                    max_length=12,
                    verbose_name="frequency",
                ),
            ),
            migrations.AlterField(
                model_name="scheduleversionevent",
                name="formats",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[("html", "Page"), ("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")], max_length=6
                    ),
                    default=reports.schedules.models.all_formats,
                    size=None,
                    verbose_name="formats",
                ),
            ),
            migrations.AlterField(
                model_name="scheduleversionevent",
                name="frequency",
                field=models.CharField(
                    choices=[
                        ("weekly", "weekly"),
                        ("monthly", "monthly"),
                        ("quarterly", "quarterly"),
                        ("half_yearly", "half-yearly"),
                        ("yearly", "yearly"),
                        ("dates", "from date to date, as given"),
                    ],
                    default="quarterly",
                    max_length=12,
                    verbose_name="frequency",
                ),
            ),
            migrations.AddConstraint(
                model_name="scheduleversion",
                constraint=models.CheckConstraint(condition=models.Q(("first_month__range", (1, 12))), name="schedule_first_month_of_year"),
            ),
            migrations.AddField(
                model_name="countryinscopeevent",
                name="country",
                field=models.ForeignKey(
                    db_constraint=False,
                    db_tablespace="",
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="countries.country",
                ),
            ),
            migrations.AddField(
                model_name="countryinscopeevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context"
                ),
            ),
            migrations.AddField(
                model_name="countryinscopeevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="history", to="reports.scheduleversion_countries"
                ),
            ),
            migrations.AddField(
                model_name="countryinscopeevent",
                name="scheduleversion",
                field=models.ForeignKey(
                    db_constraint=False,
                    db_tablespace="",
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="reports.scheduleversion",
                ),
            ),
            migrations.AddField(
                model_name="reportedition",
                name="country",
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="countries.country"),
            ),
            migrations.AddField(
                model_name="reportedition",
                name="revision",
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="reports.reportrevision"),
            ),
            migrations.AddField(
                model_name="reportdocument",
                name="edition",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="reports.reportedition"
                ),
            ),
            migrations.AddField(
                model_name="reportdocumentevent",
                name="edition",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="reports.reportedition",
                ),
            ),
            migrations.AddField(
                model_name="reporteditionevent",
                name="country",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="countries.country",
                ),
            ),
            migrations.AddField(
                model_name="reporteditionevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context"
                ),
            ),
            migrations.AddField(
                model_name="reporteditionevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="history", to="reports.reportedition"
                ),
            ),
            migrations.AddField(
                model_name="reporteditionevent",
                name="revision",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="reports.reportrevision",
                ),
            ),
            migrations.AddIndex(
                model_name="reportedition",
                index=models.Index(condition=models.Q(("is_current", True)), fields=["country", "-period_end"], name="edition_of_country"),
            ),
            migrations.AddConstraint(
                model_name="reportedition",
                constraint=models.UniqueConstraint(fields=("revision", "audience"), name="edition_once"),
            ),
            migrations.AddConstraint(
                model_name="reportedition",
                constraint=models.CheckConstraint(condition=models.Q(("audience", "internal"), _negated=True), name="edition_is_for_others"),
            ),
            migrations.AddConstraint(
                model_name="reportedition",
                constraint=models.CheckConstraint(
                    condition=models.Q(models.Q(("audience", "country"), _negated=True), ("country__isnull", False), _connector="OR"),
                    name="edition_says_whose",
                ),
            ),
            migrations.AddConstraint(
                model_name="reportedition",
                constraint=models.CheckConstraint(
                    condition=models.Q(("is_current", False), ("published_at__isnull", False), _connector="OR"), name="edition_current_is_published"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="report",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id"); RETURN NULL;',
                        hash="37572b018900df07e009abf51f3cc7ddcea67a09",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_84ceb",
                        table="reports_report",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="report",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id"); RETURN NULL;',
                        hash="54f2064826e8f17bc3b3e82b3c6e707cddfa7786",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_234a9",
                        table="reports_report",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="report",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportevent" ("claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id") VALUES (OLD."claim", OLD."claimed_at", OLD."correction_by_id", OLD."correction_reason", OLD."created_at", OLD."cutoff_at", OLD."due_at", OLD."id", OLD."next_try_at", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."produced_at", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."skipped_by_id", OLD."state", OLD."subject_id", OLD."subject_type", OLD."tries", OLD."version_id"); RETURN NULL;',
                        hash="75c721a58dea87ee2130b260a8c87a5902fc20ec",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_6acd6",
                        table="reports_report",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportdocument",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (NEW."audience", NEW."edition_id", NEW."format", NEW."id", NEW."key", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."sha256", NEW."size"); RETURN NULL;',
                        hash="f0c99272395ad24e5ed54a42514717be3fae2f89",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_a20a0",
                        table="reports_reportdocument",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportdocument",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."edition_id" IS DISTINCT FROM (NEW."edition_id") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))',
                        func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (NEW."audience", NEW."edition_id", NEW."format", NEW."id", NEW."key", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."sha256", NEW."size"); RETURN NULL;',
                        hash="4567f390646c3458d58eb7f3f3a01194a328cf4a",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c5c64",
                        table="reports_reportdocument",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportdocument",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (OLD."audience", OLD."edition_id", OLD."format", OLD."id", OLD."key", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision_id", OLD."sha256", OLD."size"); RETURN NULL;',
                        hash="76d38a1d1de90fa3932b6d31f51590e255aebfb1",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_e2ee8",
                        table="reports_reportdocument",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportrevision",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."sha256", NEW."template_version"); RETURN NULL;',
                        hash="02020641c670119828374b836dea01329a1c9294",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_81e77",
                        table="reports_reportrevision",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportrevision",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."cutoff_at" IS DISTINCT FROM (NEW."cutoff_at") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."template_version" IS DISTINCT FROM (NEW."template_version"))',
                        func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."sha256", NEW."template_version"); RETURN NULL;',
                        hash="e63168f3220c82bf8cbd109dbd250aae303339f2",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_57ed6",
                        table="reports_reportrevision",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportrevision",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "sha256", "template_version") VALUES (OLD."cutoff_at", OLD."highlights", OLD."id", OLD."is_current", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."report_id", OLD."sha256", OLD."template_version"); RETURN NULL;',
                        hash="f2490c2f4a4f4ecbc37c1a3ffa0d6489026c369a",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_68b4a",
                        table="reports_reportrevision",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="scheduleversion",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (NEW."attach", NEW."cutoff_days", NEW."dates", NEW."donor_id", NEW."first_month", NEW."formats", NEW."frequency", NEW."group_id", NEW."hour", NEW."id", NEW."languages", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."region", NEW."schedule_id", NEW."valid_from", NEW."valid_until", NEW."zone"); RETURN NULL;',
                        hash="edc0bc6a7d5b0847015df77c27558554745be80c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_17714",
                        table="reports_scheduleversion",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="scheduleversion",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (NEW."attach", NEW."cutoff_days", NEW."dates", NEW."donor_id", NEW."first_month", NEW."formats", NEW."frequency", NEW."group_id", NEW."hour", NEW."id", NEW."languages", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."region", NEW."schedule_id", NEW."valid_from", NEW."valid_until", NEW."zone"); RETURN NULL;',
                        hash="bcfcf44cba486e775ddd3638130064e8a2b27e5b",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b3af2",
                        table="reports_scheduleversion",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="scheduleversion",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (OLD."attach", OLD."cutoff_days", OLD."dates", OLD."donor_id", OLD."first_month", OLD."formats", OLD."frequency", OLD."group_id", OLD."hour", OLD."id", OLD."languages", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."region", OLD."schedule_id", OLD."valid_from", OLD."valid_until", OLD."zone"); RETURN NULL;',
                        hash="32690ac8bc9a3590c90600e54390901cb6e6bf48",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_7997c",
                        table="reports_scheduleversion",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="countryinscopeevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="478d1d6c28cbd4803fe676ed24bccfcac0fce119",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_fb2e9",
                        table="reports_countryinscopeevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportedition",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (NEW."audience", NEW."country_id", NEW."highlights", NEW."id", NEW."is_current", NEW."kind", NEW."number", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."revision_id", NEW."sha256", NEW."title"); RETURN NULL;',
                        hash="d0c1d56d4aac1b8700bb6881cb19fc656dd43641",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_bc42b",
                        table="reports_reportedition",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportedition",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."country_id" IS DISTINCT FROM (NEW."country_id") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                        func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (NEW."audience", NEW."country_id", NEW."highlights", NEW."id", NEW."is_current", NEW."kind", NEW."number", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."revision_id", NEW."sha256", NEW."title"); RETURN NULL;',
                        hash="b027c2febb5a8f7a2fbdcaca865fdf062b7fb5ab",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_09680",
                        table="reports_reportedition",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reportedition",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (OLD."audience", OLD."country_id", OLD."highlights", OLD."id", OLD."is_current", OLD."kind", OLD."number", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."revision_id", OLD."sha256", OLD."title"); RETURN NULL;',
                        hash="71d9f3bb0b6073f864442a3a9324a8e715187c14",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_96abd",
                        table="reports_reportedition",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="reporteditionevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="03922989aa4e4536611b900805e93597ac301eb7",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_12a53",
                        table="reports_reporteditionevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]),
        migrations.RunSQL(REVISIONS_OF_BEFORE, migrations.RunSQL.noop),
        *policies(Policy("reports_reportedition", "SELECT", THEIRS), Policy("reports_reportdocument", "SELECT", OF_THEIRS)),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
