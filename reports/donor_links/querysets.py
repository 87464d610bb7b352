"""Links for donors by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from reports.donor_links.models import DonorLink


class DonorLinkQuerySet(models.QuerySet["DonorLink"]):
    """Links that were made."""

    def visible_to(self, user: User) -> DonorLinkQuerySet:
        """Managers of the report's programme."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(report__version__schedule__programme__in=access.managed_ids(user))
