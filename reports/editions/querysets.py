"""Finding editions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from reports.editions.models import ReportEdition


class EditionQuerySet(models.QuerySet["ReportEdition"]):
    """Editions by reader."""

    def visible_to(self, user: User) -> EditionQuerySet:
        """Published ones.

        Focal points: the briefs of their countries and what is public. Staff: those of their
        programmes.
        """
        if not user.is_authenticated:
            return self.none()
        published = self.filter(published_at__isnull=False)
        if user.is_programme_staff:
            return published.filter(
                revision__report__version__schedule__programme__in=access.programme_ids(user)
            )
        if user.is_focal_point:
            return published.filter(
                Q(audience="public") | Q(audience="country", country__in=access.country_ids(user))
            )
        return self.none()
