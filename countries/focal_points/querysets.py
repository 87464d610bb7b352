"""Finding focal points, and through them a user's countries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from core.db.models import ValidityQuerySet

if TYPE_CHECKING:
    from accounts.users.models import User
    from core.access import Ids
    from countries.focal_points.models import FocalPoint


class FocalPointQuerySet(ValidityQuerySet["FocalPoint"]):
    """Designations by day and right."""

    def active_on(self, day: date) -> FocalPointQuerySet:
        """Designations in force on this day, of users who may sign in."""
        return self.on(day).filter(user__is_active=True)

    def active(self) -> FocalPointQuerySet:
        """In force today (UTC)."""
        return self.active_on(timezone.now().date())

    def who_may_clear(self, country_id: int) -> FocalPointQuerySet:
        """Active ones of this country with the right to clear."""
        return self.active().filter(country_id=country_id, may_clear=True)


def country_ids_of(user: User) -> Ids:
    """Ids of the countries for which this user is an active focal point; none for staff."""
    return designations_of(user).values("country_id")


def clearing_ids_of(user: User) -> Ids:
    """The same, where the user may clear what others submit."""
    return designations_of(user).filter(may_clear=True).values("country_id")


def designations_of(user: User) -> FocalPointQuerySet:
    """Today's designations of a focal point; none for anybody else."""
    from countries.focal_points.models import FocalPoint

    designations = FocalPoint.objects.active().filter(user_id=user.pk)
    return designations if user.is_focal_point else designations.none()
