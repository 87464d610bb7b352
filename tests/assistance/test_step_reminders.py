"""Who is to take a next step is reminded: three working days before, on the day, then weekly three
times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.engagements.models import NextStep
from assistance.engagements.step_reminders import (
    is_recalled_on,
    reads_engagement,
    remind_of_steps,
    reminder_days,
)
from assistance.programmes.working_days import WorkingDays
from core.db.country_role import as_country
from notifications.models import Notification
from tests import make
from tests.make import People

CALENDAR = WorkingDays(frozenset({date(2026, 12, 1)}))
THURSDAY = date(2026, 12, 3)


def step(people: People, ahead: int, **values: Any) -> NextStep:
    """A step of the programme's, due in so many days."""
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}))
    about = {"side": "ours", "what": "Call Ms Kalwatu", "owner": "Anna"} | values
    due = make.programme().today() + timedelta(days=ahead)
    return NextStep.objects.create(engagement=engagement, due_on=due, **about)


def test_days_are_three_working_days_before_the_day_and_three_weeks() -> None:
    assert reminder_days(THURSDAY, CALENDAR) == [
        date(2026, 11, 27),  # the Tuesday is a holiday, and there is a weekend
        THURSDAY,
        date(2026, 12, 10),
        date(2026, 12, 17),
        date(2026, 12, 24),
    ]


@pytest.mark.parametrize(
    ("today", "reminded", "goes"),
    [
        (date(2026, 11, 26), None, False),
        (date(2026, 11, 27), None, True),
        (date(2026, 11, 27), date(2026, 11, 27), False),
        (date(2026, 11, 30), None, True),  # added late, or the worker was away
        (THURSDAY, date(2026, 11, 27), True),
        (date(2026, 12, 9), THURSDAY, False),
        (date(2026, 12, 10), THURSDAY, True),
        (date(2026, 12, 24), date(2026, 12, 17), True),
        (date(2026, 12, 31), date(2026, 12, 24), False),
        (date(2027, 6, 1), None, False),  # long forgotten: nobody is woken by an upgrade
    ],
)
def test_a_reminder_goes_on_each_of_these_days_once(
    today: date, reminded: date | None, goes: bool
) -> None:
    assert is_recalled_on(NextStep(due_on=THURSDAY, reminded_on=reminded), today, CALENDAR) is goes


@pytest.mark.django_db
def test_ours_is_recalled_to_the_officer_and_theirs_to_the_country(people: People) -> None:
    step(people, 0)
    step(people, 0, side="theirs", country=make.Country.objects.get(iso3="KEN"))
    step(people, 0, done_on=make.programme().today())
    assert remind_of_steps(make.programme()) == 2
    assert remind_of_steps(make.programme()) == 0
    told = Notification.objects.filter(kind="engagement.step")
    assert {row.user for row in told} == {people.officer, people.kenya}
    for row in told:
        assert "Kalwatu" not in row.subject + row.body and "is due on" in row.subject
        assert reads_engagement(row.user, row.path)
        assert not reads_engagement(people.fiji, row.path)


@pytest.mark.django_db
def test_a_step_that_is_late_says_so(people: People) -> None:
    step(people, -7)
    assert remind_of_steps(make.programme()) == 1
    assert "was due on" in Notification.objects.get(kind="engagement.step").subject


@pytest.mark.django_db
def test_a_focal_point_says_that_a_step_of_their_country_is_done(people: People) -> None:
    kenya = make.Country.objects.get(iso3="KEN")
    theirs, ours = step(people, 3, side="theirs", country=kenya), step(people, 3, country=kenya)

    def done(user: User, which: NextStep) -> int:
        client = Client()
        client.force_login(user)
        address = reverse("engagement_step_done", args=[which.engagement_id, which.pk])
        return client.post(address).status_code

    assert done(people.fiji, theirs) == 404 and done(people.administrator, theirs) == 404
    assert done(people.kenya, ours) == 404
    ours.refresh_from_db()
    assert ours.done_on is None
    assert done(people.kenya, theirs) == 302
    theirs.refresh_from_db()
    assert theirs.done_on == make.programme().today()
    event = theirs.engagement.events.get(action="finish_step")
    assert event.actor == people.kenya
    assert done(people.officer, ours) == 302
    with as_country(people.kenya):
        assert NextStep.objects.filter(country=kenya).update(done_on=None) == 2  # that column alone
        with pytest.raises(ProgrammingError), transaction.atomic():
            NextStep.objects.filter(country=kenya).update(what="Something else")
