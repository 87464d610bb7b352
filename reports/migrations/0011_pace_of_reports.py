"""Word of reports that were made and of those that are published is chosen for apart: who had chosen for both keeps that choice."""

from __future__ import annotations

from django.db import migrations

TAKE_OVER = """
INSERT INTO accounts_notificationpreference (user_id, "group", pace)
SELECT user_id, 'reports_made', pace FROM accounts_notificationpreference WHERE "group" = 'reports'
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0010_pauses_and_comparisons"),
        ("accounts", "0004_preferences"),
    ]

    operations = [migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop)]
