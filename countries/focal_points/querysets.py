"""Finding focal points, and through them a user's countries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Expression, ExpressionWrapper, F, Q, Value
from django.utils import timezone

from accounts.users.models import Role
from core.access import PAIRED
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

    def speaking_for(self, country_id: int, programme_id: int) -> FocalPointQuerySet:
        """Active ones of this country for this programme."""
        return self.active().filter(country_id=country_id, programmes=programme_id)

    def who_may_clear(self, country_id: int, programme_id: int) -> FocalPointQuerySet:
        """Of these, those with the right to clear."""
        return self.speaking_for(country_id, programme_id).filter(may_clear=True)


def country_ids_of(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """Ids of the countries for which a user is an active focal point on a day; none for staff."""
    return designations_of(user_id, day).values_list("country_id", flat=True)


def designated_for(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """The countries and programmes of these designations, as `access.pair` writes them."""
    return pairs_of(designations_of(user_id, day))


def clearing_for(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """The same, where the user may clear what others submit."""
    return pairs_of(designations_of(user_id, day).filter(may_clear=True))


def pairs_of(designations: FocalPointQuerySet) -> Ids:
    """A number for each country and programme of some designations."""
    pair = F("country_id") * Value(PAIRED, BigIntegerField()) + F("programmes")
    rows = designations.filter(programmes__isnull=False)
    return rows.annotate(pair=ExpressionWrapper(pair, BigIntegerField())).values_list(
        "pair", flat=True
    )


def designations_of(user_id: int | Expression | F, day: date | Expression) -> FocalPointQuerySet:
    """A focal point's designations on a day; none of anybody else."""
    from countries.focal_points.models import FocalPoint

    return FocalPoint.objects.active_on(day).filter(Q(user_id=user_id), user__role=Role.FOCAL_POINT)
