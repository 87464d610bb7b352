"""Finding programmes and who works for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role
from core import access
from core.db.models import ValidityQuerySet, in_force

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.programmes.models import Pillar, Programme, ProgrammeMembership


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes by reader."""

    def visible_to(self, user: User) -> ProgrammeQuerySet:
        """Staff: those they are members of; focal points: the active ones, to which they may
        address a request."""
        if user.is_focal_point:
            return self.filter(is_active=True)
        return self.filter(pk__in=access.programme_ids(user))

    def today_of(self, user: User) -> date:
        """Today at the duty station of the user's programme; of several, the first one's; in UTC
        where there is none."""
        first = self.visible_to(user).first()
        return first.today() if first else timezone.now().date()


class PillarQuerySet(models.QuerySet["Pillar"]):
    """Pillars by day."""

    def on(self, day: date, *, kept: int | None = None) -> PillarQuerySet:
        """Those in use on this day, and the one of this id, which a record keeps."""
        in_use = in_force(day)
        return self.filter(in_use | Q(pk=kept)) if kept is not None else self.filter(in_use)

    def during(self, start: date, end: date) -> PillarQuerySet:
        """Those in use on a day of a period, whose end is the first day after it."""
        return self.filter(in_force(start, until=end))


class MembershipQuerySet(ValidityQuerySet["ProgrammeMembership"]):
    """Memberships by day and role."""

    def active(self) -> MembershipQuerySet:
        """In force today (UTC), of users who may sign in and whose role is still one of staff."""
        today = timezone.now().date()
        staff = (Role.OFFICER, Role.MANAGER)
        return self.on(today).filter(user__is_active=True, user__role__in=staff)

    def managers(self) -> MembershipQuerySet:
        """Active, as manager, held by somebody whose role allows it."""
        return self.active().filter(role=Role.MANAGER, user__role=Role.MANAGER)


def programme_ids_of(user: User) -> models.QuerySet[ProgrammeMembership, Mapping[str, object]]:
    """Ids of the programmes that this member of staff works for today."""
    from assistance.programmes.models import ProgrammeMembership

    return ProgrammeMembership.objects.active().filter(user_id=user.pk).values("programme_id")


def manages(user: User, programme_id: int) -> bool:
    """Whether the user is an active manager of this programme.

    Asked once a programme and user object.
    """
    from assistance.programmes.models import ProgrammeMembership

    known: dict[int, bool] = user.__dict__.setdefault("_manages", {})
    if programme_id not in known:
        known[programme_id] = (
            ProgrammeMembership.objects.managers()
            .filter(user_id=user.pk, programme_id=programme_id)
            .exists()
        )
    return known[programme_id]
