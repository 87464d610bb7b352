"""What a home shows: one table of requests in groups, and next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement, NextStep
from assistance.requests.querysets import RequestQuerySet
from assistance.requests.tables import QUEUE, request_rows
from core import access
from core.api.counting import Count
from core.tables import Head
from core.text import Label

STEPS_SHOWN = 10


@dataclass(frozen=True)
class Group:
    """Some requests under a name: whose turn it is. `query` leads to the list that shows all of
    them; `is_turn` where the reader is awaited."""

    code: str
    name: Label
    rows: list[SafeString]
    total: Count
    query: str = ""
    is_turn: bool = False
    late: int = 0


@dataclass(frozen=True)
class Queue:
    """The table of a home: its heads, and its groups in their order."""

    heads: list[Head]
    groups: list[Group]

    def __bool__(self) -> bool:
        """Whether there is any request in it."""
        return any(group.rows for group in self.groups)


def heads_for(user: User) -> list[Head]:
    """The heads of the table as this reader sees it."""
    return QUEUE.on_page(user, []).heads


def rows_of(
    request: AuthenticatedRequest, queues: Mapping[str, tuple[RequestQuerySet, int]]
) -> dict[str, list[SafeString]]:
    """The first cases of some querysets, so many of each. Who is awaited is looked up for all of
    them at once."""
    cases = {
        name: list(queue.with_list_relations()[:most]) for name, (queue, most) in queues.items()
    }
    every = {case.pk: case for shown in cases.values() for case in shown}
    rows = dict(zip(every, request_rows(request, every.values()), strict=True))
    return {
        name: QUEUE.on_page(request.user, [rows[case.pk] for case in shown]).rows
        for name, shown in cases.items()
    }


@dataclass(frozen=True)
class OpenSteps:
    """Next steps that are not done: the first ones due, and how many there are."""

    steps: Sequence[NextStep]
    count: int
    late: int


def open_steps(user: User, today: date) -> OpenSteps:
    """Of staff: ours and the countries', of the engagements that they lead. Of a focal point: those
    that their country is to do."""
    steps = NextStep.objects.filter(done_on__isnull=True).select_related("engagement", "country")
    if user.is_focal_point:
        steps = steps.filter(side=NextStep.Side.THEIRS, country__in=access.country_ids(user))
        steps = steps.filter(engagement__in=Engagement.objects.visible_to(user))
    else:
        own = Engagement.objects.editable_by(user).filter(lead_officer=user)
        steps = steps.filter(engagement__in=own)
    shown = list(steps.order_by("due_on", "pk")[:STEPS_SHOWN])
    if len(shown) < STEPS_SHOWN:
        count, late = len(shown), sum(step.due_on < today for step in shown)
    else:
        count, late = steps.count(), steps.filter(due_on__lt=today).count()
    return OpenSteps(shown, count, late)
