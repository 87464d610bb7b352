"""Who looked at personal data, and what was done with them.

Append-only, and without the data themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.types import AuthenticatedRequest, person_of

if TYPE_CHECKING:
    from rest_framework.request import Request


class Look(models.Model):
    """Somebody read, took out, changed or erased personal data of one subject: an attendance list,
    a country's contacts, a person, a user."""

    class Act(models.TextChoices):
        """What was done."""

        READ = "read", _("read")
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        TAKEN_OUT = "taken_out", _("taken out as a file")
        ERASED = "erased", _("erased")

    at = models.DateTimeField(default=timezone.now)
    # none: the retention date, or a command
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    act = models.CharField(max_length=10, choices=Act.choices)
    # engagement, country, person, user, request, event, file
    subject = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    persons = models.PositiveIntegerField(default=1)  # how many people's data
    path = models.CharField(max_length=300, blank=True)  # of the request, or what else did it

    class Meta:
        ordering = ["-id"]
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        indexes = [models.Index(fields=["subject", "subject_id", "-id"], name="look_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act__in=["read", "added", "changed", "taken_out", "erased"]),
                name="look_act_known",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="look_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject} {self.subject_id}"


def log_access(
    request: AuthenticatedRequest | Request,
    act: str,
    subject: str,
    subject_id: int,
    persons: int = 1,
) -> Look:
    """Records a look, in the caller's transaction: who is not recorded sees nothing."""
    user = person_of(request)
    return Look.objects.create(
        actor=user,
        act=act,
        subject=subject,
        subject_id=subject_id,
        persons=persons,
        path=request.path[:300],
    )


def accesses_of(subject: str, subject_id: int, most: int = 20) -> models.QuerySet[Look]:
    """The latest looks at one subject, newest first."""
    return Look.objects.filter(subject=subject, subject_id=subject_id).select_related("actor")[
        :most
    ]
