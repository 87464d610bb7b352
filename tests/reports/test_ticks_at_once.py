"""Ticks that run at the same time, each on a connection of its own."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import date

from django.db import connection

from reports.reports.models import Report, ReportRevision
from reports.reports.planning import expect_reports
from reports.reports.production import produce_due
from tests.make import People
from tests.reports.producing import schedule


def test_ticks_at_once_make_each_row_and_each_report_once(committed: None) -> None:
    planned = schedule(People(), frequency="monthly", valid_from=date(2026, 1, 1), formats=["json"])
    Report.objects.all().delete()
    start = threading.Barrier(3)
    made: list[int] = []

    def tick() -> None:
        try:
            start.wait(20)
            expect_reports()
            made.append(produce_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 3
    assert list(Report.objects.filter(state="failed").values_list("period_start", "reason")) == []
    last = time.monotonic() + 60
    while Report.objects.filter(
        state="producing"
    ).exists():  # on a machine so slow that a claim's grace passed: the next tick's
        assert time.monotonic() < last
        made.append(produce_due())
        time.sleep(1)
    rows = Counter(
        Report.objects.filter(version__schedule=planned).values_list(
            "subject_type", "subject_id", "period_start"
        )
    )
    assert len(rows) >= 8 and set(rows.values()) == {1}
    produced = Report.objects.filter(state="produced")
    assert sum(made) == produced.count() == ReportRevision.objects.count() >= 6
