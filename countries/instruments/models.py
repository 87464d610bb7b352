"""Treaties, what States did about them, and what they oblige their parties to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.search import SearchWords, joined
from core.db.tracking import history_by_time
from countries.geography.models import Country
from countries.instruments.choices import Action, Precision
from countries.instruments.querysets import TreatyActionQuerySet
from countries.names import Named, all_names, name_in

CODE = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z", _("Write capital letters and digits, such as UN-CAC.")
)
INSTRUMENT_WORDS = SearchWords(
    joined("code", all_names("names", "short_names")), joined("reference", "depositary")
)
OBLIGATION_WORDS = SearchWords(joined("code", all_names("names")))
EARLIEST = date(1900, 1, 1)
AHEAD = timedelta(days=3 * 365)  # how far ahead an entry into force may be known


def implausible_date(action: str, day: date | None) -> str:
    """What is wrong with the date of an action; empty where nothing is. Only an entry into force can
    be known before it happens."""
    today = timezone.now().date()
    if day is None:
        return ""
    if day < EARLIEST:
        return gettext("A treaty action of this date cannot be; check the year.")
    latest = today + AHEAD if action == Action.IN_FORCE else today
    return "" if day <= latest else gettext("This day is still ahead. Record it once it has come.")


class InstrumentFacts(Named):
    """A treaty, and the rule by which it enters into force, kept as data.

    It enters into force after so many deposits (`deposits_needed`), of which so many by certain
    States (`members_needed` of `members`, ISO 3166 codes of three letters): `days_after` days, or
    `months_after` months, later, or on the first day of the month that follows those.
    For who joins later, `later_days` takes the place of `days_after`. Source: the final clauses of
    each treaty.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    order = models.PositiveSmallIntegerField(default=100)
    short_names = models.JSONField(default=dict)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    depositary = models.CharField(_("depositary"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    adopted_on = models.DateField(_("adopted"), null=True, blank=True)
    opened_on = models.DateField(_("opened for signature"), null=True, blank=True)
    closes_on = models.DateField(_("open for signature until"), null=True, blank=True)
    deposits_needed = models.PositiveSmallIntegerField(_("deposits needed"))
    members = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    members_needed = models.PositiveSmallIntegerField(default=0)
    days_after = models.PositiveSmallIntegerField(default=0)
    later_days = models.PositiveSmallIntegerField(default=0)
    months_after = models.PositiveSmallIntegerField(default=0)
    on_first_of_month = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def short_name(self) -> str:
        """As people call it, in the reader's language."""
        return name_in(self.short_names) or self.name


@pghistory.track()
class Instrument(InstrumentFacts):
    """An instrument that actions and obligations belong to."""

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        indexes = [GinIndex(INSTRUMENT_WORDS, name="instrument_words")]

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("instrument", args=[self.code])


class TreatyActionFacts(models.Model):
    """What was done about an instrument, when and by which source.

    It happened on a day from `date` to `date_until`: the same where the day is known, the first and
    last of the month or year where only that is, none where it was reported without a date.
    """

    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    precision = models.CharField(
        _("how exactly the date is known"),
        max_length=10,
        choices=Precision.choices,
        default=Precision.DAY,
    )
    date = models.DateField(_("date"), null=True, blank=True)
    date_until = models.DateField(_("at the latest"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.precision == Precision.DAY

    @property
    def when(self) -> str:
        """The day, the month, the year or the span, in words; that it was reported."""
        if self.date is None or self.date_until is None:
            return gettext("reported, no date")
        match self.precision:
            case Precision.DAY:
                return date_format(self.date, "DATE_FORMAT")
            case Precision.MONTH:
                return gettext("reported, %(when)s") % {
                    "when": date_format(self.date, "YEAR_MONTH_FORMAT")
                }
            case Precision.YEAR:
                return gettext("reported, %(when)s") % {"when": self.date.year}
        return gettext("reported, between %(first)s and %(last)s") % {
            "first": date_format(self.date, "DATE_FORMAT"),
            "last": date_format(self.date_until, "DATE_FORMAT"),
        }


@pghistory.track(meta={"indexes": [history_by_time("treaty_action_history_by_time")]})
class TreatyAction(TreatyActionFacts):
    """What a country, or an organisation, did about an instrument."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="actions", verbose_name=_("instrument")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="treaty_actions",
        verbose_name=_("country"),
    )
    # what was loaded with the product was public before any report
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TreatyActionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "date", "id"]
        verbose_name = _("treaty action")
        verbose_name_plural = _("treaty actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, organisation="")
                | (Q(country__isnull=True) & ~Q(organisation="")),
                name="treaty_action_of_one",
                violation_error_message=_("Name a country or an organisation, not both."),
            ),
            models.CheckConstraint(
                condition=Q(
                    precision=Precision.REPORTED, date__isnull=True, date_until__isnull=True
                )
                | Q(precision=Precision.DAY, date__isnull=False, date_until=F("date"))
                | Q(
                    precision__in=[Precision.MONTH, Precision.YEAR, Precision.SPAN],
                    date__isnull=False,
                    date_until__gt=F("date"),
                ),
                name="treaty_action_dated",
                violation_error_message=_("The dates do not fit how exactly they are known."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "country", "organisation", "action", "date"],
                name="treaty_action_once",
                nulls_distinct=False,
                violation_error_message=_("This action is entered already."),
            ),
        ]
        indexes = [models.Index(fields=["country", "instrument"], name="treaty_action_of_country")]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_action_display()}"

    def clean(self) -> None:
        """The last day follows the first where the day, the month or the year is known. Raises
        ValidationError for a day that is ahead."""
        self.follow_precision()
        if sentence := implausible_date(self.action, self.date):
            raise ValidationError({"date": sentence})

    def follow_precision(self) -> None:
        """Sets the last day on which it can have been."""
        self.date, self.date_until = Precision(self.precision).span(self.date, self.date_until)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its last day."""
        self.follow_precision()
        super().save(*args, **kwargs)

    @property
    def who(self) -> str:
        """The country in the reader's language, or the organisation."""
        return self.country.name if self.country is not None else self.organisation


@pghistory.track()
class Obligation(Named):
    """An article or chapter of an instrument that obliges its parties to something, which requests
    and engagements can name. `pillar` is the code of the line of work that helps with it."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="obligations")
    code = models.CharField(max_length=40, unique=True)  # BUDAPEST-16, UN-CAC-chapter-II
    article = models.CharField(_("article"), max_length=20)
    pillar = models.SlugField(_("pillar"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["instrument__order", "order", "code"]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        indexes = [GinIndex(OBLIGATION_WORDS, name="obligation_words")]

    @property
    def label(self) -> str:
        """The article and what it is about."""
        return gettext("%(name)s (%(place)s)") % {"name": self.name, "place": self.place}

    @property
    def place(self) -> str:
        """“Article 16” or “chapter II”, in the reader's language."""
        chapter = self.article.removeprefix("chapter ")
        if chapter != self.article:
            return gettext("chapter %(number)s") % {"number": chapter}
        return gettext("article %(number)s") % {"number": self.article}
