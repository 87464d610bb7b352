"""Finding programmes and who works for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, Expression, F, OuterRef, Q
from django.utils import timezone

from accounts.models import Role
from core import access
from core.db.models import ValidityQuerySet, in_force

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.programmes.models import (
        Pillar,
        Programme,
        ProgrammeMembership,
        ReasonCode,
        Theme,
    )
    from core.access import Ids


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes by reader."""

    def visible_to(self, user: User) -> ProgrammeQuerySet:
        """Staff: those they are members of; focal points: the active ones for which they are
        designated, to which they may address a request."""
        if user.is_focal_point:
            return self.filter(is_active=True, pk__in=access.designated_programmes(user))
        return self.filter(pk__in=access.programme_ids(user))

    def today_of(self, user: User) -> date:
        """Today at the duty station of the user's programme; of several, the first one's; in UTC
        where there is none. Looked up once of whoever a request signed in."""
        kept: dict[str, Programme | None] = user.__dict__ if user.access else {}
        if "_first_programme" not in kept:
            kept["_first_programme"] = self.visible_to(user).first()
        first = kept["_first_programme"]
        return first.today() if first else timezone.now().date()


class PillarQuerySet(models.QuerySet["Pillar"]):
    """Pillars by programme and day."""

    def of(self, programmes: Iterable[int], *, kept: int | None = None) -> PillarQuerySet:
        """Those of any of these programmes, and the one of this id, which a record keeps."""
        own = of_any("pillars", "pillar", programmes)
        return self.filter(own | Q(pk=kept)) if kept is not None else self.filter(own)

    def readable(self, programmes: Iterable[int]) -> PillarQuerySet:
        """Those by which their records are told apart: of their lists, or of no list any more."""
        return self.filter(of_any("pillars", "pillar", programmes) | Q(programmes=None))

    def on(self, day: date, *, kept: int | None = None) -> PillarQuerySet:
        """Those in use on this day, and the one of this id, which a record keeps."""
        in_use = in_force(day)
        return self.filter(in_use | Q(pk=kept)) if kept is not None else self.filter(in_use)

    def during(self, start: date, end: date) -> PillarQuerySet:
        """Those in use on a day of a period, whose end is the first day after it."""
        return self.filter(in_force(start, until=end))


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes by programme."""

    def of(self, programmes: Iterable[int]) -> ThemeQuerySet:
        """Those of any of these programmes."""
        return self.filter(of_any("themes", "theme", programmes))

    def readable(self, programmes: Iterable[int]) -> ThemeQuerySet:
        """Those by which their records are told apart: of their lists, or of no list any more."""
        return self.filter(of_any("themes", "theme", programmes) | Q(programmes=None))

    def offered(self, programmes: Iterable[int], kept: Iterable[str] = ()) -> ThemeQuerySet:
        """Those in use of any of these programmes, and those of these codes, which a record keeps."""
        in_use = of_any("themes", "theme", programmes) & Q(is_active=True)
        return self.filter(in_use | Q(code__in=list(kept)))


class ReasonQuerySet(models.QuerySet["ReasonCode"]):
    """Reasons by programme."""

    def of(self, programmes: Iterable[int]) -> ReasonQuerySet:
        """Those of any of these programmes."""
        return self.filter(of_any("reasons", "reasoncode", programmes))


def of_any(lists: str, row: str, programmes: Iterable[int]) -> Exists:
    """The condition that a row is in one of these programmes' lists: `lists` names them, `row` the column
    of what is in them. Each row once."""
    from assistance.programmes.models import Programme

    through = getattr(Programme, lists).through
    own = {f"{row}_id": OuterRef("pk"), "programme_id__in": list(programmes)}
    return Exists(through._default_manager.filter(**own))


class MembershipQuerySet(ValidityQuerySet["ProgrammeMembership"]):
    """Memberships by day and role."""

    def active(self) -> MembershipQuerySet:
        """In force today (UTC), of users who may sign in and whose role is still one of staff."""
        return self.active_on(timezone.now().date())

    def active_on(self, day: date | Expression) -> MembershipQuerySet:
        """The same of another day."""
        staff = (Role.OFFICER, Role.MANAGER)
        return self.on(day).filter(user__is_active=True, user__role__in=staff)

    def managers(self) -> MembershipQuerySet:
        """Active, as manager, held by somebody whose role allows it."""
        return self.managers_on(timezone.now().date())

    def managers_on(self, day: date | Expression) -> MembershipQuerySet:
        """The same of another day."""
        return self.active_on(day).filter(role=Role.MANAGER, user__role=Role.MANAGER)


def programme_ids_of(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """Ids of the programmes that a member of staff works for on a day."""
    from assistance.programmes.models import ProgrammeMembership

    memberships = ProgrammeMembership.objects.active_on(day).filter(Q(user_id=user_id))
    return memberships.values_list("programme_id", flat=True)


def managed_ids_of(user_id: int | Expression | F, day: date | Expression) -> Ids:
    """Ids of the programmes that a manager manages on a day."""
    from assistance.programmes.models import ProgrammeMembership

    memberships = ProgrammeMembership.objects.managers_on(day).filter(Q(user_id=user_id))
    return memberships.values_list("programme_id", flat=True)


def manages(user: User, programme_id: int) -> bool:
    """Whether the user is an active manager of this programme."""
    return programme_id in access.managed_ids(user)
