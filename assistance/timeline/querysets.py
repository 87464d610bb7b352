"""Reading timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from assistance.timeline.models import CaseEvent


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """Events by reader."""

    def visible_to(self, user: Any) -> CaseEventQuerySet:
        """Events of the cases one may see; for a focal point only those shared with the country."""
        from assistance.requests.models import AssistanceRequest

        events = self.filter(request__in=AssistanceRequest.objects.visible_to(user))
        return events.filter(shared=True) if user.is_focal_point else events
