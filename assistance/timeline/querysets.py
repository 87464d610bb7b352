"""Reading timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest
    from assistance.timeline.models import CaseEvent


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """Events by reader."""

    def visible_to(self, user: Any) -> CaseEventQuerySet:
        """Events of the cases one may see; for a focal point only those shared with the country."""
        from assistance.requests.models import AssistanceRequest

        events = self.filter(request__in=AssistanceRequest.objects.visible_to(user))
        return events.filter(shared=True) if user.is_focal_point else events

    def of_case(self, case: AssistanceRequest) -> CaseEventQuerySet:
        """What happened to a case and to those that were merged into it, with what a timeline shows."""
        merged = case.merged_from.values_list("pk", flat=True)
        return self.filter(request__in=[case.pk, *merged]).select_related("actor", "acted_for", "request").prefetch_related("texts")
