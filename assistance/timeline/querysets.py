"""Reading timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from assistance.requests.questions import TEXTS
from assistance.requests.states import State

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.requests.models import AssistanceRequest
    from assistance.timeline.models import CaseEvent


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """Events by reader."""

    def visible_to(self, user: User) -> CaseEventQuerySet:
        """Events of the cases one may see: for a focal point those shared with the country, for
        staff those from the submission on.

        What a country's people say to each other before they submit is theirs; staff read it only
        of what they wrote themselves.
        """
        from assistance.requests.models import AssistanceRequest

        events = self.filter(request__in=AssistanceRequest.objects.visible_to(user))
        if user.is_focal_point:
            return events.filter(shared=True)
        among_themselves = Q(from_state__in=State.before_submission()) & ~Q(
            to_state=State.SUBMITTED
        )
        return events.filter(~among_themselves | Q(request__author=user.pk))

    def of_questions(self) -> CaseEventQuerySet:
        """Events that ask the country something, or answer it, in the order in which they came."""
        return self.filter(text_hashes__has_any_keys=TEXTS).order_by("id").prefetch_related("texts")

    def of_case(self, case: AssistanceRequest) -> CaseEventQuerySet:
        """What happened to a case and to those that were merged into it, with what a timeline
        shows."""
        merged = case.merged_from.order_by().values_list("pk", flat=True)
        return (
            self.filter(request__in=[case.pk, *merged])
            .select_related("actor", "acted_for", "request")
            .only(
                *(field.name for field in self.model._meta.concrete_fields),
                "actor__name",
                "acted_for__name",
                "request__reference",
            )
            .prefetch_related("texts")
        )
