"""Looks up what has to be known to say who is awaited, for one case or a page of them, and finds
the cases that wait for somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, IntegerField, OuterRef, Q

from accounts.models import Role, User
from accounts.types import person_of
from assistance.engagements.models import EngagementRequest
from assistance.plans.models import ResponsePlan
from assistance.programmes.models import Programme, Standard
from assistance.programmes.working_days import calendar_of
from assistance.requests.assessments import Assessment
from assistance.requests.awaited import Awaited, CaseFacts, Party
from assistance.requests.clock_models import CaseClock
from assistance.requests.clocks import REMINDERS, RULES
from assistance.requests.questions import questions_and_answers
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent
from core import access
from core.db.compiled import (
    CompiledQuery,
    QueryParameter,
    columns_of,
    ids_parameter,
    objects_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request

    from assistance.requests.models import AssistanceRequest

# A list asks these of each page that it shows, a home of each of its queues.
RUNNING = CompiledQuery(
    lambda: (
        CaseClock.objects.running()
        .filter(request__any=ids_parameter())
        .values_list(*columns_of(CaseClock))
    )
)
REVISED = CompiledQuery(
    lambda: (
        ResponsePlan.objects.filter(
            request__any=ids_parameter(), status=ResponsePlan.Status.PROPOSED
        )
        .order_by()
        .values_list("request_id", "proposed_at")
    )
)
LINKED = CompiledQuery(
    lambda: EngagementRequest.objects.filter(
        request__any=ids_parameter(), engagement__did_not_take_place=False
    ).values_list("request_id", "engagement__state", "engagement__starts_on", "engagement__ends_on")
)
RETURNED = CompiledQuery(
    lambda: Assessment.objects.filter(
        request__any=ids_parameter(), returned_at__isnull=False
    ).values_list("request_id")
)
STANDARDS = CompiledQuery(
    lambda: (
        Standard.objects.filter(programme__any=ids_parameter(), code__in=("agreement", "record"))
        .order_by("valid_from")
        .values_list("programme_id", "code", "valid_from", "days")
    )
)
DEPUTISED = CompiledQuery(
    lambda: User.objects.filter(
        deputy_id=QueryParameter("user", IntegerField()), absent_from__isnull=False
    ).values_list(*columns_of(User))
)
WITH_REVISION = (State.PLANNED, State.IN_DELIVERY)
ASKED = ("answer", "agreement")


def known_of(cases: Iterable[AssistanceRequest], *, inside: bool) -> dict[int, CaseFacts]:
    """What is known of each case, by its id, in a few queries for all of them.

    `inside`: for staff, outside the role of countries' people.
    """
    cases = list(cases)
    by_state: dict[str, list[int]] = defaultdict(list)
    for case in cases:
        by_state[case.state].append(case.pk)
    clocks: dict[int, dict[str, CaseClock]] = defaultdict(dict)
    for clock in running_clocks(cases):
        clocks[clock.request_id][clock.standard] = clock
    revised = proposed_on([pk for state in WITH_REVISION for pk in by_state[state]])
    linked = linked_to(by_state[State.IN_DELIVERY])
    questions = open_questions_of(by_state[State.RETURNED])
    returned = returned_of(by_state[State.UNDER_REVIEW]) if inside else set()
    programmes = {case.programme_id: case.programme for case in cases}
    calendars = {pk: calendar_of(programme) for pk, programme in programmes.items()}
    allowed = Allowed(programmes) if revised or linked else None
    found = {}
    for case in cases:
        programme, calendar = programmes[case.programme_id], calendars[case.programme_id]
        proposed = programme.day_of(revised[case.pk]) if case.pk in revised else None
        found[case.pk] = CaseFacts(
            today=programme.today(),
            calendar=calendar,
            clocks=clocks[case.pk],
            open_questions=questions.get(case.pk, 0),
            revision_by=(
                calendar.add(proposed, allowed.days(programme.pk, "agreement", proposed))
                if proposed and allowed
                else None
            ),
            assessment_is_open=case.pk in returned if inside else None,
            engagements=tuple(linked.get(case.pk, ())),
            record_days=(
                allowed.days(programme.pk, "record", programme.today())
                if case.pk in linked and allowed
                else 0
            ),
        )
    return found


def running_clocks(cases: list[AssistanceRequest]) -> list[CaseClock]:
    """Of these cases; of one that came with its clocks nothing is asked."""
    if len(cases) == 1 and "clocks" in getattr(cases[0], "_prefetched_objects_cache", {}):
        return [clock for clock in cases[0].clocks.all() if clock.is_running]
    return objects_of(CaseClock, RUNNING.rows(ids=[case.pk for case in cases]))


class Allowed:
    """Days that standards without a clock of the case allow, read at once for some programmes."""

    def __init__(self, programmes: Iterable[int]) -> None:
        self.rows = cast("list[tuple[int, str, date, int]]", STANDARDS.rows(ids=list(programmes)))

    def days(self, programme: int, code: str, day: date) -> int:
        """As `clocks.days_in_force`."""
        found = [
            days
            for of, standard, since, days in self.rows
            if (of, standard) == (programme, code) and since <= day
        ]
        return found[-1] if found else RULES[code].days


def returned_of(ids: list[int]) -> set[int]:
    """Of these cases those whose assessment the manager sent back.

    Not for the role of countries' people, who have no right to ask.
    """
    return {cast("int", pk) for (pk,) in RETURNED.rows(ids=ids)} if ids else set()


def proposed_on(ids: list[int]) -> dict[int, datetime]:
    """When a new version of the plan was proposed that the country has not answered, by case."""
    rows = REVISED.rows(ids=ids) if ids else []
    return dict(cast("list[tuple[int, datetime]]", rows))


def linked_to(ids: list[int]) -> dict[int, list[tuple[str, date | None, date | None]]]:
    """State, first and last day of the engagements that answer each case, but for those that did
    not take place."""
    found: dict[int, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    rows = LINKED.rows(ids=ids) if ids else []
    for pk, state, first, last in cast("list[tuple[int, str, date | None, date | None]]", rows):
        found[pk].append((state, first, last))
    return found


def open_questions_of(ids: list[int]) -> dict[int, int]:
    """How many questions are open, by case."""
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    asked = CaseEvent.objects.filter(request__in=ids).of_questions() if ids else ()
    for event in asked:
        events[event.request_id].append(event)
    return {
        pk: sum(not q.is_answered for q in questions_and_answers(rows))
        for pk, rows in events.items()
    }


@dataclass
class Reader:
    """Somebody, with those for whom they stand in today and the programmes that they manage."""

    user: User

    @cached_property
    def managed(self) -> frozenset[int]:
        """Ids of the programmes that they manage."""
        return access.managed_ids(self.user)

    @cached_property
    def own(self) -> set[int]:
        """Ids of themselves, and of who is absent and named them as deputy; looked up where somebody
        of the programme is awaited."""
        user = self.user
        if not user.is_programme_staff:
            return {user.pk}
        deputised = objects_of(User, DEPUTISED.rows(user=user.pk))
        today = Programme.objects.today_of(user) if deputised else None
        absent = [u.pk for u in deputised if today is not None and u.is_absent_on(today)]
        return {user.pk, *absent}

    @classmethod
    def of_request(cls, request: HttpRequest | Request) -> Reader:
        """Who asked, looked up once for all lists of a page."""
        known: Reader | None = request.__dict__.get("_reader")
        if known is None:
            known = request.__dict__["_reader"] = cls(person_of(request))
        return known

    def is_awaited(self, entry: Awaited, case: AssistanceRequest) -> bool:
        """Whether this is awaited of the reader, who sees the case.

        That they could take it as well makes it not theirs.
        """
        if entry.party == Party.OFFICER:
            return (
                case.lead_officer_id in self.own
                if case.lead_officer_id
                else self.user.role == Role.OFFICER
            )
        if entry.party == Party.MANAGER:
            return (
                case.deciding_manager_id in self.own
                if case.deciding_manager_id
                else case.programme_id in self.managed
            )
        if entry.party == Party.AUTHOR:
            return bool(case.author_id == self.user.pk)
        # who of a country sees what awaits clearance and is not its author may clear it
        return bool(self.user.is_focal_point) and (
            entry.party == Party.COUNTRY
            or (entry.party == Party.APPROVER and case.author_id != self.user.pk)
        )


# The table as questions to the database: for lists and their counts. A test keeps both in step.


def of_officers() -> Q:
    """Cases in which an officer's act is awaited.

    For staff: countries' people read no assessment.
    """
    states = (State.SUBMITTED, State.ACCEPTED, State.PLANNED, State.IN_DELIVERY)
    reviewing = Q(complete_since__isnull=True) | Q(assessment__returned_at__isnull=False)
    return Q(state__in=states) | Q(state=State.UNDER_REVIEW) & reviewing


def of_managers() -> Q:
    """Cases in which a manager's act is awaited: decisions, next looks, what to do about silence."""
    deciding = Q(
        state=State.UNDER_REVIEW, complete_since__isnull=False, assessment__returned_at__isnull=True
    )
    return Q(state__in=(State.WAITLISTED, State.ON_HOLD)) | deciding | silent()


def silent() -> Q:
    """Cases whose country has not answered two reminders."""
    clocks = CaseClock.objects.running().filter(
        request=OuterRef("pk"), standard__in=ASKED, reminders__gte=REMINDERS
    )
    return Q(state__in=(State.RETURNED, State.PLAN_PROPOSED)) & Q(Exists(clocks))


def of_countries() -> Q:
    """Cases in which the country's act is awaited."""
    proposed = ResponsePlan.objects.filter(
        request=OuterRef("pk"), status=ResponsePlan.Status.PROPOSED
    )
    return Q(state__in=(State.RETURNED, State.PLAN_PROPOSED, State.DELIVERED)) | Q(
        state__in=WITH_REVISION
    ) & Q(Exists(proposed))


def of_reader(reader: Reader) -> Q:
    """Open cases in which an act of this reader is awaited."""
    if not reader.user.is_programme_staff:
        return of_countries()
    nobody_leads = (
        Q(lead_officer__isnull=True) if reader.user.role == Role.OFFICER else Q(pk__in=[])
    )
    leads = Q(lead_officer__in=reader.own) | nobody_leads
    decides = Q(deciding_manager__in=reader.own) | Q(
        deciding_manager__isnull=True, programme__in=reader.managed
    )
    return of_officers() & leads | of_managers() & decides
