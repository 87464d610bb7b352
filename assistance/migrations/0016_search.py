"""Indexes by words of requests, engagements and what was said. Generated, but that the old column of
requests goes first: the expression of a generated one cannot be changed."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import core.db.search
from core.db.operations import batched


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0015_tools_read_by_countries"),
        ("countries", "0005_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="engagement",
            name="search",
            field=core.db.search.WordsField(
                db_persist=True,
                expression=core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "reference",
                        models.Value(" "),
                        "title",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    "place",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="search_internal",
            field=core.db.search.WordsField(
                db_persist=True,
                expression=core.db.search.SearchWords(
                    models.Value(""),
                    django.db.models.functions.text.Concat(
                        "objectives",
                        models.Value(" "),
                        "outcome",
                        models.Value(" "),
                        "follow_up",
                        models.Value(" "),
                        "partners",
                        models.Value(" "),
                        "organisation",
                        models.Value(" "),
                        "foreign_id",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.RemoveIndex(model_name="assistancerequest", name="request_search"),
        migrations.RemoveField(model_name="assistancerequest", name="search"),
        migrations.AddField(
            model_name="assistancerequest",
            name="search",
            field=core.db.search.WordsField(
                db_persist=True,
                expression=core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "reference",
                        models.Value(" "),
                        "title",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.text.Concat(
                        "problem",
                        models.Value(" "),
                        "assistance_asked",
                        models.Value(" "),
                        "tried_before",
                        models.Value(" "),
                        "expected_results",
                        models.Value(" "),
                        "beneficiaries",
                        models.Value(" "),
                        "other_institutions",
                        models.Value(" "),
                        "other_support",
                        models.Value(" "),
                        "national_contribution",
                        models.Value(" "),
                        "urgency_reason",
                        models.Value(" "),
                        "signatory_name",
                        models.Value(" "),
                        "signatory_title",
                        models.Value(" "),
                        "letter_reference",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    "language",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="assistancerequest",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="request_search"
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    models.Value(""),
                    django.db.models.functions.text.Concat(
                        "relevance",
                        models.Value(" "),
                        "done_before",
                        models.Value(" "),
                        "overlap",
                        models.Value(" "),
                        "capacity",
                        models.Value(" "),
                        "cost",
                        models.Value(" "),
                        "risk",
                        models.Value(" "),
                        "reasons",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="assessment_words",
            ),
        ),
        migrations.AddIndex(
            model_name="countrynote",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    models.Value(""),
                    django.db.models.functions.text.Concat(
                        "whom",
                        models.Value(" "),
                        "said",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="note_words",
            ),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="engagement_search"
            ),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_internal"], name="engagement_search_internal"
            ),
        ),
        migrations.AddIndex(
            model_name="eventtext",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(models.Value(""), "text"), name="event_text_words"
            ),
        ),
        migrations.AddIndex(
            model_name="tool",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "title",
                        models.Value(" "),
                        "code",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.text.Concat(
                        "owner",
                        models.Value(" "),
                        "note",
                        models.Value(" "),
                        "licence",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="tool_words",
            ),
        ),
    ]

    operations = batched(operations)
