"""How long a case was in which state, and its clocks: rows that the figures of response read."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.requests.models import AssistanceRequest
from assistance.requests.querysets import CaseClockQuerySet
from assistance.requests.states import OPEN, State
from core.db.checks import CheckedModel
from core.db.tracking import ROW_WITHOUT_INDEX, history_by_row


class StateSpan(models.Model):
    """The time that a case spent in one state: what a figure about the past asks."""

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="spans")
    state = models.CharField(max_length=20, choices=State.choices)
    round = models.PositiveSmallIntegerField()
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(left_at__isnull=True), name="span_one_open_a_case"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("entered_at")),
                name="span_ordered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["left_at", "entered_at"], name="span_open_at", condition=Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state}"


@pghistory.track(
    obj_field=ROW_WITHOUT_INDEX,
    meta={
        "indexes": [
            models.Index(fields=["standard", "due_on"], name="clock_history_due"),
            history_by_row("clock_history_by_row"),
        ]
    },
)
class CaseClock(CheckedModel):
    """A service standard at work on a case: the days in force when it started, when it is due, how
    it ended."""

    class End(models.TextChoices):
        """How a clock came to rest."""

        ACT = "act", _("done")
        VOID = "void", _("no longer asked for")

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="clocks")
    round = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    due_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    # while paused; below zero when late already
    days_left = models.SmallIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=5, choices=End.choices, blank=True)
    days_used = models.SmallIntegerField(null=True, blank=True)  # at the end, without the pauses
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)

    objects = CaseClockQuerySet.as_manager()

    class Meta:
        ordering = ["request", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "standard"],
                condition=Q(ended_on__isnull=True),
                name="clock_one_running_a_standard",
            ),
            models.CheckConstraint(
                condition=Q(paused_on__isnull=True, days_left__isnull=True)
                | Q(paused_on__isnull=False, days_left__isnull=False),
                name="clock_pause_knows_rest",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end="")
                | (Q(ended_on__isnull=False) & ~Q(end="")),
                name="clock_end_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["standard", "due_on"], name="clock_due"),
            models.Index(fields=["standard", "ended_on"], name="clock_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.standard} due {self.due_on}"

    @property
    def is_running(self) -> bool:
        """Neither ended nor paused."""
        return self.ended_on is None and self.paused_on is None

    @property
    def label(self) -> str:
        """What the standard is about, in the reader's language."""
        from assistance.requests.clocks import RULES

        return str(RULES[self.standard].label)

    @property
    def whose(self) -> str:
        """Whose clock it is: the country's or the programme's."""
        from assistance.requests.clocks import RULES

        return RULES[self.standard].whose
