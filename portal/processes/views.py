"""Pages of intergovernmental processes and of their sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.commitments.help_given import Help, help_by_commitment
from assistance.engagements.models import Engagement
from assistance.engagements.tables import ENGAGEMENTS, engagement_rows
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from countries.geography.models import Country, UnStatus
from countries.instruments.models import TreatyAction
from countries.processes.choices import SessionKind
from countries.processes.filters import SessionFilter
from countries.processes.models import (
    Process,
    ProcessSession,
    SessionAttendance,
    SessionDocument,
    SessionRecommendation,
)
from countries.processes.registry import Support, Supports, support_at
from countries.processes.services import with_files
from portal.instruments.presentation import reading_order, status_of
from portal.processes.presentation import attendance_of, map_of

FOUND = 50  # sessions of a search
NAMED = 20  # requests and engagements of a recommendation; the others are counted
SHOWN = 40  # countries of each part of the table; the rest stands in the list


@require_safe
@permission_required("process.read")
def process_list(request: AuthenticatedRequest) -> HttpResponse:
    """All processes, each with the number of its sessions and its last ones; `?q=` finds sessions
    by what is in them."""
    sessions = ProcessSession.objects.order_by("-starts_on")
    processes = Process.objects.annotate(
        session_count=Count("sessions", filter=Q(sessions__kind=SessionKind.SESSION)),
        between_count=Count("sessions", filter=Q(sessions__kind=SessionKind.CONSULTATION)),
    ).prefetch_related(Prefetch("sessions", queryset=sessions, to_attr="latest_first"))
    found = SessionFilter(
        request.GET,
        queryset=ProcessSession.objects.select_related("process").order_by("-starts_on", "-id"),
        request=request,
    )
    context: dict[str, object] = {
        "processes": processes,
        "may_edit": may(request.user, "process.edit"),
        "search": found.whole_form["q"],
    }
    if found.is_valid() and found.form.cleaned_data.get("q"):
        sessions_found = list(found.qs[: FOUND + 1])
        context |= {
            "found": sessions_found[:FOUND],
            "is_cut": len(sessions_found) > FOUND,
            "most": FOUND,
        }
    return render(request, "processes/index.html", context)


@require_safe
@permission_required("process.read")
def process_page(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One process: its sessions, documents, and who attended, as far as the reader may know it."""
    process = get_object_or_404(
        Process.objects.select_related("came_after", "instrument"), code=code
    )
    user = request.user
    sessions = list(
        process.sessions.select_related("numbers", "process").order_by("-starts_on", "-id")
    )
    context: dict[str, object] = {
        "process": process,
        "sessions": [s for s in sessions if s.kind == SessionKind.SESSION],
        "consultations": [s for s in reversed(sessions) if s.kind == SessionKind.CONSULTATION],
        "documents": with_files(
            user,
            SessionDocument.objects.visible_to(user)
            .filter(session__in=sessions)
            .select_related("session__process")
            .order_by("-session__starts_on", "kind", "id"),
        ),
        "followed_by": process.followed_by.all(),
        "may_edit": may(user, "process.edit"),
    }
    if process.instrument is not None:
        actions = TreatyAction.objects.filter(instrument=process.instrument)
        known = actions.select_related("country").order_by("date", "id")
        context["status"] = status_of(process.instrument, known, reading_order())
    if may(user, "attendance.read"):
        context |= attendance_context(user, process, sessions)
    return render(request, "processes/detail.html", context)


def attendance_context(
    user: User, process: Process, sessions: list[ProcessSession]
) -> dict[str, object]:
    """For staff who attended and whom the programme brought; for a focal point the attendance of
    their own country."""
    entered = list(
        SessionAttendance.objects.visible_to(user)
        .filter(session__in=sessions)
        .select_related("country")
    )
    if user.is_focal_point:
        by_session = {(row.session_id): row for row in entered}
        return {"own": [(s, by_session[s.pk]) for s in sessions if s.pk in by_session]}
    support = support_at([s.pk for s in sessions], user)
    states = Country.objects.exclude(un_status=UnStatus.NONE).in_order()
    attendance = attendance_of(sessions, entered, support, list(states))
    return {
        "attendance": attendance,
        "map": map_of(process.name, attendance),
        "shown": SHOWN,
        "list": f"{reverse('session_attendances')}?process={process.code}",
        "supported_by_session": supported_countries(support, entered),
        "seats": sum(entry.people or 0 for entry in support.values()),
        "countries_brought": len({country for (_s, country), e in support.items() if e.is_held}),
        "open_requests": AssistanceRequest.objects.visible_to(user)
        .open()
        .filter(assistance_types__contains=[AssistanceType.PARTICIPATION])
        .count(),
    }


def supported_countries(support: Supports, entered: Iterable[SessionAttendance]) -> dict[int, int]:
    """By session, how many countries whose attendance is entered the programme brought there."""
    brought = {key for key, entry in support.items() if entry.is_held}
    return Counter(row.session_id for row in entered if (row.session_id, row.country_id) in brought)


@require_safe
@permission_required("process.read")
def session_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One session: what it was about, its documents and recommendations, who attended."""
    rows = ProcessSession.objects.select_related("process", "numbers")
    session = get_object_or_404(rows, pk=pk)
    user = request.user
    context: dict[str, object] = {
        "session": session,
        "documents": with_files(user, session.documents.all()),
        "recommendations": [RecommendationRow(one) for one in session.recommendations.all()],
        "may_edit": may(user, "process.edit"),
        "may_record": may(user, "attendance.record"),
    }
    if may(user, "attendance.read"):
        context["rows"] = attendance_rows(user, session)
    if user.is_programme_staff:
        engagements = (
            Engagement.objects.visible_to(user).filter(session=session).with_list_relations()
        )
        context["support"] = ENGAGEMENTS.on_page(user, engagement_rows(user, engagements))
        context["recommendations"] = recommendations_with_help(user, session)
    return render(request, "processes/session.html", context)


def attendance_rows(
    user: User, session: ProcessSession
) -> list[tuple[SessionAttendance, Support | None]]:
    """The countries that the reader may know of, each with what brought it there."""
    entered = SessionAttendance.objects.visible_to(user).filter(session=session)
    support = support_at([session.pk], user)
    rows = {row.country_id: row for row in entered.select_related("country")}
    ordered = Country.objects.filter(pk__in=rows).in_order().values_list("pk", flat=True)
    return [(rows[pk], support.get((session.pk, pk))) for pk in ordered]


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation, for staff with the requests and engagements that serve it, the first of them
    by name."""

    recommendation: SessionRecommendation
    help: Help | None = None
    served: list[AssistanceRequest | Engagement] = field(default_factory=list)


def recommendations_with_help(user: User, session: ProcessSession) -> list[RecommendationRow]:
    """Each recommendation with what serves it. Two queries more than the help takes."""
    given = help_by_commitment(user, Q(recommendation__session=session), "recommendation")
    requests = AssistanceRequest.objects.in_bulk(
        {pk for one in given.values() for pk in one.requests}
    )
    engagements = Engagement.objects.in_bulk(
        {pk for one in given.values() for pk in one.engagements}
    )
    found = []
    for one in session.recommendations.all():
        help_given = given.get(one.pk, Help())
        served: list[AssistanceRequest | Engagement] = [
            *(requests[pk] for pk in sorted(help_given.requests)),
            *(engagements[pk] for pk in sorted(help_given.engagements)),
        ]
        found.append(RecommendationRow(one, help_given, served[:NAMED]))
    return found
