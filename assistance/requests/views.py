"""Pages of requests: the list, one case, its actions and messages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.api.basis import count_or_estimate
from accounts.pages.guard import requires, written_in
from accounts.pages.paging import page_of
from assistance.engagements.models import Engagement
from assistance.requests import fields, lifecycle, notices, rows, transitions, wording
from assistance.requests.action_forms import ActionForm, form_for
from assistance.requests.errors import Conflict, NotAllowed, Refused
from assistance.requests.filters import RequestFilter
from assistance.requests.forms import MessageForm
from assistance.requests.models import AssistanceRequest
from assistance.requests.progress import stations
from assistance.requests.states import AWAITS_ENGAGEMENTS, State, shape_of
from assistance.timeline.models import CaseEvent
from assistance.timeline.writing import Reading
from files.models import Attachment


@require_safe
@requires("request.read")
def index(request: HttpRequest) -> HttpResponse:
    """The list, filtered, sorted, in pages: what the reader may see of all requests."""
    found = RequestFilter(request.GET, queryset=AssistanceRequest.objects.visible_to(request.user), request=request)
    queryset = found.qs.for_list()
    page = page_of(request, queryset)
    wrong = not found.form.is_valid()
    context = {
        "filter": found,
        "wrong": wrong,
        "page": page,
        "total": count_or_estimate(found.qs),
        "lines": [line(request.user, c) for c in page.rows],
    }
    return render(request, "requests/index.html", context)


def line(user: Any, case: AssistanceRequest) -> dict[str, Any]:
    """One line of a list: the case, its state in the reader's words, its shape, whether it is late."""
    late = bool(case.due_on and case.due_on < case.programme.today() and case.is_open)
    words = wording.short_state(case) if user.is_focal_point else str(case.get_state_display())
    return {"case": case, "state": words, "shape": "late" if late else shape_of(case.state), "late": late}


@require_safe
@requires("request.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case in full, with what the reader may do."""
    case = get_object_or_404(AssistanceRequest.objects.visible_to(request.user).whole(), pk=pk)
    return render(request, "requests/detail.html", page_of_case(request, case))


def page_of_case(request: HttpRequest, case: AssistanceRequest, message_form: MessageForm | None = None) -> dict[str, Any]:
    """Everything that the page of a case shows."""
    user: Any = request.user
    actions = lifecycle.actions_for(user, case)
    own = [a for a in actions if not lifecycle.acts_on_behalf(user, a, case)]
    primary = next((a for a in own if a.weight <= 10), None)
    events = CaseEvent.objects.visible_to(user).of_case(case)
    plans = case.plans.prefetch_related("steps", "indicators").select_related("proposed_by", "agreed_by")
    return {
        "case": case,
        "state": wording.state_words(case, user),
        "shape": shape_of(case.state),
        "turn": wording.turn_sentence(case, user),
        "my_turn": wording.is_turn_of(user, case) and (case.is_open or case.state in ("draft", "awaiting_clearance")),
        "primary": primary,
        "actions": [a for a in own if a is not primary],
        "behalf": [a for a in actions if a not in own],
        "stations": stations(case) if case.reference else [],
        "timeline": Reading(events.order_by("-id"), for_country=user.is_focal_point).entries(),
        "steps": fields.filled(case),
        "words_language": fields.language_of_words(case),
        "missing": fields.missing(case) if case.state == State.DRAFT else [],
        "clocks": [c for c in case.clocks.all() if c.round == case.round],
        "plans": plans,
        "may_log": user.is_programme_staff and case.state in AWAITS_ENGAGEMENTS,
        "engagements": Engagement.objects.visible_to(user).filter(requests=case).for_list(),
        "files": Attachment.objects.visible_to(user).of("request", case.pk),
        "merged": case.merged_from.visible_to(user),
        "message_form": message_form or MessageForm(staff=user.is_programme_staff),
        "first_step": next(iter(fields.STEPS)),
        "editable": case.state == State.DRAFT and case.author_id == user.pk,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires("request.read")
@written_in
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action: what it needs, who will be told, and then the doing of it. What was typed is kept when it fails."""
    user: Any = request.user
    case = get_object_or_404(AssistanceRequest.objects.visible_to(user).select_related("programme", "country", "pillar", "lead_officer"), pk=pk)
    chosen = lifecycle.ACTIONS.get(action)
    if chosen is None or not lifecycle.role_may(user, action, case):
        raise Http404
    status, version = 200, version_of(request) or case.version
    changing = request.method == "POST" and rows.CHANGE in request.POST  # adds or removes a row; the action is not taken
    judged = request.POST if request.method == "POST" and not changing else None
    form = form_for(chosen, case, user, judged, None if changing else request.FILES or None)
    if changing:
        rows.show_changed(form, request.POST)
    elif request.method == "POST" and form.is_valid():
        try:
            transitions.perform(user, pk, action, form.cleaned_data, expected_version=version_of(request))
        except Refused as refusal:
            status = 409 if isinstance(refusal, Conflict | NotAllowed) else 422
            put(refusal, form)
            case.refresh_from_db()
            version = case.version
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": chosen.past})
            return redirect("requests" if action == "discard" else case)
    elif request.method == "POST":
        status = 422
    elif not lifecycle.in_force(chosen, case):
        messages.error(
            request,
            _("“%(action)s” cannot be done now: the request is “%(state)s”.") % {"action": chosen.label, "state": wording.state_words(case, user)},
        )
        return redirect(case)
    context = {
        "case": case,
        "action": chosen,
        "form": form,
        "told": notices.who_is_told(chosen, case, user),
        "on_behalf": lifecycle.acts_on_behalf(user, chosen, case),
        "version": version,
        "plan": case.plans.filter(status="proposed").prefetch_related("steps", "indicators").first() if "agree" in action else None,
        "missing": fields.missing(case) if action == "submit" else [],
        "steps": fields.filled(case) if action in ("submit", "clear") else [],
    }
    return render(request, "requests/act.html", context, status=status)


def version_of(request: HttpRequest) -> int | None:
    """The version that the page was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def put(refusal: Refused, form: ActionForm | MessageForm) -> None:
    """A refusal's sentences, beside the fields they are about."""
    for name, sentences in refusal.errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


@require_POST
@requires("request.message")
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """A message or an internal note on a case."""
    user: Any = request.user
    case = get_object_or_404(AssistanceRequest.objects.visible_to(user).select_related("programme", "country", "pillar"), pk=pk)
    form = MessageForm(request.POST, request.FILES, staff=user.is_programme_staff)
    if form.is_valid():
        try:
            transitions.say(
                user, pk, form.cleaned_data["text"], internal=form.cleaned_data.get("internal", False), upload=form.cleaned_data.get("file")
            )
        except Refused as refusal:
            put(refusal, form)
        else:
            messages.success(request, _("Sent.") if not form.cleaned_data.get("internal") else _("Noted."))
            return redirect(case)
    return render(request, "requests/detail.html", page_of_case(request, case, form), status=422)
