"""News, each language a version of its own, and what countries agreed to."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from countries.models import Country, ProcessSession
from portal.news.querysets import NewsQuerySet

LONGEST_TEXT = 10_000  # characters


class NewsState(models.TextChoices):
    """Where an item stands."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


@pghistory.track()
class NewsItem(models.Model):
    """What happened, and which countries its texts name.

    Source: the rules of the programme, section 11. `text_mark` is of all its texts and pictures as they are:
    a country agrees to these, and to none that come after.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="news", verbose_name=_("programme")
    )
    happened_on = models.DateField(_("day on which it happened"))
    engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("engagement"),
    )
    session = models.ForeignKey(
        ProcessSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("session"),
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries that it names"), blank=True, related_name="news"
    )
    state = models.CharField(max_length=10, choices=NewsState.choices, default=NewsState.DRAFT)
    text_mark = models.CharField(max_length=64, blank=True, editable=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="news_published_says_when",
            )
        ]

    def __str__(self) -> str:
        first = self.texts.first()
        return first.title if first is not None else f"{self.happened_on}"

    def get_absolute_url(self) -> str:
        """Its page, for those who work on it."""
        from django.urls import reverse

        return reverse("news_item", args=[self.pk])


@pghistory.track()
class NewsText(models.Model):
    """An item in one language, written by a person."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)

    class Meta:
        ordering = ["item", "id"]
        verbose_name = _("text of a news item")
        verbose_name_plural = _("texts of news")
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="news_text_once")]

    def __str__(self) -> str:
        return self.title


class NewsAgreement(models.Model):
    """That a focal point agreed, for their country, to the texts of an item as they then were."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="agreements")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    text_mark = models.CharField(max_length=64)
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-agreed_at"]
        verbose_name = _("agreement to a text")
        verbose_name_plural = _("agreements to texts")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "country", "text_mark"], name="news_agreement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.country_id}"


@pghistory.track(exclude=["small", "large"])
class NewsPicture(models.Model):
    """A picture of an item, in two sizes that were made anew, without what its camera wrote.

    `descriptions` are by language: in a language without one the picture is not shown. `agreement`
    says how every person that can be recognised agreed. A picture that is removed is gone: no
    history holds it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="pictures")
    descriptions = models.JSONField(default=dict)
    taken_by = models.CharField(_("taken by"), max_length=200)
    agreement = models.TextField(_("how everybody who can be recognised agreed"), max_length=2000)
    small = models.BinaryField()
    large = models.BinaryField()
    width = models.PositiveSmallIntegerField()  # pixels of the large one
    height = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item", "id"]
        verbose_name = _("picture of a news item")
        verbose_name_plural = _("pictures of news")

    def __str__(self) -> str:
        return f"{self.key}"
