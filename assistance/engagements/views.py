"""Pages of engagements: the list, one engagement, its actions."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.commitments.presentation import commitments_of
from assistance.engagements import fields, visibility
from assistance.engagements.addition_forms import FileForm, LinkForm, StepForm
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement, EngagementEvent, NextStep
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.states import AHEAD, DONE, EngagementState, shape_of
from assistance.engagements.tables import ENGAGEMENTS, engagement_rows
from assistance.engagements.totals import Totals, add_up
from assistance.engagements.workflow import WORKFLOW
from assistance.participants.querysets import naming_programmes
from assistance.programmes.models import Theme
from assistance.requests.models import AssistanceRequest
from assistance.tools.models import Tool
from core.lists import list_context
from countries.models import Country
from files.models import Attachment

EDITABLE = (*AHEAD, EngagementState.DELIVERED, EngagementState.RECORDED)
LINKABLE = (*EDITABLE, EngagementState.VERIFIED)


@require_safe
@permission_required("engagement.read")
def engagement_list(request: AuthenticatedRequest) -> HttpResponse:
    """The list, filtered, sorted, in pages."""
    user = request.user
    found = EngagementFilter(
        request.GET, queryset=Engagement.objects.visible_to(user), request=request
    )
    context = list_context(
        request,
        user,
        ENGAGEMENTS,
        found,
        found.qs.with_list_relations(),
        lambda engagements: engagement_rows(user, engagements),
    )
    return render(request, "engagements/index.html", context)


def get_engagement_or_404(user: User, pk: int) -> Engagement:
    """The engagement with what its page names; 404 for who may not see it."""
    rows = Engagement.objects.visible_to(user).select_related(
        "programme",
        "pillar",
        "lead_officer",
        "funding__donor",
        "recorded_by",
        "created_by",
        "session__process",
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
@permission_required("engagement.read")
def engagement_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One engagement: all of it for staff, the shared face for a country."""
    return render_engagement(request, get_engagement_or_404(request.user, pk))


def render_engagement(
    request: AuthenticatedRequest, engagement: Engagement, status: int = 200, **bound: BaseForm
) -> HttpResponse:
    """The page of an engagement; `bound` holds a form that was refused, under the name that the
    template knows."""
    user = request.user
    if visibility.reads_all(user):
        return render(
            request,
            "engagements/detail.html",
            detail_context(user, engagement) | bound,
            status=status,
        )
    return render(
        request, "engagements/shared.html", shared_context(user, engagement), status=status
    )


class PartRows(TypedDict):
    """A part, and who came to it."""

    part: EngagementPart
    rows: list[CountryParticipation]


class CommonContext(TypedDict):
    """What every reader sees."""

    engagement: Engagement
    shape: str
    themes: list[Theme]
    tools: list[Tool]
    parts: list[PartRows]
    totals: Totals
    countries: list[Country]
    requests: QuerySet[AssistanceRequest]
    steps: QuerySet[NextStep]
    files: QuerySet[Attachment]


def common_context(user: User, engagement: Engagement) -> CommonContext:
    """What every reader sees, each their own part of it."""
    rows = list(visibility.visible_participations(engagement, user).select_related("country"))
    by_part: dict[int, list[CountryParticipation]] = {}
    for row in rows:
        by_part.setdefault(row.part_id, []).append(row)
    every = engagement.parts.all() if visibility.reads_all(user) else engagement.parts.live()
    parts: list[PartRows] = [{"part": p, "rows": by_part.get(p.pk, [])} for p in every]
    rows = [row for p in every if p.struck_on is None for row in by_part.get(p.pk, [])]
    return {
        "engagement": engagement,
        "shape": shape_of(engagement.state),
        "themes": engagement.themes,
        "tools": engagement.tools,
        "parts": parts,
        "totals": add_up(rows),
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
        "requests": visibility.visible_requests(engagement, user),
        "steps": visibility.next_steps(engagement, user).select_related("country"),
        "files": Attachment.objects.visible_to(user).of("engagement", engagement.pk),
    }


def shared_context(user: User, engagement: Engagement) -> dict[str, object]:
    """For a focal point: the shared face and their own country's part."""
    about = common_context(user, engagement)
    return {
        **about,
        "parts": [p for p in about["parts"] if p["rows"]],
        "names_all": visibility.names_all(engagement, user),
    }


def is_verification(event: EngagementEvent) -> bool:
    """Whether the engagement was verified by it."""
    verified = EngagementState.VERIFIED
    return event.to_state == verified and event.from_state != verified


def detail_context(user: User, engagement: Engagement) -> dict[str, object]:
    """For staff."""
    mine = Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists()
    actions = WORKFLOW.available(user, engagement)
    primary = next((a for a in actions if a.weight <= 2), None)
    entries = timeline_entries(user, engagement)
    events = [{**e, "label": WORKFLOW.label_of(e["event"].action)} for e in entries]
    verified = (
        next((e["event"] for e in entries if is_verification(e["event"])), None)
        if engagement.state == EngagementState.VERIFIED
        else None
    )
    about = common_context(user, engagement)
    names = (
        "partners",
        "objectives",
        "outcome",
        "follow_up",
        "reach",
        "reach_method",
        "stage",
        "gender_marker",
        "sdg_targets",
        *fields.IMPORTED,
    )
    live = [p["part"] for p in about["parts"] if p["part"].struck_on is None]
    costs = [p.actual_cost for p in live if p.actual_cost is not None]
    planned = [p.planned_cost for p in live if p.planned_cost is not None]
    held = sum(p.is_held for p in live)
    return {
        **about,
        **commitments_of(engagement, may_name=mine),
        "mine": mine,
        "editable": mine and engagement.state in EDITABLE,
        "linkable": mine and engagement.state in LINKABLE,
        "may_report": user.is_programme_staff and engagement.state in DONE,
        "primary": primary,
        "actions": [a for a in actions if a is not primary],
        "timeline": events,
        "verified": verified,
        "needs_other": mine
        and engagement.state == EngagementState.DELIVERED
        and engagement.recorded_by_id == user.pk,
        "words": [
            r
            for r in fields.filled_values(engagement, names)
            if r["name"] in ("objectives", "outcome", "follow_up")
        ],
        "facts": [
            r
            for r in fields.filled_values(engagement, names)
            if r["name"] not in ("objectives", "outcome", "follow_up")
        ],
        "cost": sum(costs) if costs else None,
        "without_cost": len(live) - len(costs),
        "planned_cost": sum(planned) if planned else None,
        "held": held if engagement.state == EngagementState.CANCELLED and held else 0,
        "of": len(live),
        "hidden_links": engagement.links.count() - len(about["requests"]),
        "link_form": LinkForm(user=user),
        "step_form": StepForm(countries=step_countries(about["countries"])),
        "file_form": FileForm(),
        "names_readable": engagement.has_participants
        and naming_programmes(user).filter(programme_id=engagement.programme_id).exists(),
        "today": engagement.programme.today(),
    }


def step_countries(countries: list[Country]) -> QuerySet[Country]:
    """Those that take part, for the choice of a next step's country."""
    return Country.objects.filter(pk__in=[c.pk for c in countries]).in_order()


class TimelineEntry(TypedDict):
    """An event, which requests or people it is about, and to which day it moved the first one."""

    event: EngagementEvent
    references: list[str]
    moved_to: str


def timeline_entries(user: User, engagement: Engagement) -> list[TimelineEntry]:
    """Newest first; what was linked or moved is said in a word.

    Of requests, those that the reader may see are named.
    """
    entries: list[TimelineEntry] = []
    events = list(engagement.events.select_related("actor").order_by("-id"))
    handed = {e.data.get(k) for e in events if e.action == "hand_over" for k in ("from", "to")} - {
        None
    }
    names = {u.pk: str(u) for u in User.objects.filter(pk__in=handed)} if handed else {}
    said = {
        e.pk: e.data.get("requests") or [e.data[k] for k in ("request",) if e.data.get(k)]
        for e in events
    }
    cases = AssistanceRequest.objects.visible_to(user).filter(
        reference__in={r for linked in said.values() for r in linked}
    )
    readable = set(cases.values_list("reference", flat=True))
    for event in events:
        references = [r for r in said[event.pk] if r in readable]
        if event.action == "hand_over":
            references = [
                f"{names.get(event.data['from'], '')} → {names.get(event.data['to'], '–')}"
            ]
        entries.append(
            {"event": event, "references": references, "moved_to": event.data.get("starts_on", "")}
        )
    return entries
