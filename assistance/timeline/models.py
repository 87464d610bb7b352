"""What happened to a case: append-only, kept so by the database."""

from __future__ import annotations

import hashlib

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.timeline.querysets import CaseEventQuerySet
from core.db.search import SearchWords

EVENT_WORDS = SearchWords(models.Value(""), "text")


def text_hash(text: str) -> str:
    """SHA-256 of a text, kept by the event when the text itself is erased."""
    return hashlib.sha256(text.encode()).hexdigest()


class CaseEvent(models.Model):
    """One act on a case: transition, message, assignment, edit.

    Texts stand in EventText, which can be erased; hashes stay here.
    """

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="events")
    round = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, choices=State.choices)
    to_state = models.CharField(max_length=20, choices=State.choices)
    at = models.DateTimeField(default=timezone.now)
    # none: the clock
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="case_events"
    )
    # an absent person
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf = models.BooleanField(default=False)  # of the country, recorded by staff
    shared = models.BooleanField(default=True)  # the country may read it
    data = models.JSONField(default=dict)
    text_hashes = models.JSONField(default=dict)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["request", "id"]
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        indexes = [
            models.Index(fields=["request", "-id"], name="case_event_timeline"),
            models.Index(fields=["action", "at"], name="case_event_by_action"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="case_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.action}"


class EventText(models.Model):
    """What somebody wrote in an act, by field.

    May be erased (leaving the hash in the event), never changed otherwise.
    """

    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="texts")
    field = models.CharField(max_length=40)
    text = models.TextField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "field"], name="event_text_once"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(text=""),
                name="event_text_erased_is_empty",
            ),
        ]
        indexes = [GinIndex(EVENT_WORDS, name="event_text_words")]
        triggers = [
            pgtrigger.Protect(name="event_text_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="event_text_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.field


class EventSeal(models.Model):
    """The seal of an event of a case or an engagement, written by the database itself
    (`hash_chain.py`). Not a foreign key: it outlasts what it seals."""

    kind = models.CharField(max_length=10)
    subject = models.BigIntegerField()  # the case or engagement
    event = models.BigIntegerField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "event"], name="event_sealed_once")]
        indexes = [models.Index(fields=["kind", "subject", "-id"], name="event_seal_last")]
        triggers = [
            pgtrigger.Protect(
                name="event_seal_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.event}"
