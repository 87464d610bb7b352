"""Schedules of reports, in versions."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User, check_zone
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar, Programme
from core.db.checks import CheckedModel
from countries.geography.models import REGIONS
from countries.models import Country, CountryGroup
from reports.documents.choices import Format, all_formats
from reports.kinds.choices import DEFAULT_KIND, kind_choices, kind_title
from reports.schedules.periods import Rhythm
from reports.schedules.querysets import ScheduleQuerySet
from reports.schedules.titles import localised_title

USER = settings.AUTH_USER_MODEL


class Frequency(models.TextChoices):
    """How long a period is."""

    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("half-yearly")
    YEARLY = "yearly", _("yearly")
    DATES = "dates", _("from date to date, as given")


def default_languages() -> list[str]:
    """The language of new schedules."""
    return ["en"]


@pghistory.track()
class Schedule(models.Model):
    """A report that makes itself. What it covers and how often stands in its versions."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="schedules", verbose_name=_("programme")
    )
    kind = models.CharField(_("report"), max_length=12, choices=kind_choices, default=DEFAULT_KIND)
    title = models.CharField(_("title"), max_length=200)
    is_paused = models.BooleanField(_("paused"), default=False)
    # when the pause began; none where there is none
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """Its title as a reader of the active language sees it."""
        return localised_title(kind_title(self.kind), self.title)


@pghistory.track()
class ScheduleVersion(CheckedModel):
    """How a schedule works from one period boundary until another."""

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    frequency = models.CharField(
        _("frequency"), max_length=12, choices=Frequency.choices, default=Frequency.QUARTERLY
    )
    # of a fiscal year
    first_month = models.PositiveSmallIntegerField(_("month in which the year begins"), default=1)
    # with DATES: each begins a period, the last ends one
    dates = ArrayField(models.DateField(), verbose_name=_("dates"), default=list, blank=True)
    countries: models.ManyToManyField[Country, models.Model] = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("countries")
    )
    group = models.ForeignKey(
        CountryGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("group of countries"),
    )
    region = models.CharField(_("region"), max_length=20, choices=REGIONS.items(), blank=True)
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pillar")
    )
    donor = models.ForeignKey(
        Donor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("donor")
    )
    attach = models.BooleanField(_("attach the PDF to mails"), default=False)
    valid_from = models.DateField(_("first period begins on"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    cutoff_days = models.PositiveSmallIntegerField(
        _("working days from the period's end to the cut-off"), default=11
    )
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("languages"), default=default_languages
    )
    formats = ArrayField(
        models.CharField(max_length=6, choices=Format.choices),
        verbose_name=_("formats"),
        default=all_formats,
    )
    zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Vienna", validators=[check_zone]
    )
    hour = models.PositiveSmallIntegerField(_("hour at which work starts"), default=6)
    recipients: models.ManyToManyField[User, models.Model] = models.ManyToManyField(
        USER, related_name="+", blank=True, verbose_name=_("recipients")
    )

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="schedule_version_once"),
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(valid_until__isnull=True),
                name="schedule_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="schedule_version_ordered",
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="schedule_hour_of_day"),
            models.CheckConstraint(
                condition=Q(cutoff_days__range=(1, 120)), name="schedule_cutoff_1_to_120"
            ),
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12)), name="schedule_first_month_of_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} v{self.number}"

    @property
    def rhythm(self) -> Rhythm:
        """How its periods follow each other."""
        return Rhythm(self.frequency, self.first_month, tuple(self.dates))


class CountryInScopeEvent(pghistory.create_event_model(ScheduleVersion.countries.through)):  # type: ignore[misc]
    """Which country was put into the scope of a version, or taken out of it."""


class RecipientEvent(pghistory.create_event_model(ScheduleVersion.recipients.through)):  # type: ignore[misc]
    """Who was put on the list of a version's recipients, or taken off it."""
