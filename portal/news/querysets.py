"""News by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from portal.news.models import NewsItem

SHOWN_TO_COUNTRIES = ("in_review", "published")


class NewsQuerySet(models.QuerySet["NewsItem"]):
    """News items."""

    def visible_to(self, user: User) -> NewsQuerySet:
        """Staff of the programme; a country's focal points for it, once it is reviewed and
        names them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            theirs = access.rows_of_pairs(access.designated_pairs(user), country_path="countries")
            named = self.filter(theirs)
            return self.filter(pk__in=named.values("pk"), state__in=SHOWN_TO_COUNTRIES)
        return self.filter(programme__in=access.programme_ids(user))
