"""What a country can do about a treaty, and how exactly it is known when."""

from __future__ import annotations

import calendar
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """Acts by which a State comes nearer to a treaty, or leaves it (Vienna Convention on the Law of
    Treaties, articles 11 to 16, 24 and 56)."""

    SIGNED = "signed", _("Signed")
    RATIFIED = "ratified", _("Ratified")
    ACCEDED = "acceded", _("Acceded")
    IN_FORCE = "in_force", _("In force")
    DENOUNCED = "denounced", _("Denounced")


DEPOSITS = (Action.RATIFIED, Action.ACCEDED)  # by which a State becomes a party


class Precision(models.TextChoices):
    """How exactly the date of an action is known. What is known less exactly than by its day is
    shown as reported."""

    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")
    SPAN = "span", _("between two days")
    REPORTED = "reported", _("reported without a date")

    def span(self, first: date | None, last: date | None) -> tuple[date | None, date | None]:
        """The first and last day on which it can have happened, out of a day in that time."""
        if self is Precision.REPORTED:
            return None, None
        if first is None or self is Precision.SPAN:
            return first, last
        match self:
            case Precision.MONTH:
                days = calendar.monthrange(first.year, first.month)[1]
                return first.replace(day=1), first.replace(day=days)
            case Precision.YEAR:
                return date(first.year, 1, 1), date(first.year, 12, 31)
        return first, first
