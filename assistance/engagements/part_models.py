"""Dated parts of an engagement, and who took part in them, by country and sex."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.engagements.choices import NUMBERS
from assistance.engagements.models import Engagement
from assistance.engagements.querysets import ParticipationQuerySet, PartQuerySet
from core.db.checks import CheckedModel
from core.db.tracking import ROW_WITHOUT_INDEX, history_by_row, history_by_time
from countries.models import Country

HELD_STAYS = """
    IF OLD.held_on IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.held_on IS NULL) THEN
        RAISE EXCEPTION 'A part that was held stays held: strike part % out instead', OLD.id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@pghistory.track(
    obj_field=ROW_WITHOUT_INDEX,
    meta={
        "indexes": [
            models.Index(fields=["ends_on"], name="part_history_by_end"),
            history_by_row("part_history_by_row"),
            history_by_time("part_history_by_time"),
        ]
    },
)
class EngagementPart(CheckedModel):
    """A dated part: one for most, twelve for a mentoring of a year. Participation and cost count in
    the period in which it ends, once it is held (`parts.py`)."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    days = models.DecimalField(_("days"), max_digits=6, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=7, decimal_places=2, null=True, blank=True)
    planned_cost = models.DecimalField(
        _("planned cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    actual_cost = models.DecimalField(
        _("actual cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    # day on which it was recorded that it took place
    held_on = models.DateField(null=True, blank=True, editable=False)
    # it did not, or was entered by mistake
    struck_on = models.DateField(null=True, blank=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="part_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="part_ordered",
                violation_error_message=_("The part ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gt=0),
                name="part_days_above_zero",
                violation_error_message=_("Write a number of days above zero."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                name="part_hours_above_zero",
                violation_error_message=_("Write a number of hours above zero."),
            ),
            models.CheckConstraint(
                condition=Q(planned_cost__isnull=True) | Q(planned_cost__gte=0),
                name="part_planned_cost_not_negative",
                violation_error_message=_("Write an amount of zero or above."),
            ),
            models.CheckConstraint(
                condition=Q(actual_cost__isnull=True) | Q(actual_cost__gte=0),
                name="part_actual_cost_not_negative",
                violation_error_message=_("Write an amount of zero or above."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="part_by_end")]
        triggers = [
            pgtrigger.Trigger(
                name="held_part_stays_held",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=HELD_STAYS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id}/{self.number}"

    @property
    def is_held(self) -> bool:
        """Whether it took place, as far as is recorded, and so counts."""
        return self.held_on is not None and self.struck_on is None


@pghistory.track(meta={"indexes": [history_by_time("participation_history_by_time")]})
class CountryParticipation(CheckedModel):
    """Who came from one country to one part: one person once, however many sessions.

    A blank is not reported, never zero.
    """

    part = models.ForeignKey(EngagementPart, models.CASCADE, related_name="participations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="participations")
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    men = models.PositiveIntegerField(_("men"), null=True, blank=True)
    other = models.PositiveIntegerField(_("other"), null=True, blank=True)
    unknown = models.PositiveIntegerField(_("not known"), null=True, blank=True)
    not_yet_known = models.BooleanField(_("not yet known"), default=False)
    institutions = models.CharField(_("institutions"), max_length=500, blank=True)
    # not recorded or confirmed since the part's last day
    is_expected = models.BooleanField(default=True, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["part", "country__iso3"]
        verbose_name = _("participation")
        verbose_name_plural = _("participation")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "country"],
                name="participation_once",
                violation_error_message=_("This country is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(not_yet_known=False)
                | Q(**{f"{name}__isnull": True for name in NUMBERS}),
                name="participation_numbers_or_not_yet_known",
                violation_error_message=_("Write numbers or tick “not yet known”, not both."),
            ),
        ]
        indexes = [models.Index(fields=["country", "part"], name="participation_of_country")]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.country_id}"

    @property
    def total(self) -> int | None:
        """People, of what is reported; None where nothing is."""
        reported = [n for n in (self.women, self.men, self.other, self.unknown) if n is not None]
        return sum(reported) if reported else None

    @property
    def is_reported(self) -> bool:
        """Whether any number was given."""
        return self.total is not None
