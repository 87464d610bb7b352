"""Tools, the session that an engagement supports, and what States committed to. Generated, but for the batches."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0013_steps_done_by_countries"),
        ("countries", "0003_instruments_and_processes"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations(
            [
                migrations.CreateModel(
                    name="CommitmentLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "named_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "commitment that is served",
                        "verbose_name_plural": "commitments that are served",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "named_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("repository", "Repository"),
                                    ("guide", "Guide"),
                                    ("toolkit", "Toolkit"),
                                    ("curriculum", "Curriculum"),
                                    ("e-learning", "E-learning course"),
                                    ("model-law", "Model law"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(max_length=200, verbose_name="owner of the tool"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="licence"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="what it is for")),
                    ],
                    options={
                        "verbose_name": "tool",
                        "verbose_name_plural": "tools",
                        "ordering": ["title"],
                    },
                ),
                migrations.CreateModel(
                    name="ToolEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.SlugField(db_index=False, max_length=60, verbose_name="code"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("repository", "Repository"),
                                    ("guide", "Guide"),
                                    ("toolkit", "Toolkit"),
                                    ("curriculum", "Curriculum"),
                                    ("e-learning", "E-learning course"),
                                    ("model-law", "Model law"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(max_length=200, verbose_name="owner of the tool"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="licence"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="what it is for")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ToolVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(blank=True, max_length=60, verbose_name="version"),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.URLValidator(["https"])],
                                verbose_name="web address",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=1)),
                        ("checked_at", models.DateTimeField(editable=False, null=True)),
                        ("broken_since", models.DateTimeField(editable=False, null=True)),
                        ("problem", models.CharField(blank=True, editable=False, max_length=200)),
                    ],
                    options={
                        "verbose_name": "version of a tool",
                        "verbose_name_plural": "versions of tools",
                        "ordering": ["tool", "-order", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ToolVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "label",
                            models.CharField(blank=True, max_length=60, verbose_name="version"),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.URLValidator(["https"])],
                                verbose_name="web address",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        BatchedOperations(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="engagement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="engagement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="engagement",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="engagement",
                    name="session",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="countries.processsession",
                        verbose_name="session whose delegates it supports",
                    ),
                ),
                migrations.AddField(
                    model_name="engagement",
                    name="tool_codes",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tools used",
                    ),
                ),
                migrations.AddField(
                    model_name="engagementhistory",
                    name="session",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.processsession",
                        verbose_name="session whose delegates it supports",
                    ),
                ),
                migrations.AddField(
                    model_name="engagementhistory",
                    name="tool_codes",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tools used",
                    ),
                ),
                migrations.AddIndex(
                    model_name="engagement",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["tool_codes"], name="engagement_tools"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "session_id", "starts_on", "state", "theme_codes", "title", "tool_codes", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."session_id", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."tool_codes", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="21ee074147a3d0b6eed5a40e58737b2bf5f97f12",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fbb4b",
                            table="assistance_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "session_id", "starts_on", "state", "theme_codes", "title", "tool_codes", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."session_id", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."tool_codes", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="117a14ee21cf0aca3c3b0bc4290664117c689e0e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7696b",
                            table="assistance_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "session_id", "starts_on", "state", "theme_codes", "title", "tool_codes", "type", "updated_at", "version") VALUES (OLD."budget", OLD."created_at", OLD."created_by_id", OLD."currency", OLD."did_not_take_place", OLD."ends_on", OLD."expense", OLD."follow_up", OLD."foreign_id", OLD."funding_id", OLD."id", OLD."lead_officer_id", OLD."modality", OLD."objectives", OLD."organisation", OLD."origin", OLD."outcome", OLD."partners", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."place", OLD."programme_id", OLD."reach", OLD."reach_method", OLD."recorded_by_id", OLD."reference", OLD."session_id", OLD."starts_on", OLD."state", OLD."theme_codes", OLD."title", OLD."tool_codes", OLD."type", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="46c598bc79506bb730d17e1259a0a93b9fafbccb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3d94d",
                            table="assistance_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlink",
                    name="engagement",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitment_links",
                        to="assistance.engagement",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlink",
                    name="named_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlink",
                    name="obligation",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitment_links",
                        to="countries.obligation",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlink",
                    name="recommendation",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitment_links",
                        to="countries.sessionrecommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlink",
                    name="request",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitment_links",
                        to="assistance.assistancerequest",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="engagement",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.engagement",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="named_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="obligation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.obligation",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="assistance.commitmentlink",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="recommendation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.sessionrecommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="commitmentlinkevent",
                    name="request",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.assistancerequest",
                    ),
                ),
                migrations.AddField(
                    model_name="tool",
                    name="replaced_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="assistance.tool",
                        verbose_name="replaced by",
                    ),
                ),
                migrations.AddField(
                    model_name="toolevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="toolevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="assistance.tool",
                    ),
                ),
                migrations.AddField(
                    model_name="toolevent",
                    name="replaced_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.tool",
                        verbose_name="replaced by",
                    ),
                ),
                migrations.AddField(
                    model_name="toolversion",
                    name="tool",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="assistance.tool",
                    ),
                ),
                migrations.AddField(
                    model_name="toolversionevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="toolversionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="assistance.toolversion",
                    ),
                ),
                migrations.AddField(
                    model_name="toolversionevent",
                    name="tool",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.tool",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commitmentlink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("engagement__isnull", True), ("request__isnull", False)),
                            models.Q(("engagement__isnull", False), ("request__isnull", True)),
                            _connector="OR",
                        ),
                        name="commitment_of_one_record",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commitmentlink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("obligation__isnull", False), ("recommendation__isnull", True)
                            ),
                            models.Q(
                                ("obligation__isnull", True), ("recommendation__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="commitment_is_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commitmentlink",
                    constraint=models.UniqueConstraint(
                        fields=("request", "engagement", "obligation", "recommendation"),
                        name="commitment_once",
                        nulls_distinct=False,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commitmentlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_commitmentlinkevent" ("engagement_id", "id", "named_at", "named_by_id", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "request_id") VALUES (NEW."engagement_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."obligation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation_id", NEW."request_id"); RETURN NULL;',
                            hash="df782e83e58330a5b87b36ef37236c29764bc562",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_94100",
                            table="assistance_commitmentlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commitmentlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assistance_commitmentlinkevent" ("engagement_id", "id", "named_at", "named_by_id", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "request_id") VALUES (NEW."engagement_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."obligation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recommendation_id", NEW."request_id"); RETURN NULL;',
                            hash="2b87d90c9676a8495571e2763598c64e51266ab3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7d1c0",
                            table="assistance_commitmentlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commitmentlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_commitmentlinkevent" ("engagement_id", "id", "named_at", "named_by_id", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "request_id") VALUES (OLD."engagement_id", OLD."id", OLD."named_at", OLD."named_by_id", OLD."obligation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation_id", OLD."request_id"); RETURN NULL;',
                            hash="f0f1df80916401b4a3b6d3d118610b98338fdc16",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_15ac0",
                            table="assistance_commitmentlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commitmentlinkevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6ef3e7efac621a3e218bedd27bab8a2c167e4a60",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2aee7",
                            table="assistance_commitmentlinkevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tool",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("replaced_by", models.F("id")), _negated=True),
                        name="tool_not_replaced_by_itself",
                        violation_error_message="A tool cannot be replaced by itself.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tool",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_toolevent" ("code", "id", "kind", "licence", "note", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "title") VALUES (NEW."code", NEW."id", NEW."kind", NEW."licence", NEW."note", NEW."owner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_by_id", NEW."title"); RETURN NULL;',
                            hash="4f71f5fbc2e164f18154dfe7c12dc2ca281cf935",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_def8c",
                            table="assistance_tool",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tool",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assistance_toolevent" ("code", "id", "kind", "licence", "note", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "title") VALUES (NEW."code", NEW."id", NEW."kind", NEW."licence", NEW."note", NEW."owner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaced_by_id", NEW."title"); RETURN NULL;',
                            hash="a896089590446d8ba7a40c2f419e5a281aae4a5d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_14856",
                            table="assistance_tool",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tool",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_toolevent" ("code", "id", "kind", "licence", "note", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "title") VALUES (OLD."code", OLD."id", OLD."kind", OLD."licence", OLD."note", OLD."owner", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_by_id", OLD."title"); RETURN NULL;',
                            hash="d2c390db7f2ed043230a9c79fb217b8df2551b36",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2c69e",
                            table="assistance_tool",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toolevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59f24655dbcb98c7dfab58e7be4f3b7170517a35",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_69c43",
                            table="assistance_toolevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="toolversion",
                    constraint=models.UniqueConstraint(
                        fields=("tool", "label"),
                        name="tool_version_once",
                        violation_error_message="The tool has this version already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toolversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_toolversionevent" ("id", "label", "languages", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tool_id", "url") VALUES (NEW."id", NEW."label", NEW."languages", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tool_id", NEW."url"); RETURN NULL;',
                            hash="8084c32ca9d90c0f343558a5d9bae88a39c9a727",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c6e48",
                            table="assistance_toolversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toolversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((to_jsonb(OLD) - 'checked_at' - 'broken_since' - 'problem') IS DISTINCT FROM (to_jsonb(NEW) - 'checked_at' - 'broken_since' - 'problem'))",
                            func='INSERT INTO "assistance_toolversionevent" ("id", "label", "languages", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tool_id", "url") VALUES (NEW."id", NEW."label", NEW."languages", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tool_id", NEW."url"); RETURN NULL;',
                            hash="d6b3f5874c813a8eb878cde4de5dc14602311e6a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3bd0",
                            table="assistance_toolversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toolversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assistance_toolversionevent" ("id", "label", "languages", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tool_id", "url") VALUES (OLD."id", OLD."label", OLD."languages", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tool_id", OLD."url"); RETURN NULL;',
                            hash="f3d97a3e87ac2f878c22b1c5eadfc72a2ab2d4d1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8fa6",
                            table="assistance_toolversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toolversionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6781869c11d2761aa833df464c4f2fd103e56df0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a2b53",
                            table="assistance_toolversionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
