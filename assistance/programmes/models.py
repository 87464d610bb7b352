"""Programmes and what each of them sets: pillars, themes, members, service standards, holidays,
reasons."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.users.models import check_zone
from assistance.programmes.querysets import (
    MembershipQuerySet,
    PillarQuerySet,
    ProgrammeQuerySet,
    ReasonQuerySet,
    ThemeQuerySet,
)
from core.db.models import ValidityModel, ends_after_it_begins, once_at_a_time
from countries.models import CountryGroup
from countries.names import Named, name_in

MOST_WEEKEND = 3  # days
MONDAY, SUNDAY = 1, 7  # days of the week as ISO 8601 numbers them


def default_weekend() -> list[int]:
    """Saturday and Sunday."""
    return [6, 7]


def validate_weekend(days: list[int]) -> None:
    """Raises ValidationError for none, for more than three, and for a day named twice: a duty station that
    never works would wait for ever."""
    if not 1 <= len(days) <= MOST_WEEKEND or len(set(days)) != len(days):
        raise ValidationError(_("A weekend has one to three days, each named once."))


@pghistory.track()
class Programme(Named):
    """A programme of technical assistance.

    Its reporting zone, that of its duty station, turns instants into dates.
    """

    code = models.SlugField(max_length=40, unique=True)
    # the English name, by which rows are ordered
    title = models.CharField(_("title"), max_length=200)
    zone = models.CharField(
        _("reporting zone"), max_length=64, default="Europe/Vienna", validators=[check_zone]
    )
    holiday_country = models.CharField(_("duty station's country"), max_length=2, default="AT")
    eligible_group = models.ForeignKey(
        CountryGroup, models.PROTECT, verbose_name=_("eligible countries")
    )
    currency = models.CharField(max_length=3, default="USD")
    weekend = ArrayField(
        models.PositiveSmallIntegerField(
            validators=[MinValueValidator(MONDAY), MaxValueValidator(SUNDAY)]
        ),
        default=default_weekend,
        validators=[validate_weekend],
        verbose_name=_("weekend"),
        help_text=_("Numbers of its days: 1 is Monday, 7 is Sunday."),
    )
    names_kept_months = models.PositiveSmallIntegerField(
        _("months for which names are kept"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "Of participants after the last part that they attended, of contacts after they were"
            " last confirmed."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_public = models.BooleanField(
        _("has public pages"),
        default=False,
        help_text=_(
            "Strangers read how help works, published public reports, and requests whose country"
            " agreed."
        ),
    )
    # its lists, each of which other programmes may share
    pillars = models.ManyToManyField(
        "assistance.Pillar", verbose_name=_("pillars"), blank=True, related_name="programmes"
    )
    themes = models.ManyToManyField(
        "assistance.Theme", verbose_name=_("themes"), blank=True, related_name="programmes"
    )
    reasons = models.ManyToManyField(
        "assistance.ReasonCode", verbose_name=_("reasons"), blank=True, related_name="programmes"
    )
    # what its public pages name beside its own work
    tools = models.ManyToManyField(
        "assistance.Tool", verbose_name=_("tools"), blank=True, related_name="programmes"
    )
    processes = models.ManyToManyField(
        "countries.Process", verbose_name=_("processes"), blank=True, related_name="programmes"
    )
    instruments = models.ManyToManyField(
        "countries.Instrument", verbose_name=_("instruments"), blank=True, related_name="programmes"
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekend__len__range=(1, MOST_WEEKEND)),
                name="programme_weekend_of_few_days",
                violation_error_message=_("A weekend has one to three days, each named once."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, else in English."""
        return name_in(self.names) or self.title

    @property
    def all_names(self) -> dict[str, str]:
        """By language; English is always there."""
        found: dict[str, str] = {"en": self.title} | self.names
        return found

    @property
    def zone_info(self) -> zoneinfo.ZoneInfo:
        """The reporting zone."""
        return zoneinfo.ZoneInfo(self.zone)

    def day_of(self, instant: datetime) -> date:
        """The date of an instant at the duty station."""
        return instant.astimezone(self.zone_info).date()

    def today(self) -> date:
        """Today at the duty station."""
        return self.day_of(timezone.now())

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins at the duty station."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone_info)


@pghistory.track()
class ProgrammeMembership(ValidityModel):
    """A member of staff works for a programme as officer or manager, from a day until (not
    including) another."""

    class As(models.TextChoices):
        """What the membership lets its holder do; never more than their role does."""

        OFFICER = Role.OFFICER.value, _("Programme officer")
        MANAGER = Role.MANAGER.value, _("Manager")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="memberships")
    role = models.CharField(_("as"), max_length=20, choices=As.choices)
    reads_names = models.BooleanField(
        _("may read names"),
        default=False,
        help_text=_("Attendance lists and contacts. Every look at them is recorded."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme membership")
        verbose_name_plural = _("programme memberships")
        constraints = [
            ends_after_it_begins(
                "programme_membership_ordered", _("A membership ends after it begins.")
            ),
            once_at_a_time(
                "programme_membership_no_overlap",
                "user",
                "programme",
                message=_(
                    "This person is a member of the programme in part of these days already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.programme}"


@pghistory.track()
class Pillar(Named, ValidityModel):
    """One of the programme's lines of work, with the days in which its name is in use: programmes
    rename them over the years."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=100)
    # what it is, for people outside, by language
    summaries = models.JSONField(default=dict)
    valid_from = models.DateField(_("from"), default=date(2013, 1, 1))

    objects = PillarQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")

    @property
    def mark(self) -> str:
        """The class by which pages colour it: p1 to p4."""
        return f"p{(self.order - 1) % 4 + 1}"


@pghistory.track()
class Theme(Named):
    """What help is about: a maintained list, not free text."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


@pghistory.track()
class ReasonCode(Named):
    """Why a request was not accepted or stopped, in words that the country may read."""

    class For(models.TextChoices):
        """Which action it is a reason for."""

        DECLINE = "decline", _("not accepted")
        DISCONTINUE = "discontinue", _("stopped by the programme")

    code = models.SlugField(max_length=40, unique=True)
    used_for = models.CharField(max_length=20, choices=For.choices)
    order = models.PositiveSmallIntegerField(default=100)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        ordering = ["used_for", "order"]
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")


@pghistory.track()
class Standard(models.Model):
    """A service standard: within how many days something is done, from a day on.

    Which clocks there are says `assistance/requests/clocks.py`.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="standards")
    code = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField(_("days"))
    valid_from = models.DateField(_("from"))

    class Meta:
        ordering = ["programme", "code", "valid_from"]
        verbose_name = _("service standard")
        verbose_name_plural = _("service standards")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "valid_from"], name="standard_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.days}"


@pghistory.track()
class Holiday(models.Model):
    """A day on which the duty station does not work (weekends aside)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    title = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["day"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [models.UniqueConstraint(fields=["programme", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"
