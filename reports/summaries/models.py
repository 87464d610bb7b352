"""Summaries of what was ever recorded, for figures that would have to read all of it again.

A summary is appended to, in the transaction that changes what it sums up, and never changed: two who
write at one time never wait for the same row, and it answers for every instant, as history does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

import pgtrigger
from django.db import models

from assistance.programmes.models import Pillar, Programme
from countries.models import Country


class Unchecked(TypedDict):
    """Of a foreign key that the database copies from a row where it is checked."""

    on_delete: Callable[..., None]
    db_constraint: bool
    db_index: bool


UNCHECKED = Unchecked(on_delete=models.PROTECT, db_constraint=False, db_index=False)


class ReachChange(models.Model):
    """By how much the rows grew or shrank in which a country took part in held parts of an
    engagement that ended on one day; written by the database (`reports/summaries/reach.py`).

    The rows that it sums up have the constraints. It outlasts the engagement.
    """

    engagement = models.BigIntegerField()
    programme = models.ForeignKey(Programme, related_name="+", **UNCHECKED)
    country = models.ForeignKey(Country, related_name="+", **UNCHECKED)
    pillar = models.ForeignKey(Pillar, null=True, blank=True, related_name="+", **UNCHECKED)
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    change = models.SmallIntegerField()

    class Meta:
        verbose_name = "change of reach"
        verbose_name_plural = "changes of reach"
        indexes = [
            models.Index(fields=["programme", "country", "ends_on"], name="reach_of_country"),
            models.Index(fields=["engagement"], name="reach_of_engagement"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reach_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_id}, {self.ends_on}: {self.change:+}"
