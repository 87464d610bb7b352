"""The results framework of a programme: outcomes, outputs, indicators with baselines and targets, in
versions. Source: the rules of the programme, section 9.

A version is loaded whole and never changed: what was reported under it can always be worked out
again. Another version begins on a day of its own.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Pillar, Programme
from assistance.results.choices import Direction, Frequency, Measurement, OverPeriods, OverPlaces
from assistance.results.querysets import FrameworkQuerySet

MOST_DISAGGREGATIONS = 5
DIGITS, PLACES = 18, 2  # of a value


def unchanging(name: str) -> pgtrigger.Protect:
    """The trigger that keeps a loaded version as it is."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class ResultsFramework(models.Model):
    """One version of a programme's framework. It holds from a day on, until a later version does."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="frameworks")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    version = models.PositiveSmallIntegerField(_("version"), validators=[MinValueValidator(1)])
    first_day = models.DateField(_("first day"))
    until = models.DateField(_("first day after"))
    valid_from = models.DateField(_("holds from"))
    sdg_targets = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)  # of the file's content
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "valid_from", "version"]
        verbose_name = _("results framework")
        verbose_name_plural = _("results frameworks")
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="framework_version_once"),
            models.CheckConstraint(
                condition=Q(until__gt=F("first_day")), name="framework_ends_after_it_begins"
            ),
        ]
        triggers = [unchanging("framework_version_stays")]

    def __str__(self) -> str:
        return f"{self.code}, {self.version}"


class FrameworkText(models.Model):
    """What an outcome and an output have in common: a code, a sentence, a place in the order."""

    code = models.CharField(_("code"), max_length=20)
    text = models.CharField(_("text"), max_length=500)
    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Outcome(FrameworkText):
    """A change in institutions or behaviour."""

    framework = models.ForeignKey(ResultsFramework, models.CASCADE, related_name="outcomes")
    sdg_targets = ArrayField(models.CharField(max_length=8), default=list, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="outcome_code_once")
        ]
        triggers = [unchanging("outcome_stays")]


class Output(FrameworkText):
    """What the programme itself brings about."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="outputs")
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints = [models.UniqueConstraint(fields=["outcome", "code"], name="output_code_once")]
        triggers = [unchanging("output_stays")]


class Indicator(FrameworkText):
    """By what an outcome, or one of its outputs, is measured.

    `figure` is the code of a figure of the catalogue, counted over the rows that `narrowed_by`
    names by dimension; without one the value is reported by people. A baseline that was not measured has
    no value.
    """

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="indicators")
    output = models.ForeignKey(Output, models.CASCADE, null=True, related_name="indicators")
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=60)
    measurement = models.CharField(_("measured in"), max_length=12, choices=Measurement.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    over_periods = models.CharField(_("over periods"), max_length=10, choices=OverPeriods.choices)
    over_places = models.CharField(_("over countries"), max_length=10, choices=OverPlaces.choices)
    baseline_year = models.PositiveSmallIntegerField(
        _("year of the baseline"),
        null=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    baseline = models.DecimalField(
        _("baseline"), null=True, max_digits=DIGITS, decimal_places=PLACES
    )
    baseline_numerator = models.PositiveBigIntegerField(null=True)
    baseline_denominator = models.PositiveBigIntegerField(null=True)
    baseline_words = models.CharField(max_length=300, blank=True)
    disaggregations = ArrayField(
        models.CharField(max_length=60), size=MOST_DISAGGREGATIONS, default=list, blank=True
    )
    means_of_verification = models.CharField(_("means of verification"), max_length=500)
    source = models.CharField(_("source"), max_length=500, blank=True)
    frequency = models.CharField(
        _("reported"), max_length=12, choices=Frequency.choices, blank=True
    )
    responsible = models.CharField(_("responsible"), max_length=120, blank=True)
    figure = models.CharField(_("computed from"), max_length=60, blank=True)
    narrowed_by = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["outcome", "code"], name="indicator_code_once"),
            models.CheckConstraint(
                condition=Q(baseline_numerator__isnull=True, baseline_denominator__isnull=True)
                | Q(baseline_denominator__gte=F("baseline_numerator")),
                name="indicator_baseline_of_a_whole",
            ),
        ]
        triggers = [unchanging("indicator_stays")]

    @property
    def is_computed(self) -> bool:
        """Whether its values are figures of the catalogue."""
        return bool(self.figure)

    @property
    def is_summed(self) -> bool:
        """Whether it counts what came together since the framework's first day."""
        return self.over_periods == OverPeriods.SUM and self.measurement == Measurement.NUMBER


class IndicatorTarget(models.Model):
    """What an indicator is to have reached by the end of a day."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    by = models.DateField(_("by"))
    value = models.DecimalField(_("target"), null=True, max_digits=DIGITS, decimal_places=PLACES)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["by"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "by"], name="indicator_target_once_a_day")
        ]
        triggers = [unchanging("indicator_target_stays")]

    def __str__(self) -> str:
        return f"{self.value if self.value is not None else self.words} ({self.by})"
