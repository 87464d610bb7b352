"""Recording what came of an agreed plan, and reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.plans.models import PlanIndicator, ResponsePlan
from assistance.plans.result_models import PlanIndicatorValue
from assistance.requests.clock_models import StateSpan
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.results.models import Indicator
from core.days import months_later
from core.workflow.exceptions import ActionNotAllowed, DomainError

if TYPE_CHECKING:
    from accounts.models import User

Wave = PlanIndicatorValue.Wave
MONTHS = {Wave.COMPLETION: 0, Wave.SIX_MONTHS: 6, Wave.TWELVE_MONTHS: 12}
RECORDED_IN = (State.IN_DELIVERY, State.DELIVERED, State.CLOSED)


@dataclass(frozen=True)
class Measured:
    """When and how the values of a wave were measured."""

    wave: str
    measured_on: date
    source: str
    correction_reason: str = ""


@dataclass
class IndicatorResult:
    """An indicator of a plan with its value of each wave, in the order of the waves; None where none was
    recorded."""

    indicator: PlanIndicator
    values: list[PlanIndicatorValue | None]


def agreed_plan(case: AssistanceRequest) -> ResponsePlan | None:
    """The plan that is agreed; None where there is none."""
    plans = case.plans.filter(status=ResponsePlan.Status.AGREED)
    return plans.prefetch_related("indicators__values").first()


def results_of(indicators: Iterable[PlanIndicator]) -> list[IndicatorResult]:
    """The value that counts of each wave. `indicators` come with their values."""
    found = []
    for indicator in indicators:
        last: dict[str, PlanIndicatorValue] = {}
        for value in sorted(indicator.values.all(), key=lambda v: v.pk):
            last[value.wave] = value
        found.append(IndicatorResult(indicator, [last.get(wave) for wave in Wave.values]))
    return found


def may_record(user: User, case: AssistanceRequest) -> bool:
    """Staff, once delivery has begun; there has to be an agreed plan, which is asked for apart."""
    return bool(user.is_programme_staff) and case.state in RECORDED_IN


def completed_on(case: AssistanceRequest) -> date | None:
    """The day on which the present round was completed; None before that. One query."""
    span = (
        StateSpan.objects.filter(request=case, round=case.round, state=State.DELIVERED)
        .order_by("entered_at")
        .first()
    )
    return case.programme.day_of(span.entered_at) if span else None


def due_dates(completed: date) -> dict[str, date]:
    """The day of each wave, so many calendar months after completion; of a shorter month its last."""
    return {wave: months_later(completed, months) for wave, months in MONTHS.items()}


def is_of_programme(indicator: Indicator, case: AssistanceRequest) -> bool:
    """Whether an indicator is of a framework of the request's programme."""
    return indicator.outcome.framework.programme_id == case.programme_id


@transaction.atomic
def record_results(
    user: User,
    case: AssistanceRequest,
    measured: Measured,
    values: Mapping[int, Decimal],
    feeds: Mapping[int, Indicator | None],
) -> list[PlanIndicatorValue]:
    """Values of a wave, by ids of the agreed plan's indicators; `feeds` names, by the same ids, the
    framework's indicators that they count for.

    Raises ActionNotAllowed where nothing can be recorded, DomainError where a day is ahead, nothing is
    given, or a value is there already and no reason for another.
    """
    locked = AssistanceRequest.objects.select_for_update(of=("self",)).get(pk=case.pk)
    plan = agreed_plan(locked)
    if plan is None or not may_record(user, locked):
        raise ActionNotAllowed(
            _("Results are recorded of an agreed plan, once delivery has begun.")
        )
    if measured.measured_on > locked.programme.today():
        raise DomainError(_("This day is ahead."), "measured_on")
    known = {indicator.pk: indicator for indicator in plan.indicators.all()}
    given = {pk: value for pk, value in values.items() if pk in known}
    if not given:
        raise DomainError(_("Give a value of one indicator at least."))
    foreign = [one for one in feeds.values() if one and not is_of_programme(one, locked)]
    if foreign:
        raise DomainError(_("This indicator is of another programme's framework."))
    again = PlanIndicatorValue.objects.filter(indicator__in=given, wave=measured.wave).exists()
    if again and not measured.correction_reason.strip():
        raise DomainError(
            _("A value of this time is there already. Say why it is corrected."),
            "correction_reason",
        )
    return PlanIndicatorValue.objects.bulk_create(
        PlanIndicatorValue(
            indicator=known[pk],
            wave=measured.wave,
            value=value,
            measured_on=measured.measured_on,
            source=measured.source,
            feeds=feeds.get(pk),
            correction_reason=measured.correction_reason if again else "",
            recorded_by=user,
        )
        for pk, value in given.items()
    )
