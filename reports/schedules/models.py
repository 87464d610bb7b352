"""Schedules in versions, and the reports that they demand: one row a version, subject and period, ever."""

from __future__ import annotations

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.users.models import check_zone
from assistance.programmes.models import Programme
from reports.schedules.querysets import ReportQuerySet, ScheduleQuerySet

USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """Which report."""

    PROGRESS = "progress", _("Progress report")


class Frequency(models.TextChoices):
    """How long a period is."""

    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("half-yearly")
    YEARLY = "yearly", _("yearly")


class Format(models.TextChoices):
    """What a document is written in."""

    HTML = "html", _("Page")
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


class Audience(models.TextChoices):
    """Who a document is for."""

    INTERNAL = "internal", _("internal")


def all_formats() -> list[str]:
    """Every format, as new schedules offer it."""
    return list(Format.values)


def english() -> list[str]:
    """The language of new schedules."""
    return ["en"]


@pghistory.track()
class Schedule(models.Model):
    """A report that makes itself. What it covers and how often stands in its versions."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="schedules", verbose_name=_("programme"))
    kind = models.CharField(_("report"), max_length=12, choices=Kind.choices, default=Kind.PROGRESS)
    title = models.CharField(_("title"), max_length=200)
    is_paused = models.BooleanField(_("paused"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ScheduleVersion(models.Model):
    """How a schedule works from one period boundary until another."""

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency.choices, default=Frequency.QUARTERLY)
    valid_from = models.DateField(_("first period begins on"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    cutoff_days = models.PositiveSmallIntegerField(_("working days from the period's end to the cut-off"), default=11)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=english)
    formats = ArrayField(models.CharField(max_length=6, choices=Format.choices), verbose_name=_("formats"), default=all_formats)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Vienna", validators=[check_zone])
    hour = models.PositiveSmallIntegerField(_("hour at which work starts"), default=6)
    recipients: models.ManyToManyField[Any, Any] = models.ManyToManyField(USER, related_name="+", blank=True, verbose_name=_("recipients"))

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="schedule_version_once"),
            models.UniqueConstraint(fields=["schedule"], condition=Q(valid_until__isnull=True), name="schedule_one_open_version"),
            models.CheckConstraint(condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="schedule_version_ordered"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="schedule_hour_of_day"),
            models.CheckConstraint(condition=Q(cutoff_days__range=(1, 120)), name="schedule_cutoff_1_to_120"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} v{self.number}"


class RecipientEvent(pghistory.create_event_model(ScheduleVersion.recipients.through)):  # type: ignore[misc]
    """Who was put on the list of a version's recipients, or taken off it."""


@pghistory.track()
class Report(models.Model):
    """One report of one period: made when the period opens, with due date and cut-off fixed in it; produced after the cut-off."""

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
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXPECTED)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it failed or was skipped
    skipped_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    produced_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["version", "subject_type", "subject_id", "period_start"], name="report_once_ever"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="report_period_ordered"),
            models.CheckConstraint(condition=Q(due_at__gte=F("cutoff_at")), name="report_due_no_earlier_than_cutoff"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, published_by__isnull=False), name="report_published_says_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="report_to_produce", condition=Q(state__in=["expected", "producing", "failed"]))]

    def __str__(self) -> str:
        return f"{self.version.schedule.title}, {self.period_start} – {self.period_end}"

    @property
    def current(self) -> ReportRevision | None:
        """The revision in force; None before the first."""
        return self.revisions.filter(is_current=True).first()

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("report", args=[self.pk])


@pghistory.track(exclude=["snapshot"])  # never changed, and its hash stands beside it
class ReportRevision(models.Model):
    """The snapshot of all figures with the ids that they count, the narrative, and the documents made from both. A published one never changes."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    is_current = models.BooleanField(default=True)
    snapshot = models.TextField()  # canonical JSON, kept to the letter: its hash must hold for ever
    sha256 = models.CharField(max_length=64)
    highlights = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    template_version = models.CharField(max_length=20)

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["report"], condition=Q(is_current=True), name="revision_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} r{self.number}"


@pghistory.track(exclude=["content"])
class ReportDocument(models.Model):
    """The stored bytes of a revision in one language and format: the record."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=6, choices=Format.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["revision", "language", "format"]
        constraints = [models.UniqueConstraint(fields=["revision", "language", "format", "audience"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.language} {self.format}"
