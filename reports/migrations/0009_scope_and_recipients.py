"""Who is put on the list of a schedule's recipients, and which country into its scope, goes into the history, as everything does.

The tables between are Django's own, which no migration knows as models, so that their triggers have to be set by hand.
"""

from django.db import migrations
from pgtrigger.compiler import Trigger, UpsertTriggerSql

OF = {  # table: history, its other column, and the names under which the library looks for the triggers
    "reports_scheduleversion_countries": ("reports_countryinscopeevent", "country_id", {"insert": "cd633", "update": "93fe7", "delete": "43210"}),
    "reports_scheduleversion_recipients": ("reports_recipientevent", "user_id", {"insert": "53147", "update": "8d9f4", "delete": "e7245"}),
}


def trigger(table: str, history: str, column: str, what: str, mark: str) -> Trigger:
    """What writes one kind of change down, after it happened."""
    row, name = "OLD" if what == "delete" else "NEW", f"pgtrigger_{what}_{what}_{mark}"
    columns = '"id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheduleversion_id"'
    values = f"""{row}."id", _pgh_attach_context(), NOW(), '{what}', {row}."id", {row}."scheduleversion_id\""""
    sql = UpsertTriggerSql(
        ignore_func_name='"public"._pgtrigger_should_ignore', pgid=name, table=table, when="AFTER", operation=what.upper(), level="ROW",
        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)" if what == "update" else "",
        func=f'INSERT INTO "{history}" ({columns}, "{column}") VALUES ({values}, {row}."{column}"); RETURN NULL;',
    )  # fmt: skip
    return Trigger(name=f"{what}_{what}", sql=sql)


def catch_up(table: str, history: str, column: str) -> str:
    """SQL for what happened unwritten: rows without a history get its first row, histories without a row their last."""
    columns = f'id, scheduleversion_id, "{column}", pgh_created_at, pgh_label, pgh_obj_id'
    return f"""
        INSERT INTO "{history}" ({columns}) SELECT id, scheduleversion_id, "{column}", now(), 'insert', id FROM "{table}" t
            WHERE NOT EXISTS (SELECT FROM "{history}" WHERE pgh_obj_id = t.id);
        INSERT INTO "{history}" ({columns}) SELECT DISTINCT id, scheduleversion_id, "{column}", now(), 'delete', id FROM "{history}" h
            WHERE NOT EXISTS (SELECT FROM "{table}" WHERE id = h.pgh_obj_id);
    """  # noqa: S608 names of tables are ours


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_rewrite")]

    operations = [
        *[
            migrations.RunSQL(made.install_sql, made.uninstall_sql)
            for table, (history, column, marks) in OF.items()
            for made in [trigger(table, history, column, what, mark) for what, mark in marks.items()]
        ],
        *[migrations.RunSQL(catch_up(table, history, column), migrations.RunSQL.noop) for table, (history, column, _marks) in OF.items()],
    ]
