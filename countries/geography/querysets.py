"""Finding countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from countries.names import current_language

if TYPE_CHECKING:
    from accounts.users.models import User
    from countries.geography.models import Country


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries, sorted as readers expect."""

    def visible_to(self, user: User) -> CountryQuerySet:
        """Every country's name and facts are public; what was done for it is not (see the
        assistance querysets)."""
        return self.all() if user.is_authenticated else self.none()

    def in_order(self) -> CountryQuerySet:
        """By name in the reader's language."""
        return self.order_by(f"sort_{current_language()}")
