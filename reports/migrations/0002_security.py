"""What the country role reads of reports, and the history of a schedule's countries and recipients.

The tables between are Django's own, which no migration knows as models, so that their triggers have
to be set by hand.
"""

from django.db import migrations
from pgtrigger.compiler import Trigger, UpsertTriggerSql

from core.db.policies import COUNTRIES, Policy, policy_operations

THEIRS = (
    "published_at IS NOT NULL AND (audience = 'public'"
    f" OR (audience = 'country' AND country_id = ANY ({COUNTRIES})))"
)
# of which the role sees its own only
OF_THEIRS = "edition_id IN (SELECT id FROM reports_reportedition)"

# table: history, its other column, and the names under which the library looks for the triggers
HISTORIES = {
    "reports_scheduleversion_countries": (
        "reports_countryinscopeevent",
        "country_id",
        {"insert": "cd633", "update": "93fe7", "delete": "43210"},
    ),
    "reports_scheduleversion_recipients": (
        "reports_recipientevent",
        "user_id",
        {"insert": "53147", "update": "8d9f4", "delete": "e7245"},
    ),
}


def trigger(table: str, history: str, column: str, change: str, mark: str) -> Trigger:
    """What writes one kind of change down, after it happened."""
    row = "OLD" if change == "delete" else "NEW"
    columns = '"id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id"'
    values = f"""{row}."id", _pgh_attach_context(), NOW(), '{change}', {row}."id\""""
    sql = UpsertTriggerSql(
        ignore_func_name='"public"._pgtrigger_should_ignore',
        pgid=f"pgtrigger_{change}_{change}_{mark}",
        table=table,
        when="AFTER",
        operation=change.upper(),
        level="ROW",
        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)" if change == "update" else "",
        func=f'INSERT INTO "{history}" ({columns}, "scheduleversion_id", "{column}")'
        f' VALUES ({values}, {row}."scheduleversion_id", {row}."{column}"); RETURN NULL;',
    )
    return Trigger(name=f"{change}_{change}", sql=sql)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("assistance", "0002_security")]

    operations = [
        *policy_operations(
            Policy("reports_reportedition", "SELECT", THEIRS),
            Policy("reports_reportdocument", "SELECT", OF_THEIRS),
        ),
        *(
            migrations.RunSQL(made.install_sql)
            for table, (history, column, marks) in HISTORIES.items()
            for made in (
                trigger(table, history, column, change, mark) for change, mark in marks.items()
            )
        ),
    ]
