"""What came of a plan: recorded at three times, shown on the request, the country's page and in the
report, and counted for the framework."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.plans import results
from assistance.plans.models import PlanIndicator
from assistance.plans.result_models import PlanIndicatorValue
from assistance.plans.results import Measured
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.editions.snapshots import edition_snapshot
from reports.figures.facts.windows import FigureWindow
from reports.results.plan_results import plan_results
from reports.schedules.periods import period_of
from tests import make
from tests.api import Api
from tests.assistance.frameworks import loaded, the_indicator
from tests.make import People
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db


def today() -> date:
    return make.programme().today()


def record(
    people: People, case: AssistanceRequest, value: int, wave: str = "completion", reason: str = ""
) -> PlanIndicatorValue:
    """A value of the one indicator of the case's plan."""
    indicator = PlanIndicator.objects.get(plan__request=case)
    measured = Measured(wave, today(), "Register of certificates", reason)
    (row,) = results.record_results(
        people.officer, case, measured, {indicator.pk: Decimal(value)}, {}
    )
    return row


def test_values_are_recorded_once_a_time_and_corrected_with_a_reason(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    record(people, case, 12)
    with pytest.raises(DomainError, match="Say why it is corrected"):
        record(people, case, 14)
    record(people, case, 14, reason="Two certificates came later")
    record(people, case, 20, wave="six_months")
    plan = results.agreed_plan(case)
    assert plan is not None
    (result,) = plan.results
    assert [value and value.value for value in result.values] == [14, 20, None]
    assert PlanIndicatorValue.objects.count() == 3
    with pytest.raises(ProgrammingError), transaction.atomic():
        PlanIndicatorValue.objects.update(value=1)


def test_what_cannot_be_recorded_is_refused_in_a_sentence(people: People) -> None:
    planned = make.advanced(people, "planned")
    with pytest.raises(ActionNotAllowed, match="once delivery has begun"):
        record(people, planned, 1)
    case = make.advanced(people, "in_delivery", "FJI")
    ahead = Measured("completion", today() + timedelta(days=1), "x")
    indicator = PlanIndicator.objects.get(plan__request=case)
    with pytest.raises(DomainError, match="ahead"):
        results.record_results(people.officer, case, ahead, {indicator.pk: Decimal(1)}, {})
    with pytest.raises(DomainError, match="one indicator at least"):
        results.record_results(people.officer, case, Measured("completion", today(), "x"), {}, {})
    with pytest.raises(ActionNotAllowed):
        results.record_results(
            people.fiji, case, Measured("completion", today(), "x"), {indicator.pk: Decimal(1)}, {}
        )


def test_an_officer_records_on_a_page_and_everybody_concerned_reads(people: People) -> None:
    loaded()
    case = make.advanced(people, "in_delivery")
    indicator = PlanIndicator.objects.get(plan__request=case)
    officer = Client()
    officer.force_login(people.officer)
    address = reverse("plan_results", args=[case.pk])
    assert indicator.title in officer.get(address).content.decode()
    sent = {
        "wave": "completion",
        "measured_on": str(today()),
        "source": "Register of certificates",
        f"value_{indicator.pk}": "33",
        f"feeds_{indicator.pk}": the_indicator().pk,
    }
    wrong = officer.post(address, sent | {f"value_{indicator.pk}": "many"})
    assert wrong.status_code == 422 and "many" in wrong.content.decode()
    assert officer.post(address, sent).status_code == 302
    kenya = Client()
    kenya.force_login(people.kenya)
    for client in (officer, kenya):
        for page in (case.get_absolute_url(), "/countries/KEN/"):
            shown = client.get(page).content.decode()
            assert "33" in shown and "Officers certified" in shown, page
    fed = officer.get(reverse("indicator", args=[the_indicator().pk])).content.decode()
    assert str(case.reference) in fed and "33" in fed
    plan = Api(people.officer).get(f"requests/{case.pk}/").data["plan"]
    assert plan["indicators"][0]["values"] == [
        {
            "wave": "completion",
            "value": "33.00",
            "measured_on": str(today()),
            "source": "Register of certificates",
        }
    ]


def test_nobody_else_reads_or_records_them(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    record(people, case, 33)
    for person in (people.kenya, people.fiji, people.administrator):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("plan_results", args=[case.pk])).status_code == 404
    with as_country(people.kenya):
        assert PlanIndicatorValue.objects.count() == 1
    with as_country(people.fiji):
        assert PlanIndicatorValue.objects.count() == 0
    with pytest.raises(ProgrammingError), transaction.atomic(), as_country(people.kenya):
        PlanIndicatorValue.objects.create(
            indicator=PlanIndicator.objects.get(plan__request=case),
            wave="six_months",
            value=1,
            measured_on=today(),
            source="x",
            recorded_by=people.kenya,
        )


def test_the_page_of_a_request_takes_no_more_queries_for_more_values(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    client = Client()
    client.force_login(people.officer)

    def queries() -> int:
        client.get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            client.get(case.get_absolute_url())
        return len(found)

    record(people, case, 1)
    few = queries()
    record(people, case, 2, reason="Again")
    record(people, case, 3, wave="six_months")
    assert queries() == few


def test_the_report_says_what_was_measured_in_its_period_as_known_at_its_cut_off(
    people: People,
) -> None:
    case = make.advanced(people, "in_delivery")
    record(people, case, 12)
    before = timezone.now()
    record(people, case, 14, reason="Two certificates came later")
    period = period_of("quarterly", today())

    def values(cutoff: object) -> list[str]:
        window = FigureWindow(make.programme(), period, cutoff)  # type: ignore[arg-type]
        return [row["value"] for row in plan_results(window)]

    assert values(timezone.now()) == ["14.00"] and values(before) == ["12.00"]
    indicator = PlanIndicator.objects.get(plan__request=case)
    earlier = Measured("completion", period.start - timedelta(days=1), "x", "It was measured then")
    results.record_results(people.officer, case, earlier, {indicator.pk: Decimal(13)}, {})
    assert values(timezone.now()) == []  # what counts now was measured before the period
    record(people, case, 14, reason="No, it was not")
    later = FigureWindow(make.programme(), period_of("quarterly", period.end), timezone.now())
    assert plan_results(later) == []
    revision = produced(people).current
    assert revision is not None
    (row,) = revision.contents["plan_results"]
    assert (row["reference"], row["wave"]) == (case.reference, "completion")
    assert "plan_results" not in edition_snapshot(revision.contents, "public")
