"""Finding treaty actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from countries.instruments.choices import DEPOSITS, Precision

if TYPE_CHECKING:
    from accounts.users.models import User
    from countries.instruments.models import TreatyAction


class TreatyActionQuerySet(models.QuerySet["TreatyAction"]):
    """Treaty actions, which are public facts."""

    def visible_to(self, user: User) -> TreatyActionQuerySet:
        """All, for whoever may sign in."""
        return self.all() if user.is_authenticated and user.is_active else self.none()

    def deposits(self) -> TreatyActionQuerySet:
        """Deposits of countries whose day is known: what counts towards entry into force."""
        return self.filter(action__in=DEPOSITS, precision=Precision.DAY, country__isnull=False)
