"""Figures as of an instant find the last version of a row before it at once; steps are looked into as
far as something was recorded of them since."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.db.operations import batched


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0004_concerned_engagements"),
        ("countries", "0002_security"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseclockevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="assistance.caseclock",
            ),
        ),
        migrations.AlterField(
            model_name="engagementhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="assistance.engagement",
            ),
        ),
        migrations.AlterField(
            model_name="engagementpartevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="assistance.engagementpart",
            ),
        ),
        migrations.AlterField(
            model_name="requesthistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="assistance.assistancerequest",
            ),
        ),
        migrations.AddIndex(
            model_name="caseclockevent",
            index=models.Index(
                fields=["pgh_obj", "pgh_created_at", "pgh_id"], name="clock_history_by_row"
            ),
        ),
        migrations.AddIndex(
            model_name="engagementhistory",
            index=models.Index(
                fields=["pgh_obj", "pgh_created_at", "pgh_id"], name="engagement_history_by_row"
            ),
        ),
        migrations.AddIndex(
            model_name="engagementpartevent",
            index=models.Index(
                fields=["pgh_obj", "pgh_created_at", "pgh_id"], name="part_history_by_row"
            ),
        ),
        migrations.AddIndex(
            model_name="nextstepevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["pgh_created_at"], name="step_history_by_time"
            ),
        ),
        migrations.AddIndex(
            model_name="requesthistory",
            index=models.Index(
                fields=["pgh_obj", "pgh_created_at", "pgh_id"], name="request_history_by_row"
            ),
        ),
    ]

    operations = batched(operations)
