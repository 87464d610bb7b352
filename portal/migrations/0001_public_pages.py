"""What strangers read: a role of its own, the views that it reads, and the number that rises when one
of them changes; and what they write. Generated, but for the wall and the policy."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.db.compressed
from core.db.policies import COUNTRIES, Policy
from portal.public.wall import make_public_role, wall_sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistance", "0018_country_publications"),
        ("countries", "0005_search"),
        ("reports", "0007_donor_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CurrentGeneration",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "public_generation",
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicCountry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("iso3", models.CharField(max_length=3)),
                ("tile_column", models.PositiveSmallIntegerField(null=True)),
                ("tile_row", models.PositiveSmallIntegerField(null=True)),
                ("name_en", models.CharField(max_length=120)),
                ("name_fr", models.CharField(max_length=120)),
                ("name_es", models.CharField(max_length=120)),
                ("name_ar", models.CharField(max_length=120)),
                ("name_ru", models.CharField(max_length=120)),
                ("name_zh", models.CharField(max_length=120)),
                ("sort_en", models.BinaryField()),
                ("sort_fr", models.BinaryField()),
                ("sort_es", models.BinaryField()),
                ("sort_ar", models.BinaryField()),
                ("sort_ru", models.BinaryField()),
                ("sort_zh", models.BinaryField()),
                ("has_focal_point", models.BooleanField()),
            ],
            options={
                "db_table": "public_country",
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicCountryPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("institution", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "public_country_page",
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("language", models.CharField(max_length=10)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("html", "Page"),
                            ("pdf", "PDF"),
                            ("docx", "DOCX"),
                            ("xlsx", "XLSX"),
                            ("csv", "CSV"),
                            ("json", "JSON"),
                        ],
                        max_length=6,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", core.db.compressed.CompressedField()),
            ],
            options={
                "db_table": "public_document",
                "ordering": ["language", "format"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("is_whole", models.BooleanField()),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField()),
                ("cutoff_at", models.DateTimeField()),
                ("figures", models.JSONField()),
                (
                    "served",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "eligible",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "db_table": "public_edition",
                "ordering": ["-period_end", "title"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicInstrument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopted")),
                (
                    "opened_on",
                    models.DateField(blank=True, null=True, verbose_name="opened for signature"),
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
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "db_table": "public_instrument",
                "ordering": ["order", "code"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicPillar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("names", models.JSONField(default=dict)),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveSmallIntegerField()),
                ("summaries", models.JSONField()),
            ],
            options={
                "db_table": "public_pillar",
                "ordering": ["order"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicProcess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("names", models.JSONField(default=dict)),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("order", models.PositiveSmallIntegerField(default=100)),
                ("full_names", models.JSONField(default=dict)),
                ("summaries", models.JSONField(default=dict)),
                ("mandate", models.CharField(blank=True, max_length=200, verbose_name="mandate")),
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
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("instrument_code", models.CharField(max_length=20, null=True)),
            ],
            options={
                "db_table": "public_process",
                "ordering": ["order", "code"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicProgramme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("eligible_names", models.JSONField()),
                ("decision_days", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "db_table": "public_programme",
                "ordering": ["title"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicRequest",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField()),
                ("language", models.CharField(max_length=10)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("examined", "being examined"),
                            ("prepared", "being prepared"),
                            ("under_way", "under way"),
                            ("completed", "completed"),
                            ("ended", "ended without support"),
                        ],
                        max_length=10,
                    ),
                ),
                ("need_met", models.CharField(max_length=12)),
            ],
            options={
                "db_table": "public_request",
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
            ],
            options={
                "db_table": "public_session",
                "ordering": ["-starts_on", "-id"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicSessionDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="symbol")),
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
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
            ],
            options={
                "db_table": "public_session_document",
                "ordering": ["-session__starts_on", "kind", "symbol", "id"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicTool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("owner", models.CharField(max_length=200, verbose_name="owner of the tool")),
                ("licence", models.CharField(blank=True, max_length=200, verbose_name="licence")),
                ("note", models.TextField(blank=True, verbose_name="what it is for")),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "db_table": "public_tool",
                "ordering": ["kind", "title"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicToolVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="version")),
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
                "db_table": "public_tool_version",
                "ordering": ["-order", "-id"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicTreatyAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="organisation"),
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
            ],
            options={
                "db_table": "public_treaty_action",
                "ordering": ["date", "id"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("steps", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="PublicSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="public_secret_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=200, verbose_name="sender")),
                ("reply_to", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("text", models.TextField(max_length=3000, verbose_name="message")),
                ("language", models.CharField(max_length=10)),
                ("address_digest", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "not handled yet"),
                            ("forwarded", "forwarded"),
                            ("set_aside", "set aside"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="countries.country",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "message of the public",
                "verbose_name_plural": "messages of the public",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["address_digest", "received_at"], name="public_message_limit"
                    ),
                    models.Index(fields=["programme", "-received_at"], name="public_message_of"),
                ],
            },
        ),
        # a country's people read what was forwarded to them
        migrations.RunSQL(
            Policy(
                "portal_publicmessage",
                "SELECT",
                f"state = 'forwarded' AND country_id = ANY({COUNTRIES})",
            ).sql()
        ),
        migrations.RunPython(make_public_role, migrations.RunPython.noop),
        migrations.RunSQL(wall_sql(), migrations.RunSQL.noop),
    ]
