"""News as the public connection reads them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from portal.public.models import PublicProgramme, PublicView


class PublicNews(PublicView):
    """A published item in one language, while every country that it names lets it."""

    key = models.UUIDField()
    programme = models.ForeignKey(PublicProgramme, models.DO_NOTHING, related_name="+")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField()
    happened_on = models.DateField()
    published_at = models.DateTimeField()
    countries = ArrayField(models.BigIntegerField())  # ids

    class Meta(PublicView.Meta):
        db_table = "public_news"
        ordering = ["-happened_on", "-published_at"]

    def __str__(self) -> str:
        return self.title


class PublicNewsPicture(PublicView):
    """A picture of an item that may be read, in two sizes (JPEG)."""

    key = models.UUIDField()
    item_key = models.UUIDField()
    descriptions = models.JSONField()  # by language
    taken_by = models.CharField(max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small = models.BinaryField()
    large = models.BinaryField()

    class Meta(PublicView.Meta):
        db_table = "public_news_picture"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def description(self) -> str:
        """What it shows, in the active language; empty where nobody wrote it."""
        return str(self.descriptions.get(get_language() or "en", ""))
