"""What ends: an account, a membership or a designation; and what its holder can no longer do
afterwards."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from assistance.programmes.models import ProgrammeMembership
from countries.models import FocalPoint

Terminable = User | ProgrammeMembership | FocalPoint
KINDS: dict[str, type[Terminable]] = {
    "user": User,
    "membership": ProgrammeMembership,
    "designation": FocalPoint,
}
FIELDS: dict[str, tuple[str, ...]] = {
    "user": ("role", "is_active"),
    "membership": ("role", "valid_from", "valid_until"),
    "designation": ("may_clear", "valid_from", "valid_until"),
}


@dataclass(frozen=True)
class Termination:
    """A row as it is to become: its kind, its id, and the values of the fields by which it ends."""

    kind: str
    pk: int
    values: dict[str, object]

    def after(self, before: Terminable) -> Terminable:
        """The row as it is to become, not saved."""
        after = copy.copy(before)
        after._state = copy.copy(before._state)
        for name, value in self.values.items():
            setattr(after, name, value)
        return after

    @property
    def address(self) -> str:
        """Of the page on which its holder's work is handed over."""
        given = {k: "" if v is None else v for k, v in self.values.items()}
        return f"{reverse('handover', args=[self.kind, self.pk])}?{urlencode(given)}"


def ends_of(after: Terminable) -> Termination:
    """The same, from the row as it is to become."""
    kind = next(k for k, model in KINDS.items() if isinstance(after, model))
    return Termination(kind, after.pk, {name: getattr(after, name) for name in FIELDS[kind]})


@dataclass(frozen=True)
class Responsibilities:
    """Ids of programmes worked for and managed, and of countries written for, spoken for and
    cleared for."""

    staff: frozenset[int] = frozenset()
    manages: frozenset[int] = frozenset()
    writes: frozenset[int] = frozenset()
    speaks: frozenset[int] = frozenset()
    clears: frozenset[int] = frozenset()

    def without(self, other: Responsibilities) -> Responsibilities:
        """What is held here and not there."""
        return Responsibilities(
            *(
                getattr(self, n) - getattr(other, n)
                for n in ("staff", "manages", "writes", "speaks", "clears")
            )
        )

    def of_row(self, row: ProgrammeMembership | FocalPoint) -> Responsibilities:
        """Only what this membership or designation is about."""
        if isinstance(row, ProgrammeMembership):
            here = frozenset({row.programme_id})
            return Responsibilities(staff=self.staff & here, manages=self.manages & here)
        here = frozenset({row.country_id})
        return Responsibilities(
            writes=self.writes & here, speaks=self.speaks & here, clears=self.clears & here
        )

    def __bool__(self) -> bool:
        return any((self.staff, self.manages, self.writes, self.speaks, self.clears))


def person_of(row: Terminable) -> User:
    """Whose row it is."""
    return row if isinstance(row, User) else row.user


def shortened_until(before: Terminable, after: Terminable) -> date | None:
    """The day until which it is valid, where that comes earlier than it did."""
    if isinstance(before, User) or isinstance(after, User) or after.valid_until is None:
        return None
    if before.valid_until is None or after.valid_until < before.valid_until:
        return after.valid_until
    return None


def responsibilities_lost(before: Terminable, after: Terminable) -> Responsibilities:
    """What the holder can no longer do once the row is as in `after`; of an end in the future, what
    they can no longer do from then on.

    Who is deactivated loses what they ever had: work may still stand with them since a membership
    that ran out by its date.
    """
    person, today = person_of(before), timezone.now().date()
    rows: list[ProgrammeMembership | FocalPoint] = [
        *ProgrammeMembership.objects.filter(user=person),
        *FocalPoint.objects.filter(user=person),
    ]
    if isinstance(after, User):
        return responsibilities_of(
            person, rows, today, ever=person.is_active and not after.is_active
        ).without(responsibilities_of(after, rows, today))
    now = responsibilities_of(person, rows, today)
    until = shortened_until(before, after)
    others = [r for r in rows if not (type(r) is type(after) and r.pk == after.pk)]
    day = max(today, until) if until else today
    then = responsibilities_of(person, others if until else [*others, after], day)
    return now.without(then).of_row(after)


def responsibilities_of(
    person: User,
    rows: Sequence[ProgrammeMembership | FocalPoint],
    day: date,
    *,
    ever: bool = False,
) -> Responsibilities:
    """What memberships and designations give this person on a day; `ever`: on any day, whatever the
    role."""
    if not person.is_active:
        return Responsibilities()
    inside = [
        r for r in rows if r.valid_from <= day and (r.valid_until is None or r.valid_until > day)
    ]
    memberships = [
        r
        for r in (rows if ever else inside)
        if isinstance(r, ProgrammeMembership) and (ever or person.is_programme_staff)
    ]
    written = [
        r
        for r in (rows if ever else inside)
        if isinstance(r, FocalPoint) and (ever or person.is_focal_point)
    ]
    spoken = [r for r in inside if isinstance(r, FocalPoint) and person.is_focal_point]
    return Responsibilities(
        frozenset(m.programme_id for m in memberships),
        frozenset(
            m.programme_id
            for m in memberships
            if ever or (m.role == Role.MANAGER and person.role == Role.MANAGER)
        ),
        frozenset(d.country_id for d in written),
        frozenset(d.country_id for d in spoken),
        frozenset(d.country_id for d in spoken if d.may_clear),
    )
