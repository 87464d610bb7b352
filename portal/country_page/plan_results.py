"""What came of the plans that were agreed with a country."""

from __future__ import annotations

from accounts.models import User
from assistance.plans.models import PlanIndicator, ResponsePlan
from assistance.plans.results import IndicatorResult, results_of
from assistance.requests.models import AssistanceRequest
from countries.models import Country

SHOWN = 15


def plan_results_of(user: User, country: Country) -> list[IndicatorResult]:
    """Indicators of agreed plans of which a value was recorded, of the requests that the user sees;
    the newest request first. Three queries."""
    cases = AssistanceRequest.objects.visible_to(user).filter(country=country)
    indicators = (
        PlanIndicator.objects.filter(
            plan__request__in=cases,
            plan__status=ResponsePlan.Status.AGREED,
            values__isnull=False,
        )
        .distinct()
        .select_related("plan__request")
        .prefetch_related("values")
        .order_by("-plan__request_id", "order")
    )
    return results_of(indicators[:SHOWN])
