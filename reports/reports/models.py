"""Reports, one row a version of a schedule, subject and period, ever; and their revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.db.checks import CheckedModel
from reports.editions.choices import Audience
from reports.reports.immutability import published_stays
from reports.reports.querysets import ReportQuerySet
from reports.schedules.models import ScheduleVersion
from reports.snapshots.storage import stored_snapshot
from reports.snapshots.types import Snapshot

if TYPE_CHECKING:
    from reports.documents.models import ReportDocument

USER = settings.AUTH_USER_MODEL
IN_PAUSE = gettext_noop("Paused when it was due.")


@pghistory.track()
class Report(CheckedModel):
    """One report of one period: made when the period opens, with due date and cut-off fixed in it;
    produced after the cut-off."""

    class State(models.TextChoices):
        """Where a report stands."""

        EXPECTED = "expected", _("Expected")
        PRODUCING = "producing", _("Being produced")
        PRODUCED = "produced", _("Produced")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        FAILED = "failed", _("Failed")
        SKIPPED = "skipped", _("Skipped")

    version = models.ForeignKey(ScheduleVersion, models.PROTECT, related_name="reports")
    subject_type = models.CharField(max_length=12, default="programme")
    subject_id = models.PositiveBigIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()  # half-open: the first day after
    cutoff_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # of the period before; none until it is fixed
    previous_cutoff_at = models.DateTimeField(null=True, blank=True, editable=False)
    # of the same period a year earlier, where that is another
    year_before_cutoff_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXPECTED)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # that failed, since it was last made
    losses = models.PositiveSmallIntegerField(default=0)  # workers lost while making it, in a row
    next_try_at = models.DateTimeField(null=True, blank=True)
    # why it failed or was skipped; `why` says it
    reason = models.CharField(max_length=500, blank=True)
    skipped_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    # by hand, until it is made
    asked_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    produced_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    # why the next revision is to be made
    correction_reason = models.CharField(max_length=500, blank=True)
    correction_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "subject_type", "subject_id", "period_start"],
                name="report_once_ever",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="report_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("cutoff_at")), name="report_due_no_earlier_than_cutoff"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="report_published_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="report_to_produce",
                condition=Q(state__in=["expected", "producing", "failed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version.schedule.title}, {self.period_start} – {self.period_end}"

    @property
    def why(self) -> str:
        """Why it failed, was sent back or skipped, for the reader.

        A pause gives no reason of its own; rows of former times have its sentence.
        """
        if self.state == self.State.SKIPPED and self.reason in ("", IN_PAUSE):
            return gettext(IN_PAUSE)
        return self.reason

    @property
    def batch(self) -> models.QuerySet[Report]:
        """All reports of its schedule on its period: one, or one for each country, donor or pillar."""
        return Report.objects.filter(version_id=self.version_id, period_start=self.period_start)

    @property
    def is_one_of_many(self) -> bool:
        """Whether it came with others: of countries, donors or pillars."""
        return self.batch.exclude(pk=self.pk).exists()

    @property
    def is_correcting(self) -> bool:
        """Whether a correction of what is published is under way."""
        return bool(self.correction_reason)

    @property
    def current(self) -> ReportRevision | None:
        """The revision in force; None before the first."""
        return self.revisions.filter(is_current=True).first()

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("report", args=[self.pk])


@pghistory.track(
    exclude=["snapshot", "stated"]
)  # whose hash stands beside it; `stated` follows from it
class ReportRevision(models.Model):
    """The snapshot of all figures with the ids that they count, the narrative, and the documents
    made from both. A published one never changes."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)  # of a correction
    is_current = models.BooleanField(default=True)
    cutoff_at = models.DateTimeField()  # of a correction later than the report's
    # who corrects; nobody made the first
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # until it is sent back
    reviewed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    # canonical JSON, kept to the letter: its hash must hold for ever; its rows stand in tables of
    # their own (`reports/snapshots/storage.py`)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    # of its snapshot, what later reports of the chain adjust (`chains.stated_by`)
    stated = models.JSONField(default=dict, editable=False)
    highlights = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # when people heard that it can be reviewed
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    template_version = models.CharField(max_length=20)
    # when new highlights made its documents outdated
    rewrite_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # why they could not be made anew, until they are
    rewrite_failure = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(is_current=True), name="revision_one_current"
            ),
        ]
        indexes = [
            models.Index(
                fields=["report"],
                name="revision_untold",
                condition=Q(is_current=True, told_at__isnull=True),
            ),
            models.Index(
                fields=["rewrite_asked_at"],
                name="revision_to_rewrite",
                condition=Q(rewrite_asked_at__isnull=False),
            ),
        ]
        triggers = published_stays(
            "revision", "is_current", "told_at", "rewrite_asked_at", "rewrite_failure"
        )

    def __str__(self) -> str:
        return f"{self.report_id} r{self.number}"

    @property
    def contents(self) -> Snapshot:
        """Its snapshot, whose rows are read when they are asked for."""
        return stored_snapshot(self.snapshot, self.pk, Audience.INTERNAL)

    @property
    def internal_documents(self) -> models.QuerySet[ReportDocument]:
        """The programme's own, without their bytes."""
        return self.documents.filter(audience=Audience.INTERNAL).defer("content")
