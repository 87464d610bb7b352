"""The words of a results framework: how an indicator is measured, how its values add up, how it is
rated. Source: the rules of the programme, section 9."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measurement(models.TextChoices):
    """In what an indicator is measured."""

    NUMBER = "number", _("number")
    SHARE = "share", _("share")  # numerator and denominator, both kept
    QUALITATIVE = "qualitative", _("words on a scale")


class Direction(models.TextChoices):
    """Which way is better."""

    INCREASE = "increase", _("more is better")
    DECREASE = "decrease", _("less is better")


class OverPeriods(models.TextChoices):
    """What the values of several periods give together."""

    SUM = "sum", _("added up")
    LATEST = "latest", _("the latest")
    HIGHEST = "highest", _("the highest")
    ANEW = "anew", _("worked out over the whole span")


class OverPlaces(models.TextChoices):
    """What the values of several countries give together."""

    SUM = "sum", _("added up")
    NONE = "none", _("nothing: each stands by itself")


class Frequency(models.TextChoices):
    """How often people report a value."""

    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("half-yearly")
    YEARLY = "yearly", _("yearly")


class Rating(models.TextChoices):
    """How far an indicator has come."""

    MET = "met", _("Met")
    ON_TRACK = "on_track", _("On track")
    CONSTRAINED = "constrained", _("Constrained")
    NO_PROGRESS = "no_progress", _("No progress")
    NO_DATA = "no_data", _("No data")


# what a person may give: without data there is nothing to rate
GIVEN = [choice for choice in Rating.choices if choice[0] != Rating.NO_DATA]
