"""Finding editions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Func, Q

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from reports.editions.models import ReportEdition


# said by a function, since focal points' role has no right to the tables in which it stands
OF_PROGRAMME = Func(
    F("revision_id"),
    function="meridian_programme_of_revision",
    output_field=models.BigIntegerField(),
)


class EditionQuerySet(models.QuerySet["ReportEdition"]):
    """Editions by reader."""

    def visible_to(self, user: User) -> EditionQuerySet:
        """Published ones.

        Focal points: what is public, and the briefs of their countries by the programmes for which
        they are designated. Staff: those of their
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
            theirs = access.rows_of_pairs(access.designated_pairs(user), path="of_programme")
            return published.alias(of_programme=OF_PROGRAMME).filter(
                Q(audience="public") | Q(audience="country") & theirs
            )
        return self.none()
