"""Treaties and intergovernmental processes. Generated, but for the batches."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):
    dependencies = [
        ("countries", "0002_security"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BatchedOperations(
            [
                migrations.CreateModel(
                    name="ProcessSession",
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
                        ("names", models.JSONField(default=dict)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("session", "Session"),
                                    ("consultation", "Intersessional consultation"),
                                ],
                                default="session",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="place"),
                        ),
                        ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                        (
                            "chair",
                            models.CharField(blank=True, max_length=200, verbose_name="chair"),
                        ),
                        ("outcome", models.TextField(blank=True, verbose_name="outcome")),
                        (
                            "attendance_is_whole",
                            models.BooleanField(
                                default=False, verbose_name="every country that attended is entered"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": ["-starts_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
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
                        ("names", models.JSONField(default=dict)),
                        (
                            "code",
                            models.CharField(
                                max_length=20,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9]+(-[A-Z0-9]+)*\\Z",
                                        "Write capital letters and digits, such as UN-CAC.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("short_names", models.JSONField(default=dict)),
                        (
                            "reference",
                            models.CharField(blank=True, max_length=60, verbose_name="reference"),
                        ),
                        (
                            "depositary",
                            models.CharField(blank=True, max_length=120, verbose_name="depositary"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "adopted_on",
                            models.DateField(blank=True, null=True, verbose_name="adopted"),
                        ),
                        (
                            "opened_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="opened for signature"
                            ),
                        ),
                        (
                            "closes_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="open for signature until"
                            ),
                        ),
                        (
                            "deposits_needed",
                            models.PositiveSmallIntegerField(verbose_name="deposits needed"),
                        ),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=3),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("members_needed", models.PositiveSmallIntegerField(default=0)),
                        ("days_after", models.PositiveSmallIntegerField(default=0)),
                        ("later_days", models.PositiveSmallIntegerField(default=0)),
                        ("months_after", models.PositiveSmallIntegerField(default=0)),
                        ("on_first_of_month", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "instrument",
                        "verbose_name_plural": "instruments",
                        "ordering": ["order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("names", models.JSONField(default=dict)),
                        (
                            "code",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9]+(-[A-Z0-9]+)*\\Z",
                                        "Write capital letters and digits, such as UN-CAC.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("short_names", models.JSONField(default=dict)),
                        (
                            "reference",
                            models.CharField(blank=True, max_length=60, verbose_name="reference"),
                        ),
                        (
                            "depositary",
                            models.CharField(blank=True, max_length=120, verbose_name="depositary"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "adopted_on",
                            models.DateField(blank=True, null=True, verbose_name="adopted"),
                        ),
                        (
                            "opened_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="opened for signature"
                            ),
                        ),
                        (
                            "closes_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="open for signature until"
                            ),
                        ),
                        (
                            "deposits_needed",
                            models.PositiveSmallIntegerField(verbose_name="deposits needed"),
                        ),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=3),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("members_needed", models.PositiveSmallIntegerField(default=0)),
                        ("days_after", models.PositiveSmallIntegerField(default=0)),
                        ("later_days", models.PositiveSmallIntegerField(default=0)),
                        ("months_after", models.PositiveSmallIntegerField(default=0)),
                        ("on_first_of_month", models.BooleanField(default=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
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
                        ("names", models.JSONField(default=dict)),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("article", models.CharField(max_length=20, verbose_name="article")),
                        (
                            "pillar",
                            models.SlugField(blank=True, max_length=40, verbose_name="pillar"),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                    ],
                    options={
                        "verbose_name": "obligation",
                        "verbose_name_plural": "obligations",
                        "ordering": ["instrument__order", "order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ObligationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("names", models.JSONField(default=dict)),
                        ("code", models.CharField(max_length=40)),
                        ("article", models.CharField(max_length=20, verbose_name="article")),
                        (
                            "pillar",
                            models.SlugField(
                                blank=True, db_index=False, max_length=40, verbose_name="pillar"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Process",
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
                        ("names", models.JSONField(default=dict)),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("full_names", models.JSONField(default=dict)),
                        ("summaries", models.JSONField(default=dict)),
                        (
                            "mandate",
                            models.CharField(blank=True, max_length=200, verbose_name="mandate"),
                        ),
                        (
                            "mandate_url",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.URLValidator(["https"])],
                                verbose_name="where the mandate is read",
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                    ],
                    options={
                        "verbose_name": "process",
                        "verbose_name_plural": "processes",
                        "ordering": ["order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("names", models.JSONField(default=dict)),
                        (
                            "code",
                            models.SlugField(db_index=False, max_length=40, verbose_name="code"),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("full_names", models.JSONField(default=dict)),
                        ("summaries", models.JSONField(default=dict)),
                        (
                            "mandate",
                            models.CharField(blank=True, max_length=200, verbose_name="mandate"),
                        ),
                        (
                            "mandate_url",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.URLValidator(["https"])],
                                verbose_name="where the mandate is read",
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProcessSessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("names", models.JSONField(default=dict)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("session", "Session"),
                                    ("consultation", "Intersessional consultation"),
                                ],
                                default="session",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="place"),
                        ),
                        ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                        (
                            "chair",
                            models.CharField(blank=True, max_length=200, verbose_name="chair"),
                        ),
                        ("outcome", models.TextField(blank=True, verbose_name="outcome")),
                        (
                            "attendance_is_whole",
                            models.BooleanField(
                                default=False, verbose_name="every country that attended is entered"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SessionAttendance",
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
                            "women",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="women",
                            ),
                        ),
                        (
                            "men",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="men",
                            ),
                        ),
                        (
                            "other",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="other",
                            ),
                        ),
                        (
                            "unknown",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="sex not known",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("minister", "Minister"),
                                    ("ambassador", "Ambassador or permanent representative"),
                                    ("senior", "Senior official"),
                                    ("expert", "Expert"),
                                ],
                                max_length=12,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "is_invented",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="invented"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance at a session",
                        "verbose_name_plural": "attendance at sessions",
                        "ordering": ["session", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SessionAttendanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "women",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="women",
                            ),
                        ),
                        (
                            "men",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="men",
                            ),
                        ),
                        (
                            "other",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="other",
                            ),
                        ),
                        (
                            "unknown",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="sex not known",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("minister", "Minister"),
                                    ("ambassador", "Ambassador or permanent representative"),
                                    ("senior", "Senior official"),
                                    ("expert", "Expert"),
                                ],
                                max_length=12,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "is_invented",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="invented"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SessionDocument",
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
                            "symbol",
                            models.CharField(blank=True, max_length=60, verbose_name="symbol"),
                        ),
                        ("title", models.CharField(max_length=400, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agenda", "Agenda"),
                                    ("background", "Background"),
                                    ("study", "Study"),
                                    ("draft_text", "Draft text"),
                                    ("resolution", "Resolution"),
                                    ("report", "Report"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2),
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
                                verbose_name="where it is read",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a session",
                        "verbose_name_plural": "documents of sessions",
                        "ordering": ["session", "kind", "symbol", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SessionDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "symbol",
                            models.CharField(blank=True, max_length=60, verbose_name="symbol"),
                        ),
                        ("title", models.CharField(max_length=400, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agenda", "Agenda"),
                                    ("background", "Background"),
                                    ("study", "Study"),
                                    ("draft_text", "Draft text"),
                                    ("resolution", "Resolution"),
                                    ("report", "Report"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2),
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
                                verbose_name="where it is read",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SessionRecommendation",
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
                        ("code", models.SlugField(editable=False, max_length=60, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("text", models.TextField(max_length=2000, verbose_name="recommendation")),
                    ],
                    options={
                        "verbose_name": "recommendation of a session",
                        "verbose_name_plural": "recommendations of sessions",
                        "ordering": ["session", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="SessionRecommendationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.SlugField(db_index=False, editable=False, max_length=60)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("text", models.TextField(max_length=2000, verbose_name="recommendation")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TreatyAction",
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
                            "organisation",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="organisation"
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed"),
                                    ("ratified", "Ratified"),
                                    ("acceded", "Acceded"),
                                    ("in_force", "In force"),
                                    ("denounced", "Denounced"),
                                ],
                                max_length=12,
                                verbose_name="action",
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month"),
                                    ("year", "the year"),
                                    ("span", "between two days"),
                                    ("reported", "reported without a date"),
                                ],
                                default="day",
                                max_length=10,
                                verbose_name="how exactly the date is known",
                            ),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "date_until",
                            models.DateField(blank=True, null=True, verbose_name="at the latest"),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "treaty action",
                        "verbose_name_plural": "treaty actions",
                        "ordering": ["instrument", "date", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="TreatyActionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="organisation"
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed"),
                                    ("ratified", "Ratified"),
                                    ("acceded", "Acceded"),
                                    ("in_force", "In force"),
                                    ("denounced", "Denounced"),
                                ],
                                max_length=12,
                                verbose_name="action",
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month"),
                                    ("year", "the year"),
                                    ("span", "between two days"),
                                    ("reported", "reported without a date"),
                                ],
                                default="day",
                                max_length=10,
                                verbose_name="how exactly the date is known",
                            ),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "date_until",
                            models.DateField(blank=True, null=True, verbose_name="at the latest"),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SessionNumbers",
                    fields=[
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="numbers",
                                serialize=False,
                                to="countries.processsession",
                            ),
                        ),
                        ("countries", models.IntegerField()),
                        ("delegates", models.IntegerField()),
                        ("without_delegates", models.IntegerField()),
                    ],
                    options={
                        "db_table": "countries_sessionnumbers",
                        "managed": False,
                    },
                ),
            ]
        ),
        BatchedOperations(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="instrument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_instrumentevent" ("adopted_on", "closes_on", "code", "days_after", "depositary", "deposits_needed", "id", "later_days", "members", "members_needed", "months_after", "names", "on_first_of_month", "opened_on", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_names", "source") VALUES (NEW."adopted_on", NEW."closes_on", NEW."code", NEW."days_after", NEW."depositary", NEW."deposits_needed", NEW."id", NEW."later_days", NEW."members", NEW."members_needed", NEW."months_after", NEW."names", NEW."on_first_of_month", NEW."opened_on", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."short_names", NEW."source"); RETURN NULL;',
                            hash="1b1dc3811bf101719bbdcb070350d0655aa86633",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_64c52",
                            table="countries_instrument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_instrumentevent" ("adopted_on", "closes_on", "code", "days_after", "depositary", "deposits_needed", "id", "later_days", "members", "members_needed", "months_after", "names", "on_first_of_month", "opened_on", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_names", "source") VALUES (NEW."adopted_on", NEW."closes_on", NEW."code", NEW."days_after", NEW."depositary", NEW."deposits_needed", NEW."id", NEW."later_days", NEW."members", NEW."members_needed", NEW."months_after", NEW."names", NEW."on_first_of_month", NEW."opened_on", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."short_names", NEW."source"); RETURN NULL;',
                            hash="935cd466e7cc3405b51175404f4864ae5174b08e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aa22d",
                            table="countries_instrument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_instrumentevent" ("adopted_on", "closes_on", "code", "days_after", "depositary", "deposits_needed", "id", "later_days", "members", "members_needed", "months_after", "names", "on_first_of_month", "opened_on", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_names", "source") VALUES (OLD."adopted_on", OLD."closes_on", OLD."code", OLD."days_after", OLD."depositary", OLD."deposits_needed", OLD."id", OLD."later_days", OLD."members", OLD."members_needed", OLD."months_after", OLD."names", OLD."on_first_of_month", OLD."opened_on", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."short_names", OLD."source"); RETURN NULL;',
                            hash="cf4224ce91e0a8a9fcb492aa92d83a2381a34cc1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_324ac",
                            table="countries_instrument",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="instrumentevent",
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
                    model_name="instrumentevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="obligation",
                    name="instrument",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="countries.instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="obligationevent",
                    name="instrument",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="obligationevent",
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
                    model_name="obligationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.obligation",
                    ),
                ),
                migrations.AddField(
                    model_name="processsession",
                    name="process",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="countries.process",
                        verbose_name="process",
                    ),
                ),
                migrations.AddField(
                    model_name="process",
                    name="came_after",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="countries.process",
                    ),
                ),
                migrations.AddField(
                    model_name="process",
                    name="instrument",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="processes",
                        to="countries.instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="processevent",
                    name="came_after",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.process",
                    ),
                ),
                migrations.AddField(
                    model_name="processevent",
                    name="instrument",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="processevent",
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
                    model_name="processevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.process",
                    ),
                ),
                migrations.AddField(
                    model_name="processsessionevent",
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
                    model_name="processsessionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="processsessionevent",
                    name="process",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.process",
                        verbose_name="process",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionattendance",
                    name="country",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="countries.country",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionattendance",
                    name="session",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionattendanceevent",
                    name="country",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.country",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionattendanceevent",
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
                    model_name="sessionattendanceevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.sessionattendance",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionattendanceevent",
                    name="session",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="sessiondocument",
                    name="session",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="sessiondocumentevent",
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
                    model_name="sessiondocumentevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.sessiondocument",
                    ),
                ),
                migrations.AddField(
                    model_name="sessiondocumentevent",
                    name="session",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionrecommendation",
                    name="session",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionrecommendationevent",
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
                    model_name="sessionrecommendationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.sessionrecommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionrecommendationevent",
                    name="session",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.processsession",
                    ),
                ),
                migrations.AddField(
                    model_name="treatyaction",
                    name="country",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="treaty_actions",
                        to="countries.country",
                        verbose_name="country",
                    ),
                ),
                migrations.AddField(
                    model_name="treatyaction",
                    name="instrument",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="countries.instrument",
                        verbose_name="instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="treatyactionevent",
                    name="country",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.country",
                        verbose_name="country",
                    ),
                ),
                migrations.AddField(
                    model_name="treatyactionevent",
                    name="instrument",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.instrument",
                        verbose_name="instrument",
                    ),
                ),
                migrations.AddField(
                    model_name="treatyactionevent",
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
                    model_name="treatyactionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="countries.treatyaction",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrumentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="45cb2d274dee2fcdab7a4ed6eab5f73504e20533",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8b77b",
                            table="countries_instrumentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_obligationevent" ("article", "code", "id", "instrument_id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar", "source") VALUES (NEW."article", NEW."code", NEW."id", NEW."instrument_id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar", NEW."source"); RETURN NULL;',
                            hash="aae742daea726e9286c13a34e88d2e4980054f59",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a8894",
                            table="countries_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_obligationevent" ("article", "code", "id", "instrument_id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar", "source") VALUES (NEW."article", NEW."code", NEW."id", NEW."instrument_id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar", NEW."source"); RETURN NULL;',
                            hash="642012029d37f9fefe309488f774e13343d2cc9d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a6a3c",
                            table="countries_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_obligationevent" ("article", "code", "id", "instrument_id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar", "source") VALUES (OLD."article", OLD."code", OLD."id", OLD."instrument_id", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar", OLD."source"); RETURN NULL;',
                            hash="7236706b61a9a2e3e86a9780b9e576b7505d6ab0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_527b7",
                            table="countries_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7a25a918184ae4ddb73099ee3ae8f2d9284a5611",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7c872",
                            table="countries_obligationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="processsession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="session_ordered",
                        violation_error_message="The session ends before it begins.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="processsession",
                    constraint=models.UniqueConstraint(
                        fields=("process", "starts_on"),
                        name="session_once",
                        violation_error_message="The process has a session that begins on this day.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_processsessionevent" ("agenda", "attendance_is_whole", "chair", "ends_on", "id", "kind", "names", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "process_id", "starts_on", "version") VALUES (NEW."agenda", NEW."attendance_is_whole", NEW."chair", NEW."ends_on", NEW."id", NEW."kind", NEW."names", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."process_id", NEW."starts_on", NEW."version"); RETURN NULL;',
                            hash="4e85178c10797752c3c2815ba24e681a005e054b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c87b",
                            table="countries_processsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_processsessionevent" ("agenda", "attendance_is_whole", "chair", "ends_on", "id", "kind", "names", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "process_id", "starts_on", "version") VALUES (NEW."agenda", NEW."attendance_is_whole", NEW."chair", NEW."ends_on", NEW."id", NEW."kind", NEW."names", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."process_id", NEW."starts_on", NEW."version"); RETURN NULL;',
                            hash="b51d8b508310d2bed6799aa258e0c11f06565264",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b9e93",
                            table="countries_processsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_processsessionevent" ("agenda", "attendance_is_whole", "chair", "ends_on", "id", "kind", "names", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "process_id", "starts_on", "version") VALUES (OLD."agenda", OLD."attendance_is_whole", OLD."chair", OLD."ends_on", OLD."id", OLD."kind", OLD."names", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."process_id", OLD."starts_on", OLD."version"); RETURN NULL;',
                            hash="6c8f4e33e9ddb9101cd4256799f14f13e0a51f28",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c5d61",
                            table="countries_processsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="process",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_processevent" ("came_after_id", "code", "full_names", "id", "instrument_id", "mandate", "mandate_url", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "summaries") VALUES (NEW."came_after_id", NEW."code", NEW."full_names", NEW."id", NEW."instrument_id", NEW."mandate", NEW."mandate_url", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."summaries"); RETURN NULL;',
                            hash="3e61a331e5694cfa01326cfe3e953095992b2fbc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_815e9",
                            table="countries_process",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="process",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_processevent" ("came_after_id", "code", "full_names", "id", "instrument_id", "mandate", "mandate_url", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "summaries") VALUES (NEW."came_after_id", NEW."code", NEW."full_names", NEW."id", NEW."instrument_id", NEW."mandate", NEW."mandate_url", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."summaries"); RETURN NULL;',
                            hash="ff3dc1dde62f71c90052bf7e920b678acc840cc6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1942",
                            table="countries_process",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="process",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_processevent" ("came_after_id", "code", "full_names", "id", "instrument_id", "mandate", "mandate_url", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "summaries") VALUES (OLD."came_after_id", OLD."code", OLD."full_names", OLD."id", OLD."instrument_id", OLD."mandate", OLD."mandate_url", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."summaries"); RETURN NULL;',
                            hash="bd1a42e0af47462ed66d28c69e3bc5997c3e11d5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e4bcd",
                            table="countries_process",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ade93cb5307450965d3b165ef8675eb79ff4d153",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_813ac",
                            table="countries_processevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processsessionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="08fc00b6bfd0c53b2c3793720ecf361096c184d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2bd8e",
                            table="countries_processsessionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="sessionattendance",
                    index=models.Index(fields=["country", "session"], name="attendance_of_country"),
                ),
                migrations.AddConstraint(
                    model_name="sessionattendance",
                    constraint=models.UniqueConstraint(
                        fields=("session", "country"),
                        name="session_attendance_once",
                        violation_error_message="The country is entered for this session already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionattendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessionattendanceevent" ("country_id", "id", "is_invented", "level", "men", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."is_invented", NEW."level", NEW."men", NEW."other", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."unknown", NEW."women"); RETURN NULL;',
                            hash="0b1fa12b193bb0225c7024c8867e8195359f4bbd",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f02c",
                            table="countries_sessionattendance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionattendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_sessionattendanceevent" ("country_id", "id", "is_invented", "level", "men", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."is_invented", NEW."level", NEW."men", NEW."other", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."unknown", NEW."women"); RETURN NULL;',
                            hash="e01db4fd1b4cde70c27c7febc2a9be88cc4895d2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aff8e",
                            table="countries_sessionattendance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionattendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessionattendanceevent" ("country_id", "id", "is_invented", "level", "men", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "unknown", "women") VALUES (OLD."country_id", OLD."id", OLD."is_invented", OLD."level", OLD."men", OLD."other", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id", OLD."unknown", OLD."women"); RETURN NULL;',
                            hash="eefedb10a7f33909f5bbacba7e3602f4820590d1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c08b5",
                            table="countries_sessionattendance",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="sessionattendanceevent",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["pgh_created_at"],
                        name="attendance_history_by_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionattendanceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b5c6ea003abc464202352ee2b2b6539271284cf1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_65325",
                            table="countries_sessionattendanceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sessiondocument",
                    constraint=models.UniqueConstraint(
                        fields=("session", "symbol", "title"),
                        name="session_document_once",
                        violation_error_message="The session has this document already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessiondocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessiondocumentevent" ("dated_on", "id", "kind", "languages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "source", "symbol", "title", "url") VALUES (NEW."dated_on", NEW."id", NEW."kind", NEW."languages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."source", NEW."symbol", NEW."title", NEW."url"); RETURN NULL;',
                            hash="95b23f8f0966959d1617024a6da6faac92490f32",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d204a",
                            table="countries_sessiondocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessiondocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_sessiondocumentevent" ("dated_on", "id", "kind", "languages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "source", "symbol", "title", "url") VALUES (NEW."dated_on", NEW."id", NEW."kind", NEW."languages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."source", NEW."symbol", NEW."title", NEW."url"); RETURN NULL;',
                            hash="7045096054ecb1eda5e869435ea218138b661390",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0b952",
                            table="countries_sessiondocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessiondocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessiondocumentevent" ("dated_on", "id", "kind", "languages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "source", "symbol", "title", "url") VALUES (OLD."dated_on", OLD."id", OLD."kind", OLD."languages", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id", OLD."source", OLD."symbol", OLD."title", OLD."url"); RETURN NULL;',
                            hash="1f4100f7ac6d0d3f677c56f99866fc1943c26128",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9692f",
                            table="countries_sessiondocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessiondocumentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3e0e56e2400e9cf3eef0642841aaaa1d2ec56804",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a5766",
                            table="countries_sessiondocumentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sessionrecommendation",
                    constraint=models.UniqueConstraint(
                        fields=("session", "number"),
                        name="session_recommendation_once",
                        violation_error_message="The session has a recommendation of this number.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessionrecommendationevent" ("code", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "text") VALUES (NEW."code", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."text"); RETURN NULL;',
                            hash="dbacbd7d8468567ac1f9dc61a393166efc33311b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0878f",
                            table="countries_sessionrecommendation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_sessionrecommendationevent" ("code", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "text") VALUES (NEW."code", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."text"); RETURN NULL;',
                            hash="1ca37d1a1fd8253ff41cc2a813d51beadeac1c18",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e2192",
                            table="countries_sessionrecommendation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_sessionrecommendationevent" ("code", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "text") VALUES (OLD."code", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id", OLD."text"); RETURN NULL;',
                            hash="5babfa9d27dc80e590fc992d2862cd394f24616c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_86253",
                            table="countries_sessionrecommendation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionrecommendationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="df66f153a54467345ab571b89896f4d1aff49fbd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_14b0b",
                            table="countries_sessionrecommendationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="treatyaction",
                    index=models.Index(
                        fields=["country", "instrument"], name="treaty_action_of_country"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="treatyaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("organisation", "")),
                            models.Q(
                                ("country__isnull", True),
                                models.Q(("organisation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="treaty_action_of_one",
                        violation_error_message="Name a country or an organisation, not both.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="treatyaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("date__isnull", True),
                                ("date_until__isnull", True),
                                ("precision", "reported"),
                            ),
                            models.Q(
                                ("date__isnull", False),
                                ("date_until", models.F("date")),
                                ("precision", "day"),
                            ),
                            models.Q(
                                ("date__isnull", False),
                                ("date_until__gt", models.F("date")),
                                ("precision__in", ["month", "year", "span"]),
                            ),
                            _connector="OR",
                        ),
                        name="treaty_action_dated",
                        violation_error_message="The dates do not fit how exactly they are known.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="treatyaction",
                    constraint=models.UniqueConstraint(
                        fields=("instrument", "country", "organisation", "action", "date"),
                        name="treaty_action_once",
                        nulls_distinct=False,
                        violation_error_message="This action is entered already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="treatyaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_treatyactionevent" ("action", "country_id", "date", "date_until", "id", "instrument_id", "note", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "recorded_at", "source") VALUES (NEW."action", NEW."country_id", NEW."date", NEW."date_until", NEW."id", NEW."instrument_id", NEW."note", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."precision", NEW."recorded_at", NEW."source"); RETURN NULL;',
                            hash="6a2ee46c1802c0526a2ec7a3831e5b22eef5f12e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_99e24",
                            table="countries_treatyaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="treatyaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "countries_treatyactionevent" ("action", "country_id", "date", "date_until", "id", "instrument_id", "note", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "recorded_at", "source") VALUES (NEW."action", NEW."country_id", NEW."date", NEW."date_until", NEW."id", NEW."instrument_id", NEW."note", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."precision", NEW."recorded_at", NEW."source"); RETURN NULL;',
                            hash="a95b77cbb0256f51aaa4e245e70453140aa398c7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6395f",
                            table="countries_treatyaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="treatyaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "countries_treatyactionevent" ("action", "country_id", "date", "date_until", "id", "instrument_id", "note", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "recorded_at", "source") VALUES (OLD."action", OLD."country_id", OLD."date", OLD."date_until", OLD."id", OLD."instrument_id", OLD."note", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."precision", OLD."recorded_at", OLD."source"); RETURN NULL;',
                            hash="b56d9acde5796b4a02bb858bf0f2f9d3a6aad134",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fd8ef",
                            table="countries_treatyaction",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="treatyactionevent",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["pgh_created_at"],
                        name="treaty_action_history_by_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="treatyactionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fc7ca6a7030c5437e047ae56f606fc3d69ee14b4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d63f0",
                            table="countries_treatyactionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
