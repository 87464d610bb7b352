"""What came of the plans agreed with countries: values of their indicators that were measured in a period,
as known at the cut-off. Source: the rules of the programme, section 9."""

from __future__ import annotations

from assistance.plans.result_models import PlanIndicatorValue
from reports.figures.facts.windows import FigureWindow
from reports.snapshots.types import PlanResultData


def plan_results(window: FigureWindow) -> list[PlanResultData]:
    """By reference, the value that counted at the cut-off of each indicator and time. One query."""
    rows = (
        PlanIndicatorValue.objects.current(window.cutoff)
        .filter(
            indicator__plan__request__programme=window.programme,
            measured_on__gte=window.period.start,
            measured_on__lt=window.period.end,
        )
        .select_related("indicator__plan__request__country")
        .order_by("indicator__plan__request__reference", "indicator_id", "measured_on", "pk")
    )
    return [
        PlanResultData(
            reference=row.indicator.plan.request.reference or "",
            country=row.indicator.plan.request.country.iso3,
            country_names=row.indicator.plan.request.country.names,
            indicator=row.indicator.title,
            unit=row.indicator.unit,
            baseline=str(row.indicator.baseline),
            target=str(row.indicator.target),
            wave=row.wave,
            value=str(row.value),
            measured_on=str(row.measured_on),
            source=row.source,
        )
        for row in rows
    ]
