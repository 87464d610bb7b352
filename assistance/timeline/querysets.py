"""Reading timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from assistance.requests.states import State

if TYPE_CHECKING:
    from assistance.timeline.models import CaseEvent


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """Events by reader."""

    def visible_to(self, user: Any) -> CaseEventQuerySet:
        """Events of the cases one may see: for a focal point those shared with the country, for staff those from the submission on.

        What a country's people say to each other before they submit is theirs; staff read it only of what they wrote themselves.
        """
        from assistance.requests.models import AssistanceRequest

        events = self.filter(request__in=AssistanceRequest.objects.visible_to(user))
        if user.is_focal_point:
            return events.filter(shared=True)
        among_themselves = Q(from_state__in=State.before_submission()) & ~Q(to_state=State.SUBMITTED)
        return events.filter(~among_themselves | Q(request__author=user.pk))
