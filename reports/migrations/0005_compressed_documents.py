"""Documents that compress are kept compressed; what is there already stays as it is."""

from django.db import migrations

import core.db.compressed


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_reach_kept"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reportdocument",
            name="content",
            field=core.db.compressed.CompressedField(),
        ),
    ]
