"""What came of the plans agreed with countries: values of their indicators that were measured in a period,
as known at the cut-off. Source: the rules of the programme, section 9."""

from __future__ import annotations

from assistance.plans.result_models import PlanIndicatorValue
from countries.models import Country
from reports.figures.facts.windows import FigureWindow
from reports.snapshots.types import PlanResultData

TOLD = (
    "indicator__plan__request__reference",
    "indicator__plan__request__country_id",
    "indicator__title",
    "indicator__unit",
    "indicator__baseline",
    "indicator__target",
    "wave",
    "value",
    "measured_on",
    "source",
)


def plan_results(window: FigureWindow) -> list[PlanResultData]:
    """By reference, the value that counted at the cut-off of each indicator and time. Two queries, of the
    columns that are told alone: requests are wide."""
    rows = (
        PlanIndicatorValue.objects.current(window.cutoff)
        .filter(
            indicator__plan__request__programme=window.programme,
            measured_on__gte=window.period.start,
            measured_on__lt=window.period.end,
        )
        .order_by("indicator__plan__request__reference", "indicator_id", "measured_on", "pk")
    )
    found = list(rows.values_list(*TOLD))
    countries = Country.objects.in_bulk({row[1] for row in found})
    return [
        PlanResultData(
            reference=reference or "",
            country=countries[country].iso3,
            country_names=countries[country].names,
            indicator=title,
            unit=unit,
            baseline=str(baseline),
            target=str(target),
            wave=wave,
            value=str(value),
            measured_on=str(measured_on),
            source=source,
        )
        for (
            reference,
            country,
            title,
            unit,
            baseline,
            target,
            wave,
            value,
            measured_on,
            source,
        ) in found
    ]
