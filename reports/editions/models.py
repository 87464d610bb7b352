"""Editions: what readers outside the programme get of a revision."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.checks import CheckedModel
from countries.models import Country
from reports.editions.choices import Audience
from reports.editions.querysets import EditionQuerySet
from reports.kinds.choices import kind_choices, kind_title
from reports.reports.immutability import published_stays
from reports.reports.models import ReportRevision
from reports.schedules.titles import localised_title
from reports.snapshots.storage import stored_snapshot
from reports.snapshots.types import Snapshot


@pghistory.track(exclude=["snapshot"])
class ReportEdition(CheckedModel):
    """What readers outside the programme get of a revision: a snapshot of its own, without what is
    not theirs.

    Once published, focal points read these rows and no others of reports; period and kind stand
    here so that they need no other.
    """

    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="editions")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    # whose brief it is
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=kind_choices)
    title = models.CharField(max_length=200)
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    highlights = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # the one that readers find; former ones stay readable by their address
    is_current = models.BooleanField(default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "title"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["revision", "audience"], name="edition_once"),
            models.CheckConstraint(condition=~Q(audience="internal"), name="edition_is_for_others"),
            models.CheckConstraint(
                condition=~Q(audience="country") | Q(country__isnull=False),
                name="edition_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(published_at__isnull=False),
                name="edition_current_is_published",
            ),
        ]
        indexes = [
            models.Index(
                fields=["country", "-period_end"],
                name="edition_of_country",
                condition=Q(is_current=True),
            )
        ]
        triggers = published_stays("edition", "is_current")

    def __str__(self) -> str:
        return f"{self.title} ({self.get_audience_display()})"

    @property
    def contents(self) -> Snapshot:
        """Its snapshot, whose rows are read when they are asked for."""
        return stored_snapshot(self.snapshot, self.revision_id, self.audience)

    @property
    def called(self) -> str:
        """Its title as a reader of the active language sees it."""
        return localised_title(kind_title(self.kind), self.title)

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("edition", args=[self.pk])
