"""Finding surveys by reader, and those whose time has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from assistance.evaluation.survey_models import Survey


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Waves of questions."""

    def visible_to(self, user: User) -> SurveyQuerySet:
        """Staff of the programme whose engagement it is: nobody else."""
        if not user.is_authenticated or not user.is_active or not user.is_programme_staff:
            return self.none()
        return self.filter(engagement__programme__in=access.programme_ids(user))

    def open_on(self, day: date) -> SurveyQuerySet:
        """Those that take answers on a day."""
        return self.filter(closed_at__isnull=True, closes_on__gte=day)

    def to_close_on(self, day: date) -> SurveyQuerySet:
        """Those that are open although their last day has passed."""
        return self.filter(closed_at__isnull=True, closes_on__lt=day)
