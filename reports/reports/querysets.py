"""Finding reports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from reports.reports.models import Report


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by reader and by what is to be done."""

    def visible_to(self, user: User) -> ReportQuerySet:
        """The internal edition: staff of the programme. Focal points see no programme report."""
        if not user.is_authenticated or not user.is_programme_staff:
            return self.none()
        return self.filter(version__schedule__programme__in=access.programme_ids(user))

    def to_produce(self, now: datetime) -> ReportQuerySet:
        """Due, and not made: expected, failed and due for another try, or being produced by
        somebody who may have died.

        Whoever really produces one holds its row locked, so that `skip_locked` passes it by. A
        pause holds back new reports, no corrections and nothing that somebody asked for by hand.
        """
        return self.filter(
            Q(state="expected") | Q(state="producing") | Q(state="failed", next_try_at__lte=now),
            Q(version__schedule__is_paused=False)
            | ~Q(correction_reason="")
            | Q(asked_by__isnull=False),
            due_at__lte=now,
        )
