"""The first page of each role: what waits for me."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.db.models import F, Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.drafts.registry import named_drafts
from accounts.drafts.services import drafts_of
from accounts.models import Role, User
from accounts.types import AuthenticatedRequest, authenticated
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from assistance.requests import awaited_facts
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from assistance.requests.querysets import RequestQuerySet
from assistance.requests.states import OPEN, State
from assistance.saved_views.models import SavedView
from assistance.saved_views.services import counted_views
from core.api.counting import EXACT_UP_TO, Count, count_or_estimate
from portal.home.queues import Group, Queue, heads_for, open_steps, rows_of
from reports.deliveries.notifications import batch_address
from reports.reports.models import Report
from reports.reports.subjects import names_of
from reports.schedules import periods

QUEUE_SHOWN = 10  # lines of each of a member of staff's queues
SHOWN = 25  # lines of a queue; the list has all
ENDED_SHOWN = 5
SHARED_SHOWN = 10
NARROWED_BY = ("pillar", "country", "group")  # filters of the list of requests
TURN = ("turn", "clearing")  # groups in which the reader is awaited


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Strangers read the public page, or sign in where there is none; everybody else sees what waits
    for them."""
    known = authenticated(request)
    if known is None:
        return for_stranger(request)
    if known.user.role == Role.ADMINISTRATOR:
        return redirect("admin:index")
    if known.user.role == Role.FOCAL_POINT:
        return render(request, "home/focal_point.html", for_focal_point(known))
    return render(request, "home/staff.html", for_staff(known))


def for_stranger(request: HttpRequest) -> HttpResponse:
    """Leads to the public page, in the language that the browser asks for."""
    public = Programme.objects.filter(is_public=True, is_active=True)
    if settings.HAS_PUBLIC_PAGES and public.exists():
        return redirect("public_programmes", language=get_language() or "en")
    return redirect_to_login(request.get_full_path())


def for_focal_point(request: AuthenticatedRequest) -> dict[str, object]:
    """What is awaited of the country's people first, then drafts, what is with a colleague and with
    the programme, and what has ended."""
    user = request.user
    mine = AssistanceRequest.objects.visible_to(user)
    by_due = (F("due_on").asc(nulls_last=True), "-id")
    theirs = mine.open().filter(awaited_facts.of_countries())
    clearing = mine.filter(state=State.AWAITING_CLEARANCE)
    ended = mine.exclude(state__in=[State.DRAFT, State.AWAITING_CLEARANCE, *OPEN])
    under_way = mine.open().exclude(pk__in=theirs.values("pk"))
    queues = {
        "turn": (theirs.order_by(*by_due), SHOWN),
        "clearing": (clearing.exclude(author=user).order_by("-id"), SHOWN),
        "drafts": (mine.filter(state=State.DRAFT).order_by("-updated_at"), SHOWN),
        # nobody clears their own request
        "colleagues": (clearing.filter(author=user).order_by("-id"), SHOWN),
        "under_way": (under_way.order_by(*by_due), SHOWN),
        "ended": (ended.order_by("-updated_at"), ENDED_SHOWN),
    }
    names = {
        "turn": _("Your turn"),
        "clearing": _("Waiting for your clearance"),
        "drafts": _("Your drafts"),
        "colleagues": _("With your colleagues"),
        "under_way": _("With the programme"),
        "ended": _("No longer open"),
    }
    rows = rows_of(request, queues)
    groups = [
        Group(code, name, rows[code], counted(rows[code], *queues[code]), is_turn=code in TURN)
        for code, name in names.items()
        if rows[code] or code == "turn"
    ]
    return {
        "queue": Queue(heads_for(user), groups),
        "counted_to": EXACT_UP_TO,
        "awaited": bool(rows["turn"] or rows["clearing"]),
        "next_steps": open_steps(user, timezone.localdate()),
        "today": timezone.localdate(),
        "begun": named_drafts(user, list(drafts_of(user)[:SHOWN])),
        "views": counted_views(user, request, views_of(user)),
        "engagements": Engagement.objects.visible_to(user)
        .with_list_relations()
        .order_by(F("ends_on").desc(nulls_last=True), "-id")[:5],
    }


def views_of(user: User) -> list[SavedView]:
    """One's own first, all of them; then some of those that are shared."""
    seen = SavedView.objects.visible_to(user)
    return [*seen.filter(owner=user), *seen.exclude(owner=user)[:SHARED_SHOWN]]


def counted(rows: Sequence[object], queue: RequestQuerySet, most: int) -> Count:
    """How many a queue has: those shown, where it has no more; else exact to a thousand."""
    return Count(count=len(rows), exact=True) if len(rows) < most else count_or_estimate(queue)


def queue_filters(user: User) -> list[tuple[str, dict[str, str]]]:
    """The name of each queue with the filters of the list of requests that show it: what is awaited
    of the reader, of others, of the country.

    An officer's are those that they lead, and what nobody leads yet.
    """
    led = {"free": "yes"} if user.role == Role.OFFICER else {}
    others = (
        (_("Waiting for the manager"), "manager")
        if user.role == Role.OFFICER
        else (_("Waiting for the officers"), "officer")
    )
    return [
        (_("Waiting for you"), {"open": "yes", "awaited": "me"}),
        (others[0], {"open": "yes", "awaited": others[1]} | led),
        (_("Waiting for the country"), {"open": "yes", "awaited": "country"} | led),
    ]


def home_filter(request: AuthenticatedRequest) -> RequestFilter:
    """By what the person narrows the table of their home."""
    query = QueryDict(mutable=True)
    for name in NARROWED_BY:
        if value := request.GET.get(name):
            query[name] = value
    visible = AssistanceRequest.objects.visible_to(request.user)
    return RequestFilter(query, queryset=visible, request=request)


def queue_of(request: AuthenticatedRequest, query: Mapping[str, str]) -> RequestQuerySet:
    """What the list of requests shows by these filters."""
    visible = AssistanceRequest.objects.visible_to(request.user)
    found: RequestQuerySet = RequestFilter(query, queryset=visible, request=request).qs
    return found


def for_staff(request: AuthenticatedRequest) -> dict[str, object]:
    """What is awaited of whom, by due date: of the reader first; then next steps, and what is to be
    recorded.

    A manager's reports stand beside it.
    """
    user = request.user
    today = Programme.objects.today_of(user)
    by_due = (F("due_on").asc(nulls_last=True), "id")
    narrowed = home_filter(request)
    chosen = narrowed.data if narrowed.form.is_valid() else {}
    narrow = {name: chosen[name] for name in NARROWED_BY if chosen.get(name)}
    names = [(name, query | narrow | {"sort": "due"}) for name, query in queue_filters(user)]
    queues = {query["awaited"]: (queue_of(request, query), QUEUE_SHOWN) for _name, query in names}
    orphaned = queue_of(request, narrow).without_focal_point()
    queues["orphans"] = (orphaned.order_by(*by_due), QUEUE_SHOWN)
    rows = rows_of(request, queues)
    groups = [staff_group(name, query, queues, rows, today) for name, query in names]
    orphans = Group(
        "orphans",
        _("Countries without an active focal point"),
        rows["orphans"],
        counted(rows["orphans"], *queues["orphans"]),
    )
    context: dict[str, object] = {
        "today": today,
        "counted_to": EXACT_UP_TO,
        "queue": Queue(heads_for(user), [*groups, orphans]),
        "chips": narrowed.chips() if narrow else [],
        # with their choices, read only where the reader opened them
        "filters": [narrowed.whole_form[name] for name in NARROWED_BY]
        if request.GET.get("filters") == "open"
        else [],
        "next_steps": open_steps(user, today),
        "begun": named_drafts(user, list(drafts_of(user)[:SHOWN])),
        "views": counted_views(user, request, views_of(user)),
        "to_record": Engagement.objects.editable_by(user)
        .filter(lead_officer=user)
        .to_record_on(today)
        .with_list_relations()
        .order_by("ends_on")[:10],
    }
    return context | ({"reports": reports_to_look_at(user)} if user.role == Role.MANAGER else {})


def staff_group(
    name: str,
    query: Mapping[str, str],
    queues: Mapping[str, tuple[RequestQuerySet, int]],
    rows: Mapping[str, list[SafeString]],
    today: date,
) -> Group:
    """A queue with its first lines, how many it has and how many of them are late, and the address
    part of the list that shows exactly these."""
    code = query["awaited"]
    queue, most = queues[code]
    late = count_or_estimate(queue.filter(due_on__lt=today))["count"] if rows[code] else 0
    return Group(
        f"awaited-{code}",
        name,
        rows[code],
        counted(rows[code], queue, most),
        urlencode(query),
        is_turn=code == "me",
        late=late,
    )


def reports_to_look_at(user: User) -> list[dict[str, object]]:
    """What broke, one by one, then what waits for review: those that came many at a time in one
    line."""
    reports = Report.objects.visible_to(user)
    waiting = reports.filter(state__in=("produced", "in_review")).values(
        "version__schedule_id", "period_start", "period_end", "state"
    )
    groups = list(
        waiting.annotate(newest=Max("pk"), count=models.Count("pk")).order_by(
            "-period_end", "-newest"
        )[:6]
    )
    counts = {group["newest"]: group["count"] for group in groups}
    first = (
        reports.filter(pk__in=counts)
        .select_related("version__schedule")
        .order_by("-period_end", "-pk")
    )
    shown = [
        *reports.filter(state="failed")
        .select_related("version__schedule")
        .order_by("-period_end", "-pk")[:10],
        *first,
    ]
    about = names_of(shown, get_language() or "en")
    return [
        {
            "report": r,
            "name": periods.period_name(r.period_start, r.period_end),
            "about": about[r.pk] if counts.get(r.pk, 1) == 1 else "",
            "count": counts.get(r.pk, 1),
            "url": r.get_absolute_url()
            if counts.get(r.pk, 1) == 1
            else batch_address(r.version.schedule_id, r.period_start),
        }
        for r in shown
    ]
