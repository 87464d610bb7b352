"""The dashboard of a period that is not over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assistance.requests.models import AssistanceRequest
from reports.schedules.periods import period_before, period_of
from tests import make
from tests.make import People
from tests.reports.history import recorded_at
from tests.reports.test_dashboard import this_year

pytestmark = pytest.mark.django_db


def test_a_running_period_is_said_to_run_and_not_called_a_fall(people: People) -> None:
    """It stands beside as many first days of the period before, as known when they were over."""
    last_year = period_before("yearly", period_of("yearly", make.programme().today()))
    browser = Client()
    browser.force_login(people.manager)
    make.submitted(people.kenya)
    case = make.submitted(people.fiji, "FJI")
    other = make.submitted(people.fiji, "FJI", title="Another")
    AssistanceRequest.objects.filter(pk__in=(case.pk, other.pk)).update(received_on=last_year.start)
    with recorded_at(make.programme().midnight(last_year.start + timedelta(days=20))):
        for iso3 in ("KEN", "FJI"):
            deed = make.engagement(
                people.officer, make.part(last_year.start, 2, **{iso3: {"women": 3, "men": 4}})
            )
            make.engagement_services.perform_action(
                people.officer, deed.pk, "deliver", {"outcome": "Done."}
            )
    page = browser.get(reverse("dashboard"), {"period": this_year()}).content.decode()
    assert re.search(
        r"This period runs until 31 December \d{4}: its figures are of the first \d+ days?, and so"
        r" are those beside them\.",
        page,
    )
    assert "down from" not in page and 'class="small down"' not in page and ">2 before</p>" in page
    assert "Countries served: 0; 2 in the period before." in page
    over = browser.get(
        reverse("dashboard"), {"period": f"yearly.{last_year.start}"}
    ).content.decode()
    assert "This period runs" not in over and "up from 0 in the period before" in over
