"""Pausing, resuming and asking by hand: what is skipped, what is not, and how it comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.registry import histories
from reports.reports import services as report_services
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.schedules import on_demand, services
from reports.schedules.models import Schedule
from reports.schedules.periods import period_of
from tests import make
from tests.make import People
from tests.reports.producing import produced, publish, schedule

pytestmark = pytest.mark.django_db
LONG_OVER = date(2025, 5, 20)


def comes_due(planned: Schedule) -> Report:
    """The running quarter's report, with cut-off and due date brought forward to now."""
    now = timezone.now()
    reports = Report.objects.filter(
        version__schedule=planned, period_end__gt=make.programme().today()
    )
    reports.update(cutoff_at=now, due_at=now)
    return reports.get()


def pause(people: People, planned: Schedule) -> None:
    """By the manager."""
    services.pause_schedule(people.manager, planned.pk, paused=True)


def resume(people: People, planned: Schedule) -> None:
    """By the manager."""
    services.pause_schedule(people.manager, planned.pk, paused=False)


def state_of(report: Report) -> str:
    """As it stands in the database."""
    report.refresh_from_db()
    return report.state


def test_what_was_due_before_a_pause_is_made_after_it_and_only_what_came_due_in_it_is_skipped(
    people: People,
) -> None:
    planned = schedule(
        people,
        valid_from=period_of("quarterly", make.programme().today() - timedelta(days=400)).start,
    )
    waiting = Report.objects.filter(due_at__lte=timezone.now()).count()
    assert waiting > 1
    pause(people, planned)
    running = comes_due(planned)
    assert produce_due() == 0
    pause(people, planned)  # pressed twice: the pause began with the first
    resume(people, planned)
    assert state_of(running) == "skipped" and running.skipped_by == people.manager
    assert Report.objects.filter(state="skipped").count() == 1
    assert produce_due() == waiting


def test_a_second_pause_skips_nothing_that_waits_since_between_the_two(people: People) -> None:
    planned = schedule(people)
    pause(people, planned)
    resume(people, planned)
    running = comes_due(planned)
    pause(people, planned)
    resume(people, planned)
    assert state_of(running) == "expected" and produce_due() == 1


def test_what_is_asked_for_by_hand_is_made_during_a_pause(people: People) -> None:
    planned = schedule(people)
    pause(people, planned)
    (report,) = on_demand.run_now(people.manager, planned.pk, LONG_OVER)
    assert report.asked_by == people.manager
    assert produce_due() == 1 and state_of(report) == "produced" and report.asked_by is None
    resume(people, planned)
    assert state_of(report) == "produced"


def test_what_was_asked_for_by_hand_is_not_skipped_where_no_worker_came_before_the_end_of_the_pause(
    people: People,
) -> None:
    planned = schedule(people)
    pause(people, planned)
    (report,) = on_demand.run_now(people.manager, planned.pk, LONG_OVER)
    resume(people, planned)
    assert state_of(report) == "expected" and produce_due() == 1


def test_a_failed_report_is_tried_again_by_hand_during_a_pause(people: People) -> None:
    planned = schedule(people)
    report = comes_due(planned)
    Report.objects.filter(pk=report.pk).update(state="failed", tries=6)
    pause(people, planned)
    report_services.perform_action(people.manager, report.pk, "retry")
    assert produce_due() == 1 and state_of(report) == "produced"


def test_a_period_that_was_skipped_by_hand_is_produced_where_somebody_asks_and_the_history_says_who_did_what(
    people: People,
) -> None:
    planned = schedule(people)
    (report,) = on_demand.run_now(people.manager, planned.pk, LONG_OVER)
    report_services.perform_action(
        people.manager, report.pk, "skip", reason="Programme not yet begun"
    )
    assert produce_due() == 0
    client = Client()
    client.force_login(people.manager)
    page = client.post(
        reverse("schedule_run", args=[planned.pk]), {"day": str(LONG_OVER)}, follow=True
    ).content.decode()
    assert "Being produced" in page and "Programme not yet begun" not in page
    assert state_of(report) == "expected" and report.skipped_by is None
    history = histories()[Report].objects.filter(pgh_obj_id=report.pk).order_by("pgh_id")
    assert list(history.values_list("state", "reason", "skipped_by", "asked_by"))[-2:] == [
        ("skipped", "Programme not yet begun", people.manager.pk, None),
        ("expected", "", None, people.manager.pk),
    ]
    assert produce_due() == 1 and state_of(report) == "produced"


def test_a_period_that_a_pause_skipped_is_produced_where_somebody_asks(people: People) -> None:
    planned = schedule(people)
    pause(people, planned)
    running = comes_due(planned)
    resume(people, planned)
    assert state_of(running) == "skipped"
    Report.objects.filter(pk=running.pk).update(cutoff_at=timezone.now() - timedelta(hours=1))
    assert on_demand.run_now(people.manager, planned.pk, running.period_start) == [running]
    assert produce_due() == 1 and state_of(running) == "produced"


def test_a_correction_that_no_worker_took_before_the_end_of_a_pause_is_still_made(
    people: People,
) -> None:
    report = produced(people)
    planned = report.version.schedule
    publish(people, report)
    pause(people, planned)
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now())
    report_services.perform_action(
        people.manager, report.pk, "correct", reason="Fifty women were left out."
    )
    resume(people, planned)
    assert state_of(report) == "expected" and produce_due() == 1
    assert report.current is not None and report.current.number == 2


@pytest.mark.parametrize("stored", ["", "Paused when it was due."])
def test_pages_say_why_a_pause_skipped_a_report_and_none_of_it_is_stored_in_english(
    people: People, stored: str
) -> None:
    planned = schedule(people)
    pause(people, planned)
    running = comes_due(planned)
    resume(people, planned)
    assert state_of(running) == "skipped" and running.reason == ""
    Report.objects.filter(pk=running.pk).update(reason=stored)
    client = Client()
    client.force_login(people.officer)
    for page in (reverse("reports"), running.get_absolute_url()):
        assert "Paused when it was due." in client.get(page).content.decode()


def test_where_nothing_is_to_be_reported_on_asking_says_so(people: People) -> None:
    planned = schedule(people, kind="donor", title="Donors")
    client = Client()
    client.force_login(people.manager)
    answer = client.post(reverse("schedule_run", args=[planned.pk]), {"day": str(LONG_OVER)})
    assert answer.status_code == 422 and "no country, donor or pillar" in answer.content.decode()
