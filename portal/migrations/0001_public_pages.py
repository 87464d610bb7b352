"""What strangers read: a role of its own, the views that it reads, and the number that rises when one
of them changes; what they write; news. Generated, but for the wall and the policies."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.db.compressed
from core.db.operations import batched
from core.db.policies import COUNTRIES, Policy, policy_operations
from portal.public.wall.role import make_public_role
from portal.public.wall.sql import wall_sql

NAMED = f"country_id = ANY({COUNTRIES})"
# what a country's people reach: what was forwarded to them, news that name them, their agreements
POLICIES = (
    Policy("portal_publicmessage", "SELECT", f"state = 'forwarded' AND {NAMED}"),
    Policy("portal_newsitem_countries", "SELECT", NAMED),
    Policy(
        "portal_newsitem",
        "SELECT",
        "state IN ('in_review', 'published') AND EXISTS (SELECT FROM portal_newsitem_countries c"
        " WHERE c.newsitem_id = portal_newsitem.id)",
    ),
    Policy(
        "portal_newstext", "SELECT", "EXISTS (SELECT FROM portal_newsitem n WHERE n.id = item_id)"
    ),
    # not how the people in it agreed
    Policy(
        "portal_newspicture",
        "SELECT (id, key, item_id, descriptions, taken_by, small, large, width, height)",
        "EXISTS (SELECT FROM portal_newsitem n WHERE n.id = item_id)",
    ),
    Policy("portal_newsagreement", "SELECT, INSERT, DELETE", NAMED),
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("reports", "0007_donor_links"),
        ("assistance", "0018_country_publications"),
        ("countries", "0005_search"),
        ("pghistory", "0007_auto_20250421_0444"),
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
            name="PublicNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("language", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("happened_on", models.DateField()),
                ("published_at", models.DateTimeField()),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "db_table": "public_news",
                "ordering": ["-happened_on", "-published_at"],
                "abstract": False,
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicNewsPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("item_key", models.UUIDField()),
                ("descriptions", models.JSONField()),
                ("taken_by", models.CharField(max_length=200)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("small", models.BinaryField()),
                ("large", models.BinaryField()),
            ],
            options={
                "db_table": "public_news_picture",
                "ordering": ["id"],
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
            name="NewsItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("happened_on", models.DateField(verbose_name="day on which it happened")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("text_mark", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        related_name="news",
                        to="countries.country",
                        verbose_name="countries that it names",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.engagement",
                        verbose_name="engagement",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="assistance.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="countries.processsession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "verbose_name_plural": "news",
                "ordering": ["-happened_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NewsAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_mark", models.CharField(max_length=64)),
                ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="countries.country",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="portal.newsitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement to a text",
                "verbose_name_plural": "agreements to texts",
                "ordering": ["-agreed_at"],
            },
        ),
        migrations.CreateModel(
            name="NewsItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("happened_on", models.DateField(verbose_name="day on which it happened")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("text_mark", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assistance.engagement",
                        verbose_name="engagement",
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
                        to="portal.newsitem",
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
                        verbose_name="programme",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="countries.processsession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NewsPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("descriptions", models.JSONField(default=dict)),
                ("taken_by", models.CharField(max_length=200, verbose_name="taken by")),
                (
                    "agreement",
                    models.TextField(
                        max_length=2000, verbose_name="how everybody who can be recognised agreed"
                    ),
                ),
                ("small", models.BinaryField()),
                ("large", models.BinaryField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="portal.newsitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of a news item",
                "verbose_name_plural": "pictures of news",
                "ordering": ["item", "id"],
            },
        ),
        migrations.CreateModel(
            name="NewsPictureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("descriptions", models.JSONField(default=dict)),
                ("taken_by", models.CharField(max_length=200, verbose_name="taken by")),
                (
                    "agreement",
                    models.TextField(
                        max_length=2000, verbose_name="how everybody who can be recognised agreed"
                    ),
                ),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="portal.newsitem",
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
                        to="portal.newspicture",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NewsSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_on", models.DateField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("address_digest", models.CharField(max_length=64)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assistance.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription to news",
                "verbose_name_plural": "subscriptions to news",
            },
        ),
        migrations.CreateModel(
            name="NewsText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "العربية"),
                            ("zh-hans", "中文"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("ru", "Русский"),
                            ("es", "Español"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="portal.newsitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a news item",
                "verbose_name_plural": "texts of news",
                "ordering": ["item", "id"],
            },
        ),
        migrations.CreateModel(
            name="NewsTextEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "العربية"),
                            ("zh-hans", "中文"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("ru", "Русский"),
                            ("es", "Español"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="portal.newsitem",
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
                        to="portal.newstext",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
            },
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
        migrations.AddConstraint(
            model_name="newsitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="news_published_says_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newsitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newsitemevent" ("author_id", "created_at", "engagement_id", "happened_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "session_id", "state", "text_mark") VALUES (NEW."author_id", NEW."created_at", NEW."engagement_id", NEW."happened_on", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."session_id", NEW."state", NEW."text_mark"); RETURN NULL;',
                    hash="b7f509392ac86e0904d45e0644381896f4443d43",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_622c3",
                    table="portal_newsitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newsitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "portal_newsitemevent" ("author_id", "created_at", "engagement_id", "happened_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "session_id", "state", "text_mark") VALUES (NEW."author_id", NEW."created_at", NEW."engagement_id", NEW."happened_on", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."session_id", NEW."state", NEW."text_mark"); RETURN NULL;',
                    hash="0018ae20e14fd06055cef3aa3b2b4508d7dfdd98",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8b860",
                    table="portal_newsitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newsitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newsitemevent" ("author_id", "created_at", "engagement_id", "happened_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "session_id", "state", "text_mark") VALUES (OLD."author_id", OLD."created_at", OLD."engagement_id", OLD."happened_on", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."published_at", OLD."published_by_id", OLD."session_id", OLD."state", OLD."text_mark"); RETURN NULL;',
                    hash="4fd22acd4432a6f929d658c901d1caa6008a0d54",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5980c",
                    table="portal_newsitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="newsagreement",
            constraint=models.UniqueConstraint(
                fields=("item", "country", "text_mark"), name="news_agreement_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newsitemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="97e7476d7781269025b3efe41be1ddcb762b1e92",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9ef7a",
                    table="portal_newsitemevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newspicture",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newspictureevent" ("added_at", "added_by_id", "agreement", "descriptions", "height", "id", "item_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_by", "width") VALUES (NEW."added_at", NEW."added_by_id", NEW."agreement", NEW."descriptions", NEW."height", NEW."id", NEW."item_id", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."taken_by", NEW."width"); RETURN NULL;',
                    hash="cab0c9fd1b617d01d9f86d57f84efd07517379b1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b94d2",
                    table="portal_newspicture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newspicture",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."agreement" IS DISTINCT FROM (NEW."agreement") OR OLD."descriptions" IS DISTINCT FROM (NEW."descriptions") OR OLD."height" IS DISTINCT FROM (NEW."height") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."taken_by" IS DISTINCT FROM (NEW."taken_by") OR OLD."width" IS DISTINCT FROM (NEW."width"))',
                    func='INSERT INTO "portal_newspictureevent" ("added_at", "added_by_id", "agreement", "descriptions", "height", "id", "item_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_by", "width") VALUES (NEW."added_at", NEW."added_by_id", NEW."agreement", NEW."descriptions", NEW."height", NEW."id", NEW."item_id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."taken_by", NEW."width"); RETURN NULL;',
                    hash="728563d797981f115407c1559af837dc4e2b353c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2115e",
                    table="portal_newspicture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newspicture",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newspictureevent" ("added_at", "added_by_id", "agreement", "descriptions", "height", "id", "item_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_by", "width") VALUES (OLD."added_at", OLD."added_by_id", OLD."agreement", OLD."descriptions", OLD."height", OLD."id", OLD."item_id", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."taken_by", OLD."width"); RETURN NULL;',
                    hash="cafea272eed674a2a99116dad73b689c3e5ecabd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fbc2a",
                    table="portal_newspicture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newspictureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="de7a01e6c2b0e9ca2cbcd735026080b81d269eef",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8162e",
                    table="portal_newspictureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="newssubscription",
            constraint=models.UniqueConstraint(
                models.F("programme"),
                django.db.models.functions.text.Lower("email"),
                name="subscription_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="newstext",
            constraint=models.UniqueConstraint(fields=("item", "language"), name="news_text_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newstext",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newstextevent" ("id", "item_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."id", NEW."item_id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."title"); RETURN NULL;',
                    hash="ed12df1973b93088008a80516e6c8a815ec88c8c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5171e",
                    table="portal_newstext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newstext",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "portal_newstextevent" ("id", "item_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."id", NEW."item_id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."title"); RETURN NULL;',
                    hash="30fc84448f9561f364e9c2b1161c4f6942bab0b5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_96b73",
                    table="portal_newstext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newstext",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "portal_newstextevent" ("id", "item_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (OLD."id", OLD."item_id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."title"); RETURN NULL;',
                    hash="4e305db137ffeb5a257ab1cebd095e795e0897c5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a795f",
                    table="portal_newstext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="newstextevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d76062a5e2e71d7bad75cd182832dd424dce6fc5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d244e",
                    table="portal_newstextevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(
                fields=["address_digest", "received_at"], name="public_message_limit"
            ),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(fields=["programme", "-received_at"], name="public_message_of"),
        ),
        *policy_operations(*POLICIES),
        migrations.RunPython(make_public_role, migrations.RunPython.noop),
        migrations.RunSQL(wall_sql(), migrations.RunSQL.noop),
    ]

    operations = batched(operations)
