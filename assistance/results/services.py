"""Reporting a value, approving it or sending it back, restating it, rating an indicator. Source: the
rules of the programme, section 9."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from assistance.results.choices import Measurement
from assistance.results.models import Indicator
from assistance.results.notifications import tell_of_decision, tell_of_waiting
from assistance.results.value_models import IndicatorRating, IndicatorValue
from assistance.results.value_parts import Parts, too_many
from core.workflow.exceptions import DomainError
from files.models import attach_file

FILES = "indicator_value"  # as files name what they belong to


@dataclass(frozen=True)
class Reported:
    """What somebody reports: a number, a share or words, and where it comes from."""

    source: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    words: str = ""
    comment: str = ""
    parts: Parts = field(default_factory=dict)
    file: UploadedFile | None = None


def refuse_unfit(indicator: Indicator, reported: Reported) -> None:
    """Raises DomainError for a value that is not of the indicator's kind."""
    if indicator.is_computed:
        raise DomainError(_("This indicator is computed: nobody reports it."))
    match indicator.measurement:
        case Measurement.SHARE:
            if reported.numerator is None or reported.denominator is None:
                raise DomainError(_("Give the numerator and the denominator."), "numerator")
            if reported.numerator > reported.denominator:
                raise DomainError(_("The numerator is at most the denominator."), "numerator")
        case Measurement.QUALITATIVE:
            if not reported.words:
                raise DomainError(_("Say which step was reached."), "words")
        case _number:
            if reported.value is None:
                raise DomainError(_("Give the value."), "value")
    whole = reported.value if reported.numerator is None else reported.numerator
    for dimension in too_many(reported.parts, whole):
        raise DomainError(
            _("The parts by %(dimension)s are more than the value.") % {"dimension": dimension}
        )


def refuse_future(indicator: Indicator, start: date, end: date) -> None:
    """Raises DomainError for a period outside the framework, or one that is not over."""
    framework = indicator.outcome.framework
    if end <= start:
        raise DomainError(_("The last day comes before the first."), "last_day")
    if start < framework.first_day or end > framework.until:
        raise DomainError(_("The framework does not cover these days."), "first_day")
    if end > framework.programme.today():
        raise DomainError(_("These days are not over yet."), "last_day")


def report_value(
    user: User, indicator: Indicator, start: date, end: date, reported: Reported
) -> IndicatorValue:
    """A value of a period, which waits for another person's approval.

    Raises DomainError where the value is not of the indicator's kind, its period is not over, or
    some of its days were reported already.
    """
    refuse_unfit(indicator, reported)
    refuse_future(indicator, start, end)
    with transaction.atomic():
        refuse_overlap(indicator, start, end)
        return saved(value_of(user, indicator, start, end, reported), reported.file)


def refuse_overlap(indicator: Indicator, start: date, end: date) -> None:
    """Raises DomainError where a value of some of these days is there, under whatever version of the
    framework: it would count twice. Holds a lock until the transaction ends."""
    programme = indicator.outcome.framework.programme
    type(programme).objects.select_for_update(no_key=True).get(pk=programme.pk)
    overlapping = IndicatorValue.objects.exclude(state=IndicatorValue.State.RETURNED).filter(
        indicator__code=indicator.code,
        indicator__outcome__framework__programme=programme,
        restates__isnull=True,
        period_start__lt=end,
        period_end__gt=start,
    )
    if overlapping.exists():
        raise DomainError(
            _(
                "A value of some of these days was reported already. Restate it, once it is approved."
            )
        )


def restate_value(
    user: User, value: IndicatorValue, reported: Reported, reason: str
) -> IndicatorValue:
    """Another value in the place of an approved one, with the reason; it counts once it is approved, in
    what is reported from then on."""
    if value.state != IndicatorValue.State.APPROVED:
        raise DomainError(_("Only what was approved is restated."))
    if not reason.strip():
        raise DomainError(_("Say why it is restated."), "restatement_reason")
    refuse_unfit(value.indicator, reported)
    new = value_of(user, value.indicator, value.period_start, value.period_end, reported)
    new.restates, new.restatement_reason = value, reason.strip()
    return saved(new, reported.file)


def value_of(
    user: User, indicator: Indicator, start: date, end: date, reported: Reported
) -> IndicatorValue:
    """The row, not saved."""
    return IndicatorValue(
        indicator=indicator,
        period_start=start,
        period_end=end,
        value=reported.value,
        numerator=reported.numerator,
        denominator=reported.denominator,
        words=reported.words,
        parts={dimension: dict(of_it) for dimension, of_it in reported.parts.items()},
        source=reported.source,
        comment=reported.comment,
        reported_by=user,
    )


def saved(value: IndicatorValue, file: UploadedFile | None) -> IndicatorValue:
    """Saves a new value with its file, and tells who may approve it. Raises DomainError where there is one
    already."""
    try:
        with transaction.atomic():
            value.save()
            if file is not None:
                attach_file(FILES, value.pk, file, value.reported_by, shared=False)
            tell_of_waiting(value)
    except IntegrityError as error:
        text = str(error)
        if "indicator_value_once_a_period" in text:
            raise DomainError(
                _("A value of this period was reported already. Restate it, once it is approved.")
            ) from error
        if "indicator_value_restated_once" in text:
            raise DomainError(_("Somebody has restated this value already.")) from error
        raise
    return value


@transaction.atomic
def decide_value(user: User, pk: int, *, approve: bool, reason: str = "") -> IndicatorValue:
    """Approves a value, or sends it back with what is to change. Never by who reported it.

    Raises DomainError where it was decided already.
    """
    value = (
        IndicatorValue.objects.visible_to(user)
        .select_for_update(of=("self",))
        .select_related("indicator")
        .get(pk=pk)
    )
    if not may(user, "result.approve"):
        raise PermissionDenied
    if value.state != IndicatorValue.State.REPORTED:
        raise DomainError(_("Somebody has decided on this value already."))
    if value.reported_by_id == user.pk:
        raise DomainError(_("Nobody approves what they reported themselves."))
    if not approve and not reason.strip():
        raise DomainError(_("Say what is to change."), "return_reason")
    value.state = IndicatorValue.State.APPROVED if approve else IndicatorValue.State.RETURNED
    value.decided_by, value.decided_at = user, timezone.now()
    value.return_reason = "" if approve else reason.strip()
    value.save()
    tell_of_decision(value)
    return value


def rate_indicator(
    user: User, indicator: Indicator, start: date, end: date, rating: str, reason: str
) -> IndicatorRating:
    """A person's rating at the end of a period, with its reason; the last one counts."""
    if not reason.strip():
        raise DomainError(_("Say why."), "reason")
    refuse_future(indicator, start, end)
    return IndicatorRating.objects.create(
        indicator=indicator,
        period_start=start,
        period_end=end,
        rating=rating,
        reason=reason.strip(),
        rated_by=user,
    )
