"""Finding schedules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from reports.schedules.models import Schedule


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Schedules by reader."""

    def visible_to(self, user: User) -> ScheduleQuerySet:
        """Staff: those of their programmes."""
        return (
            self.filter(programme__in=access.programme_ids(user))
            if user.is_authenticated and user.is_programme_staff
            else self.none()
        )
