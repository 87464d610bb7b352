"""Pages of treaty actions: the list, its export, recording one, and a table of many."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from core.forms import posted_data
from core.lists import back_to_list, export_list, list_context
from core.pasted_tables import PastedTable, PastedTableForm
from core.record_forms import edit_record
from countries.geography.models import Country
from countries.instruments.action_import import COLUMNS, read_actions
from countries.instruments.filters import TreatyActionFilter
from countries.instruments.forms import TreatyActionForm
from countries.instruments.models import Instrument, TreatyAction
from countries.instruments.services import record_actions
from countries.instruments.tables import TREATY_ACTIONS

RECORD = "treaty_action.record"


def filtered_actions(request: AuthenticatedRequest) -> TreatyActionFilter:
    """What the filters leave of what the reader may see."""
    actions = TreatyAction.objects.visible_to(request.user)
    return TreatyActionFilter(request.GET, queryset=actions, request=request)


@require_safe
@permission_required("instrument.read")
def action_list(request: AuthenticatedRequest) -> HttpResponse:
    """All treaty actions, filtered, sorted, in pages."""
    found = filtered_actions(request)
    actions = found.qs.select_related("instrument", "country")
    context = list_context(request, request.user, TREATY_ACTIONS, found, actions, list)
    context["export"] = "treaty_actions_export"
    context["may_record"] = may(request.user, RECORD)
    return render(request, "instruments/actions.html", context)


@require_safe
@permission_required("instrument.read")
def export_actions(request: AuthenticatedRequest) -> HttpResponseBase:
    """The list as CSV."""
    found = filtered_actions(request)
    if not found.is_valid():
        return back_to_list(request, "treaty_actions")
    actions = found.qs.select_related("instrument", "country")
    return export_list("treaty-actions.csv", request.user, TREATY_ACTIONS, actions, list)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RECORD)
def new_action(request: AuthenticatedRequest) -> HttpResponse:
    """Records one; `?instrument=` and `?country=` name what it is about."""
    named = request.GET.get
    asked: dict[str, object] = {
        "instrument": Instrument.objects.filter(code=named("instrument", "")[:20]).first(),
        "country": Country.objects.filter(iso3=named("country", "")[:3]).first(),
    }
    return write_action(request, TreatyAction(), asked)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RECORD)
def edit_action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Corrects one; history keeps what it said before."""
    action = get_object_or_404(TreatyAction.objects.visible_to(request.user), pk=pk)
    return write_action(request, action, None)


def write_action(
    request: AuthenticatedRequest, action: TreatyAction, asked: dict[str, object] | None
) -> HttpResponse:
    """The form, which leads to the instrument."""
    data = posted_data(request)
    return edit_record(
        request,
        lambda row: TreatyActionForm(data, instance=row, initial=asked),
        action,
        title=_("Treaty action"),
        back=reverse("treaty_actions"),
        leads_to=lambda row: row.instrument,
        template="instruments/action_form.html",
    )


@require_POST
@permission_required(RECORD)
def remove_action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes out what was entered by mistake; history keeps it."""
    action = get_object_or_404(TreatyAction.objects.visible_to(request.user), pk=pk)
    action.delete()
    messages.success(request, _("Taken out. History keeps it."))
    return redirect(action.instrument)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RECORD)
def import_actions(request: AuthenticatedRequest) -> HttpResponse:
    """A table of many: first shown as what it would change, then taken as a whole."""
    form = PastedTableForm(posted_data(request), request.FILES or None)
    table: PastedTable[TreatyAction] | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            table = read_actions(form.cleaned_data["text"])
            status = 422 if table.errors else 200
            if not table.errors and "import" in request.POST:
                taken = take_actions(request, form.cleaned_data["text"])
                if taken is not None:
                    return taken
                table, status = read_actions(form.cleaned_data["text"]), 409
    context: dict[str, object] = {"form": form, "preview": table, "is_stale": status == 409}
    context["columns"] = [column.heads[0] for column in COLUMNS]
    if table is not None:
        context["text"] = form.cleaned_data["text"]
    return render(request, "instruments/import.html", context, status=status)


def take_actions(request: AuthenticatedRequest, text: str) -> HttpResponse | None:
    """Records what is new and what changed, if that is what the preview said; else nothing."""
    try:
        with transaction.atomic():
            table = read_actions(text, lock=True)
            if table.errors or not table.is_confirmed_by(request):
                return None
            taken = [row.made for row in table.rows if row.outcome != "known"]
            record_actions(taken)
    except (ValidationError, DatabaseError):  # somebody recorded the same at this moment
        return None
    sentence = ngettext(
        "%(n)s treaty action recorded.", "%(n)s treaty actions recorded.", len(taken)
    )
    messages.success(request, sentence % {"n": len(taken)})
    return redirect("treaty_actions")
