"""The first page of each role: what waits for me."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, F, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Role
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import OPEN, State, Turn
from assistance.requests.views import line
from reports.deliveries.telling import batch_address
from reports.schedules import periods
from reports.schedules.models import Report
from reports.schedules.subjects import names_of

QUEUE_SHOWN = 10  # lines of each of a member of staff's queues
SHOWN = 25  # lines of a queue; the list has all
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Strangers sign in; everybody else sees what waits for them."""
    user: Any = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if user.role == Role.ADMINISTRATOR:
        return redirect("admin:index")
    if user.role == Role.FOCAL_POINT:
        return render(request, "home/focal_point.html", for_focal_point(user))
    return render(request, "home/staff.html", for_staff(request))


def lines(user: Any, cases: Any, most: int = SHOWN) -> list[dict[str, Any]]:
    """The first cases of a queryset as lines."""
    return [line(user, case) for case in cases.for_list()[:most]]


def for_focal_point(user: Any) -> dict[str, Any]:
    """The country's turn first, then drafts, what is under way, and what was received lately."""
    mine = AssistanceRequest.objects.visible_to(user)
    by_due = (F("due_on").asc(nulls_last=True), "-id")
    with_approver = Q(state=State.AWAITING_CLEARANCE, author=user)  # nobody clears their own request
    return {
        "turn": lines(user, mine.waiting_for(Turn.COUNTRY).order_by(*by_due)),
        "clearing": lines(user, mine.filter(state=State.AWAITING_CLEARANCE).exclude(author=user).order_by("-id")),
        "drafts": lines(user, mine.filter(state=State.DRAFT).order_by("-updated_at")),
        "under_way": lines(user, mine.filter(Q(state__in=OPEN) & ~Q(turn=Turn.COUNTRY) | with_approver).order_by(*by_due)),
        "ended": lines(
            user, mine.exclude(state__in=[State.DRAFT, State.AWAITING_CLEARANCE]).exclude(pk__in=mine.open().values("pk")).order_by("-updated_at"), 5
        ),
        "engagements": Engagement.objects.visible_to(user).for_list().order_by(F("ends_on").desc(nulls_last=True), "-id")[:5],
    }


def today_for(user: Any) -> date:
    """Today at the duty station: due days are dates there, not in the reader's zone. Of several programmes the first decides."""
    programme = Programme.objects.visible_to(user).first()
    return programme.today() if programme else timezone.localdate()


def queues(user: Any, today: date) -> list[tuple[str, dict[str, str]]]:
    """The name of each queue with the filters of the list of requests that show it. An officer's are their own, and what nobody leads yet."""
    officer = user.role == Role.OFFICER
    ours = {"open": "yes", "turn": Turn.PROGRAMME.value} | ({"free": "yes"} if officer else {})
    theirs = {"open": "yes", "turn": Turn.COUNTRY.value} | ({"mine": "yes"} if officer else {})
    yesterday, week, after = (str(day) for day in (today - DAY, today + WEEK - DAY, today + WEEK))
    return [
        (_("Late"), ours | {"due_until": yesterday}),
        (_("This week"), ours | {"due_from": str(today), "due_until": week}),
        (_("Later"), ours | {"due_from": after}),
        (_("Waiting for the country"), theirs),
    ]


def group_of(request: HttpRequest, name: str, query: dict[str, str]) -> dict[str, Any]:
    """A queue's first lines, how many it has, and the address part of the list that shows exactly these."""
    query = query | {"sort": "due"}
    queue = RequestFilter(query, queryset=AssistanceRequest.objects.visible_to(request.user), request=request).qs
    return {"name": name, "lines": lines(request.user, queue, QUEUE_SHOWN), "count": queue.count(), "query": urlencode(query)}


def for_staff(request: HttpRequest) -> dict[str, Any]:
    """The queue by due date, as an officer thinks: late, this week, later, waiting for the country; a manager's decisions and reports on top."""
    user: Any = request.user
    today = today_for(user)
    cases = AssistanceRequest.objects.visible_to(user)
    by_due = (F("due_on").asc(nulls_last=True), "id")
    context: dict[str, Any] = {
        "today": today,
        "groups": [group_of(request, name, query) for name, query in queues(user, today)],
        "to_record": Engagement.objects.editable_by(user).filter(lead_officer=user).to_record_on(today).for_list().order_by("ends_on")[:10],
        "orphans": lines(user, cases.without_focal_point().order_by(*by_due), 10),
    }
    return context | (for_manager(user, cases) if user.role == Role.MANAGER else {})


def for_manager(user: Any, cases: Any) -> dict[str, Any]:
    """Decisions to take, waiting list to look at, countries that have not answered two reminders, reports to look at."""
    today = today_for(user)
    by_due = (F("due_on").asc(nulls_last=True), "id")
    silent = cases.filter(clocks__standard__in=("answer", "agreement"), clocks__ended_on__isnull=True, clocks__reminders__gte=2).distinct()
    return {
        "decide": lines(user, cases.filter(state=State.UNDER_REVIEW, complete_since__isnull=False).order_by(*by_due), 8),
        "look_again": lines(user, cases.filter(state=State.WAITLISTED, next_look_on__lte=today).order_by("next_look_on"), 10),
        "silent": lines(user, silent.order_by("due_on"), 10),
        "reports": reports_to_look_at(user),
    }


def reports_to_look_at(user: Any) -> list[dict[str, Any]]:
    """What broke, one by one, then what waits for review: those that came many at a time in one line."""
    reports = Report.objects.visible_to(user)
    waiting = reports.filter(state__in=("produced", "in_review")).values("version__schedule_id", "period_start", "period_end", "state")
    groups = list(waiting.annotate(newest=Max("pk"), count=Count("pk")).order_by("-period_end", "-newest")[:6])
    counts = {group["newest"]: group["count"] for group in groups}
    first = reports.filter(pk__in=counts).select_related("version__schedule").order_by("-period_end", "-pk")
    shown = [*reports.filter(state="failed").select_related("version__schedule").order_by("-period_end", "-pk")[:10], *first]
    about = names_of(shown, get_language() or "en")
    return [
        {
            "report": r,
            "name": periods.name(r.period_start, r.period_end),
            "about": about[r.pk] if counts.get(r.pk, 1) == 1 else "",
            "count": counts.get(r.pk, 1),
            "url": r.get_absolute_url() if counts.get(r.pk, 1) == 1 else batch_address(r.version.schedule_id, r.period_start),
        }
        for r in shown
    ]
