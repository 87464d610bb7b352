"""Reports whose worker went down with them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from queue import Empty
from typing import Any

import pytest
from django.utils import timezone

from reports.reports.models import Report
from reports.reports.planning import expect_reports
from reports.reports.production import (
    GRACE,
    MOST_LOSSES,
    MOST_TRIES,
    claim_report,
    produce_due,
    produce_report,
    record_failure,
)
from reports.tasks import produce_next
from tests.make import People
from tests.reports.producing import schedule

pytestmark = pytest.mark.django_db


def waiting(people: People, titles: list[str]) -> list[Report]:
    """One report due for each title, the first due first."""
    reports = []
    for title in titles:
        planned = schedule(people, title=title, formats=["json"])
        expect_reports()
        reports.append(Report.objects.get(version__schedule=planned))
    now = timezone.now()
    Report.objects.update(cutoff_at=now, due_at=now)
    return reports


def lose(report: Report) -> None:
    """A worker takes the next report and is gone; some time passes."""
    found = claim_report(timezone.now())
    assert found is not None and found[0] == report.pk
    Report.objects.filter(pk=report.pk).update(
        claimed_at=timezone.now() - GRACE - timedelta(seconds=1)
    )


def test_a_lost_worker_costs_a_report_no_try(people: People) -> None:
    (report,) = waiting(people, ["One"])
    lose(report)
    assert produce_due() == 1
    report.refresh_from_db()
    assert (report.state, report.tries, report.losses) == ("produced", 0, 0)


def test_what_was_just_taken_is_left_to_who_took_it(people: People) -> None:
    waiting(people, ["One"])
    first = claim_report(timezone.now())
    assert first is not None
    assert claim_report(timezone.now()) is None
    assert produce_report(*first)


def next_due(queue: Any) -> datetime | None:
    """Takes the one task that waits in the broker: from when on it may run; None for at once."""
    message = queue.get_nowait()
    message.ack()
    with pytest.raises(Empty):
        queue.get_nowait()
    eta = message.headers["eta"]
    return datetime.fromisoformat(eta) if eta else None


def test_what_was_just_taken_is_looked_at_again_once_its_worker_would_be_missed(
    people: People,
) -> None:
    """A broker gives the task of a lost process out again at once: too early to claim its report,
    and nobody else would come before the next tick."""
    waiting(people, ["One", "Two"])
    app = produce_next.app
    with (
        app.connection_for_write() as connection,
        connection.SimpleQueue(app.conf.task_default_queue) as queue,
    ):
        queue.clear()
        assert produce_next()
        assert next_due(queue) is None
        assert claim_report(timezone.now()) is not None
        assert not produce_next()
        again = next_due(queue)
        assert again is not None and GRACE < again - timezone.now() + timedelta(
            seconds=1
        ) < GRACE + timedelta(seconds=3)
        Report.objects.update(claimed_at=timezone.now() - GRACE - timedelta(seconds=1))
        assert produce_next()
        assert next_due(queue) is None
        assert not produce_next()
        with pytest.raises(Empty):
            queue.get_nowait()


def test_what_lost_its_worker_waits_behind_the_others(people: People) -> None:
    lost, other = waiting(people, ["One", "Two"])
    lose(lost)
    lost.refresh_from_db()
    found = claim_report(timezone.now())
    # its first loss is counted when it is taken again
    assert found is not None and found[0] == lost.pk
    Report.objects.filter(pk=lost.pk).update(
        claimed_at=timezone.now() - GRACE - timedelta(seconds=1)
    )
    found = claim_report(timezone.now())
    assert found is not None and found[0] == other.pk


def test_a_report_that_takes_every_worker_with_it_fails_and_says_so(people: People) -> None:
    (report,) = waiting(people, ["One"])
    for _time in range(MOST_LOSSES):
        lose(report)
    assert claim_report(timezone.now()) is None
    report.refresh_from_db()
    assert (report.state, report.tries, report.losses) == ("failed", 1, 0)
    assert "worker was lost" in report.reason and str(MOST_LOSSES) in report.reason
    assert report.next_try_at is not None and report.next_try_at > timezone.now()


def test_after_the_last_try_it_waits_for_a_manager(people: People) -> None:
    (report,) = waiting(people, ["One"])
    Report.objects.update(tries=MOST_TRIES - 1)
    for _time in range(MOST_LOSSES):
        lose(report)
    assert claim_report(timezone.now()) is None
    report.refresh_from_db()
    assert (report.state, report.tries, report.next_try_at) == ("failed", MOST_TRIES, None)
    assert claim_report(timezone.now() + timedelta(days=365)) is None


def test_who_lost_a_claim_says_nothing_of_the_report_any_more(people: People) -> None:
    (report,) = waiting(people, ["One"])
    found = claim_report(timezone.now())
    assert found is not None
    Report.objects.update(claim=uuid.uuid4())
    record_failure(*found, ValueError("late"))
    report.refresh_from_db()
    assert (report.state, report.reason) == ("producing", "")
