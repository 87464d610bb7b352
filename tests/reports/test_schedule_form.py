"""What a manager fills in for a schedule: what cannot be meant is answered at its field, and the
next dates are shown before anything is saved."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.reports.models import Report
from reports.schedules.forms import ScheduleForm
from reports.schedules.models import ScheduleVersion
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def form(people: People, **values: Any) -> ScheduleForm:
    """The form as sent."""
    given = {
        "programme": make.programme().pk,
        "kind": "progress",
        "title": "x",
        "frequency": "quarterly",
        "valid_from": "2026-01-05",
        "cutoff_days": "11",
        "languages": ["en"],
        "formats": ["html"],
    }
    return ScheduleForm(given | values, user=people.manager)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"countries": "KEN, XYZ"}, "countries", "“XYZ” is no country"),
        ({"frequency": "dates", "dates": "2026-01-01"}, "dates", "two dates"),
        (
            {"frequency": "dates", "dates": "2026-01-01, 31.12.2026"},
            "dates",
            "“31.12.2026” is no date",
        ),
        ({"dates": "2026-01-01, 2026-02-01"}, "dates", "Choose that"),
        ({"valid_from": ""}, "valid_from", "first period"),
        ({"kind": "donor", "region": "Africa"}, "donor", "donor report"),
        ({"kind": "mission"}, "kind", "choice"),
    ],
)
def test_what_cannot_be_meant_is_answered_at_its_field(
    people: People, values: dict[str, Any], field: str, said: str
) -> None:
    sent = form(people, **values)
    assert not sent.is_valid() and said in " ".join(str(e) for e in sent.errors[field])


@pytest.mark.parametrize("kind", ["country", "management"])
def test_what_is_about_requests_is_not_narrowed_to_a_donor(people: People, kind: str) -> None:
    donor = make.funding().donor.pk
    sent = form(people, kind=kind, donor=donor)
    assert not sent.is_valid() and "no donor" in " ".join(map(str, sent.errors["donor"]))
    for other in ("progress", "pillar", "donor"):
        assert form(people, kind=other, donor=donor).is_valid()


def test_a_fiscal_year_moves_the_beginning_to_its_own_boundary(people: People) -> None:
    sent = form(people, frequency="yearly", first_month="4", countries="ken fji")
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["valid_from"] == date(2025, 4, 1) and [
        c.iso3 for c in sent.cleaned_data["countries"]
    ] == ["KEN", "FJI"]


def test_the_next_due_dates_can_be_looked_at_before_anything_is_saved(people: People) -> None:
    client = Client()
    client.force_login(people.manager)
    sent = {
        "programme": make.programme().pk,
        "kind": "progress",
        "title": "x",
        "frequency": "monthly",
        "valid_from": "2026-01-05",
        "cutoff_days": "11",
        "languages": ["en"],
        "formats": ["html"],
        "hour": "7",
        "zone": "Africa/Nairobi",
        "preview": "yes",
    }
    answer = client.post(reverse("schedule_new"), sent)
    assert (
        answer.status_code == 200
        and len(answer.context["coming"].dates) == 5
        and not Report.objects.exists()
    )
    assert all(
        n["due"].astimezone(ZoneInfo("Africa/Nairobi")).hour == 7
        for n in answer.context["coming"].dates
    )
    assert (
        "Nothing is saved yet." in answer.content.decode()
        and "periods are over already" in answer.content.decode()
    )
    del sent["preview"]
    assert client.post(reverse("schedule_new"), sent).status_code == 302
    assert (
        answer.context["coming"].past
        == Report.objects.filter(due_at__lte=timezone.now()).count()
        > 0
    )
    version = ScheduleVersion.objects.get()
    assert (version.hour, version.zone) == (7, "Africa/Nairobi")


@pytest.mark.parametrize(
    ("values", "field"), [({"hour": "24"}, "hour"), ({"zone": "Mars/Base"}, "zone")]
)
def test_an_hour_or_a_zone_that_does_not_exist_is_refused(
    people: People, values: dict[str, Any], field: str
) -> None:
    sent = form(people, **values)
    assert not sent.is_valid() and field in sent.errors
