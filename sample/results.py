"""The results framework of the sample, and what people reported of the indicators that are not
computed: as far as the years have come, approved soon after each period, the last one waiting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db.models import Min, Q

from accounts.models import User
from assistance.plans.models import PlanIndicator, ResponsePlan
from assistance.plans.result_models import PlanIndicatorValue
from assistance.plans.results import due_dates
from assistance.programmes.models import Programme
from assistance.requests.states import State
from assistance.results.choices import Measurement, Rating
from assistance.results.framework_file import read_framework
from assistance.results.loading import load_framework
from assistance.results.models import Indicator, Output, ResultsFramework
from assistance.results.narratives import OutputNarrative
from assistance.results.value_models import IndicatorRating, IndicatorValue
from reports.schedules.periods import periods_between

DELIVERED = Q(plan__request__spans__state=State.DELIVERED)
FILE = Path(__file__).resolve().parent / "results_framework.yaml"
OFFICER, MANAGER = "officer@example.org", "manager@example.org"
REPORTED_AFTER, APPROVED_AFTER = timedelta(days=4), timedelta(days=7)  # the period's end
SOURCE = "Sample value, of no real programme"
# of shares, numerator and denominator of the periods one after the other
SHARES: dict[str, tuple[tuple[int, int], ...]] = {
    "OC2.1": ((10, 21), (12, 23), (13, 24)),
}
STEPS = {"OC1.3": "formative in 6 of 12 assessed countries", "OP3.2.2": "discussed in 4 of 7"}
# what changed by outputs, in each quarter that is over
CHANGED = {
    "OP1.1": (
        "Units that were trained seize telephones themselves now and send fewer of them to the"
        " capital.",
        "Two prosecutors' offices bring electronic evidence to court that their own people secured.",
    ),
    "OP1.2": (
        "A bill that was drafted together passed its second reading.",
        "Procedures for preserving data were adopted and are used.",
    ),
    "OP2.1": ("Two central authorities answer each other within a month.",),
}
WRITTEN_AFTER = timedelta(days=8)  # the quarter's end
RATED = ("OC1.3", Rating.ON_TRACK, "Two laboratories passed their assessment a year early.")


def add_results(programme: Programme) -> int:
    """Loads the framework and adds the values of all periods that are over. Returns how many values
    there are."""
    written = read_framework(FILE.read_bytes())
    start = programme.midnight(written.first_day)
    framework, is_new = load_framework(programme, written, recorded_at=start)
    if not is_new:
        return 0
    officer, manager = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
    rows = [
        row
        for indicator in Indicator.objects.filter(outcome__framework=framework, figure="")
        for row in values_of(framework, indicator, officer, manager)
    ]
    IndicatorValue.objects.bulk_create(rows)
    rate(framework, manager)
    write_narratives(framework, officer)
    return len(rows)


def write_narratives(framework: ResultsFramework, officer: User) -> None:
    """What changed by some outputs, in each quarter that is over and before its report's cut-off."""
    programme, today = framework.programme, framework.programme.today()
    outputs = Output.objects.filter(outcome__framework=framework, code__in=CHANGED)
    quarters = [
        period
        for period in periods_between("quarterly", framework.first_day, framework.until)
        if period.end + WRITTEN_AFTER <= today
    ]
    OutputNarrative.objects.bulk_create(
        OutputNarrative(
            output=output,
            period_start=period.start,
            period_end=period.end,
            text=CHANGED[output.code][number % len(CHANGED[output.code])],
            written_by=officer,
            recorded_at=programme.midnight(period.end) + WRITTEN_AFTER,
        )
        for output in outputs
        for number, period in enumerate(quarters)
    )


def values_of(
    framework: ResultsFramework, indicator: Indicator, officer: User, manager: User
) -> list[IndicatorValue]:
    """A value of each period that is over; the newest waits where another was approved before it."""
    programme, today = framework.programme, framework.programme.today()
    found = []
    for number, (start, end) in enumerate(periods_of(framework, indicator, today)):
        reported = programme.midnight(end) + REPORTED_AFTER
        row = IndicatorValue(
            indicator=indicator,
            period_start=start,
            period_end=end,
            source=SOURCE,
            reported_by=officer,
            reported_at=reported,
            **amount_of(indicator, number),
        )
        if programme.midnight(today) > reported + APPROVED_AFTER:
            approve(row, manager, programme.midnight(end) + APPROVED_AFTER)
        found.append(row)
    return found


def approve(row: IndicatorValue, manager: User, at: datetime) -> None:
    """Notes the approval; saves nothing."""
    row.state, row.decided_by, row.decided_at = IndicatorValue.State.APPROVED, manager, at


def periods_of(
    framework: ResultsFramework, indicator: Indicator, today: date
) -> list[tuple[date, date]]:
    """The indicator's own periods that are over."""
    periods = periods_between(indicator.frequency, framework.first_day, framework.until)
    return [
        (period.start, period.end)
        for period in periods
        if period.end + REPORTED_AFTER <= today and period.end <= framework.until
    ]


def amount_of(indicator: Indicator, number: int) -> dict[str, object]:
    """What is reported of a period, by its number from the first."""
    if indicator.measurement == Measurement.QUALITATIVE:
        return {"words": STEPS.get(indicator.code, indicator.baseline_words)}
    if indicator.measurement == Measurement.SHARE:
        known = SHARES.get(indicator.code, ((1, 2),))
        numerator, denominator = known[min(number, len(known) - 1)]
        return {"numerator": numerator, "denominator": denominator}
    target = indicator.targets.all()[0].value or Decimal(0)
    baseline = indicator.baseline or Decimal(0)
    return {"value": (baseline + (target - baseline) * (number + 1) / 5).quantize(Decimal(1))}


def add_plan_results(programme: Programme) -> int:
    """Values of the plans of requests that were completed: at completion, and 6 and 12 months later
    where these have come; each a little nearer to its target. Returns how many."""
    officer = User.objects.get(email=OFFICER)
    today = programme.today()
    indicators = (
        PlanIndicator.objects.filter(
            plan__status=ResponsePlan.Status.AGREED,
            plan__request__programme=programme,
            plan__request__state__in=(State.DELIVERED, State.CLOSED),
            plan__request__spans__state=State.DELIVERED,
        )
        .annotate(completed_at=Min("plan__request__spans__entered_at", filter=DELIVERED))
        .order_by("pk")
    )
    rows = []
    for indicator in indicators:
        way = indicator.target - indicator.baseline
        completed = programme.day_of(indicator.completed_at)
        for number, (wave, due) in enumerate(due_dates(completed).items()):
            share = Decimal(55 + indicator.pk * 7 % 45 + number * 12) / 100
            if due + REPORTED_AFTER > today:
                continue
            rows.append(
                PlanIndicatorValue(
                    indicator=indicator,
                    wave=wave,
                    value=(indicator.baseline + way * share).quantize(Decimal(1)),
                    measured_on=due,
                    source=SOURCE,
                    recorded_by=officer,
                    recorded_at=programme.midnight(due) + REPORTED_AFTER,
                )
            )
    PlanIndicatorValue.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def rate(framework: ResultsFramework, manager: User) -> None:
    """A person's rating of a step on a scale, for the last quarter that is over."""
    code, rating, reason = RATED
    today = framework.programme.today()
    month = (today.month - 1) // 3 * 3 + 1
    end = date(today.year, month, 1)
    first = end.month - 3
    start = date(end.year, first, 1) if first > 0 else date(end.year - 1, 10, 1)
    if start < framework.first_day or end > framework.until:
        return
    IndicatorRating.objects.create(
        indicator=Indicator.objects.get(outcome__framework=framework, code=code),
        period_start=start,
        period_end=end,
        rating=rating,
        reason=reason,
        rated_by=manager,
        rated_at=framework.programme.midnight(end) + APPROVED_AFTER,
    )
