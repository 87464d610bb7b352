"""Publications by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.publications.models import CountryPublication


class PublicationQuerySet(models.QuerySet["CountryPublication"]):
    """What countries said."""

    def visible_to(self, user: User) -> PublicationQuerySet:
        """A focal point's own countries and programmes; of staff those of their programmes."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            return self.filter(access.rows_of_pairs(access.designated_pairs(user)))
        return self.filter(programme__in=access.programme_ids(user))
