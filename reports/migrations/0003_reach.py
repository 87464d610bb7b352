"""A table of which countries were reached, appended to."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0002_security"),
        ("countries", "0002_security"),
        ("reports", "0002_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReachChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("engagement", models.BigIntegerField()),
                ("ends_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("change", models.SmallIntegerField()),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="countries.country",
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.pillar",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of reach",
                "verbose_name_plural": "changes of reach",
                "indexes": [
                    models.Index(
                        fields=["programme", "country", "ends_on"], name="reach_of_country"
                    ),
                    models.Index(fields=["engagement"], name="reach_of_engagement"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reachchange",
            trigger=pgtrigger.compiler.Trigger(
                name="reach_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0b87122c2eda11ad9d9cdc4b740373aafeec4860",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reach_append_only_e0008",
                    table="reports_reachchange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
