"""When people are asked, and what they can answer.

Levels are Kirkpatrick's: 1 reaction, 2 learning, 3 behaviour at work, 4 results.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# Nothing is said of fewer people than this (rules of the programme, section 9).
FEWEST = 5


class Wave(models.IntegerChoices):
    """When people are asked: calendar months after the last part."""

    END = 0, _("At the end")
    THREE_MONTHS = 3, _("After 3 months")
    SIX_MONTHS = 6, _("After 6 months")
    TWELVE_MONTHS = 12, _("After 12 months")


FOLLOW_UPS = (Wave.THREE_MONTHS, Wave.SIX_MONTHS, Wave.TWELVE_MONTHS)


class Use(models.TextChoices):
    """Whether what was learnt is used at work: level 3."""

    OFTEN = "often", _("Yes, often")
    SOMETIMES = "sometimes", _("Yes, sometimes")
    NOT_YET = "not_yet", _("Not yet")
    NO = "no", _("No")


IN_USE = (Use.OFTEN, Use.SOMETIMES)


class Obstacle(models.TextChoices):
    """What stood most in the way of using it."""

    NOTHING = "nothing", _("Nothing stood in the way")
    TIME = "time", _("No time")
    EQUIPMENT = "equipment", _("No equipment or software")
    LAW = "law", _("The law or procedures")
    SUPPORT = "support", _("No support from superiors")
    POST = "post", _("Another post since then")
    OTHER = "other", _("Something else")


class Stage(models.TextChoices):
    """When a test is taken."""

    BEFORE = "before", _("Before the course")
    AFTER = "after", _("After the course")
