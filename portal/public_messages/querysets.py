"""Messages of strangers by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from portal.public_messages.models import PublicMessage


class MessageQuerySet(models.QuerySet["PublicMessage"]):
    """What was written."""

    def visible_to(self, user: User) -> MessageQuerySet:
        """Staff of the programme; a country's focal points for it, once it was forwarded to
        them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            theirs = access.rows_of_pairs(access.designated_pairs(user))
            return self.filter(theirs, state="forwarded")
        return self.filter(programme__in=access.programme_ids(user))
