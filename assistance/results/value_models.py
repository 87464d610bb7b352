"""What people say of an indicator: values, which another person approves, and ratings with their
reason. Source: the rules of the programme, section 9."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.results.choices import GIVEN
from assistance.results.models import DIGITS, PLACES, Indicator
from assistance.results.querysets import RatingQuerySet, ValueQuerySet
from assistance.results.value_parts import parts_in_words


class SpanModel(models.Model):
    """Of which days something is said: half-open."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="%(class)ss")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("first day after"))

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date:
        """The last day that it is about."""
        return self.period_end - timedelta(days=1)


@pghistory.track()
class IndicatorValue(SpanModel):
    """A value of a period as somebody reported it. Once approved it stays: what is found wrong later is
    another value that restates it.

    A number has a value, a share numerator and denominator, words their text.
    """

    class State(models.TextChoices):
        """Where it stands."""

        REPORTED = "reported", _("waits for approval")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")

    value = models.DecimalField(
        _("value"), null=True, blank=True, max_digits=DIGITS, decimal_places=PLACES
    )
    numerator = models.PositiveBigIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveBigIntegerField(_("denominator"), null=True, blank=True)
    words = models.CharField(_("step reached"), max_length=300, blank=True)
    # told apart: by dimension of the indicator the number of each part, as text
    parts = models.JSONField(default=dict, blank=True)
    source = models.CharField(_("source"), max_length=500)
    comment = models.TextField(_("comment"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REPORTED)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="indicator_values"
    )
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.TextField(_("what is to change"), blank=True)
    restates = models.ForeignKey("self", models.PROTECT, null=True, related_name="restatements")
    restatement_reason = models.TextField(_("why it is restated"), blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "period_start", "pk"]
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="indicator_value_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("reported_by")),
                name="indicator_value_approved_by_another",
                violation_error_message=_("Nobody approves what they reported themselves."),
            ),
            models.CheckConstraint(
                condition=Q(state="reported", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=("approved", "returned"),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="indicator_value_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(denominator__gte=F("numerator")),
                name="indicator_value_part_of_a_whole",
                violation_error_message=_("The numerator is at most the denominator."),
            ),
            models.CheckConstraint(
                condition=Q(restates__isnull=True) | ~Q(restatement_reason=""),
                name="indicator_value_restated_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period_start", "period_end"],
                condition=Q(restates__isnull=True) & ~Q(state="returned"),
                name="indicator_value_once_a_period",
                violation_error_message=_("A value of this period was reported already."),
            ),
            models.UniqueConstraint(
                fields=["restates"],
                condition=~Q(state="returned"),
                name="indicator_value_restated_once",
                violation_error_message=_("Somebody has restated this value already."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="indicator_value_stays_once_decided",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="reported"),
            ),
            pgtrigger.Protect(name="indicator_value_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.period_start}–{self.period_end}"

    @property
    def whole(self) -> Decimal | int | None:
        """What its parts add up to: the value, or the numerator of a share."""
        return self.value if self.numerator is None else self.numerator

    @property
    def parts_in_words(self) -> list[str]:
        """A line for each dimension."""
        return parts_in_words(self.parts, self.whole)


class IndicatorRating(SpanModel):
    """How a person rates an indicator at the end of a period, and why: words on a scale, or in the place of
    what the rule says. The last one counts; both are shown."""

    rating = models.CharField(_("rating"), max_length=12, choices=GIVEN)
    reason = models.TextField(_("reason"))
    rated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "period_start", "pk"]
        verbose_name = _("rating by a person")
        verbose_name_plural = _("ratings by persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="indicator_rating_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="indicator_rating_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="indicator_rating_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.rating}"
