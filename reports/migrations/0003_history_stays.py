"""Reports that were there before have a beginning of their history, and no table of history can be emptied."""

from typing import Any

from django.db import migrations

from core.db.append_only import begin, install

TABLES = ("report", "reportrevision", "reportdocument")


def begin_all(apps: Any, schema_editor: Any) -> None:
    """The first row of history of every report, revision, document and recipient."""
    for name in TABLES:
        begin(f"reports_{name}", f"reports_{name}event")
    begin("reports_scheduleversion_recipients", "reports_recipientevent")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_history"),
        ("assistance", "0004_persons"),
        ("files", "0003_history_of_owner"),
        ("countries", "0002_country_role"),
        ("accounts", "0003_looks"),
    ]

    operations = [migrations.RunPython(begin_all, migrations.RunPython.noop), migrations.RunPython(install, migrations.RunPython.noop)]
