"""What was said with a country outside any request: a call, a meeting, a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Programme
from assistance.requests.field_sets import CALLED_BY
from core import access
from core.db.search import SearchWords, joined
from countries.models import Country

if TYPE_CHECKING:
    from accounts.users.models import User

NOTE_WORDS = SearchWords(models.Value(""), joined("whom", "said"))
# only the words go, once, with the time at which they went
ONLY_ERASED = """
    IF TG_OP = 'DELETE' OR OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
        OR NEW.said <> '' OR NEW.whom <> ''
        OR to_jsonb(NEW) - 'said' - 'whom' - 'erased_at'
            IS DISTINCT FROM to_jsonb(OLD) - 'said' - 'whom' - 'erased_at'
    THEN
        RAISE EXCEPTION 'A note stays as it was written; only its words can be erased';
    END IF;
    RETURN NEW;
"""


class CountryNoteQuerySet(models.QuerySet["CountryNote"]):
    """Notes by reader."""

    def visible_to(self, user: User) -> CountryNoteQuerySet:
        """Staff: of their programmes. Focal points: the shared ones of their countries and
        programmes."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            theirs = access.rows_of_pairs(access.designated_pairs(user))
            return self.filter(theirs, is_shared=True)
        if user.is_programme_staff:
            return self.filter(programme__in=access.programme_ids(user))
        return self.none()


class CountryNote(models.Model):
    """A note belongs to a programme and is internal unless shared. It is append-only; its words can
    be erased (rules of the programme, section 1)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="country_notes")
    country = models.ForeignKey(Country, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    whom = models.CharField(_("with whom"), max_length=300)
    held_on = models.DateField(_("when"))
    by = models.CharField(_("by what"), max_length=10, choices=CALLED_BY)
    said = models.TextField(_("what was said"))
    is_shared = models.BooleanField(_("the country reads it"), default=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = CountryNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("note on a country")
        verbose_name_plural = _("notes on countries")
        indexes = [
            models.Index(fields=["country", "-held_on"], name="note_of_country"),
            GinIndex(NOTE_WORDS, name="note_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="note_only_erased",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=ONLY_ERASED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.held_on}"

    def get_absolute_url(self) -> str:
        """Where it is read: on the page of its country."""
        return f"{self.country.get_absolute_url()}#notes"
