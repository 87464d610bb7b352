"""Finding persons: who may read names, and whose time has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from core.encryption import blind_index

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.participants.models import Person
    from assistance.programmes.models import ProgrammeMembership


def naming_programmes(user: User) -> models.QuerySet[ProgrammeMembership, Mapping[str, object]]:
    """Ids of the programmes in which the user's membership gives the right to read names of
    participants and contacts."""
    from assistance.programmes.models import ProgrammeMembership

    if not user.is_authenticated or not user.is_active or not user.is_programme_staff:
        return ProgrammeMembership.objects.none().values("programme_id")
    return (
        ProgrammeMembership.objects.active()
        .filter(user_id=user.pk, reads_names=True)
        .values("programme_id")
    )


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons by reader and by date."""

    def visible_to(self, user: User) -> PersonQuerySet:
        """Staff whose membership in the programme gives the right to names.

        Focal points, administrators and everybody else: none.
        """
        return self.filter(programme__in=naming_programmes(user))

    def contacts(self) -> PersonQuerySet:
        """Whom the programme asks in a country."""
        return self.filter(is_contact=True, erased_at__isnull=True)

    def with_email(self, email: str) -> PersonQuerySet:
        """Found by the keyed hash of the address, under the present key or a former one."""
        return self.filter(identity__in=blind_index("email", email))

    def expired_on(self, day: date) -> PersonQuerySet:
        """Not erased, and kept until a day before this one."""
        return self.filter(erased_at__isnull=True, keep_until__lt=day)
