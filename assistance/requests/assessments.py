"""The officer's assessment of a request, written for the manager who decides. The country reads
nothing of it.

It stands in a table of its own on which the role of focal points has no right at all. Source: the
rules of the programme, sections 1 and 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assistance.requests.models import AssistanceRequest
from core.db.fields import column_of
from core.db.search import SearchWords, joined
from core.text import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

USER = settings.AUTH_USER_MODEL
PARTS = ("relevance", "done_before", "overlap", "capacity", "cost", "risk")
ASSESSMENT_WORDS = SearchWords(models.Value(""), joined(*PARTS, "reasons"))


class Recommendation(models.TextChoices):
    """What the officer proposes to the manager."""

    ACCEPT = "accept", _("Accept")
    WAITLIST = "waitlist", _("Put on the waiting list")
    REFER = "refer", _("Refer to another organisation")
    DECLINE = "decline", _("Do not accept")


@pghistory.track(model_name="AssessmentHistory")
class Assessment(models.Model):
    """The one in force of a request; what it said before stands in its history.

    Without a recommendation there is none yet.
    """

    request = models.OneToOneField(AssistanceRequest, models.CASCADE, related_name="assessment")
    round = models.PositiveSmallIntegerField()
    notes = models.JSONField(default=dict)  # by point of the checklist
    relevance = models.TextField(_("relevance"))
    done_before = models.TextField(_("what was done before"))
    overlap = models.TextField(_("overlap with the support of others"))
    capacity = models.TextField(_("capacity of the country and of the programme"))
    cost = models.TextField(_("cost"))
    risk = models.TextField(_("risk"))
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation.choices, blank=True
    )
    reasons = models.TextField(_("reasons of the recommendation"), blank=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # the manager sent it back, and it is not complete anew
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__in=[*Recommendation.values, ""]),
                name="assessment_recommendation_known",
            ),
        ]
        indexes = [GinIndex(ASSESSMENT_WORDS, name="assessment_words")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.recommendation}"

    def parts(self) -> list[tuple[str, str]]:
        """Label and text of each part, in their order."""
        return [(str(label_of_part(name)), getattr(self, name)) for name in PARTS]


def label_of_part(name: str) -> Label:
    """The label of a part, in the language of whoever reads it."""
    return capfirst(column_of(Assessment, name).verbose_name)


def values_of(
    given: Mapping[str, object], checklist: tuple[tuple[str, Label], ...]
) -> dict[str, object]:
    """The columns of an assessment from the values of the form; `checklist` holds the codes of its
    points."""
    values = {name: given.get(name, "") for name in (*PARTS, "recommendation", "reasons")}
    return values | {"notes": {code: given.get(f"note_{code}", "") for code, _label in checklist}}
