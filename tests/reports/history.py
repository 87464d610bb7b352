"""History of long ago, for tests of what was known when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.db import connection

from reports.summaries.reach import fill_reach

TABLES = (
    "assistance_requesthistory",
    "assistance_engagementhistory",
    "assistance_engagementpartevent",
    "assistance_countryparticipationevent",
    "assistance_caseclockevent",
    "assistance_fundingevent",
    "assistance_holidayevent",
    "assistance_nextstepevent",
    "assistance_engagementrequestevent",
    "countries_treatyactionevent",
    "countries_sessionattendanceevent",
)


@contextmanager
def recorded_at(instant: datetime) -> Iterator[None]:
    """History written in this block bears this time, and the summaries of it."""
    with connection.cursor() as cursor:
        seen = {}
        for name in TABLES:
            cursor.execute(f"SELECT COALESCE(max(pgh_id), 0) FROM {name}")
            seen[name] = cursor.fetchone()[0]
        yield
        for name in TABLES:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            cursor.execute(
                f"UPDATE {name} SET pgh_created_at = %s WHERE pgh_id > %s", [instant, seen[name]]
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE reports_reachchange DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM reports_reachchange")
        fill_reach()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_reachchange ENABLE TRIGGER USER")


@contextmanager
def happening_at(instant: datetime) -> Iterator[None]:
    """What is done in this block is done, and recorded, at this time.

    A draft made in it is to be given `created_at`.
    """
    with mock.patch("django.utils.timezone.now", return_value=instant), recorded_at(instant):
        yield
