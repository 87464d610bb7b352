"""Schedules in versions, and the reports that they demand: one row a version, subject and period,
ever."""

from __future__ import annotations

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.users.models import check_zone
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar, Programme
from countries.geography.models import REGIONS
from countries.models import Country, CountryGroup
from reports.kinds.choices import DEFAULT_KIND, kind_choices, kind_title
from reports.schedules.immutability import DOCUMENTS_STAY, published_stays
from reports.schedules.periods import Rhythm
from reports.schedules.querysets import EditionQuerySet, ReportQuerySet, ScheduleQuerySet
from reports.schedules.titles import localised_title

USER = settings.AUTH_USER_MODEL
IN_PAUSE = gettext_noop("Paused when it was due.")


class Frequency(models.TextChoices):
    """How long a period is."""

    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("half-yearly")
    YEARLY = "yearly", _("yearly")
    DATES = "dates", _("from date to date, as given")


class Format(models.TextChoices):
    """What a document is written in."""

    HTML = "html", _("Page")
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


class Audience(models.TextChoices):
    """Who a document is for."""

    INTERNAL = "internal", _("internal")
    DONOR = "donor", _("for the donor")
    COUNTRY = "country", _("for the country")
    PUBLIC = "public", _("public")


def all_formats() -> list[str]:
    """Every format, as new schedules offer it."""
    return list(Format.values)


def default_languages() -> list[str]:
    """The language of new schedules."""
    return ["en"]


@pghistory.track()
class Schedule(models.Model):
    """A report that makes itself. What it covers and how often stands in its versions."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="schedules", verbose_name=_("programme")
    )
    kind = models.CharField(_("report"), max_length=12, choices=kind_choices, default=DEFAULT_KIND)
    title = models.CharField(_("title"), max_length=200)
    is_paused = models.BooleanField(_("paused"), default=False)
    # when the pause began; none where there is none
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """Its title as a reader of the active language sees it."""
        return localised_title(kind_title(self.kind), self.title)


@pghistory.track()
class ScheduleVersion(models.Model):
    """How a schedule works from one period boundary until another."""

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    frequency = models.CharField(
        _("frequency"), max_length=12, choices=Frequency.choices, default=Frequency.QUARTERLY
    )
    # of a fiscal year
    first_month = models.PositiveSmallIntegerField(_("month in which the year begins"), default=1)
    # with DATES: each begins a period, the last ends one
    dates = ArrayField(models.DateField(), verbose_name=_("dates"), default=list, blank=True)
    countries: models.ManyToManyField[Country, Any] = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("countries")
    )
    group = models.ForeignKey(
        CountryGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("group of countries"),
    )
    region = models.CharField(_("region"), max_length=20, choices=REGIONS.items(), blank=True)
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pillar")
    )
    donor = models.ForeignKey(
        Donor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("donor")
    )
    attach = models.BooleanField(_("attach the PDF to mails"), default=False)
    valid_from = models.DateField(_("first period begins on"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    cutoff_days = models.PositiveSmallIntegerField(
        _("working days from the period's end to the cut-off"), default=11
    )
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("languages"), default=default_languages
    )
    formats = ArrayField(
        models.CharField(max_length=6, choices=Format.choices),
        verbose_name=_("formats"),
        default=all_formats,
    )
    zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Vienna", validators=[check_zone]
    )
    hour = models.PositiveSmallIntegerField(_("hour at which work starts"), default=6)
    recipients: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        USER, related_name="+", blank=True, verbose_name=_("recipients")
    )

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="schedule_version_once"),
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(valid_until__isnull=True),
                name="schedule_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="schedule_version_ordered",
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="schedule_hour_of_day"),
            models.CheckConstraint(
                condition=Q(cutoff_days__range=(1, 120)), name="schedule_cutoff_1_to_120"
            ),
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12)), name="schedule_first_month_of_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} v{self.number}"

    @property
    def rhythm(self) -> Rhythm:
        """How its periods follow each other."""
        return Rhythm(self.frequency, self.first_month, tuple(self.dates))


class CountryInScopeEvent(pghistory.create_event_model(ScheduleVersion.countries.through)):  # type: ignore[misc]
    """Which country was put into the scope of a version, or taken out of it."""


class RecipientEvent(pghistory.create_event_model(ScheduleVersion.recipients.through)):  # type: ignore[misc]
    """Who was put on the list of a version's recipients, or taken off it."""


@pghistory.track()
class Report(models.Model):
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
    snapshot = models.TextField()  # canonical JSON, kept to the letter: its hash must hold for ever
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
    def internal_documents(self) -> models.QuerySet[ReportDocument]:
        """The programme's own, without their bytes."""
        return self.documents.filter(audience=Audience.INTERNAL).defer("content")


@pghistory.track(exclude=["snapshot"])
class ReportEdition(models.Model):
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
    def called(self) -> str:
        """Its title as a reader of the active language sees it."""
        return localised_title(kind_title(self.kind), self.title)

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("edition", args=[self.pk])


@pghistory.track(exclude=["content"])
class ReportDocument(models.Model):
    """The stored bytes of a revision in one language and format: the record."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=6, choices=Format.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    # none for the internal one
    edition = models.ForeignKey(
        ReportEdition, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["revision", "language", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language", "format", "audience"], name="document_once"
            )
        ]
        triggers = [DOCUMENTS_STAY]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.language} {self.format}"
