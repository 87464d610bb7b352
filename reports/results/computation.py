"""Values of indicators as of a cut-off: of a period, and of all that came together until its end.

What is computed is a figure of the catalogue; what people report counts once another person
approved it before the cut-off. Source: the rules of the programme, section 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistance.results.adding_up import Amount, add_over_periods
from assistance.results.choices import Measurement, OverPeriods
from assistance.results.models import Indicator, ResultsFramework
from assistance.results.value_models import IndicatorValue
from reports.figures.compute import Cells, compute_figures
from reports.figures.counting import Figure, Figures, Parameters, share
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import WHOLE
from reports.figures.units import COUNT, SHARE
from reports.results.narrowing import narrowed
from reports.schedules.periods import Period, add_months

HEAD = "results"
REPORTED = "indicator_value"  # the kind of rows
SINCE_EVER = date(1900, 1, 1)


def code_of(indicator: Indicator) -> str:
    """The code of an indicator's value of the period among the figures of a snapshot."""
    return f"{HEAD}.{indicator.code}"


def cumulative_code_of(indicator: Indicator) -> str:
    """The code of its value until the end of the period."""
    return f"{HEAD}.{indicator.code}.cumulative"


@dataclass
class IndicatorCells:
    """What is measured of computed indicators, with what their SQL is given."""

    cells: list[Cells] = field(default_factory=list)
    parameters: Parameters = field(default_factory=dict)


def cells_of(indicators: Iterable[Indicator]) -> IndicatorCells:
    """Of the indicators that are computed."""
    found = IndicatorCells()
    for indicator in indicators:
        if not indicator.is_computed:
            continue
        one = narrowed(
            indicator.figure,
            indicator.narrowed_by,
            indicator.measurement,
            f"indicator_{indicator.pk}_",
        )
        found.cells.append(Cells(code_of(indicator), one.measure, one.kind, own_unit=one.unit))
        found.parameters |= one.parameters
    return found


def indicators_of(framework: ResultsFramework) -> list[Indicator]:
    """All of a framework, with their targets. Two queries."""
    rows = Indicator.objects.filter(outcome__framework=framework)
    return list(rows.select_related("outcome__framework", "output").prefetch_related("targets"))


def cumulative_figures(window: FigureWindow, indicators: Sequence[Indicator]) -> Figures:
    """What came together until the end of the window's period, of indicators that are computed: added up
    or worked out anew since the framework's first day, the highest of its periods, or what stands at
    the end, since records began."""
    computed = [indicator for indicator in indicators if indicator.is_computed]
    found: Figures = {}
    spans: dict[date, list[Indicator]] = {}
    for indicator in computed:
        if indicator.over_periods == OverPeriods.HIGHEST:
            continue
        first = (
            SINCE_EVER
            if indicator.over_periods == OverPeriods.LATEST
            else indicator.outcome.framework.first_day
        )
        spans.setdefault(first, []).append(indicator)
    for first, of_span in spans.items():
        found |= measured(window, Period(first, window.period.end), of_span)
    highest = [i for i in computed if i.over_periods == OverPeriods.HIGHEST]
    if highest:
        for period in periods_until(highest[0].outcome.framework.first_day, window.period):
            for code, figure in measured(window, period, highest).items():
                if code not in found or (figure.value or 0) > (found[code].value or 0):
                    found[code] = figure
    return {f"{code}.cumulative": replace(figure, ids=[]) for code, figure in found.items()}


def measured(window: FigureWindow, period: Period, indicators: Iterable[Indicator]) -> Figures:
    """The figures of some indicators over other days, as known at the window's cut-off."""
    own = cells_of(indicators)
    return compute_figures(
        replace(window, period=period, scope=WHOLE),
        only=(),
        listed=(),
        more=own.cells,
        parameters=own.parameters,
    )


def periods_until(first_day: date, last: Period) -> list[Period]:
    """Periods as long as the last one, from the framework's first day up to and with it."""
    months = (last.end.year - last.start.year) * 12 + last.end.month - last.start.month
    if months <= 0 or last.start.day != 1 or last.end.day != 1:
        return [last]
    found, start = [last], last.start
    while True:
        earlier = add_months(start, -months)
        if earlier < first_day:
            return found[::-1]
        found.append(Period(earlier, start))
        start = earlier


@dataclass
class ReportedValues:
    """Approved values of an indicator, the earliest first, until the end of a period."""

    rows: list[IndicatorValue]

    def since(self, day: date) -> ReportedValues:
        """Those of periods that began on a day or later: of a longer one nobody knows what came when."""
        return ReportedValues([row for row in self.rows if row.period_start >= day])

    def figure(self, rule: str) -> Figure | None:
        """What they give together by the indicator's rule, as a figure whose rows they are."""
        amount = add_over_periods(rule, [amount_of(row) for row in self.rows])
        if amount is None or amount.words:
            return None
        return figure_of(amount, [row.pk for row in self.rows])

    def words(self) -> str:
        """What was said last."""
        return self.rows[-1].words if self.rows else ""


def amount_of(row: IndicatorValue) -> Amount:
    """A value as it adds up."""
    return Amount(row.value, row.numerator, row.denominator, row.words)


def figure_of(amount: Amount, ids: list[int]) -> Figure:
    """A reported amount as a figure."""
    if amount.is_share:
        numerator, denominator = amount.numerator or 0, amount.denominator or 0
        return Figure(SHARE, share(numerator, denominator), REPORTED, ids, numerator, denominator)
    value = amount.value if amount.value is not None else Decimal(0)
    whole = value == value.to_integral_value()
    return Figure(COUNT, int(value) if whole else value, REPORTED, ids)


def reported_values(
    window: FigureWindow, indicators: Iterable[Indicator]
) -> dict[str, ReportedValues]:
    """What people reported of each indicator, by its code, under whatever version of the framework;
    approved before the cut-off, of periods that ended with the window's. One query."""
    codes = [indicator.code for indicator in indicators if not indicator.is_computed]
    rows = (
        IndicatorValue.objects.approved(window.cutoff)
        .filter(
            indicator__code__in=codes,
            indicator__outcome__framework__programme=window.programme,
            period_end__lte=window.period.end,
        )
        .select_related("indicator", "restates")
        .order_by("period_end", "period_start", "pk")
    )
    found: dict[str, ReportedValues] = {code: ReportedValues([]) for code in codes}
    for row in rows:
        found[row.indicator.code].rows.append(row)
    return found


def reported_figures(
    window: FigureWindow, indicators: Iterable[Indicator], values: dict[str, ReportedValues]
) -> Figures:
    """Of each indicator that people report: the values of periods that ended in the window's, and all
    until then."""
    found: Figures = {}
    for indicator in indicators:
        if indicator.code not in values or indicator.measurement == Measurement.QUALITATIVE:
            continue
        reported = values[indicator.code]
        first_day = indicator.outcome.framework.first_day
        own = reported.since(window.period.start).figure(indicator.over_periods)
        counted = (
            reported if indicator.over_periods == OverPeriods.LATEST else reported.since(first_day)
        )
        whole = counted.figure(indicator.over_periods)
        if own is not None:
            found[code_of(indicator)] = own
        if whole is not None:
            found[cumulative_code_of(indicator)] = whole
    return found
