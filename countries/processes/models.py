"""Intergovernmental processes: their sessions, the documents before these, which countries attended,
and what was recommended."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.search import SearchWords, joined
from core.db.tracking import history_by_time
from core.text import Label
from countries.geography.models import Country
from countries.instruments.models import Instrument
from countries.names import Named, all_names, name_in
from countries.processes.choices import DELEGATES, DocumentKind, Level, SessionKind
from countries.processes.querysets import AttendanceQuerySet, DocumentQuerySet
from files.models import Attachment

MOST_DELEGATES = 500  # of one country at one session
PROCESS_WORDS = SearchWords(
    joined("code", all_names("names", "full_names")), all_names("summaries")
)
SESSION_WORDS = SearchWords(all_names("names"), joined("place", "agenda", "outcome"))
DOCUMENT_WORDS = SearchWords(joined("symbol", "title"))
RECOMMENDATION_WORDS = SearchWords(Value(""), "text")


class ProcessFacts(Named):
    """A body of States that meets in sessions until its work is done."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=100)
    full_names = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    mandate = models.CharField(_("mandate"), max_length=200, blank=True)
    mandate_url = models.CharField(
        _("where the mandate is read"),
        max_length=300,
        blank=True,
        validators=[URLValidator(["https"])],
    )
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        """Its title in full, in the reader's language."""
        return name_in(self.full_names) or self.name

    @property
    def summary(self) -> str:
        """What it is for, in the reader's language."""
        return name_in(self.summaries)


@pghistory.track()
class Process(ProcessFacts):
    """A process with what it came after, and the instrument that it is about."""

    came_after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="processes"
    )

    class Meta:
        indexes = [GinIndex(PROCESS_WORDS, name="process_words")]
        ordering = ["order", "code"]
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("process", args=[self.code])


class SessionFacts(Named):
    """Which meeting of a process it is, when and where; dates are those of its place."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=SessionKind.choices, default=SessionKind.SESSION
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether its last day is past (UTC)."""
        return self.ends_on < timezone.now().date()


@pghistory.track()
class ProcessSession(SessionFacts):
    """A meeting of a process, on dates of its place.

    `attendance_is_whole` says that every country which attended is entered: only then did the
    others not attend.
    """

    process = models.ForeignKey(
        Process, models.PROTECT, related_name="sessions", verbose_name=_("process")
    )
    agenda = models.TextField(_("agenda"), blank=True)
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    attendance_is_whole = models.BooleanField(
        _("every country that attended is entered"), default=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="session_ordered",
                violation_error_message=_("The session ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=["process", "starts_on"],
                name="session_once",
                violation_error_message=_("The process has a session that begins on this day."),
            ),
        ]
        indexes = [GinIndex(SESSION_WORDS, name="session_words")]

    def __str__(self) -> str:
        return f"{self.process.name}, {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("session", args=[self.pk])


class DocumentFacts(models.Model):
    """A document before a session. Without a symbol it says so; symbols are never guessed."""

    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2), verbose_name=_("languages"), default=list, blank=True
    )
    url = models.CharField(
        _("where it is read"), max_length=300, blank=True, validators=[URLValidator(["https"])]
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def language_list(self) -> str:
        """The languages in which it is there, as a row of their codes."""
        return " ".join(self.languages)


@pghistory.track()
class SessionDocument(DocumentFacts):
    """A document of a session that is entered."""

    session = models.ForeignKey(ProcessSession, models.CASCADE, related_name="documents")
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["session", "kind", "symbol", "id"]
        verbose_name = _("document of a session")
        verbose_name_plural = _("documents of sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "symbol", "title"],
                name="session_document_once",
                violation_error_message=_("The session has this document already."),
            )
        ]
        indexes = [GinIndex(DOCUMENT_WORDS, name="session_document_words")]

    def __str__(self) -> str:
        return self.symbol or self.title

    @property
    def address(self) -> str:
        """Where it is read: the link, or else the file that was added last, as the page has looked
        it up (`with_files`)."""
        file: Attachment | None = getattr(self, "file", None)
        return self.url or (file.get_absolute_url() if file is not None else "")


def number_of_delegates(label: Label) -> models.PositiveSmallIntegerField[int | None, int | None]:
    """The column of a number that may be unknown."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(MOST_DELEGATES)]
    )


@pghistory.track(meta={"indexes": [history_by_time("attendance_history_by_time")]})
class SessionAttendance(models.Model):
    """A country at a session: how many delegates, as far as that is known, and of which level.

    No names. A blank number is not known, never zero. `is_invented` marks sample data.
    """

    session = models.ForeignKey(ProcessSession, models.PROTECT, related_name="attendances")
    country = models.ForeignKey(Country, models.PROTECT, related_name="attendances")
    women = number_of_delegates(_("women"))
    men = number_of_delegates(_("men"))
    other = number_of_delegates(_("other"))
    unknown = number_of_delegates(_("sex not known"))
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    is_invented = models.BooleanField(_("invented"), default=False, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "id"]
        verbose_name = _("attendance at a session")
        verbose_name_plural = _("attendance at sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "country"],
                name="session_attendance_once",
                violation_error_message=_("The country is entered for this session already."),
            ),
        ]
        indexes = [models.Index(fields=["country", "session"], name="attendance_of_country")]

    def __str__(self) -> str:
        return f"{self.country_id} {self.session_id}"

    @property
    def delegates(self) -> int | None:
        """How many there were; None where no number is known."""
        return total_of(self)

    @property
    def words(self) -> str:
        """The number, or that it is not known."""
        return gettext("not known") if self.delegates is None else str(self.delegates)


def total_of(attendance: SessionAttendance) -> int | None:
    """The sum of the numbers that are known; None where none is."""
    known = [n for n in (getattr(attendance, name) for name in DELEGATES) if n is not None]
    return sum(known) if known else None


class SessionNumbers(models.Model):
    """A view of the database: how many countries attended a session, and with how many delegates;
    what focal points read of other countries' attendance."""

    session = models.OneToOneField(
        ProcessSession, models.DO_NOTHING, primary_key=True, related_name="numbers"
    )
    countries = models.IntegerField()
    delegates = models.IntegerField(null=True)  # None where no number is known
    without_delegates = models.IntegerField()  # countries whose number is not known
    is_invented = models.BooleanField()  # some of it is sample data

    class Meta:
        managed = False
        db_table = "countries_sessionnumbers"

    def __str__(self) -> str:
        return f"{self.session_id}: {self.countries}"


@pghistory.track()
class SessionRecommendation(models.Model):
    """What a session recommended, which requests and engagements can name by its code."""

    session = models.ForeignKey(ProcessSession, models.PROTECT, related_name="recommendations")
    code = models.SlugField(max_length=60, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("recommendation"), max_length=2000)

    class Meta:
        ordering = ["session", "number"]
        verbose_name = _("recommendation of a session")
        verbose_name_plural = _("recommendations of sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="session_recommendation_once",
                violation_error_message=_("The session has a recommendation of this number."),
            )
        ]
        indexes = [GinIndex(RECOMMENDATION_WORDS, name="recommendation_words")]

    def __str__(self) -> str:
        return self.text

    @property
    def short(self) -> str:
        """Its beginning, where there is little room."""
        return self.text if len(self.text) <= 120 else f"{self.text[:117]}…"
