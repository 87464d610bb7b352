"""Finding focal points, and through them a user's countries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Expression, F, Q
from django.utils import timezone

from accounts.users.models import Role
from core.db.models import ValidityQuerySet

if TYPE_CHECKING:
    from core.access import Ids
    from countries.focal_points.models import FocalPoint


class FocalPointQuerySet(ValidityQuerySet["FocalPoint"]):
    """Designations by day and right."""

    def active_on(self, day: date | Expression) -> FocalPointQuerySet:
        """Designations in force on this day, of users who may sign in."""
        return self.on(day).filter(user__is_active=True)

    def active(self) -> FocalPointQuerySet:
        """In force today (UTC)."""
        return self.active_on(timezone.now().date())

    def who_may_clear(self, country_id: int) -> FocalPointQuerySet:
        """Active ones of this country with the right to clear."""
        return self.active().filter(country_id=country_id, may_clear=True)


def country_ids_of(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """Ids of the countries for which a user is an active focal point on a day; none for staff."""
    return designations_of(user_id, day).values_list("country_id", flat=True)


def clearing_ids_of(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """The same, where the user may clear what others submit."""
    designations = designations_of(user_id, day).filter(may_clear=True)
    return designations.values_list("country_id", flat=True)


def designations_of(user_id: int | Expression | F, day: date | Expression) -> FocalPointQuerySet:
    """A focal point's designations on a day; none of anybody else."""
    from countries.focal_points.models import FocalPoint

    return FocalPoint.objects.active_on(day).filter(Q(user_id=user_id), user__role=Role.FOCAL_POINT)
