"""What the public connection reads: views of the database, made for it, and the number that tells
kept pages from old ones.

Each holds only what strangers may read: the views choose rows and columns (the first migration of
this app), and the connection's role has no right on anything else. Source: the rules of the
programme, section 11, and its law of public pages.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet

from assistance.requests.public_states import PublicState, look_of, need_in_words
from core.db.compressed import CompressedField
from countries.names import Named, current_language, name_in
from reports.documents.choices import Format
from reports.kinds.choices import kind_title
from reports.schedules.titles import localised_title

CONNECTION = "public"


class PublicManager(models.Manager[Any]):
    """Reads through the public connection, and through no other."""

    def get_queryset(self) -> QuerySet[Any]:
        """All rows of the view."""
        return super().get_queryset().using(CONNECTION)


class PublicChange(models.Model):
    """A transaction that changed what strangers read. The sum of all is the number of now: it rises
    with each commit, so that a page kept from before is never sent again.

    Rows are added, since one that all writers update would make them wait for each other, and fail
    where they read as of one instant. `fold_changes` puts them together.
    """

    steps = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.steps)


class PublicSecret(models.Model):
    """One row, which makes the ids of the register: nobody works them out from those of requests."""

    secret = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="public_secret_one")]

    def __str__(self) -> str:
        return "secret"


class PublicView(models.Model):
    """A view of the database, read only."""

    objects = PublicManager()

    class Meta:
        abstract = True
        managed = False


class CurrentGeneration(PublicView):
    """The number of now: the sum of `PublicChange`."""

    number = models.BigIntegerField(primary_key=True)

    class Meta(PublicView.Meta):
        db_table = "public_generation"

    def __str__(self) -> str:
        return str(self.number)


class PublicProgramme(PublicView, Named):
    """A programme that has public pages."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    eligible_names = models.JSONField()  # of the group of countries that may ask
    decision_days = models.PositiveSmallIntegerField(null=True)  # working days, by its standard

    class Meta(PublicView.Meta):
        db_table = "public_programme"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, else in English."""
        return name_in(self.names) or self.title

    @property
    def eligible(self) -> str:
        """Which countries may ask, in the reader's language."""
        return name_in(self.eligible_names)


class PublicPillar(PublicView, Named):  # noqa: DJ008 a name is its text
    """A line of work that is in use."""

    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    summaries = models.JSONField()
    programmes = ArrayField(models.BigIntegerField())  # ids of those whose line of work it is

    class Meta(PublicView.Meta):
        db_table = "public_pillar"
        ordering = ["order"]

    @property
    def mark(self) -> str:
        """The class by which pages colour it: p1 to p4."""
        return f"p{(self.order - 1) % 4 + 1}"

    @property
    def summary(self) -> str:
        """What it is, in the reader's language."""
        return name_in(self.summaries)


class PublicCountry(PublicView):
    """A country, with its names, its place on the map, and the keys by which its names sort."""

    iso3 = models.CharField(max_length=3)
    tile_column = models.PositiveSmallIntegerField(null=True)
    tile_row = models.PositiveSmallIntegerField(null=True)
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120)
    sort_en = models.BinaryField()
    sort_fr = models.BinaryField()
    sort_es = models.BinaryField()
    sort_ar = models.BinaryField()
    sort_ru = models.BinaryField()
    sort_zh = models.BinaryField()
    has_focal_point = models.BooleanField()

    class Meta(PublicView.Meta):
        db_table = "public_country"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language."""
        return str(getattr(self, f"name_{current_language()}") or self.name_en)

    address: str = ""  # of its page, where it has one and whoever shows it has looked it up

    def get_absolute_url(self) -> str:
        """Its page; empty where it did not agree to one."""
        return self.address


class PublicCountryPage(PublicView):
    """A country that agreed to a page of its own; the institution of its focal point, if it agreed
    to that too."""

    programme = models.ForeignKey(PublicProgramme, models.DO_NOTHING, related_name="+")
    country = models.ForeignKey(PublicCountry, models.DO_NOTHING, related_name="+")
    institution = models.CharField(max_length=200)

    class Meta(PublicView.Meta):
        db_table = "public_country_page"

    def __str__(self) -> str:
        return str(self.country)


class PublicRequest(PublicView):
    """A request whose country lets strangers read its title, or its summary too, in words that an
    officer released. No reference, day, institution or person."""

    id = models.CharField(max_length=32, primary_key=True)  # of this view alone
    programme = models.ForeignKey(PublicProgramme, models.DO_NOTHING, related_name="+")
    country = models.ForeignKey(PublicCountry, models.DO_NOTHING, related_name="+")
    pillar = models.ForeignKey(PublicPillar, models.DO_NOTHING, related_name="+", null=True)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    language = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PublicState.choices)
    need_met = models.CharField(max_length=12)  # empty unless the country lets it be read

    class Meta(PublicView.Meta):
        db_table = "public_request"

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        """Its state in the reader's language."""
        return str(PublicState(self.state).label)

    @property
    def look(self) -> str:
        """The class of the mark beside its state."""
        return look_of(self.state)

    @property
    def need_words(self) -> str:
        """What the country said of its need, if it may be read."""
        return need_in_words(self.need_met)


class PublicEdition(PublicView):
    """A published public edition in force, with its figures and without rows."""

    programme = models.ForeignKey(PublicProgramme, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    is_whole = models.BooleanField()  # of the whole programme
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    cutoff_at = models.DateTimeField()
    figures = models.JSONField()
    served = ArrayField(models.BigIntegerField())  # ids of countries
    eligible = ArrayField(models.BigIntegerField())

    class Meta(PublicView.Meta):
        db_table = "public_edition"
        ordering = ["-period_end", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """Its title as a reader of the active language sees it."""
        return localised_title(kind_title(self.kind), self.title)


class PublicDocument(PublicView):
    """A stored document of such an edition."""

    key = models.UUIDField(default=uuid.uuid4)
    edition = models.ForeignKey(PublicEdition, models.DO_NOTHING, related_name="documents")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=6, choices=Format.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = CompressedField()

    class Meta(PublicView.Meta):
        db_table = "public_document"
        ordering = ["language", "format"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.format}"
