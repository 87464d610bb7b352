"""Pages of engagements: the list, one engagement, its actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.models import User
from assistance.engagements import fields, lifecycle, services, visibility
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.forms import FileForm, LinkForm, StepForm
from assistance.engagements.models import Engagement
from assistance.engagements.states import AHEAD, EngagementState, shape_of
from assistance.engagements.totals import add_up
from assistance.participants.querysets import naming_programmes
from assistance.requests import notifications
from assistance.requests.action_forms import ActionForm
from assistance.requests.errors import ActionNotAllowed, DomainError, EditConflict
from assistance.requests.lifecycle import ACTIONS as CASE_ACTIONS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from core.api.counting import count_or_estimate
from core.decorators import allow_form_cache
from core.pagination import page_of
from countries.models import Country
from files.models import Attachment

EDITABLE = (*AHEAD, EngagementState.DELIVERED, EngagementState.RECORDED)
LINKABLE = (*EDITABLE, EngagementState.VERIFIED)
STARTING = ("confirm", "deliver")  # actions with which the delivery of linked cases may start
COUNTRIES_NAMED = 3  # in a line of a list


@require_safe
@permission_required("engagement.read")
def engagement_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered, sorted, in pages."""
    found: Any = EngagementFilter(
        request.GET, queryset=Engagement.objects.visible_to(request.user), request=request
    )
    page = page_of(request, found.qs.for_list())
    context = {
        "filter": found,
        "wrong": not found.form.is_valid(),
        "page": page,
        "total": count_or_estimate(found.qs),
        "lines": list_rows(request.user, page.rows),
    }
    return render(request, "engagements/index.html", context)


def list_rows(user: Any, engagements: list[Engagement]) -> list[dict[str, Any]]:
    """Lines of a list: the engagement, its state and shape, some of its countries, whether its record is still missing."""
    named = visibility.countries_by_engagement(engagements, user)
    return [list_row(user, e, named[e.pk]) for e in engagements]


def list_row(user: Any, engagement: Engagement, countries: list[Country]) -> dict[str, Any]:
    """One line."""
    missing = bool(
        user.is_programme_staff
        and engagement.state in AHEAD
        and not engagement.did_not_take_place
        and engagement.ends_on
        and engagement.ends_on < engagement.programme.today()
    )
    return {
        "engagement": engagement,
        "shape": "turn" if missing else shape_of(engagement.state),
        "missing": missing,
        "countries": countries[:COUNTRIES_NAMED],
        "more": max(len(countries) - COUNTRIES_NAMED, 0),
    }


def get_engagement_or_404(user: Any, pk: int) -> Engagement:
    """The engagement with what its page names; 404 for who may not see it."""
    rows = Engagement.objects.visible_to(user).select_related(
        "programme", "pillar", "lead_officer", "funding__donor", "recorded_by", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
@permission_required("engagement.read")
def engagement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One engagement: all of it for staff, the shared face for a country."""
    return render_engagement(request, get_engagement_or_404(request.user, pk))


def render_engagement(
    request: HttpRequest, engagement: Engagement, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of an engagement; `bound` holds a form that was refused, under the name that the template knows."""
    user: Any = request.user
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


def common_context(user: Any, engagement: Engagement) -> dict[str, Any]:
    """What every reader sees, each their own part of it."""
    rows = list(visibility.visible_participations(engagement, user).select_related("country"))
    by_part: dict[int, list[Any]] = {}
    for row in rows:
        by_part.setdefault(row.part_id, []).append(row)
    every = engagement.parts.all() if visibility.reads_all(user) else engagement.parts.live()
    parts = [{"part": p, "rows": by_part.get(p.pk, [])} for p in every]
    rows = [row for p in every if p.struck_on is None for row in by_part.get(p.pk, [])]
    return {
        "engagement": engagement,
        "shape": shape_of(engagement.state),
        "themes": engagement.themes,
        "parts": parts,
        "totals": add_up(rows),
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
        "requests": visibility.visible_requests(engagement, user),
        "steps": visibility.next_steps(engagement, user).select_related("country"),
        "files": Attachment.objects.visible_to(user).of("engagement", engagement.pk),
    }


def shared_context(user: Any, engagement: Engagement) -> dict[str, Any]:
    """For a focal point: the shared face and their own country's part."""
    about = common_context(user, engagement)
    return about | {
        "parts": [p for p in about["parts"] if p["rows"]],
        "names_all": visibility.names_all(engagement, user),
    }


def detail_context(user: Any, engagement: Engagement) -> dict[str, Any]:
    """For staff."""
    mine = Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists()
    actions = lifecycle.actions_for(user, engagement)
    primary = next((a for a in actions if a.weight <= 2), None)
    events = [
        e | {"label": lifecycle.label_of(e["event"].action)}
        for e in timeline_entries(user, engagement)
    ]
    verified = (
        next((e["event"] for e in events if e["event"].action == "verify"), None)
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
        *fields.IMPORTED,
    )
    live = [p["part"] for p in about["parts"] if p["part"].struck_on is None]
    costs = [p.actual_cost for p in live if p.actual_cost is not None]
    planned = [p.planned_cost for p in live if p.planned_cost is not None]
    held = sum(p.is_held for p in live)
    return about | {
        "mine": mine,
        "editable": mine and engagement.state in EDITABLE,
        "linkable": mine and engagement.state in LINKABLE,
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


def step_countries(countries: list[Country]) -> Any:
    """Those that take part, for the choice of a next step's country."""
    return Country.objects.filter(pk__in=[c.pk for c in countries]).in_order()


def timeline_entries(user: Any, engagement: Engagement) -> list[dict[str, Any]]:
    """Newest first; what was linked or moved is said in a word. Of requests, those that the reader may see are named."""
    entries = []
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


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
@allow_form_cache
def engagement_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action: what it needs, whom it concerns, and then the doing of it. What was typed is kept when it fails."""
    user: Any = request.user
    engagement = get_engagement_or_404(user, pk)
    chosen = lifecycle.ACTIONS.get(action)
    if chosen is None or not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    status = 200
    needs = lifecycle.needs_for(chosen, engagement)
    form = ActionForm(
        needs,
        engagement,
        user,
        request.POST if request.method == "POST" else None,
        initial={"outcome": engagement.outcome},
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.perform_action(
                    user, pk, action, form.cleaned_data, expected_version=version_of(request)
                )
            except DomainError as refusal:
                status = 409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422
                refusal.add_to_form(form)
                engagement.refresh_from_db()
            else:
                messages.success(request, _("Done: %(what)s.") % {"what": chosen.past})
                return redirect(engagement)
    elif not lifecycle.may_take(user, chosen, engagement):
        messages.error(request, lifecycle.why_not(user, chosen, engagement))
        return redirect(engagement)
    context = {
        "engagement": engagement,
        "action": chosen,
        "form": form,
        "version": engagement.version,
        "obstacle": missing_for_action(engagement, action),
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
        "starting": requests_starting_delivery(engagement, action, user),
        "starting_unseen": starting_unseen(engagement, action, user),
    }
    return render(request, "engagements/act.html", context, status=status)


def missing_for_action(engagement: Engagement, action: str) -> str:
    """What the record still lacks for this action; said before anything is typed."""
    check = {"deliver": services.check_delivered, "verify": services.check_verified}.get(action)
    try:
        if check:
            check(engagement)
    except DomainError as refusal:
        return str(refusal)
    return ""


def requests_starting_delivery(
    engagement: Engagement, action: str, user: Any
) -> list[dict[str, Any]]:
    """Linked requests whose delivery starts with this action, and who is told of it."""
    if action not in STARTING:
        return []
    cases = (
        visibility.visible_requests(engagement, user)
        .filter(state=State.PLANNED)
        .select_related("programme", "country")
    )
    people: list[tuple[Any, list[User]]] = [
        (c, notifications.recipients_of(CASE_ACTIONS["start_delivery"], c, user)) for c in cases
    ]
    return [{"case": c, "told": told} for c, told in people]


def starting_unseen(engagement: Engagement, action: str, user: Any) -> int:
    """How many more there are of which this reader may know no more than that: cases of other programmes."""
    if action not in STARTING:
        return 0
    return (
        engagement.requests.filter(state=State.PLANNED)
        .exclude(pk__in=visibility.visible_requests(engagement, user).values("pk"))
        .count()
    )


def version_of(request: HttpRequest) -> int | None:
    """The version that the page was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
