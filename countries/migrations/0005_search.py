"""Search by words: its functions, and the indexes of what is known of countries, processes and
treaties. Generated, but for the functions."""

import django.contrib.postgres.indexes
import django.db.models.fields.json
import django.db.models.functions.text
from django.db import migrations, models

import core.db.search
from core.db.search import search_operations


class Migration(migrations.Migration):
    dependencies = [
        ("countries", "0004_attendance_of_ones_own"),
    ]

    operations = [
        *search_operations(),
        migrations.AddIndex(
            model_name="country",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "iso2",
                        models.Value(" "),
                        "iso3",
                        models.Value(" "),
                        "m49",
                        models.Value(" "),
                        "name_en",
                        models.Value(" "),
                        "name_fr",
                        models.Value(" "),
                        "name_es",
                        models.Value(" "),
                        "name_ar",
                        models.Value(" "),
                        "name_ru",
                        models.Value(" "),
                        "name_zh",
                        models.Value(" "),
                        output_field=models.TextField(),
                    )
                ),
                name="country_words",
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords("name"), name="institution_words"
            ),
        ),
        migrations.AddIndex(
            model_name="instrument",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "code",
                        models.Value(" "),
                        django.db.models.functions.text.Concat(
                            django.db.models.fields.json.KeyTextTransform("en", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("fr", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("es", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ar", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ru", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("zh", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("en", "short_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("fr", "short_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("es", "short_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ar", "short_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ru", "short_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("zh", "short_names"),
                            models.Value(" "),
                            output_field=models.TextField(),
                        ),
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.text.Concat(
                        "reference",
                        models.Value(" "),
                        "depositary",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="instrument_words",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "code",
                        models.Value(" "),
                        django.db.models.functions.text.Concat(
                            django.db.models.fields.json.KeyTextTransform("en", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("fr", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("es", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ar", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ru", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("zh", "names"),
                            models.Value(" "),
                            output_field=models.TextField(),
                        ),
                        models.Value(" "),
                        output_field=models.TextField(),
                    )
                ),
                name="obligation_words",
            ),
        ),
        migrations.AddIndex(
            model_name="process",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "code",
                        models.Value(" "),
                        django.db.models.functions.text.Concat(
                            django.db.models.fields.json.KeyTextTransform("en", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("fr", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("es", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ar", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ru", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("zh", "names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("en", "full_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("fr", "full_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("es", "full_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ar", "full_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("ru", "full_names"),
                            models.Value(" "),
                            django.db.models.fields.json.KeyTextTransform("zh", "full_names"),
                            models.Value(" "),
                            output_field=models.TextField(),
                        ),
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.text.Concat(
                        django.db.models.fields.json.KeyTextTransform("en", "summaries"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("fr", "summaries"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("es", "summaries"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("ar", "summaries"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("ru", "summaries"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("zh", "summaries"),
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="process_words",
            ),
        ),
        migrations.AddIndex(
            model_name="processsession",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        django.db.models.fields.json.KeyTextTransform("en", "names"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("fr", "names"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("es", "names"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("ar", "names"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("ru", "names"),
                        models.Value(" "),
                        django.db.models.fields.json.KeyTextTransform("zh", "names"),
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.text.Concat(
                        "place",
                        models.Value(" "),
                        "agenda",
                        models.Value(" "),
                        "outcome",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                ),
                name="session_words",
            ),
        ),
        migrations.AddIndex(
            model_name="sessiondocument",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(
                    django.db.models.functions.text.Concat(
                        "symbol",
                        models.Value(" "),
                        "title",
                        models.Value(" "),
                        output_field=models.TextField(),
                    )
                ),
                name="session_document_words",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionrecommendation",
            index=django.contrib.postgres.indexes.GinIndex(
                core.db.search.SearchWords(models.Value(""), "text"), name="recommendation_words"
            ),
        ),
    ]
