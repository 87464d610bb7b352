"""What changed by an output in a period: a text that people write, out of what engagements say of their
outcome.

Like a reported value it stands: another text of the same period takes its place from then on, and a
report has the one that was there at its cut-off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.results.models import Output, ResultsFramework
from core.workflow.exceptions import DomainError

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 2000
MOST_OUTCOMES = 12  # of engagements, offered to who writes


class NarrativeQuerySet(models.QuerySet["OutputNarrative"]):
    """Texts by what they are of, and as known when."""

    def known(self, before: datetime | None = None) -> NarrativeQuerySet:
        """The last that was written of each output and period before an instant, or until now; of an
        output under whatever version of the framework."""
        rows = self.filter(recorded_at__lt=before) if before else self
        return rows.order_by(
            "output__code", "period_start", "period_end", "-recorded_at", "-pk"
        ).distinct("output__code", "period_start", "period_end")


class OutputNarrative(models.Model):
    """What changed by an output in a period, in somebody's words. Append-only."""

    output = models.ForeignKey(Output, models.PROTECT, related_name="narratives")
    period_start = models.DateField()
    period_end = models.DateField()  # the first day after
    text = models.TextField(gettext_lazy("What changed"), max_length=LONGEST, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        verbose_name = gettext_lazy("narrative of an output")
        verbose_name_plural = gettext_lazy("narratives of outputs")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="output_narrative_ends_after_it_begins",
                violation_error_message=gettext_lazy("The last day comes before the first."),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="output_narrative_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.period_start}"

    @property
    def last_day(self) -> date:
        """The last one that it is of."""
        return self.period_end - timedelta(days=1)


@dataclass(frozen=True)
class OutcomeSaid:
    """What an engagement says of its outcome."""

    pk: int
    reference: str
    title: str
    outcome: str


def outcomes_of(output: Output, start: date, end: date) -> list[OutcomeSaid]:
    """Of engagements of the output's pillar that ended in a period, the latest first; of an output without
    a pillar those of the whole programme. One query."""
    rows = Engagement.objects.filter(
        programme=output.outcome.framework.programme_id,
        state__in=DONE,
        did_not_take_place=False,
        ends_on__gte=start,
        ends_on__lt=end,
    ).exclude(outcome="")
    if output.pillar_id:
        rows = rows.filter(pillar=output.pillar_id)
    return [
        OutcomeSaid(*row)
        for row in rows.order_by("-ends_on", "-pk").values_list(
            "pk", "reference", "title", "outcome"
        )[:MOST_OUTCOMES]
    ]


def stands(output: Output, start: date, end: date) -> bool:
    """Whether a text of exactly this period is there, under whatever version of the framework."""
    last = (
        OutputNarrative.objects.filter(
            output__code=output.code,
            output__outcome__framework__programme=output.outcome.framework.programme_id,
            period_start=start,
            period_end=end,
        )
        .order_by("-recorded_at", "-pk")
        .first()
    )
    return last is not None and bool(last.text)


@transaction.atomic
def write_narrative(
    user: User, output: Output, start: date, end: date, text: str
) -> OutputNarrative:
    """What changed from a day until (not including) another; an empty text takes back the one that stands.

    Raises DomainError for days that the framework does not cover or that are not over, and for an empty
    text where none stands.
    """
    framework: ResultsFramework = output.outcome.framework
    if end <= start:
        raise DomainError(_("The last day comes before the first."), "last_day")
    if start < framework.first_day or end > framework.until:
        raise DomainError(_("The framework does not cover these days."), "first_day")
    if end > framework.programme.today():
        raise DomainError(_("These days are not over yet."), "last_day")
    if not text.strip() and not stands(output, start, end):
        raise DomainError(_("Write what changed."), "text")
    return OutputNarrative.objects.create(
        output=output, period_start=start, period_end=end, text=text.strip(), written_by=user
    )
