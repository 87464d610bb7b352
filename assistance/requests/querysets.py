"""Finding requests: who sees which, what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404

from assistance.requests.states import OPEN, State, Turn
from core import access
from core.db.related import load_related
from countries.models import FocalPoint
from countries.names import current_language

if TYPE_CHECKING:
    from accounts.users.models import User
    from assistance.requests.clock_models import CaseClock
    from assistance.requests.models import AssistanceRequest


# who and what a case names beside its programme, country and pillar
NAMED = (
    "author",
    "lead_officer",
    "deciding_manager",
    "funding",
    "institution",
    "merged_into",
    "reason_code",
)


# columns of a line of a list, with those from which it is worked out who is awaited
LISTED = (
    "reference",
    "title",
    "state",
    "round",
    "received_on",
    "due_on",
    "complete_since",
    "next_look_on",
    "hold_look_on",
    "author",
    "deciding_manager",
    "lead_officer__name",
    "country__name_en",
    "pillar__code",
    "pillar__names",
    "pillar__order",
    "programme__zone",
)


class RequestQuerySet(models.QuerySet["AssistanceRequest"]):
    """Requests, each reader's own part of them."""

    def visible_to(self, user: User) -> RequestQuerySet:
        """The one rule of who sees which request (rules of the programme, section 4).

        Focal points, of the countries and programmes for which they are designated: their own
        drafts; with the right to clear, what awaits clearance; submitted cases. Staff: cases of their programmes once
        submitted, and what they are writing themselves on a country's behalf. Administrators, and
        everybody else: none.
        """
        alive = self.exclude(state=State.DISCARDED)
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            theirs = access.rows_of_pairs(access.designated_pairs(user))
            own = Q(author_id=user.pk) & theirs
            submitted = (
                theirs & ~Q(state__in=State.before_submission()) & Q(reference__isnull=False)
            )
            return alive.filter(
                own
                | submitted
                | Q(state=State.AWAITING_CLEARANCE)
                & access.rows_of_pairs(access.clearing_pairs(user))
            )
        if user.is_programme_staff:
            programmes = access.programme_ids(user)
            return alive.filter(
                Q(reference__isnull=False) | Q(author_id=user.pk), programme__in=programmes
            )
        return self.none()

    def open(self) -> RequestQuerySet:
        """Submitted to delivered, and on hold."""
        return self.filter(state__in=OPEN)

    def without_focal_point(self) -> RequestQuerySet:
        """Open cases that nobody of their country speaks for at present."""
        speakers = FocalPoint.objects.active().filter(
            country=models.OuterRef("country"), programmes=models.OuterRef("programme")
        )
        return self.open().exclude(models.Exists(speakers))

    def in_detail(self, pk: int) -> AssistanceRequest:
        """One case with what its page and its answer name. Raises Http404 where there is none."""
        with_main = self.select_related("programme", "country", "pillar")
        case = get_object_or_404(with_main.prefetch_related("clocks"), pk=pk)
        load_related([case], *NAMED)
        return case

    def with_list_relations(self) -> RequestQuerySet:
        """With what a line of a list shows, and to say who is awaited, in one query. To read the
        other columns takes longer than to find the rows."""
        related = self.select_related("country", "pillar", "lead_officer", "programme")
        return related.only(*LISTED, f"country__name_{current_language()}")


class CaseClockQuerySet(models.QuerySet["CaseClock"]):
    """Clocks by state."""

    def unfinished(self) -> CaseClockQuerySet:
        """Running or paused."""
        return self.filter(ended_on__isnull=True)

    def running(self) -> CaseClockQuerySet:
        """Neither ended nor paused."""
        return self.filter(ended_on__isnull=True, paused_on__isnull=True)
